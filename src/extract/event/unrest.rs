//! Protests and riots: what a crowd did, and what forces did about it.

use super::candidate::Candidate;
use super::kind::{hint, is_state};
use crate::extract::language::{Effect, Family};
use crate::extract::names::Roster;
use crate::model::kind::SubType;

/// Protests and riots, with what forces did about them.
#[expect(clippy::too_many_lines, reason = "one list of rules, read from top to bottom")]
pub(super) fn unrest(candidate: &Candidate, roster: &Roster) -> SubType {
    let force =
        candidate.losses.iter().any(|loss| matches!(loss.effect, Effect::Killed | Effect::Wounded))
            || hint(
                candidate,
                &[
                    "open fire",
                    "live rounds",
                    "live bullets",
                    "live ammunition",
                    "excessive force",
                    "shoot",
                ],
            );
    let dispersal = hint(
        candidate,
        &[
            "tear gas",
            "teargas",
            "water cannon",
            "water cannons",
            "disperse",
            "dispersed",
            "rubber bullets",
            "batons",
            "baton",
            "suppress",
            "suppressed",
            "break up",
            "halt",
            "arrest",
            "detain",
            "dispersing",
            "smoke grenades",
            "pepper spray",
            "prevent",
        ],
    );
    let violent = hint(candidate, &["violent"]) && !hint(candidate, &["non violent"])
        || hint(
            candidate,
            &[
                "stones",
                "stone",
                "molotov",
                "petrol bombs",
                "rioted",
                "rampage",
                "torch",
                "burn",
                "loot",
                "vandalize",
                "clash",
                "bottles",
                "firecrackers",
                "fireworks",
                "ablaze",
                "pelt",
                "storm",
                "rocks",
                "debris",
                "looting",
                "riot",
                "riots",
                "rioting",
                "rioters",
                "clashes",
                "violence",
                "set fire",
            ],
        );
    let mob = hint(
        candidate,
        &[
            "mob",
            "mobs",
            "lynch",
            "lynched",
            "vigilantes",
            "vigilante",
            "opposing",
            "rival",
            "dueling",
        ],
    );
    let state = candidate
        .initiators
        .iter()
        .chain(&candidate.participants)
        .any(|party| is_state(party, roster))
        || hint(
            candidate,
            &["police", "security", "troops", "soldiers", "army", "officers", "guardsmen"],
        );
    // "unrest" is what reports call any protest with trouble
    let unrest_only = !hint(
        candidate,
        &[
            "riot",
            "riots",
            "rioting",
            "rioter",
            "rioters",
            "rampage",
            "mob",
            "mobs",
            "pelt",
            "vandalize",
            "throw",
            "hurl",
        ],
    );
    let riot = candidate.families.contains(&Family::Riot) && !(unrest_only && force && state);
    if mob && (riot || violent || force) {
        return SubType::MobViolence;
    }
    if riot
        || violent
            && !(force && state && !hint(candidate, &["clash", "clashes", "violent", "stones"]))
    {
        return SubType::ViolentDemonstration;
    }
    if force && state {
        return SubType::ExcessiveForceAgainstProtesters;
    }
    if dispersal && state { SubType::ProtestWithIntervention } else { SubType::PeacefulProtest }
}
