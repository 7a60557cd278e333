//! Whether a word is, in its clause, the deed that it can be: some need an object of a kind, a doer, a verb beside them.

use super::clause::{Clause, REACH};
use super::entity::{Entity, What};
use super::hit::meant;
use super::roles::is_suspect;
use crate::extract::language::{Family, Form};
use crate::extract::parse::chunk::Chunk;
use crate::extract::reader::deed_of;

/// Whether a verb of a family is that deed here: some need an object of a kind.
#[expect(clippy::too_many_lines, reason = "one list of rules, read from top to bottom")]
pub(super) fn fits(clause: &Clause<'_, '_>, at: usize, family: Family) -> bool {
    let lemma = clause.lemma(at);
    let Some(vg) = clause.vg(at) else { return false };
    let ing = vg.verb.is_some_and(|verb| verb.form == Form::Ing);
    let objects = clause.objects(at);
    let passive = vg.passive || (vg.bare && !ing && objects.is_empty() && !fires(clause, at));
    let patients = if passive { clause.subject(at) } else { objects };
    let any = |test: &dyn Fn(&Entity) -> bool| {
        patients.iter().any(|np| clause.entity(*np).is_some_and(test))
    };
    let doers = if passive { Vec::new() } else { clause.subject(at) };
    let doer = doers.iter().any(|np| {
        clause.entity(*np).is_some_and(|entity| {
            entity.is_armed()
                || entity.air
                || !entity.factions.is_empty()
                || entity.what == What::Pronoun
        })
    });
    match family {
        Family::Seize if any(&|entity| is_weapon(clause, entity)) => false,
        // "the zone, which is occupied by A": a state of things
        Family::Seize
            if lemma == "occupy"
                && vg.passive
                && matches!(clause.parsed.norm(vg.first), "is" | "are") =>
        {
            false
        }
        // "two soldiers were taken over the border"
        Family::Seize
            if matches!(lemma, "take over" | "take back")
                && any(&|entity| matches!(entity.what, What::Force | What::Civilians)) =>
        {
            false
        }
        Family::Seize => {
            let control = lemma.ends_with("control")
                || matches!(
                    lemma,
                    "take over"
                        | "take back"
                        | "liberate"
                        | "recapture"
                        | "retake"
                        | "overrun"
                        | "reclaim"
                );
            (control && !any(&|entity| matches!(entity.what, What::Materiel)))
                || any(&|entity| {
                    matches!(entity.what, What::Area)
                        || matches!(&entity.what, What::Object(kind) if matches!(kind.as_str(), "checkpoint" | "airport" | "crossing" | "camp" | "infrastructure" | "road"))
                        || (entity.what == What::Position && lemma != "secure" && lemma != "clear")
                        || entity.what == What::Materiel
                            && matches!(clause.parsed.norm(entity.head), "headquarters" | "hq")
                })
        }
        Family::Agree => {
            if lemma == "sign" {
                return any(&|entity| deed_of(entity) == Some(Family::Agree));
            }
            clause
                .sentence
                .entities
                .iter()
                .flatten()
                .any(|entity| deed_of(entity) == Some(Family::Agree))
                || lemma == "agree"
        }
        Family::Base => any(&|entity| {
            matches!(entity.what, What::Position)
                || matches!(&entity.what, What::Object(kind) if matches!(kind.as_str(), "camp" | "building" | "checkpoint"))
        }),
        Family::Weapons => any(&|entity| {
            matches!(entity.what, What::Materiel)
                || deed_of(entity)
                    .is_some_and(|family| matches!(family, Family::Blast | Family::Grenade))
        }),
        Family::Access => any(
            &|entity| matches!(&entity.what, What::Object(kind) if matches!(kind.as_str(), "road" | "checkpoint" | "crossing" | "aid" | "airport")),
        ),
        Family::Withdraw => match lemma {
            "leave" => doer && any(&|entity| matches!(entity.what, What::Area | What::Position)),
            "evacuate" => true,
            _ => doer || passive,
        },
        Family::Change => doer || any(&Entity::is_armed),
        Family::Displace => match lemma {
            "return" => {
                doers.iter().any(|np| {
                    clause.entity(*np).is_some_and(|entity| entity.what == What::Civilians)
                }) && any(&|_| false)
            }
            _ => true,
        },
        Family::Loot => {
            patients.iter().any(|np| meant(clause, *np).is_some())
                || any(&|entity| {
                    matches!(entity.what, What::Object(_) | What::Materiel | What::Area)
                })
        }
        Family::Assault => match lemma {
            "strike" if any(&|entity| deed_of(entity) == Some(Family::Agree)) => false,
            "hit" | "strike" | "target" | "engage" | "pound" => {
                doer || any(&|entity| {
                    !matches!(entity.what, What::Other | What::Pronoun | What::Name)
                })
            }
            "fire" => !any(&|entity| entity.is_armed() || entity.what == What::Civilians),
            "intercept" => false,
            "beat" | "club" | "stab" | "harass" | "infiltrate" | "torture" | "ram" => {
                any(&|entity| matches!(entity.what, What::Civilians | What::Person | What::Force))
            }
            _ => true,
        },
        Family::Clash => {
            lemma != "fight" && lemma != "battle" && lemma != "confront"
                || doer
                || any(&Entity::is_armed)
        }
        Family::Protest if lemma == "demonstrate" && !patients.is_empty() => false,
        // "to protest the killing" says why, not that people marched
        Family::Protest if lemma == "protest" && any(&|entity| deed_of(entity).is_some()) => false,
        Family::Protest => {
            !matches!(lemma, "rally" | "march" | "chant" | "protest")
                || !doer
                || doers.iter().any(|np| {
                    clause.entity(*np).is_some_and(|entity| entity.what == What::Civilians)
                })
        }
        Family::Arrest | Family::Kill | Family::Abduct => !patients.is_empty() || passive || doer,
        _ => true,
    }
}

/// Whether a deed noun tells of one: a truce needs a verb that makes or ends it.
pub(super) fn noun_fits(clause: &Clause<'_, '_>, at: usize, family: Family) -> bool {
    let found = |verb: usize| {
        matches!(
            clause.lemma(verb),
            "find"
                | "recover"
                | "seize"
                | "discover"
                | "intercept"
                | "confiscate"
                | "uncover"
                | "unearth"
                | "defuse"
                | "dismantle"
                | "identify"
                | "capture"
                | "neutralize"
                | "clear"
                | "destroy"
                | "hold"
                | "contain"
                | "store"
        )
    };
    if matches!(family, Family::Blast | Family::Grenade | Family::Shell)
        && clause.entity(at).is_some_and(|entity| is_weapon(clause, entity))
    {
        let at = outermost(clause, at);
        let held = clause.governor(at).is_some_and(|(verb, prep)| prep.is_empty() && found(verb))
            || clause.predicate(at).is_some_and(|verb| {
                clause
                    .vg(verb)
                    .is_some_and(|vg| vg.passive || vg.bare && clause.objects(verb).is_empty())
                    && found(verb)
            });
        // "a cache containing grenades was found"
        let stored = clause
            .governor(at)
            .is_some_and(|(verb, prep)| prep.is_empty() && clause.lemma(verb) == "contain");
        return !held && !stored;
    }
    if family != Family::Agree {
        return true;
    }
    holds(clause, at)
        || clause.governor(at).is_some_and(|(verb, prep)| {
            made(clause.lemma(verb)) && matches!(prep, "" | "to" | "on" | "into" | "with")
        })
        || clause.predicate(at).is_some_and(|verb| {
            // "is said to have taken place"
            let next =
                (verb + 1..verb + 3).find(|next| clause.vg(*next).is_some_and(|vg| vg.infinitive));
            made(clause.lemma(verb)) || next.is_some_and(|next| made(clause.lemma(next)))
        })
}

/// Verbs by which a truce comes to be, goes on or ends.
fn made(lemma: &str) -> bool {
    matches!(
        lemma,
        "reach"
            | "sign"
            | "agree"
            | "announce"
            | "declare"
            | "strike"
            | "accept"
            | "broker"
            | "conclude"
            | "make"
            | "enter"
            | "begin"
            | "start"
            | "hold"
            | "collapse"
            | "end"
            | "take"
            | "come"
            | "violate"
            | "break"
            | "implement"
            | "extend"
            | "exchange"
            | "negotiate"
            | "approve"
            | "establish"
    )
}

/// "a truce between the army and the rebels held".
fn holds(clause: &Clause<'_, '_>, at: usize) -> bool {
    (at + 1..at + REACH)
        .find(|verb| clause.vg(*verb).is_some())
        .is_some_and(|verb| clause.lemma(verb) == "hold" && clause.objects(verb).is_empty())
}

/// Whether an active verb of killing has a doer that can do violence.
pub(super) fn has_doer(clause: &Clause<'_, '_>, at: usize) -> bool {
    let Some(vg) = clause.vg(at) else { return false };
    let ing = vg.verb.is_some_and(|verb| verb.form == Form::Ing);
    let passive =
        vg.passive || (vg.bare && !ing && clause.objects(at).is_empty() && !fires(clause, at));
    let named = |list: Vec<usize>| {
        list.iter().any(|np| {
            clause.entity(*np).is_some_and(|entity| {
                entity.can_act() && entity.what != What::Civilians
                    || !entity.factions.is_empty() && deed_of(entity).is_none()
            })
        })
    };
    if clause.lexicon.died.has(clause.lemma(at)) {
        return false;
    }
    if passive {
        let suspect = |list: &[usize]| {
            list.iter().filter_map(|np| clause.entity(*np)).any(|entity| is_suspect(clause, entity))
        };
        return clause
            .phrases(at)
            .into_iter()
            .filter(|(word, _)| *word == "by")
            .any(|(_, list)| suspect(&list) || named(list));
    }
    let subject = clause.subject(at);
    let men = subject
        .iter()
        .filter_map(|np| clause.entity(*np))
        .any(|entity| is_suspect(clause, entity) && entity.class.is_some_and(|class| !class.one));
    men || named(subject)
}

/// "Gunmen fired on the car": a verb whose target stands behind a preposition, not a participle without a doer.
pub(super) fn fires(clause: &Clause<'_, '_>, at: usize) -> bool {
    let onto = |prep: usize| {
        matches!(clause.word(prep), "on" | "at" | "upon" | "into")
            && !matches!(clause.chunk(prep + 1), Some(Chunk::Date(..)))
    };
    // "opened fire from a car at the senator"
    let whence = clause.word(at + 1) == "from" && clause.np(at + 2).is_some();
    let far = whence && onto(clause.chain_end(at + 2) + 1);
    match clause.lemma(at) {
        "fire" | "open fire" | "infiltrate" => onto(at + 1) || far,
        "shoot" => clause.word(at + 1) == "at" && is_shot_at(clause, at),
        _ => false,
    }
}

/// "Gunmen shot at a convoy", and not "two men shot at a checkpoint".
fn is_shot_at(clause: &Clause<'_, '_>, verb: usize) -> bool {
    let armed = |np: &usize| clause.entity(*np).is_some_and(Entity::is_armed);
    let moving = |entity: &Entity| {
        matches!(clause.parsed.norm(entity.head), "convoy" | "convoys" | "patrol" | "patrols")
    };
    let aim = clause.entity(verb + 2).is_some_and(|entity| {
        matches!(entity.what, What::Force | What::Civilians | What::Materiel) || moving(entity)
    });
    aim && clause.subject(verb).iter().any(armed)
}

/// The noun phrases to which a verb's deed is done.
pub(super) fn patients(clause: &Clause<'_, '_>, at: usize) -> Vec<usize> {
    let Some(vg) = clause.vg(at) else { return Vec::new() };
    let ing = vg.verb.is_some_and(|verb| verb.form == Form::Ing);
    let objects = clause.objects(at);
    let passive = vg.passive || (vg.bare && !ing && objects.is_empty() && !fires(clause, at));
    if passive { clause.subject(at) } else { objects }
}

/// A weapon that lies somewhere, not one in use.
pub(super) fn is_weapon(clause: &Clause<'_, '_>, entity: &Entity) -> bool {
    let tokens = &clause.parsed.tokens;
    matches!(
        entity.what,
        What::Materiel | What::Deed(Family::Blast | Family::Grenade | Family::Shell)
    ) && (entity.first..entity.last).any(|at| clause.lexicon.weapons.find(tokens, at).is_some())
}

/// The first phrase of the list or "of" chain that a noun phrase stands in.
fn outermost(clause: &Clause<'_, '_>, at: usize) -> usize {
    let mut first = at;
    while first >= 2
        && clause.np(first - 2).is_some()
        && (clause.word(first - 1) == "of"
            || matches!(clause.chunk(first - 1), Some(Chunk::Conj(_) | Chunk::Comma(_))))
    {
        first -= 2;
    }
    first
}
