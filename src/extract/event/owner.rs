//! Whose people and things are: "its soldiers", "our fighters", "the enemy's posts", "positions of the group".

use super::build::Builder;
use super::candidate::Party;
use super::clause::Clause;
use super::entity::{Entity, What};
use super::memory::Memory;
use super::party::is_group;
use crate::extract::language::Armed;
use crate::extract::names::Named;
use crate::extract::names::roster::AliasKind;
use crate::extract::parse::chunk::Chunk;
use crate::model::faction::FactionKind;

impl Builder<'_, '_> {
    /// The possessive pronoun before an entity: "its soldiers", "its own men".
    pub(super) fn possessor(&self, entity: &Entity) -> Option<&str> {
        let from = entity.first.checked_sub(1)?;
        let at = if self.parsed.norm(from) == "own" { from.checked_sub(1)? } else { from };
        let at = if self.parsed.norm(entity.first) == "own" { from } else { at };
        let word = self.parsed.norm(at);
        matches!(word, "its" | "their" | "his" | "our").then_some(word)
    }

    /// Whose "its soldiers", "their fighters" are: the nearest party that has such people, in the sentence and before.
    pub(super) fn antecedent(&self, entity: &Entity, memory: &Memory) -> Option<usize> {
        let near = self.beside(entity);
        let before =
            memory.subject.into_iter().chain(memory.factions.iter().rev().take(4).copied());
        let all: Vec<usize> = near.into_iter().rev().chain(before).collect();
        all.iter().find(|faction| self.has_such(**faction, entity)).or(all.first()).copied()
    }

    /// Whether a party has such people: soldiers are a state's, fighters are not.
    fn has_such(&self, faction: usize, entity: &Entity) -> bool {
        let state = self.roster().party(faction).kind == FactionKind::StateForces;
        let fighters =
            matches!(self.parsed.norm(entity.head), "fighters" | "militiamen" | "fighter");
        match entity.class.and_then(|class| class.armed) {
            Some(Armed::State) => state,
            Some(Armed::Rebel) => !state,
            _ => !fighters || !state,
        }
    }

    /// Whose "our fighters" are: of whom the outlet speaks for, else of who speaks.
    pub(super) fn ours(&self, memory: &Memory) -> Option<usize> {
        self.setting.own.or(memory.voice).or(memory.subject)
    }

    /// The party against which the one that speaks fights.
    pub(super) fn enemy(&self, memory: &Memory) -> Option<usize> {
        let own = self.ours(memory)?;
        let roster = self.roster();
        memory.factions.iter().rev().find(|other| !roster.same_side(own, **other)).copied()
    }

    /// Whom an outlet's common noun for a party means here, rather than what it means by it as a rule: the armed party of
    /// that sort which the sentence names before, or the one before it.
    pub(super) fn nearer(&self, entity: &Entity, usual: usize, memory: &Memory) -> Option<usize> {
        let roster = self.roster();
        let state = |faction: usize| roster.party(faction).kind == FactionKind::StateForces;
        let own = |faction: usize| self.setting.own.is_some_and(|own| roster.related(own, faction));
        let fits = |faction: &usize| {
            state(*faction) == state(usual) && !roster.party(*faction).state && !own(*faction)
        };
        let at = self.parsed.sentences.partition_point(|other| other.range.end <= entity.first);
        let from = self.parsed.sentences.get(at.saturating_sub(1))?.range.start;
        let named = self.parsed.named_within(from, entity.first).filter(|named| {
            named.kind == AliasKind::Name && named.last <= entity.first && !named.masked
        });
        let told = memory.last.iter().filter(|_| memory.sentence + 1 >= at);
        let mut all: Vec<usize> = named.filter_map(|named| named.faction).collect();
        all.reverse();
        all.extend(told.filter_map(|party| party.faction));
        if all.contains(&usual) { None } else { all.into_iter().find(fits) }
    }

    /// "the army said that it", "the rebels denied that they": who speaks of himself.
    pub(super) fn sayer(&self, entity: &Entity) -> Option<Entity> {
        let sentence = self.parsed.sentence_of(entity.first)?;
        let lexicon = self.setting.lexicon;
        let clause = Clause { parsed: self.parsed, sentence, lexicon };
        let at = sentence.chunks.iter().position(|chunk| chunk.first() == entity.first)?;
        let that =
            at.checked_sub(1).filter(|that| matches!(clause.chunk(*that), Some(Chunk::Sub(_))));
        let verb = that.unwrap_or(at).checked_sub(1)?;
        lexicon.saying(clause.lemma(verb))?;
        let subject = clause.subject(verb).into_iter().filter_map(|np| clause.entity(np));
        let name = |sayer: &&Entity| sayer.is_armed() || sayer.what == What::Name;
        subject.clone().find(name).cloned()
    }

    /// The parties named in the sentence of an entity.
    pub(super) fn named_beside(&self, entity: &Entity) -> Vec<usize> {
        let Some(sentence) = self.parsed.sentence_of(entity.first) else { return Vec::new() };
        let named = self.parsed.named_within(sentence.range.start, sentence.range.end);
        let own = |named: &&Named| {
            matches!(named.kind, AliasKind::Name | AliasKind::Ambiguous) && !named.masked
        };
        named.filter(own).filter_map(|named| named.faction).collect()
    }

    /// The parties named before an entity in its own sentence, in order.
    pub(super) fn beside(&self, entity: &Entity) -> Vec<usize> {
        let Some(sentence) = self.parsed.sentence_of(entity.first) else { return Vec::new() };
        let before = self.parsed.named_within(sentence.range.start, entity.first);
        before
            .filter(|named| {
                named.kind != AliasKind::Demonym
                    && named.last <= entity.first
                    && !named.masked
                    && !self
                        .parsed
                        .place_at(named.first)
                        .is_some_and(|spot| self.parsed.spots[spot].framed)
            })
            .filter_map(|named| named.faction)
            .collect()
    }

    /// "dugouts used by the organisation", "positions of the group": the party last named that is meant.
    pub(super) fn holder(&self, entity: &Entity, memory: &Memory) -> Option<usize> {
        let sentence = self.parsed.sentence_of(entity.first)?;
        let near = entity.last..entity.last + 4;
        // "a vehicle of our forces"
        let ours = sentence.entities.iter().flatten().find(|other| {
            near.contains(&other.first)
                && other.what == What::Force
                && other.factions.is_empty()
                && self.possessor(other) == Some("our")
        });
        if let Some(faction) = ours.and_then(|other| self.unnamed(other, memory)) {
            return Some(faction);
        }
        let group = sentence.entities.iter().flatten().find(|other| {
            near.contains(&other.first)
                && other.definite
                && is_group(self.parsed.norm(other.head))
                && matches!(self.parsed.norm(other.first.saturating_sub(2)), "by" | "of")
        })?;
        self.unnamed(group, memory)
    }

    /// The owner of what is attacked where the text says "its positions": the party told of before that is no attacker.
    pub(super) fn owner_apart(
        &self,
        entity: &Entity,
        doers: &[Party],
        memory: &Memory,
    ) -> Option<usize> {
        self.possessor(entity)?;
        let roster = self.roster();
        let apart = |faction: &usize| {
            !doers
                .iter()
                .filter_map(|doer| doer.faction)
                .any(|doer| roster.same_side(doer, *faction))
        };
        let before =
            memory.subject.into_iter().chain(memory.factions.iter().rev().take(4).copied());
        self.beside(entity).into_iter().chain(before).find(apart)
    }
}
