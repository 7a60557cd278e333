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
