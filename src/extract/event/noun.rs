//! The roles around a deed noun: "an attack by A on B", "A's shelling of B", "B came under attack".

use super::clause::Clause;
use super::compound::inside;
use super::culprit::{answerable, done_by, held_for};
use super::entity::{Entity, What};
use super::hit::{is_way, stands};
use super::roles::{Roles, by_agent, onto, peaceable, symmetric};
use crate::extract::language::{Family, Form};
use crate::extract::parse::chunk::Chunk;
use crate::extract::reader::deed_of;

/// The roles around a deed noun.
pub(super) fn of_noun(clause: &Clause<'_, '_>, at: usize, family: Family) -> Roles {
    let mut roles = Roles::default();
    let Some(np) = clause.np(at) else { return roles };
    inside(clause, at, np, family, &mut roles);
    if matches!(clause.parsed.norm(np.head), "bomber" | "bombers")
        && let Some(entity) = clause.entity(at)
    {
        let class = clause.lexicon.people.word(clause.parsed.norm(np.head)).copied();
        roles.initiators.push(Entity { what: What::Force, class, ..entity.clone() });
    }
    let phrases = clause.phrases(clause.chain_end(at).max(at));
    after(clause, at, &phrases, family, &mut roles);
    if symmetric(family) && phrases.iter().any(|(word, _)| *word == "with") {
        beside(clause, at, &mut roles);
    }
    if let Some(next) = conjoined(clause, at).filter(|_| roles.targets.is_empty()) {
        after(clause, next, &[], family, &mut roles);
    }
    governed(clause, at, family, &mut roles);
    predicate(clause, at, family, &mut roles);
    peaceable(clause, family, &mut roles);
    if symmetric(family) {
        let all: Vec<Entity> = roles
            .initiators
            .drain(..)
            .chain(roles.targets.drain(..))
            .chain(roles.participants.drain(..))
            .collect();
        roles.participants = all
            .into_iter()
            .filter(|entity| entity.can_act() || !entity.factions.is_empty())
            .collect();
    }
    roles
}

/// "the kidnapping and murder of five students": the deed beside it whose "of" is that of both.
fn conjoined(clause: &Clause<'_, '_>, at: usize) -> Option<usize> {
    let next = at + 2;
    let deed = clause.entity(next).is_some_and(|entity| deed_of(entity).is_some());
    (clause.is_conj(at + 1) && deed && clause.of(at).is_none()).then_some(next)
}

fn after(
    clause: &Clause<'_, '_>,
    at: usize,
    phrases: &[(&str, Vec<usize>)],
    family: Family,
    roles: &mut Roles,
) {
    if let Some(of) = clause.of(at) {
        of_phrase(clause, of, family, roles);
    }
    for (word, list) in phrases {
        match *word {
            "by" => roles.initiators(clause, list),
            "between" | "among" => {
                // "the killing of nine members, among them an officer"
                let parts = |np: &usize| {
                    *word == "among"
                        && clause.entity(*np).is_some_and(|entity| entity.what == What::Pronoun)
                };
                for np in list.iter().filter(|np| !parts(np)) {
                    push_participant(clause, *np, roles);
                }
            }
            "with" if symmetric(family) => {
                for np in list {
                    push_participant(clause, *np, roles);
                }
            }
            "in" | "inside" | "outside" | "near" | "at" if family == Family::Blast => {
                list.iter()
                    .filter(|np| stands(clause, **np))
                    .for_each(|np| roles.thing(clause, *np));
            }
            "against" | "on" | "targeting" | "upon" | "at" if family == Family::Blast => {
                let hit = list.iter().filter(|np| !(*word == "on" && is_way(clause, **np)));
                hit.for_each(|np| roles.thing(clause, *np));
            }
            "against" | "on" | "targeting" | "upon" | "at" => roles.targets(clause, list),
            _ => {}
        }
    }
    // "the attack targeting X", "strikes hitting X" read as verbs of their own
}

/// "took the town after a day of fighting with A": who did so fought too.
fn beside(clause: &Clause<'_, '_>, at: usize, roles: &mut Roles) {
    let mut first = at;
    while first >= 2 && clause.word(first - 1) == "of" && clause.np(first - 2).is_some() {
        first -= 2;
    }
    let led = first.checked_sub(1).is_some_and(|prep| {
        matches!(clause.word(prep), "after" | "during" | "in" | "amid" | "following")
    });
    let finite = |verb: &usize| {
        clause.vg(*verb).is_some_and(|vg| {
            !vg.infinitive && !vg.passive && vg.verb.is_some_and(|verb| verb.form != Form::Ing)
        }) && !clause.says(*verb)
    };
    let Some(verb) = (0..first).rev().find(finite).filter(|_| led) else { return };
    let fighters = clause.subject(verb).into_iter().filter(|np| {
        clause.entity(*np).is_some_and(|entity| entity.is_armed() && entity.what == What::Force)
    });
    fighters.for_each(|np| push_participant(clause, np, roles));
}

fn push_participant(clause: &Clause<'_, '_>, np: usize, roles: &mut Roles) {
    if let Some(entity) =
        clause.entity(np).filter(|entity| entity.can_act() || !entity.factions.is_empty())
    {
        roles.participants.push(entity.clone());
    }
}

/// "the killing of A", "the shelling of B" name the target; "the attack of A" the doer.
fn of_phrase(clause: &Clause<'_, '_>, of: usize, family: Family, roles: &mut Roles) {
    let doer = matches!(
        family,
        Family::Assault | Family::Clash | Family::Protest | Family::Withdraw | Family::Change
    );
    for np in clause.list(of) {
        let armed = clause.entity(np).is_some_and(Entity::is_armed);
        if doer && armed {
            roles.initiator(clause, np);
        } else if !doer || !armed {
            roles.target(clause, np);
        }
    }
}

/// The verb of which the noun is the object: "launched", "came under", "repelled", "claimed responsibility for".
fn governed(clause: &Clause<'_, '_>, at: usize, _family: Family, roles: &mut Roles) {
    victim_of(clause, at, roles);
    answerable(clause, at, roles);
    held_for(clause, at, roles);
    done_by(clause, at, roles);
    let Some((verb, prep)) = clause.governor(at) else { return };
    let Some(vg) = clause.vg(verb) else { return };
    let lemma = clause.lemma(verb);
    let subject = clause.subject(verb);
    match (lemma, prep) {
        ("come", "under") | ("subject", "to") => roles.targets(clause, &subject),
        ("repel" | "repulse" | "foil" | "thwart" | "resist", "") => {
            roles.repelled = true;
            let done = if vg.passive { Vec::new() } else { subject };
            roles.targets(clause, &done);
            // "the army said it had foiled an attack"
            let itself = done.iter().filter_map(|np| clause.entity(*np));
            let itself = itself.filter(|entity| {
                entity.what == What::Pronoun
                    && matches!(clause.parsed.norm(entity.head), "it" | "they")
            });
            roles.targets.extend(itself.cloned());
        }
        (_, "") if clause.lexicon.suffering.has(lemma) => roles.targets(clause, &subject),
        ("announce", "")
        | ("claim" | "take" | "accept" | "assume" | "admit" | "acknowledge", "for")
        | (
            "respond" | "retaliate" | "participate" | "engage" | "take" | "use",
            "with" | "in" | "",
        ) => roles.initiators(clause, &subject),
        (_, "in" | "by" | "during") if vg.passive && is_hurt(lemma) => {
            roles.things(clause, &subject);
        }
        ("attribute" | "ascribe" | "blame" | "pin", "") if !vg.passive => {
            let phrases = clause.phrases(clause.chain_end(at));
            let culprits = phrases.iter().filter(|(word, _)| matches!(*word, "to" | "on"));
            culprits.for_each(|(_, list)| roles.initiators(clause, list));
        }
        ("blame", "for") | ("accuse", "of") if vg.passive => roles.initiators(clause, &subject),
        ("blame", "for") | ("accuse", "of") => {
            for np in clause.objects(verb) {
                roles.initiator(clause, np);
            }
        }
        (_, "" | "out" | "up") if clause.lexicon.light.has(lemma) && !vg.passive => {
            roles.initiators(clause, &subject);
        }
        _ => {}
    }
}

/// "The school was the target of two bomb attacks".
fn victim_of(clause: &Clause<'_, '_>, at: usize, roles: &mut Roles) {
    let Some(of) = at.checked_sub(1).filter(|of| clause.word(*of) == "of") else { return };
    let (Some(noun), Some(verb)) = (of.checked_sub(1), of.checked_sub(2)) else { return };
    let suffers = clause.np(noun).is_some_and(|np| {
        matches!(
            clause.parsed.norm(np.head),
            "target" | "targets" | "victim" | "victims" | "object" | "objective" | "scene"
        )
    });
    if suffers && clause.vg(verb).is_some_and(|vg| vg.copula) {
        clause.subject(verb).iter().for_each(|np| roles.thing(clause, *np));
    }
}

/// Verbs that say that a thing or somebody came to harm "in the attack".
fn is_hurt(lemma: &str) -> bool {
    matches!(
        lemma,
        "damage"
            | "destroy"
            | "hit"
            | "burn"
            | "wreck"
            | "kill"
            | "wound"
            | "injure"
            | "demolish"
            | "shatter"
            | "level"
    )
}

/// The verb of which the noun is the subject: "targeted X", "was carried out by X", "killed X".
fn predicate(clause: &Clause<'_, '_>, at: usize, family: Family, roles: &mut Roles) {
    let end = clause.chain_end(at);
    let relative = matches!(clause.chunk(end + 1), Some(Chunk::Rel(_)));
    let first = Some(end + 2).filter(|verb| relative && is_hurt(clause.lemma(*verb)));
    if let Some(verb) = first {
        let objects = clause.objects(verb);
        // "which shattered the windows and destroyed the front of the office"
        let next = objects.last().map_or(verb, |last| clause.chain_end(*last)) + 2;
        roles.things(clause, &objects);
        if clause.is_conj(next - 1) && is_hurt(clause.lemma(next)) {
            roles.things(clause, &clause.objects(next));
        }
    }
    let Some(verb) = clause.predicate(at) else { return };
    let Some(vg) = clause.vg(verb) else { return };
    if symmetric(family) {
        // "clashes broke out between A and B"
        let phrases = clause.phrases(verb);
        let parties = phrases.iter().filter(|(word, _)| *word == "between");
        parties.flat_map(|(_, list)| list).for_each(|np| push_participant(clause, *np, roles));
    }
    if vg.passive || vg.bare && clause.objects(verb).is_empty() {
        let phrases = clause.phrases(verb);
        let mut agents = Roles::default();
        by_agent(clause, &phrases, &mut agents);
        let lemma = clause.lemma(verb);
        if matches!(lemma, "attribute" | "ascribe" | "blame" | "pin") {
            let culprits = phrases.iter().filter(|(word, _)| matches!(*word, "to" | "on"));
            culprits.for_each(|(_, list)| roles.initiators(clause, list));
            return;
        }
        onto(clause, &phrases, family, roles);
        if matches!(clause.lemma(verb), "repel" | "repulse" | "foil" | "thwart") {
            roles.repelled = true;
            roles.targets.append(&mut agents.initiators);
        }
        roles.initiators.append(&mut agents.initiators);
        return;
    }
    if matches!(
        clause.lemma(verb),
        "hit"
            | "strike"
            | "target"
            | "rock"
            | "shake"
            | "destroy"
            | "damage"
            | "pound"
            | "kill"
            | "wound"
            | "injure"
            | "leave"
            | "claim"
            | "wipe"
            | "wreck"
            | "shatter"
            | "level"
            | "demolish"
    ) {
        let objects = clause.objects(verb);
        if is_explosive(family) && is_hurt(clause.lemma(verb)) {
            roles.things(clause, &objects);
        } else {
            roles.targets(clause, &objects);
        }
    }
    damaged(clause, verb, roles);
}

/// Deeds that wreck things.
fn is_explosive(family: Family) -> bool {
    matches!(family, Family::Blast | Family::Grenade | Family::Shell | Family::Air)
}

/// "caused serious damage to the consulate": what came to harm.
fn damaged(clause: &Clause<'_, '_>, verb: usize, roles: &mut Roles) {
    if !matches!(clause.lemma(verb), "cause" | "do" | "inflict" | "wreak") {
        return;
    }
    let objects = clause.objects(verb);
    let damage = objects.last().copied().filter(|_| {
        objects.iter().any(|np| {
            clause.np(*np).is_some_and(|np| {
                matches!(clause.parsed.norm(np.head), "damage" | "destruction" | "havoc")
            })
        })
    });
    let phrases = damage.map_or_else(Vec::new, |np| clause.phrases(clause.chain_end(np)));
    let to = phrases.iter().filter(|(word, _)| *word == "to").flat_map(|(_, list)| list);
    to.for_each(|np| roles.thing(clause, *np));
}
