//! Things and what became of them: equipment, buildings, roads, checkpoints, aid.

use super::clause::Clause;
use super::effects;
use super::entity::{Entity, What};
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
        let Some(Chunk::Vg(vg)) = clause.chunk(at) else { continue };
        let Some(fate) =
            clause.lexicon.fate(clause.lemma(at)).or_else(|| special(clause.lemma(at)))
        else {
            continue;
        };
        if vg.negated {
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

/// Fates of things that are no equipment.
fn special(lemma: &str) -> Option<Fate> {
    Some(match lemma {
        "set up" | "establish" | "build" => Fate::Established,
        "remove" | "dismantle" | "lift" => Fate::Removed,
        "close" | "cut" | "block" => Fate::Closed,
        "open" | "reopen" => Fate::Opened,
        "turn back" | "turn away" | "hold up" | "halt" | "obstruct" | "impede" => Fate::Blocked,
        "set ablaze" | "set fire" | "set on fire" | "burn down" => Fate::Burned,
        "vandalize" | "ransack" => Fate::Damaged,
        "dynamite" | "detonate" => Fate::Hit,
        "unearth" | "uncover" => Fate::Seized,
        _ => return None,
    })
}

fn push(clause: &Clause<'_, '_>, np: usize, trigger: usize, fate: Fate, out: &mut Vec<Thing>) {
    let Some(entity) = clause.entity(np) else { return };
    if effects::is_subset(clause, np) {
        return;
    }
    let mut entity = entity.clone();
    if let Some(previous) =
        out.last().filter(|_| entity.ordinal && matches!(entity.what, What::Other | What::Pronoun))
    {
        let count = entity.count.clone();
        entity = Entity { count, ..previous.entity.clone() };
    }
    if matches!(entity.what, What::Materiel | What::Object(_)) {
        out.push(Thing { entity, fate, chunk: np, trigger });
    }
}
