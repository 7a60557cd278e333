//! Things and what became of them: equipment, buildings, roads, checkpoints, aid.

use super::clause::Clause;
use super::entity::{Entity, What};
use super::hit::ignites;
use super::subset::is_subset;
use super::trigger::launched_by;
use crate::extract::language::Form;
use crate::extract::parse::chunk::Chunk;
use crate::model::casualty::Fate;

/// A thing and what became of it.
#[derive(Debug, Clone)]
pub struct Thing {
    /// What it is.
    pub entity: Entity,
    /// What became of it.
    pub fate: Fate,
    /// The chunk that names it.
    pub chunk: usize,
    /// The chunk that says its fate.
    pub trigger: usize,
}

/// Every thing in the sentence whose fate is said.
pub fn things(clause: &Clause<'_, '_>) -> Vec<Thing> {
    let mut out: Vec<Thing> = Vec::new();
    for at in 0..clause.sentence.chunks.len() {
        if clause.np(at).is_some() {
            by_noun(clause, at, &mut out);
        }
        let Some(Chunk::Vg(vg)) = clause.chunk(at) else { continue };
        let lemma = clause.lemma(at);
        let Some(fate) = clause
            .lexicon
            .fate(lemma)
            .or_else(|| special(lemma))
            .or_else(|| ignites(clause, at).then_some(Fate::Burned))
        else {
            continue;
        };
        if vg.negated || vg.modal && !vg.perfect {
            continue;
        }
        if let Some(word) = leads_to(lemma) {
            let phrases = clause.phrases(at);
            let list = phrases.iter().filter(|(prep, _)| *prep == word).flat_map(|(_, list)| list);
            list.for_each(|np| push(clause, *np, at, fate, &mut out));
            continue;
        }
        if matches!(lemma, "lose" | "take") {
            equipment(clause, at, fate, &mut out);
            continue;
        }
        let ing = vg.verb.is_some_and(|verb| verb.form == Form::Ing);
        let objects = clause.objects(at);
        let found = if vg.passive || (vg.bare && !ing && objects.is_empty()) {
            clause.subject(at)
        } else {
            objects
        };
        for np in found {
            push(clause, np, at, fate, &mut out);
        }
    }
    out
}

/// The preposition by which a verb leads to the thing: "set fire to", "made off with".
fn leads_to(lemma: &str) -> Option<&'static str> {
    match lemma {
        "set fire" => Some("to"),
        "make off" => Some("with"),
        _ => None,
    }
}

/// "the burning of two trucks and the seizure of a machine gun".
fn by_noun(clause: &Clause<'_, '_>, at: usize, out: &mut Vec<Thing>) {
    let fate =
        clause.np(at).and_then(|np| clause.lexicon.fate_of_noun(clause.parsed.norm(np.head)));
    if let (Some(fate), Some(of)) = (fate, clause.of(at)) {
        clause.list(of).into_iter().for_each(|np| push(clause, np, at, fate, out));
    }
}

/// "lost 20 men, a tank and three armoured vehicles", "had taken two pickups": the subject's own, or the other side's.
fn equipment(clause: &Clause<'_, '_>, at: usize, fate: Fate, out: &mut Vec<Thing>) {
    let before = out.len();
    for np in clause.objects(at) {
        if clause.entity(np).is_some_and(|entity| entity.what == What::Materiel) {
            push(clause, np, at, fate, out);
        }
    }
    let owner = clause
        .subject(at)
        .into_iter()
        .filter(|_| clause.lemma(at) == "lose")
        .find_map(|np| clause.entity(np)?.factions.first().copied());
    for thing in out.iter_mut().skip(before) {
        thing.entity.factions.extend(owner);
    }
}

/// Fates that only some things have.
fn special(lemma: &str) -> Option<Fate> {
    Some(match lemma {
        "set up" | "establish" | "build" => Fate::Established,
        "lose" => Fate::Destroyed,
        "take" => Fate::Captured,
        "remove" | "dismantle" | "lift" => Fate::Removed,
        "close" | "cut" | "cut off" | "sever" | "block" => Fate::Closed,
        "open" | "reopen" => Fate::Opened,
        "turn back" | "turn away" | "hold up" | "halt" | "obstruct" | "impede" | "bar" => {
            Fate::Blocked
        }
        "set ablaze" | "set fire" | "set on fire" | "burn down" => Fate::Burned,
        "vandalize" | "ransack" => Fate::Damaged,
        "dynamite" | "detonate" => Fate::Hit,
        "unearth" | "uncover" => Fate::Seized,
        _ => return None,
    })
}

fn push(clause: &Clause<'_, '_>, np: usize, trigger: usize, fate: Fate, out: &mut Vec<Thing>) {
    let Some(entity) = clause.entity(np) else { return };
    if is_subset(clause, np) {
        return;
    }
    let mut entity = entity.clone();
    if let Some(previous) =
        out.last().filter(|_| entity.ordinal && matches!(entity.what, What::Other | What::Pronoun))
    {
        let count = entity.count.clone();
        entity = Entity { count, ..previous.entity.clone() };
    }
    let launched = launched_by(clause, clause.chain_end(np) + 1).and_then(|by| clause.entity(by));
    if let Some(owner) = launched.filter(|_| entity.factions.is_empty()) {
        entity.factions.clone_from(&owner.factions);
    }
    if matches!(entity.what, What::Materiel | What::Object(_)) {
        out.push(Thing { entity, fate, chunk: np, trigger });
    }
}
