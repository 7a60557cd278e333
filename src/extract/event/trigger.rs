//! Triggers: the verbs and nouns that make a candidate, and the family of each.

use super::clause::Clause;
use super::entity::{Entity, What};
use super::fitting::{fits, has_doer, is_weapon, noun_fits, patients};
use super::harm::{finds_dead, shows_violence, takes_people};
use super::hit::{ignites, wrecks};
use super::subset::is_subset;
use crate::extract::language::{Effect, Family, Form, Means};
use crate::extract::parse::chunk::{Chunk, Vg};
use crate::extract::reader::deed_of;
use crate::model::casualty::Fate;

/// A word that makes a candidate.
#[derive(Debug, Clone)]
pub struct Trigger {
    /// Its chunk.
    pub chunk: usize,
    /// Its token.
    pub token: usize,
    /// Its family.
    pub family: Family,
    /// A verb, not a noun.
    pub verbal: bool,
    /// Only says what befell people.
    pub effect: bool,
}

/// The words that make candidates.
pub(super) fn triggers(clause: &Clause<'_, '_>) -> Vec<Trigger> {
    let mut out = Vec::new();
    for (at, chunk) in clause.sentence.chunks.iter().enumerate() {
        match chunk {
            Chunk::Vg(_) if launched_by(clause, at).is_some() => {}
            Chunk::Vg(vg) => out.extend(of_verb(clause, at, vg)),
            Chunk::Np(np) => {
                if let Some(family) = clause
                    .entity(at)
                    .and_then(deed_of)
                    .filter(|family| noun_fits(clause, at, *family))
                    // "killed militants, including suicide bombers"
                    .filter(|family| *family != Family::Suicide || !is_subset(clause, at))
                    .filter(|family| *family != Family::Seize || !takes_equipment(clause, at))
                {
                    let (family, effect) = match family {
                        Family::Kill => {
                            (family, matches!(clause.parsed.norm(np.head), "killing" | "killings"))
                        }
                        Family::Seize
                            if clause.of(at).and_then(|of| clause.entity(of)).is_some_and(
                                |entity| {
                                    matches!(
                                        entity.what,
                                        What::Force | What::Civilians | What::Person | What::Name
                                    )
                                },
                            ) =>
                        {
                            (Family::Arrest, false)
                        }
                        _ => (family, false),
                    };
                    out.push(Trigger { chunk: at, token: np.head, family, verbal: false, effect });
                } else if between_two(clause, at) {
                    let (token, family) = (np.head, Family::Clash);
                    out.push(Trigger { chunk: at, token, family, verbal: false, effect: false });
                }
            }
            _ => {}
        }
    }
    out
}

/// "shot down drones launched by A": whose the things are, if the verb at a chunk says no more.
pub(super) fn launched_by(clause: &Clause<'_, '_>, at: usize) -> Option<usize> {
    let vg = clause.vg(at).filter(|vg| vg.bare)?;
    let fired = matches!(clause.lemma(at), "fire" | "launch" | "send") && !vg.negated;
    let thing = at.checked_sub(1).filter(|np| fired && clause.np(*np).is_some())?;
    let first = clause.head_of_chain(thing)?;
    let stopped = first.checked_sub(1).is_some_and(|verb| {
        matches!(clause.lemma(verb), "shoot down" | "down" | "intercept" | "destroy" | "neutralize")
    });
    (stopped && clause.word(at + 1) == "by" && clause.np(at + 2).is_some()).then_some(at + 2)
}

/// The family of a verb that has one, if its objects fit; firing rockets is shelling.
fn own_family(clause: &Clause<'_, '_>, at: usize, vg: &Vg<'_>) -> Option<Family> {
    let family = vg.verb?.family.filter(|family| fits(clause, at, *family))?;
    let fired = clause.lemma(at) == "fire" && family == Family::Assault;
    Some(fired.then(|| thrown(clause, &patients(clause, at))).flatten().unwrap_or(family))
}

/// What a verb group makes: a deed of its own, a weapon's, what befell people.
fn of_verb(clause: &Clause<'_, '_>, at: usize, vg: &Vg<'_>) -> Option<Trigger> {
    let lemma = clause.lemma(at);
    let trigger = |family: Family, effect: bool| {
        Some(Trigger { chunk: at, token: vg.head, family, verbal: true, effect })
    };
    if finds_dead(clause, at) {
        return trigger(Family::Kill, !shows_violence(clause));
    }
    if let Some(family) = killing_weapon(clause, at) {
        return trigger(family, false);
    }
    if let Some(family) = own_family(clause, at, vg) {
        let kills = family == Family::Kill && matches!(lemma, "kill" | "shoot" | "slay");
        return trigger(family, kills && !has_doer(clause, at));
    }
    if let Some(family) = by_patient(clause, at, lemma).or_else(|| by_weapon(clause, at, lemma)) {
        return trigger(family, false);
    }
    let effect = clause.lexicon.effect_of_verb(lemma)?;
    if matches!(lemma, "free" | "affect" | "hospitalize" | "burn") || carries_the_fallen(clause, at)
    {
        return None;
    }
    let taken = effect == Effect::Captured
        && matches!(lemma, "lead away" | "carry off" | "take away" | "take captive");
    let family = if taken { Family::Arrest } else { Family::Kill };
    trigger(family, !has_doer(clause, at))
}

/// "violence between farmers and herders", "an exchange of fire": between two parties it is fighting.
fn between_two(clause: &Clause<'_, '_>, at: usize) -> bool {
    let head = |at: usize| clause.np(at).map_or("", |np| clause.parsed.norm(np.head));
    let of_fire = matches!(head(at), "exchange" | "exchanges")
        && clause.of(at).is_some_and(|of| matches!(head(of), "fire" | "gunfire" | "shots"));
    of_fire
        || matches!(head(at), "violence" | "confrontation" | "confrontations")
            && clause.word(at + 1) == "between"
}

/// What a verb without a family of its own is by its object: weapons found, equipment destroyed, people taken, troops moved.
#[expect(clippy::too_many_lines, reason = "one list of rules, read from top to bottom")]
fn by_patient(clause: &Clause<'_, '_>, at: usize, lemma: &str) -> Option<Family> {
    let patients = patients(clause, at);
    let any = |test: &dyn Fn(&Entity) -> bool| {
        patients.iter().any(|np| clause.entity(*np).is_some_and(test))
    };
    let armed_doer = || {
        clause.subject(at).iter().any(|np| {
            clause.entity(*np).is_some_and(|entity| {
                entity.is_armed() || entity.air || !entity.factions.is_empty()
            })
        })
    };
    let passive = clause.vg(at).is_some_and(|vg| vg.passive);
    match lemma {
        "find" | "recover" | "seize" | "discover" | "intercept" | "confiscate" | "uncover"
        | "locate" | "identify" | "capture" | "destroy" | "clear"
            if any(&|entity| is_weapon(clause, entity)) =>
        {
            Some(Family::Weapons)
        }
        // "opened machine gun fire on houses"
        "open"
            if patients.iter().any(|np| {
                clause.np(*np).is_some_and(|np| clause.parsed.norm(np.head) == "fire")
            }) =>
        {
            Some(Family::Assault)
        }
        "set" if ignites(clause, at) => Some(Family::Loot),
        "drive back" | "push back" | "drive out" | "push out" | "oust" | "evict" | "dislodge"
        | "flush out" | "expel"
            if any(&Entity::is_armed) && from_ground(clause, at) =>
        {
            Some(Family::Seize)
        }
        "use" | "fire" | "deploy" | "shoot" | "employ" | "launch"
            if patients.iter().any(|np| clause.list(*np).iter().any(|np| quells(clause, *np))) =>
        {
            Some(Family::Protest)
        }
        "disperse" | "break up" if patients.iter().any(|np| is_crowd(clause, *np)) => {
            Some(Family::Protest)
        }
        "enter"
            if armed_doer() && any(&|entity| entity.what == What::Area) && unopposed(clause) =>
        {
            Some(Family::Seize)
        }
        "use" | "drop" | "fire" | "launch" | "release" | "deploy"
            if patients.iter().any(|np| names_poison(clause, *np)) =>
        {
            Some(Family::Chemical)
        }
        "throw" | "hurl" | "lob" | "fire" | "toss"
            if !armed_doer()
                && patients.iter().any(|np| {
                    clause.np(*np).is_some_and(|np| THROWN.contains(&clause.parsed.norm(np.head)))
                }) =>
        {
            Some(Family::Riot)
        }
        "intercept"
            if any(&|entity| {
                matches!(entity.what, What::Force | What::Civilians) && entity.count.is_some()
            }) =>
        {
            Some(Family::Arrest)
        }
        "destroy" | "demolish" | "eliminate"
            if !passive
                && armed_doer()
                && (any(&|entity| {
                    matches!(entity.what, What::Materiel | What::Position | What::Object(_))
                }) || wrecks(clause, at, &patients)) =>
        {
            Some(Family::Assault)
        }
        "take" if takes_people(clause, at) => {
            any(&|entity| !is_prisoner(clause, entity)).then_some(Family::Abduct)
        }
        "take"
            if !passive
                && armed_doer()
                && any(&|entity| entity.what == What::Civilians && entity.count.is_some()) =>
        {
            Some(Family::Abduct)
        }
        "take" | "capture"
            if any(&|entity| matches!(entity.what, What::Area | What::Position))
                && (armed_doer()
                    || passive
                    || clause.phrases(at).iter().any(|(word, list)| {
                        *word == "from"
                            && list
                                .iter()
                                .any(|np| clause.entity(*np).is_some_and(Entity::is_armed))
                    })) =>
        {
            Some(Family::Seize)
        }
        "plant" | "lay" | "hide" | "conceal"
            if patients.iter().any(|np| {
                clause
                    .np(*np)
                    .is_some_and(|np| matches!(clause.parsed.norm(np.head), "device" | "devices"))
            }) =>
        {
            Some(Family::Blast)
        }
        "exchange" | "swap" | "trade" if patients.iter().any(|np| is_held(clause, *np)) => {
            Some(Family::Agree)
        }
        "leave"
            if (passive || clause.vg(at).is_some_and(|vg| vg.bare))
                && clause.word(at + 1) == "by" =>
        {
            thrown(clause, &patients)
        }
        "hurl" | "throw" | "lob" | "toss" | "plant" | "place" | "fire" | "launch" | "drop"
        | "park" | "lay" | "hide" | "conceal" => thrown(clause, &patients),
        "move" | "form" | "create" | "set up" | "send"
            if any(&|entity| entity.what == What::Force) =>
        {
            Some(Family::Change)
        }
        _ => None,
    }
}

/// "took away their casualties": nobody is captured.
pub(super) fn carries_the_fallen(clause: &Clause<'_, '_>, at: usize) -> bool {
    let taken = matches!(clause.lemma(at), "take away" | "carry off" | "lead away");
    let fallen = |np: &usize| {
        clause.np(*np).is_some_and(|np| {
            matches!(
                clause.parsed.norm(np.head),
                "casualties" | "bodies" | "body" | "dead" | "wounded" | "injured" | "corpses"
            )
        })
    };
    taken && patients(clause, at).iter().any(fallen)
}

/// "the seizure of a machine gun": no ground changes hands.
fn takes_equipment(clause: &Clause<'_, '_>, at: usize) -> bool {
    let taken = clause.of(at).and_then(|of| clause.entity(of));
    taken.is_some_and(|entity| entity.what == What::Materiel)
}

/// "took 12 prisoners": a loss of the other side, no abduction.
fn is_prisoner(clause: &Clause<'_, '_>, entity: &Entity) -> bool {
    matches!(clause.parsed.norm(entity.head), "prisoners" | "prisoner" | "captives")
}

/// Those whom two sides exchange: prisoners, and the dead.
pub(super) fn is_held(clause: &Clause<'_, '_>, np: usize) -> bool {
    clause.np(np).is_some_and(|np| {
        matches!(
            clause.parsed.norm(np.head),
            "prisoners" | "detainees" | "captives" | "hostages" | "bodies" | "remains" | "inmates"
        )
    })
}

/// "Shells fell on the town": the weapon is the subject.
fn by_weapon(clause: &Clause<'_, '_>, at: usize, lemma: &str) -> Option<Family> {
    let falls = matches!(lemma, "fall" | "land" | "slam" | "rain" | "crash");
    let active = clause.vg(at).is_some_and(|vg| !vg.passive && !vg.negated);
    if falls && active { thrown(clause, &clause.subject(at)) } else { None }
}

/// "Shells killed four people", "a shell destroyed a house": the weapon is the subject of what befell people and things.
fn killing_weapon(clause: &Clause<'_, '_>, at: usize) -> Option<Family> {
    let lemma = clause.lemma(at);
    let wrecks = matches!(clause.lexicon.fate(lemma), Some(Fate::Destroyed | Fate::Damaged))
        && clause.vg(at).is_some_and(|vg| vg.verb.is_some_and(|verb| verb.family.is_none()));
    let harms = wrecks || clause.lexicon.effect_of_verb(lemma).is_some();
    let active = clause.vg(at).is_some_and(|vg| {
        let ing = vg.verb.is_some_and(|verb| verb.form == Form::Ing);
        !(vg.passive || vg.negated || vg.bare && ing)
    });
    if !harms || !active || clause.objects(at).is_empty() {
        return None;
    }
    let weapon = |np: &usize| {
        clause.entity(*np).is_some_and(|entity| {
            clause.lexicon.means.word(clause.parsed.norm(entity.head)).is_some()
                && deed_of(entity).is_none()
        })
    };
    let subject: Vec<usize> = clause.subject(at).into_iter().filter(weapon).collect();
    thrown(clause, &subject)
}

/// What throwing, firing or planting something is.
fn thrown(clause: &Clause<'_, '_>, patients: &[usize]) -> Option<Family> {
    patients.iter().filter_map(|np| clause.entity(*np)).find_map(|entity| {
        let means = (entity.first.saturating_sub(2)..entity.last).find_map(|at| {
            clause.lexicon.means.find(&clause.parsed.tokens, at).map(|(_, means)| *means)
        })?;
        Some(match means {
            Means::Grenade => Family::Grenade,
            Means::Shell => Family::Shell,
            Means::Ied => Family::Blast,
            Means::Chemical => Family::Chemical,
            Means::Air => Family::Air,
            Means::Suicide => return None,
        })
    })
}

/// What crowds throw: throwing it is a riot.
const THROWN: &[&str] = &[
    "stones",
    "rocks",
    "bottles",
    "bricks",
    "firecrackers",
    "fireworks",
    "cocktails",
    "eggs",
    "debris",
    "objects",
];

/// Driven back "from the village": the ground is lost.
fn from_ground(clause: &Clause<'_, '_>, at: usize) -> bool {
    clause.phrases(at).iter().any(|(word, list)| {
        matches!(*word, "from" | "of")
            && list.iter().any(|np| {
                clause
                    .entity(*np)
                    .is_some_and(|entity| matches!(entity.what, What::Area | What::Position))
            })
    })
}

/// What police use against crowds: "tear gas", "a water cannon".
fn quells(clause: &Clause<'_, '_>, at: usize) -> bool {
    clause.np(at).is_some_and(|np| {
        (np.first..np.last).any(|at| {
            let pair = (clause.parsed.norm(at), clause.parsed.norm(at + 1));
            matches!(
                pair,
                ("tear", "gas")
                    | ("water", "cannon" | "cannons")
                    | ("rubber", "bullets")
                    | ("pepper", "spray")
                    | ("stun" | "smoke", "grenades")
            ) || pair.0 == "teargas"
        })
    })
}

/// People who gathered in the streets.
fn is_crowd(clause: &Clause<'_, '_>, at: usize) -> bool {
    clause.np(at).is_some_and(|np| {
        matches!(
            clause.parsed.norm(np.head),
            "crowd"
                | "crowds"
                | "protesters"
                | "protestors"
                | "demonstrators"
                | "marchers"
                | "rioters"
        )
    })
}

/// Whether the sentence says that nobody fought back.
fn unopposed(clause: &Clause<'_, '_>) -> bool {
    let tokens = &clause.parsed.tokens[clause.sentence.range.clone()];
    let no =
        tokens.iter().any(|token| matches!(token.norm.as_str(), "without" | "no" | "not" | "any"));
    tokens.iter().any(|token| token.is("unopposed") || no && token.is("resistance"))
}

/// A phrase that names a poison: "chlorine munitions".
fn names_poison(clause: &Clause<'_, '_>, at: usize) -> bool {
    clause.np(at).is_some_and(|np| {
        (np.first..np.last).any(|at| {
            clause
                .lexicon
                .means
                .find(&clause.parsed.tokens, at)
                .is_some_and(|(_, means)| *means == Means::Chemical)
        })
    })
}
