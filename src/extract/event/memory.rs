//! What a text has said so far, and what a happening takes from it.

use super::build::Builder;
use super::candidate::{Candidate, Party};
use super::clause::Clause;
use super::entity::What;
use crate::extract::language::Family;
use crate::extract::names::roster::AliasKind;
use crate::extract::parse::chunk::Chunk;

/// What the text has said so far, for what it does not say again.
#[derive(Debug, Default)]
pub struct Memory {
    /// The factions last named as actors, the latest last.
    pub factions: Vec<usize>,
    /// The faction that the last sentence was about: its first outside a prepositional phrase.
    pub subject: Option<usize>,
    /// The party of whom last was said that it spoke.
    pub voice: Option<usize>,
    /// When the last dated candidate happened.
    pub date: Option<crate::model::time::DateSpan>,
    /// Who began the last candidate.
    pub initiators: Vec<Party>,
    /// The parties of the last candidate.
    pub last: Vec<Party>,
    /// The sentence of that candidate.
    pub sentence: usize,
    /// Places of the last candidate, with the paragraph.
    pub spots: Option<(usize, Vec<usize>)>,
}

impl Builder<'_, '_> {
    /// Remembers the parties named before a chunk, for pronouns and unnamed groups.
    pub fn remember(&self, clause: &Clause<'_, '_>, until: usize, memory: &mut Memory) {
        let start = clause.sentence.range.start;
        let end = clause.chunk(until).map_or(clause.sentence.range.end, Chunk::first);
        for named in self.parsed.named_within(start, end) {
            let place = self
                .parsed
                .place_at(named.first)
                .is_some_and(|index| self.parsed.spots[index].framed);
            let usable =
                named.kind != AliasKind::Demonym && !place && !named.masked && named.last <= end;
            if let Some(faction) = named.faction.filter(|_| usable)
                && memory.factions.last() != Some(&faction)
            {
                memory.factions.push(faction);
            }
        }
    }

    /// Remembers whom a sentence was about.
    pub fn conclude(&self, clause: &Clause<'_, '_>, memory: &mut Memory) {
        let about = (0..clause.sentence.chunks.len()).find_map(|at| {
            let free = at == 0 || !matches!(clause.chunk(at - 1), Some(Chunk::Prep(_)));
            let entity = clause.entity(at).filter(|entity| {
                free && !matches!(entity.what, What::Area | What::Deed(_) | What::Object(_))
            })?;
            entity.factions.first().copied().filter(|faction| !self.roster().party(*faction).state)
        });
        memory.subject = about.or(memory.subject);
    }

    /// What a candidate does not say and the one before it did: its place in the same paragraph, the two sides.
    pub fn carry(&self, candidate: &mut Candidate, memory: &mut Memory) {
        if candidate.spots.is_empty()
            && let Some((paragraph, spots)) = &memory.spots
            && *paragraph == candidate.paragraph
        {
            candidate.spots.clone_from(spots);
        }
        if candidate.drop.is_some() {
            return;
        }
        if !candidate.spots.is_empty() {
            memory.spots = Some((candidate.paragraph, candidate.spots.clone()));
        }
        if candidate.another && candidate.initiators.is_empty() && candidate.participants.is_empty()
        {
            candidate.initiators = memory
                .initiators
                .iter()
                .map(|party| Party { carried: true, ..party.clone() })
                .collect();
        }
        if !candidate.initiators.is_empty() {
            memory.initiators.clone_from(&candidate.initiators);
        }
        let symmetric = matches!(candidate.families.first(), Some(Family::Agree | Family::Clash));
        if symmetric && candidate.participants.is_empty() && !memory.last.is_empty() {
            candidate.participants =
                memory.last.iter().map(|party| Party { carried: true, ..party.clone() }).collect();
        }
        let parties: Vec<Party> = candidate
            .initiators
            .iter()
            .chain(&candidate.targets)
            .chain(&candidate.participants)
            .filter(|party| party.faction.is_some())
            .cloned()
            .collect();
        if parties.len() > 1 {
            memory.last = parties;
            memory.sentence = candidate.sentence;
        }
    }
}
