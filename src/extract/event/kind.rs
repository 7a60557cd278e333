//! What a candidate is: ACLED's sub-type from its families, means, actors and objects.

use super::candidate::{Candidate, Party};
use super::entity::{Entity, What};
use super::unrest::unrest;
use crate::extract::language::{Effect, Family, Means};
use crate::extract::names::Roster;
use crate::model::claim::Phase;
use crate::model::faction::FactionKind;
use crate::model::kind::SubType;

/// The sub-type of a candidate.
pub fn sub_type(candidate: &Candidate, roster: &Roster) -> SubType {
    let has = |family: Family| candidate.families.contains(&family);
    let crowd = hint(
        candidate,
        &[
            "protesters",
            "protestors",
            "demonstrators",
            "rioters",
            "protester",
            "demonstration",
            "demonstrations",
            "protests",
        ],
    );
    let plain = candidate.families.iter().all(|family| {
        matches!(family, Family::Clash | Family::Assault | Family::Kill | Family::Loot)
    });
    if has(Family::Sexual) {
        return SubType::SexualViolence;
    }
    if has(Family::Protest)
        || has(Family::Riot)
        || (crowd
            && plain
            && !candidate
                .initiators
                .iter()
                .any(|party| party.faction.is_some() && !is_state(party, roster)))
    {
        return unrest(candidate, roster);
    }
    if has(Family::Chemical) || candidate.means.contains(&Means::Chemical) {
        return SubType::ChemicalWeapon;
    }
    // "the army killed 12 militants, suicide bombers among them"
    let by_a_state = !candidate.initiators.is_empty()
        && candidate
            .initiators
            .iter()
            .all(|party| is_state(party, roster) && !party.name.to_lowercase().contains("bomber"));
    if (has(Family::Suicide) || candidate.means.contains(&Means::Suicide)) && !by_a_state {
        return SubType::SuicideBomb;
    }
    if hint(candidate, &["execute", "behead", "lynch", "massacre"])
        && has(Family::Kill)
        && !has(Family::Clash)
    {
        return SubType::Attack;
    }
    if has(Family::Seize) {
        return seized(candidate, roster);
    }
    explosive(candidate).unwrap_or_else(|| other(candidate, roster))
}

/// Whether it is violence between or by armed parties.
pub fn is_violent(kind: SubType) -> bool {
    use crate::model::kind::EventType::{
        Battles, ExplosionsRemoteViolence, ViolenceAgainstCivilians,
    };
    matches!(kind.event_type(), Battles | ExplosionsRemoteViolence | ViolenceAgainstCivilians)
}

/// Whether one of the words refines the type.
pub(super) fn hint(candidate: &Candidate, words: &[&str]) -> bool {
    candidate.sub_hint.iter().any(|hint| words.contains(&hint.as_str()))
}

/// Strikes from the air, shelling, bombs, grenades: the deed's own word first, then the means beside it.
fn explosive(candidate: &Candidate) -> Option<SubType> {
    let has = |family: Family| candidate.families.contains(&family);
    let means = |means: Means| candidate.means.contains(&means);
    let air =
        candidate.initiators.iter().any(|party| party.air) || means(Means::Air) || has(Family::Air);
    let general = candidate.families.iter().any(|family| {
        matches!(
            family,
            Family::Assault
                | Family::Kill
                | Family::Air
                | Family::Shell
                | Family::Blast
                | Family::Grenade
        )
    });
    if !general && !candidate.families.is_empty() {
        return None;
    }
    if has(Family::Grenade) || (means(Means::Grenade) && !has(Family::Shell)) {
        return Some(SubType::Grenade);
    }
    let strikes = candidate.strikes
        && has(Family::Assault)
        && means(Means::Shell) == means(Means::Air)
        && candidate.initiators.iter().any(|party| party.faction.is_some());
    let air = air || strikes && candidate.initiators.iter().all(|party| !party.is_rebel_class());
    if air && !has(Family::Clash) && !shot_down(candidate) {
        let bomb_alone = candidate.families.first() == Some(&Family::Air)
            && !means(Means::Air)
            && !candidate.initiators.iter().any(|party| party.air)
            && means(Means::Ied)
            && hint(candidate, &["car", "roadside"]);
        return Some(if bomb_alone {
            SubType::RemoteExplosiveLandmineIed
        } else {
            SubType::AirDroneStrike
        });
    }
    if has(Family::Shell) || (means(Means::Shell) && !has(Family::Blast) && !has(Family::Clash)) {
        return Some(SubType::ShellingArtilleryMissileAttack);
    }
    if has(Family::Blast) && means(Means::Shell) && !means(Means::Ied) {
        return Some(SubType::ShellingArtilleryMissileAttack);
    }
    if has(Family::Blast) || (means(Means::Ied) && !has(Family::Clash)) {
        return Some(SubType::RemoteExplosiveLandmineIed);
    }
    None
}

/// Whether aircraft that are no drones were hit.
fn is_manned(candidate: &Candidate) -> bool {
    let drone = hint(candidate, &["drone", "drones", "uav", "uavs", "quadcopter"]);
    candidate.targets.iter().any(|party| party.air) && !drone
}

/// An aircraft that is the target, not the means.
fn shot_down(candidate: &Candidate) -> bool {
    hint(candidate, &["shoot down", "down"])
}

fn other(candidate: &Candidate, roster: &Roster) -> SubType {
    let main = candidate.families.first().copied().unwrap_or(Family::Kill);
    match main {
        Family::Clash => SubType::ArmedClash,
        Family::Abduct => SubType::AbductionForcedDisappearance,
        Family::Arrest => arrest(candidate, roster),
        Family::Loot => loot(candidate),
        Family::Agree => SubType::Agreement,
        Family::Weapons
            if shot_down(candidate)
                && (is_manned(candidate)
                    || hint(
                        candidate,
                        &[
                            "helicopter",
                            "plane",
                            "jet",
                            "warplane",
                            "aircraft",
                            "helicopters",
                            "warplanes",
                            "jets",
                            "planes",
                        ],
                    )) =>
        {
            SubType::ArmedClash
        }
        Family::Weapons => SubType::DisruptedWeaponsUse,
        Family::Base if only_checkpoints(candidate) => SubType::Other,
        Family::Base => SubType::HeadquartersOrBaseEstablished,
        Family::Withdraw => withdrawal(candidate),
        Family::Change if hint(candidate, &["surrender"]) => SubType::Agreement,
        Family::Change => SubType::ChangeToGroupActivity,
        Family::Displace | Family::Access => SubType::Other,
        _ if candidate.families.contains(&Family::Clash) => SubType::ArmedClash,
        _ => assault(candidate, roster),
    }
}

/// An attack with no stated means: on people who do not fight, or between armed parties.
fn assault(candidate: &Candidate, roster: &Roster) -> SubType {
    let combatants = |party: &Party| party.is_armed();
    let dead_civil = candidate.tolls.iter().any(|toll| toll.side.is_civil() && !toll.unsaid);
    let dead_armed = candidate.tolls.iter().any(|toll| toll.side.is_armed());
    let armed_target = candidate.post || candidate.targets.iter().any(combatants);
    let civil_target = candidate.targets.iter().any(Party::is_civil)
        || !candidate.post && candidate.objects.iter().any(|(entity, _)| is_civil_thing(entity));
    if candidate.participants.len() > 1 {
        return SubType::ArmedClash;
    }
    // fighters who fell where they were beaten back fought, whatever stands there
    let beaten_back = candidate.phase == Some(Phase::Repelled) && dead_armed && !dead_civil;
    if armed_target && (!civil_target || beaten_back)
        || (dead_armed && !dead_civil && !civil_target)
    {
        return SubType::ArmedClash;
    }
    if civil_target || dead_civil {
        return SubType::Attack;
    }
    let state_doer = candidate.initiators.iter().any(|party| is_state(party, roster));
    let fighting = state_doer
        || candidate.initiators.iter().any(|party| party.faction.is_some()) && candidate.area;
    if fighting && !candidate.tolls.iter().any(|toll| toll.unsaid) {
        SubType::ArmedClash
    } else {
        SubType::Attack
    }
}

/// Checkpoints set up: no base, by ACLED's word, but how one may move.
fn only_checkpoints(candidate: &Candidate) -> bool {
    let checkpoint =
        |entity: &Entity| matches!(&entity.what, What::Object(kind) if kind == "checkpoint");
    candidate.objects.iter().any(|(entity, _)| checkpoint(entity))
        && candidate.objects.iter().all(|(entity, _)| checkpoint(entity))
}

/// A home, a school, a shop: what no armed party holds.
fn is_civil_thing(entity: &Entity) -> bool {
    let civil = matches!(&entity.what, What::Object(kind) if matches!(kind.as_str(),
        "building" | "school" | "hospital" | "worship" | "market" | "bank" | "aid"));
    civil && entity.factions.is_empty()
}

/// Whether the party is a state's forces.
pub fn is_state(party: &Party, roster: &Roster) -> bool {
    match party.faction {
        Some(faction) => roster.party(faction).kind == FactionKind::StateForces,
        None => party.is_state_class(),
    }
}

/// Ground that changed hands.
fn seized(candidate: &Candidate, roster: &Roster) -> SubType {
    let peaceful = hint(
        candidate,
        &[
            "withdraw",
            "hand over",
            "withdrawal",
            "resistance",
            "evacuate",
            "retreat",
            "pull out",
            "deserted",
            "handover",
            "vacate",
            "pullout",
            "without a fight",
        ],
    );
    let fighting = hint(
        candidate,
        &[
            "bombardment",
            "clashes",
            "clash",
            "fighting",
            "battle",
            "battles",
            "offensive",
            "assault",
            "airstrikes",
            "shelling",
            "fierce",
            "heavy",
        ],
    );
    let fought = fighting
        || candidate.families.iter().any(|family| {
            matches!(
                family,
                Family::Clash | Family::Assault | Family::Kill | Family::Air | Family::Shell
            )
        });
    if peaceful && !fought {
        return SubType::NonViolentTransferOfTerritory;
    }
    let rebel = candidate.initiators.iter().any(|party| {
        party.is_rebel_class()
            || party
                .faction
                .is_some_and(|faction| roster.party(faction).kind != FactionKind::StateForces)
    });
    let state = !rebel && candidate.initiators.iter().any(|party| is_state(party, roster));
    let rebel_target =
        candidate.targets.iter().any(|party| party.is_armed() && !is_state(party, roster));
    if state || (candidate.initiators.is_empty() && rebel_target) {
        SubType::GovernmentRegainsTerritory
    } else {
        SubType::NonStateActorOvertakesTerritory
    }
}

/// A state's forces arrest; others abduct.
fn arrest(candidate: &Candidate, roster: &Roster) -> SubType {
    let non_state = !candidate.initiators.is_empty()
        && candidate.initiators.iter().all(|party| {
            party
                .faction
                .is_some_and(|faction| roster.party(faction).kind != FactionKind::StateForces)
                || party.is_rebel_class()
        });
    // who holds ground detains members of armed groups there as a state does
    let fighters = candidate.targets.iter().any(|party| party.faction.is_some());
    if non_state && !fighters { SubType::AbductionForcedDisappearance } else { SubType::Arrests }
}

/// Property destroyed or taken; with people killed it is an attack.
fn loot(candidate: &Candidate) -> SubType {
    let killed = candidate.losses.iter().any(|loss| loss.effect == Effect::Killed);
    if hint(candidate, &["mob"]) {
        return SubType::MobViolence;
    }
    if killed { SubType::Attack } else { SubType::LootingPropertyDestruction }
}

fn withdrawal(candidate: &Candidate) -> SubType {
    let handed = hint(
        candidate,
        &[
            "hand over",
            "handover",
            "vacate",
            "hand control",
            "hand authority",
            "hand back",
            "cede",
            "relinquish",
        ],
    );
    let from_place = candidate.area || !candidate.spots.is_empty();
    if handed || (from_place && hint(candidate, &["seize", "capture", "control", "resistance"])) {
        SubType::NonViolentTransferOfTerritory
    } else {
        SubType::ChangeToGroupActivity
    }
}

/// Whether a target can only be a person or people.
pub fn is_human(party: &Party) -> bool {
    matches!(party.what, What::Civilians | What::Person | What::Name)
}
