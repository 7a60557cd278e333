//! Roles: who did a deed to whom, by the grammar of its clause.

use super::clause::Clause;
use super::entity::{Entity, What};
use super::fitting::fires;
use super::hit::{destroys, ignites, is_way, stands, storms, wrecks};
use super::trigger::is_held;
use crate::extract::language::{Family, Form};
use crate::extract::parse::tag;

/// Whom a deed's words name.
#[derive(Debug, Clone, Default)]
pub struct Roles {
    /// Chunks of those who began it.
    pub initiators: Vec<Entity>,
    /// Chunks of those it was done to.
    pub targets: Vec<Entity>,
    /// Chunks of those who took part on equal terms.
    pub participants: Vec<Entity>,
    /// It was beaten back.
    pub repelled: bool,
    /// The clause says that it did not succeed or not happen.
    pub failed: bool,
}

impl Roles {
    pub(super) fn initiator(&mut self, clause: &Clause<'_, '_>, at: usize) {
        let acts = |entity: &&Entity| {
            (entity.can_act() || !entity.factions.is_empty()) && !points(clause, entity)
        };
        if let Some(entity) = clause.entity(at).filter(acts) {
            self.initiators.push(entity.clone());
        }
    }

    pub(super) fn initiators(&mut self, clause: &Clause<'_, '_>, list: &[usize]) {
        for at in list {
            self.initiator(clause, *at);
        }
    }

    pub(super) fn targets(&mut self, clause: &Clause<'_, '_>, list: &[usize]) {
        for at in list {
            self.target(clause, *at);
        }
    }

    pub(super) fn target(&mut self, clause: &Clause<'_, '_>, at: usize) {
        if let Some(entity) = clause.entity(at).filter(|entity| {
            !matches!(entity.what, What::Other | What::Pronoun | What::Deed(_))
                || !entity.factions.is_empty()
        }) {
            self.targets.push(victim(entity));
        }
    }
}

/// People to whom something is done are people, though the name of a party means them: "Qalati settlers".
pub(super) fn victim(entity: &Entity) -> Entity {
    let mut victim = entity.clone();
    if victim.what == What::Civilians {
        victim.factions.clear();
    }
    victim
}

/// "that", "those", "some": pronouns that stand for no party named before.
fn points(clause: &Clause<'_, '_>, entity: &Entity) -> bool {
    entity.what == What::Pronoun
        && !matches!(
            clause.parsed.norm(entity.head),
            "he" | "she"
                | "they"
                | "it"
                | "we"
                | "i"
                | "himself"
                | "herself"
                | "themselves"
                | "who"
                | "which"
        )
}

/// "abducted and later murdered by the rebels": the participle joined to a passive, whose doer is the doer of both.
fn joined_participle(clause: &Clause<'_, '_>, at: usize) -> Option<usize> {
    use crate::extract::parse::chunk::Chunk;
    matches!(clause.chunk(at + 1), Some(Chunk::Conj(_))).then_some(())?;
    let next = (at + 2..at + 4).find(|next| !matches!(clause.chunk(*next), Some(Chunk::Adv(_))))?;
    let vg = clause.vg(next)?;
    let participle = vg.passive || vg.bare && vg.verb.is_some_and(|verb| verb.form != Form::Ing);
    participle.then_some(next)
}

/// Prepositions after a deed that lead to its target.
const ONTO: &[&str] =
    &["on", "against", "targeting", "upon", "at", "onto", "towards", "toward", "into"];

/// The roles around a verb of a deed.
pub fn of_verb(clause: &Clause<'_, '_>, at: usize, family: Family) -> Roles {
    let mut roles = Roles::default();
    let Some(vg) = clause.vg(at) else { return roles };
    let subject = clause.subject(at);
    let phrases = clause.phrases(at);
    let ing = vg.verb.is_some_and(|verb| verb.form == Form::Ing);
    let objects = clause.objects(at);
    let reduced = vg.bare
        && !ing
        && !is_intransitive(family)
        && !falls(clause, at)
        && !fires(clause, at)
        && (objects.is_empty() || is_reduced(clause, at))
        && !is_own_doer(clause, at, &subject);
    let passive = vg.passive || reduced;
    let patients = if passive { &subject } else { &objects };
    let razes = destroys(clause.lemma(at)) || ignites(clause, at) || wrecks(clause, at, patients);
    if symmetric(family) {
        // prisoners who are exchanged take no part
        let takes_part = |list: Vec<usize>| -> Vec<usize> {
            list.into_iter().filter(|np| !is_held(clause, *np)).collect()
        };
        return clash(clause, &takes_part(subject), &takes_part(objects), &phrases);
    }
    if passive {
        by_agent(clause, &phrases, &mut roles);
        if razes || storms(clause.lemma(at)) && roles.initiators.iter().any(Entity::is_armed) {
            roles.things(clause, &subject);
        }
        roles.targets(clause, &subject);
        if let Some(next) = joined_participle(clause, at).filter(|_| roles.initiators.is_empty()) {
            by_agent(clause, &clause.phrases(next), &mut roles);
        }
    } else {
        roles.initiators(clause, &subject);
        if razes || storms(clause.lemma(at)) && roles.initiators.iter().any(Entity::is_armed) {
            roles.things(clause, &objects);
        }
        let hit: Vec<usize> =
            objects.iter().copied().filter(|np| !is_fired(clause, at, *np)).collect();
        roles.targets(clause, &hit);
        if objects.iter().all(|np| {
            clause.entity(*np).is_none_or(|entity| {
                matches!(entity.what, What::Other | What::Materiel | What::Deed(_))
            })
        }) {
            onto(clause, &phrases, family, &mut roles);
        }
    }
    if matches!(clause.lemma(at), "fire" | "launch" | "shoot" | "drop") {
        let from = phrases.iter().filter(|(word, _)| *word == "from").flat_map(|(_, list)| list);
        // "fired from army positions", "dropped from army helicopters"
        let stood = |np: &&usize| {
            clause.entity(**np).is_some_and(|entity| {
                entity.what == What::Position || entity.air && !entity.factions.is_empty()
            })
        };
        from.filter(stood).for_each(|np| roles.initiator(clause, *np));
    }
    if family == Family::Blast {
        let beside = phrases
            .iter()
            .filter(|(word, _)| matches!(*word, "in" | "inside" | "outside" | "near" | "at"))
            .flat_map(|(_, list)| list);
        beside.filter(|np| stands(clause, **np)).for_each(|np| roles.thing(clause, *np));
    }
    if matches!(family, Family::Seize) {
        let from = phrases.iter().filter(|(word, _)| *word == "from").flat_map(|(_, list)| list);
        from.filter(|np| clause.entity(**np).is_some_and(Entity::is_armed))
            .for_each(|np| roles.target(clause, *np));
    }
    peaceable(clause, family, &mut roles);
    roles
}

/// "fired rockets and drones at the base": what is fired is not hit.
pub(super) fn is_fired(clause: &Clause<'_, '_>, verb: usize, np: usize) -> bool {
    let fires = matches!(
        clause.lemma(verb),
        "fire" | "launch" | "drop" | "hurl" | "throw" | "lob" | "toss" | "use" | "employ"
    );
    fires && clause.entity(np).is_some_and(|entity| entity.what == What::Materiel)
}

/// People who do not fight begin no violence.
pub(super) fn peaceable(clause: &Clause<'_, '_>, family: Family, roles: &mut Roles) {
    if tag::is_violent(family) {
        roles.initiators.retain(|entity| {
            entity.what != What::Civilians
                || !entity.factions.is_empty()
                || entity.class.is_some_and(|class| class.doer)
                || is_suspect(clause, entity)
        });
    }
}

/// People of whom the text says no more than that they did it: "unidentified persons", "armed men".
pub(super) fn is_suspect(clause: &Clause<'_, '_>, entity: &Entity) -> bool {
    if entity.what != What::Civilians {
        return false;
    }
    let marked = (entity.first.saturating_sub(2)..entity.head).any(|at| {
        matches!(
            clause.parsed.norm(at),
            "unidentified" | "unknown" | "armed" | "masked" | "hooded" | "suspected" | "alleged"
        )
    });
    marked
        || matches!(
            clause.parsed.norm(entity.head),
            "men" | "man" | "individuals" | "individual" | "youths" | "subjects"
        )
}

/// Families whose verbs have no object: their past without one is no passive.
fn is_intransitive(family: Family) -> bool {
    matches!(
        family,
        Family::Clash
            | Family::Protest
            | Family::Riot
            | Family::Withdraw
            | Family::Displace
            | Family::Agree
            | Family::Change
    )
}

/// Aircraft before a past form without "by" did it: "where warplanes struck on Thursday".
fn is_own_doer(clause: &Clause<'_, '_>, at: usize, subject: &[usize]) -> bool {
    let active =
        matches!(clause.lemma(at), "strike" | "hit" | "attack" | "target" | "bomb" | "pound");
    let by = clause.phrases(at).iter().any(|(word, _)| *word == "by");
    let flies = |np: &usize| {
        clause.entity(*np).is_some_and(|entity| {
            entity.air || clause.lexicon.aircraft.has(clause.parsed.norm(entity.head))
        })
    };
    active && !by && subject.iter().any(flies)
}

/// "A drone crashed into the refinery": what falls does so itself.
fn falls(clause: &Clause<'_, '_>, at: usize) -> bool {
    matches!(clause.lemma(at), "crash" | "fall" | "land" | "slam" | "rain")
}

/// A participle after its noun with a preposition behind it.
fn is_reduced(clause: &Clause<'_, '_>, at: usize) -> bool {
    clause.word(at + 1) == "by"
}

pub(super) fn symmetric(family: Family) -> bool {
    matches!(family, Family::Clash | Family::Agree)
}

/// "taken away by helicopter": how, not by whom.
fn carries(clause: &Clause<'_, '_>, np: usize) -> bool {
    clause.np(np).is_some_and(|np| {
        np.first == np.head
            && matches!(clause.parsed.norm(np.head), "helicopter" | "plane" | "boat")
    })
}

pub(super) fn by_agent(clause: &Clause<'_, '_>, phrases: &[(&str, Vec<usize>)], roles: &mut Roles) {
    for (_, list) in phrases.iter().filter(|(word, _)| *word == "by") {
        let doers: Vec<usize> = list.iter().copied().filter(|np| !carries(clause, *np)).collect();
        roles.initiators(clause, &doers);
    }
}

pub(super) fn onto(
    clause: &Clause<'_, '_>,
    phrases: &[(&str, Vec<usize>)],
    family: Family,
    roles: &mut Roles,
) {
    for (word, list) in phrases.iter().filter(|(word, _)| ONTO.contains(word)) {
        let hit = matches!(family, Family::Blast | Family::Grenade | Family::Shell);
        if hit && matches!(*word, "against" | "at" | "into" | "on" | "targeting") {
            let hit = list.iter().filter(|np| !(*word == "on" && is_way(clause, **np)));
            hit.for_each(|np| roles.thing(clause, *np));
        } else {
            roles.targets(clause, list);
        }
    }
}

/// "A clashed with B", "A and B fought".
fn clash(
    clause: &Clause<'_, '_>,
    subject: &[usize],
    objects: &[usize],
    phrases: &[(&str, Vec<usize>)],
) -> Roles {
    let mut roles = Roles::default();
    let with = phrases
        .iter()
        .filter(|(word, _)| matches!(*word, "with" | "against" | "between"))
        .flat_map(|(_, list)| list);
    for np in subject.iter().chain(objects).chain(with) {
        if let Some(entity) =
            clause.entity(*np).filter(|entity| entity.can_act() || !entity.factions.is_empty())
        {
            roles.participants.push(entity.clone());
        }
    }
    roles
}
