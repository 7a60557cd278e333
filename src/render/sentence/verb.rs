//! How each of the twenty-five sub-types is told: with a target, without one, from the target's side, as a noun.

use crate::model::kind::SubType;

/// The wording of one sub-type. One table serves every faction alike (B-62).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Verb {
    /// After the one who did it, with `{}` for the target.
    pub(crate) on: &'static str,
    /// After the one who did it, where no target is known.
    pub(crate) alone: &'static str,
    /// After the target, where it is not known who did it; `{be}` is `was` or `were`. Empty: told as the deed of
    /// unidentified attackers.
    pub(crate) suffered: &'static str,
    /// The thing itself, for "a report of …".
    pub(crate) noun: &'static str,
    /// One of it, for headlines and counts.
    pub(crate) one: &'static str,
    /// Several of it.
    pub(crate) many: &'static str,
}

const fn row(
    on: &'static str,
    alone: &'static str,
    suffered: &'static str,
    noun: &'static str,
    (one, many): (&'static str, &'static str),
) -> Verb {
    Verb { on, alone, suffered, noun, one, many }
}

/// The row of a sub-type.
pub(crate) fn verb(kind: SubType) -> Verb {
    use SubType as K;
    match kind {
        K::ChemicalWeapon
        | K::AirDroneStrike
        | K::SuicideBomb
        | K::ShellingArtilleryMissileAttack
        | K::RemoteExplosiveLandmineIed
        | K::Grenade => remote(kind),
        K::PeacefulProtest
        | K::ProtestWithIntervention
        | K::ExcessiveForceAgainstProtesters
        | K::ViolentDemonstration
        | K::MobViolence => crowd(kind),
        K::ArmedClash
        | K::GovernmentRegainsTerritory
        | K::NonStateActorOvertakesTerritory
        | K::SexualViolence
        | K::Attack
        | K::AbductionForcedDisappearance => direct(kind),
        _ => strategic(kind),
    }
}

fn direct(kind: SubType) -> Verb {
    use SubType as K;
    match kind {
        K::GovernmentRegainsTerritory => row(
            "took territory back from {}",
            "took territory back",
            "lost territory",
            "a change of control",
            ("return to government control", "returns to government control"),
        ),
        K::NonStateActorOvertakesTerritory => row(
            "captured territory from {}",
            "captured territory",
            "lost territory",
            "a capture of territory",
            ("capture of territory", "captures of territory"),
        ),
        K::SexualViolence => row(
            "committed sexual violence against {}",
            "committed sexual violence",
            "{be} subjected to sexual violence",
            "sexual violence",
            ("case of sexual violence", "cases of sexual violence"),
        ),
        K::AbductionForcedDisappearance => {
            row("abducted {}", "abducted people", "", "an abduction", ("abduction", "abductions"))
        }
        K::Attack => {
            row("attacked {}", "carried out an attack", "", "an attack", ("attack", "attacks"))
        }
        _ => row("attacked {}", "attacked", "", "an attack", ("armed clash", "armed clashes")),
    }
}

fn remote(kind: SubType) -> Verb {
    use SubType as K;
    match kind {
        K::ChemicalWeapon => row(
            "used chemical weapons against {}",
            "used chemical weapons",
            "{be} attacked with chemical weapons",
            "use of chemical weapons",
            ("chemical attack", "chemical attacks"),
        ),
        K::AirDroneStrike => row(
            "struck {} from the air",
            "carried out an air or drone strike",
            "{be} struck from the air",
            "an air or drone strike",
            ("air or drone strike", "air or drone strikes"),
        ),
        K::SuicideBomb => row(
            "carried out a suicide bombing against {}",
            "carried out a suicide bombing",
            "{be} hit by a suicide bombing",
            "a suicide bombing",
            ("suicide bombing", "suicide bombings"),
        ),
        K::Grenade => row(
            "threw a grenade at {}",
            "threw a grenade",
            "{be} hit by a grenade",
            "a grenade attack",
            ("grenade attack", "grenade attacks"),
        ),
        K::RemoteExplosiveLandmineIed => row(
            "hit {} with a mine or explosive device",
            "set off a mine or explosive device",
            "{be} hit by a mine or explosive device",
            "a mine or device explosion",
            ("mine or device explosion", "mine or device explosions"),
        ),
        _ => row(
            "fired shells or missiles at {}",
            "fired shells or missiles",
            "came under shell or missile fire",
            "shell or missile fire",
            ("shell or missile attack", "shell or missile attacks"),
        ),
    }
}

fn crowd(kind: SubType) -> Verb {
    use SubType as K;
    match kind {
        K::PeacefulProtest => row(
            "protested against {}",
            "protested",
            "{be} the subject of a protest",
            "a protest",
            ("protest", "protests"),
        ),
        K::ProtestWithIntervention => row(
            "intervened against a protest by {}",
            "intervened against a protest",
            "protested, and forces intervened",
            "a protest in which forces intervened",
            ("protest with intervention", "protests with intervention"),
        ),
        K::ExcessiveForceAgainstProtesters => row(
            "used force against {}",
            "used force against protesters",
            "{be} met with force",
            "force against protesters",
            ("use of force against protesters", "uses of force against protesters"),
        ),
        K::ViolentDemonstration => row(
            "demonstrated with violence against {}",
            "demonstrated with violence",
            "{be} the target of a violent demonstration",
            "a violent demonstration",
            ("violent demonstration", "violent demonstrations"),
        ),
        _ => row(
            "attacked {} as a mob",
            "took part in mob violence",
            "{be} attacked by a mob",
            "mob violence",
            ("case of mob violence", "cases of mob violence"),
        ),
    }
}

fn strategic(kind: SubType) -> Verb {
    use SubType as K;
    match kind {
        K::Agreement => row(
            "reached an agreement with {}",
            "reached an agreement",
            "reached an agreement",
            "an agreement",
            ("agreement", "agreements"),
        ),
        K::Arrests => {
            row("arrested {}", "made arrests", "{be} arrested", "arrests", ("arrest", "arrests"))
        }
        K::ChangeToGroupActivity => row(
            "changed its deployment or structure with {}",
            "changed its deployment or structure",
            "changed its deployment or structure",
            "a change in a group’s deployment or structure",
            ("change in group activity", "changes in group activity"),
        ),
        K::DisruptedWeaponsUse => row(
            "intercepted or seized weapons of {}",
            "intercepted or seized weapons",
            "had weapons intercepted or seized",
            "weapons intercepted or seized",
            ("weapons interception or find", "weapons interceptions or finds"),
        ),
        K::HeadquartersOrBaseEstablished => row(
            "set up a base or headquarters facing {}",
            "set up a base or headquarters",
            "had a base or headquarters set up",
            "a new base or headquarters",
            ("base established", "bases established"),
        ),
        K::LootingPropertyDestruction => row(
            "looted or destroyed property of {}",
            "looted or destroyed property",
            "had property looted or destroyed",
            "looting or destruction of property",
            ("looting or destruction of property", "cases of looting or destruction of property"),
        ),
        K::NonViolentTransferOfTerritory => row(
            "took over territory from {} without fighting",
            "took over territory without fighting",
            "gave up territory without fighting",
            "a transfer of territory without fighting",
            ("transfer of territory", "transfers of territory"),
        ),
        _ => row(
            "took other action towards {}",
            "took other action",
            "{be} affected by another development",
            "another development",
            ("other development", "other developments"),
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::render::wording::violations;

    #[test]
    fn every_sub_type_has_a_row_and_no_row_takes_a_side() {
        for kind in SubType::ALL {
            let Verb { on, alone, suffered, noun, one, many } = verb(*kind);
            assert!(on.contains("{}") && !alone.is_empty() && !noun.is_empty(), "{kind}");
            let all = format!("{on} {alone} {suffered} {noun} {one} {many}");
            assert_eq!(violations(&all), [], "{kind}");
        }
    }
}
