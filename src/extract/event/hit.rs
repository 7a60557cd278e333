//! Things that a deed hits: whether they are targets, and of which kind.

use super::build::is_post;
use super::clause::Clause;
use super::entity::{Entity, What};
use super::roles::Roles;

impl Roles {
    pub(super) fn things(&mut self, clause: &Clause<'_, '_>, list: &[usize]) {
        for at in list {
            self.thing(clause, *at);
        }
    }

    /// What was blown up, burnt or shelled is a thing, whatever its name: "five electricity posts".
    pub(super) fn thing(&mut self, clause: &Clause<'_, '_>, at: usize) {
        let Some(entity) = clause.entity(at) else { return };
        let word = clause.parsed.norm(entity.head);
        if let Some(meant) = meant(clause, at) {
            return self.targets.push(meant.clone());
        }
        let loose = entity.factions.is_empty() && !entity.air;
        match &entity.what {
            What::Other | What::Position if loose && !is_post(clause.parsed, entity) => {
                let inner = clause.of(at).and_then(|of| clause.entity(of));
                if let Some(whole) = inner.filter(|whole| matches!(whole.what, What::Object(_))) {
                    return self.targets.push(whole.clone());
                }
                let names = word.len() > 3
                    && word.chars().all(char::is_alphabetic)
                    && entity.first <= entity.head
                    && !clause.lexicon.vague.has(word)
                    && !clause.lexicon.areas.has(word);
                if names {
                    self.object(entity, "other");
                }
            }
            // cars and offices that belong to no armed party
            What::Materiel if loose => match clause.lexicon.objects.word(word) {
                Some(kind) => self.object(entity, kind),
                None => self.target(clause, at),
            },
            _ => self.target(clause, at),
        }
    }

    pub(super) fn object(&mut self, entity: &Entity, kind: &str) {
        self.targets.push(Entity { what: What::Object(kind.to_owned()), ..entity.clone() });
    }
}

/// "stopped a bus and burned it": the thing that a pronoun stands for, named before it in the sentence.
pub(super) fn meant<'s>(clause: &Clause<'s, '_>, at: usize) -> Option<&'s Entity> {
    let pronoun = clause.entity(at).filter(|entity| entity.what == What::Pronoun)?;
    let word = clause.parsed.norm(pronoun.head);
    if !matches!(word, "it" | "them") {
        return None;
    }
    let mut before = (0..at).rev().filter_map(|at| clause.entity(at));
    before.find(|entity| match &entity.what {
        What::Object(kind) => kind != "road",
        What::Materiel => {
            clause.lexicon.objects.word(clause.parsed.norm(entity.head)).is_some()
                && entity.factions.is_empty()
        }
        _ => false,
    })
}

/// "a bomb on the road": a way only says where.
pub(super) fn is_way(clause: &Clause<'_, '_>, np: usize) -> bool {
    clause.np(np).is_some_and(|np| clause.lexicon.ways.has(clause.parsed.norm(np.head)))
}

/// A thing that an explosion beside it hits: a house, an office, a car; a street only says where.
pub(super) fn stands(clause: &Clause<'_, '_>, np: usize) -> bool {
    clause.entity(np).is_some_and(|entity| match &entity.what {
        What::Object(kind) => kind != "road",
        What::Body => true,
        What::Materiel => {
            let kind = clause.lexicon.objects.word(clause.parsed.norm(entity.head));
            kind.is_some() && entity.factions.is_empty()
        }
        _ => false,
    })
}

/// "destroyed the terminal": of things that no list knows.
pub(super) fn wrecks(clause: &Clause<'_, '_>, at: usize, patients: &[usize]) -> bool {
    matches!(clause.lemma(at), "destroy" | "wreck" | "obliterate")
        && !patients.is_empty()
        && patients
            .iter()
            .all(|np| clause.entity(*np).is_some_and(|entity| entity.what == What::Other))
}

/// "set the club on fire", "set two cars ablaze".
pub(super) fn ignites(clause: &Clause<'_, '_>, at: usize) -> bool {
    let last = clause.objects(at).last().copied().filter(|_| clause.lemma(at) == "set");
    let Some(end) = last.map(|np| clause.chain_end(np)) else { return false };
    let next = clause.chunk(end + 1).map_or("", |chunk| clause.parsed.norm(chunk.first()));
    let burning = |at: usize| {
        clause.chunk(at).is_some_and(|chunk| {
            clause.parsed.norm(chunk.last() - 1) == "fire" && chunk.last() == chunk.first() + 1
        })
    };
    matches!(next, "ablaze" | "alight" | "afire") || next == "on" && burning(end + 2)
}

/// Verbs of attacking whose object, where somebody armed does it, is a thing or people.
pub(super) fn storms(lemma: &str) -> bool {
    matches!(
        lemma,
        "attack"
            | "assault"
            | "storm"
            | "raid"
            | "ambush"
            | "machinegun"
            | "machine-gun"
            | "open fire"
            | "fire"
    )
}

/// Verbs whose object is a thing that stood somewhere.
pub(super) fn destroys(lemma: &str) -> bool {
    matches!(
        lemma,
        "blow up"
            | "dynamite"
            | "bomb"
            | "torch"
            | "burn"
            | "burn down"
            | "raze"
            | "demolish"
            | "sabotage"
            | "set ablaze"
            | "set fire"
            | "set on fire"
    )
}
