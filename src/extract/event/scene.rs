//! Where a candidate happened, by the words of its clause, else of its sentence.

use std::ops::Range;

use super::build::Builder;
use super::candidate::Candidate;
use super::clause::Clause;
use crate::extract::language::Family;
use crate::extract::names::roster::AliasKind;
use crate::extract::parse::chunk::Chunk;
use crate::extract::reader::Spot;
use crate::model::place::PlacePrecision;

impl Builder<'_, '_> {
    /// The places in the clause that can be where it happened, else those of the sentence.
    pub(super) fn places(&self, candidate: &mut Candidate, clause: &Clause<'_, '_>) {
        let (first, last) = candidate.tokens;
        let origin = Self::origin(candidate, clause);
        let elsewhere = |spots: Vec<usize>| -> Vec<usize> {
            spots
                .into_iter()
                .filter(|spot| !origin.contains(&self.parsed.spots[*spot].first))
                .collect()
        };
        let mut own = elsewhere(self.spots_in(first, last));
        if own.is_empty() {
            own.extend(self.left_behind(candidate, clause));
        }
        if own.is_empty() {
            own.extend(self.before_where(clause, first, candidate.trigger));
        }
        candidate.origins = (0..self.parsed.spots.len())
            .filter(|spot| origin.contains(&self.parsed.spots[*spot].first))
            .collect();
        candidate.own_place = !own.is_empty();
        candidate.spots = if own.is_empty() {
            // of a road that was closed "when fighting resumed near A", A says nothing
            let access = candidate.families.first() == Some(&Family::Access);
            let end = if access { last } else { clause.sentence.range.end };
            elsewhere(self.spots_in(clause.sentence.range.start, end))
        } else {
            own
        };
    }

    /// Leaves out where speakers sit: another place of the sentence is meant; a state or a party speaks of elsewhere even
    /// where none is named.
    pub fn unseat(
        &self,
        candidate: &mut Candidate,
        clause: &Clause<'_, '_>,
        seats: &[(Range<usize>, bool)],
    ) {
        let sits = |spot: &usize, firm: bool| {
            let first = self.parsed.spots[*spot].first;
            seats.iter().any(|(range, always)| range.contains(&first) && (*always || !firm))
        };
        if !candidate.spots.iter().any(|spot| sits(spot, false)) {
            return;
        }
        let range = &clause.sentence.range;
        let without = |spots: &[usize], firm: bool| -> Vec<usize> {
            spots.iter().copied().filter(|spot| !sits(spot, firm)).collect()
        };
        let own = without(&candidate.spots, false);
        let others = without(&self.spots_in(range.start, range.end), false);
        (candidate.own_place, candidate.spots) = if !own.is_empty() {
            (candidate.own_place, own)
        } else if others.is_empty() {
            let rest = without(&candidate.spots, true);
            (candidate.own_place && !rest.is_empty(), rest)
        } else {
            (false, others)
        };
    }

    /// "withdrew from A", "kidnapped two men from A": the place that was left, or out of which they were taken.
    fn left_behind(&self, candidate: &Candidate, clause: &Clause<'_, '_>) -> Option<usize> {
        let leaves = matches!(
            candidate.families.first(),
            Some(
                Family::Withdraw
                    | Family::Displace
                    | Family::Seize
                    | Family::Abduct
                    | Family::Arrest
            )
        );
        let verb = (0..clause.sentence.chunks.len())
            .find(|at| clause.vg(*at).is_some_and(|vg| vg.head == candidate.trigger))
            .filter(|_| leaves)?;
        let end = clause.objects(verb).last().map_or(verb, |object| clause.chain_end(*object));
        let whence = clause.phrases(end).into_iter().find(|(word, _)| *word == "from")?;
        let place = clause.np(clause.chain_end(*whence.1.first()?))?;
        self.parsed.place_in(place.first, place.last).filter(|spot| self.parsed.is_fine(*spot))
    }

    /// "people from A, where aircraft struck": the place before the clause in which the trigger stands.
    fn before_where(&self, clause: &Clause<'_, '_>, first: usize, trigger: usize) -> Option<usize> {
        let at = (0..clause.sentence.chunks.len()).rev().find(|at| {
            clause.word(*at) == "where"
                && clause.chunk(*at).is_some_and(|chunk| (first..trigger).contains(&chunk.first()))
        })?;
        let before = (at.saturating_sub(3)..at).rev().find_map(|at| clause.np(at))?;
        self.parsed.place_in(before.first, before.last).filter(|spot| self.parsed.is_fine(*spot))
    }

    /// The tokens that say where something was fired from: "fired by batteries near A", "launched from B". What was hit
    /// lies elsewhere.
    fn origin(candidate: &Candidate, clause: &Clause<'_, '_>) -> Range<usize> {
        let main = (0..clause.sentence.chunks.len())
            .find(|at| clause.vg(*at).is_some_and(|vg| vg.head == candidate.trigger))
            .filter(|at| matches!(clause.lemma(*at), "fire" | "launch" | "shoot"));
        let start = main.and_then(|main| {
            let passive = clause.vg(main).is_some_and(|vg| vg.passive || vg.bare);
            let phrases = clause.phrases(main);
            let whence =
                phrases.iter().find(|(word, _)| *word == "from" || passive && *word == "by");
            whence.and_then(|(_, list)| list.first().copied())
        });
        let Some(start) = start else { return 0..0 };
        let end = (start + 1..clause.sentence.chunks.len())
            .find(|at| match clause.chunk(*at) {
                Some(Chunk::Prep(_)) => matches!(
                    clause.word(*at),
                    "on" | "into" | "onto" | "toward" | "towards" | "against" | "targeting"
                ),
                Some(Chunk::Np(_) | Chunk::Adv(_)) => false,
                // "by units posted at A"
                Some(Chunk::Vg(vg)) => {
                    !vg.bare || !matches!(clause.lemma(*at), "post" | "station" | "base" | "deploy")
                }
                _ => true,
            })
            .and_then(|at| clause.chunk(at))
            .map_or(clause.sentence.range.end, Chunk::first);
        clause.chunk(start).map_or(0, Chunk::first)..end
    }

    fn spots_in(&self, first: usize, last: usize) -> Vec<usize> {
        let mut found: Vec<usize> = (0..self.parsed.spots.len())
            .filter(|index| {
                let spot = &self.parsed.spots[*index];
                let party = self.parsed.named_at(spot.first).is_some_and(|named| {
                    named.kind != AliasKind::Generic
                        && named.last - named.first > spot.last - spot.first
                });
                first <= spot.first
                    && spot.first < last
                    && spot.location
                    && !spot.contains
                    && !party
            })
            .collect();
        let framed = found
            .iter()
            .any(|index| self.parsed.spots[*index].framed && self.parsed.is_fine(*index));
        if framed {
            found.retain(|index| self.parsed.spots[*index].framed || self.parsed.is_fine(*index));
        }
        found.sort_by_key(|index| (breadth(&self.parsed.spots[*index]), *index));
        found
    }
}

/// How wide a place is: where something happened is the finest one named.
fn breadth(spot: &Spot) -> u8 {
    match spot.place.precision {
        PlacePrecision::Place | PlacePrecision::Admin2 => 0,
        PlacePrecision::Admin1 => 1,
        PlacePrecision::Country => 2,
    }
}
