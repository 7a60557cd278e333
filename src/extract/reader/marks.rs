//! Marks on the tokens of a text: which belong to a date, a place, a party, an organisation.

use std::ops::Range;

use super::{Parsed, Setting, Spot};
use crate::extract::names::roster::AliasKind;
use crate::extract::names::{Named, follow_labels, mask, organisation};
use crate::model::place::PlacePrecision;

impl<'a> Parsed<'a> {
    fn tokens_of(&self, start: usize, end: usize) -> Range<usize> {
        let first = self.tokens.partition_point(|token| token.end <= start);
        let last = self.tokens.partition_point(|token| token.start < end);
        first..last.max(first)
    }

    pub(super) fn mark_dates(&mut self) {
        for index in 0..self.dates.len() {
            let range = self.tokens_of(self.dates[index].start, self.dates[index].end);
            range.for_each(|at| self.date_of[at] = number(index));
        }
    }

    pub(super) fn mark_spots(&mut self, setting: &Setting<'a>, spots: Vec<(usize, usize, Spot)>) {
        for (start, end, mut spot) in spots {
            let range = self.tokens_of(start, end);
            let dated = range.clone().any(|at| self.date_of[at] > 0);
            let common = spot.place.canonical.is_none()
                && range.clone().all(|at| self.is_common(setting, at));
            if range.is_empty() || common || (dated && spot.place.canonical.is_none()) {
                continue;
            }
            (spot.first, spot.last) = (range.start, range.end);
            let joined = |at: usize| self.tokens.get(at).is_some_and(|token| token.hyphen);
            let place_before = range.start > 0 && self.spot_of[range.start - 1] > 0;
            spot.broad = joined(range.start) && place_before || joined(range.end);
            if spot.broad
                && place_before
                && let Some(before) = self.spots.last_mut()
            {
                before.broad = true;
            }
            let index = self.spots.len();
            range.for_each(|at| self.spot_of[at] = number(index));
            self.spots.push(spot);
        }
    }

    /// A word of the language, not a name: titles capitalise them all.
    fn is_common(&self, setting: &Setting<'a>, at: usize) -> bool {
        let word = self.norm(at);
        setting.lexicon.is_common(word) || matches!(word, "days" | "hours" | "weeks" | "monitor")
    }

    pub(super) fn mark_names(&mut self, setting: &Setting<'a>) {
        self.named = setting.roster.find(
            self.text,
            &self.tokens,
            &setting.countries,
            &setting.calls,
            setting.day,
        );
        let people = |word: &str| setting.lexicon.people.word(word).is_some();
        follow_labels(&mut self.named, &self.tokens, people);
        self.name_metonyms(setting);
        mask(&mut self.named, &self.tokens, &setting.lexicon.masks);
        for index in 0..self.named.len() {
            (self.named[index].first..self.named[index].last)
                .for_each(|at| self.named_of[at] = number(index));
        }
        self.places_within_names();
        self.leaders = setting.roster.find_leaders(&self.tokens);
        for leader in &self.leaders {
            let spots = (leader.first..leader.last)
                .filter_map(|at| self.spot_of[at].checked_sub(1))
                .map(|index| index as usize);
            for index in spots {
                if let Some(spot) = self.spots.get_mut(index)
                    && spot.first >= leader.first
                    && spot.last <= leader.last
                {
                    spot.location = false;
                }
            }
        }
    }

    /// A capital that stands for its government names the state.
    fn name_metonyms(&mut self, setting: &Setting<'a>) {
        for spot in self.spots.iter().filter(|spot| spot.metonym) {
            let state =
                spot.place.country.as_ref().and_then(|country| setting.roster.state_of(country));
            let taken =
                self.named.iter().any(|named| named.first < spot.last && spot.first < named.last);
            if let Some(state) = state.filter(|_| !taken) {
                self.named.push(Named {
                    first: spot.first,
                    last: spot.last,
                    faction: Some(state),
                    kind: AliasKind::Name,
                    masked: false,
                });
            }
        }
        self.named.sort_by_key(|named| named.first);
        self.countries_behind_places();
    }

    /// A country after a place and a comma ("Ariha, Syria") says where the place lies and names no party.
    fn countries_behind_places(&mut self) {
        let behind: Vec<(usize, usize)> = self
            .spots
            .iter()
            .filter(|spot| {
                let comma = spot.first.checked_sub(1).filter(|at| self.norm(*at) == ",");
                let before = comma.and_then(|at| at.checked_sub(1));
                spot.place.precision == PlacePrecision::Country
                    && before.is_some_and(|at| self.place_at(at).is_some_and(|at| self.is_fine(at)))
            })
            .map(|spot| (spot.first, spot.last))
            .collect();
        // "Lake Chad" is not Chad
        let inside = |named: &Named| {
            self.spot_at_token(named.first).is_some_and(|spot| {
                spot.first <= named.first
                    && named.last <= spot.last
                    && named.last - named.first < spot.last - spot.first
                    && spot.place.canonical.is_some()
            })
        };
        let within: Vec<bool> = self.named.iter().map(inside).collect();
        let mut within = within.into_iter();
        self.named.retain(|named| {
            !within.next().unwrap_or(false) && !behind.contains(&(named.first, named.last))
        });
    }

    /// A place inside the name of a faction is none; a country that is named as a place is no party.
    fn places_within_names(&mut self) {
        for spot in &mut self.spots {
            let Some(named) = self
                .named_of
                .get(spot.first)
                .and_then(|index| index.checked_sub(1))
                .and_then(|index| self.named.get(index as usize))
            else {
                continue;
            };
            let inside = named.last - named.first > spot.last - spot.first;
            if inside || (spot.place.canonical.is_none() && spot.first == named.first) {
                spot.location = false;
            }
        }
    }

    pub(super) fn mark_organisations(&mut self, setting: &Setting<'a>) {
        let taken: Vec<bool> = (0..self.tokens.len())
            .map(|at| {
                self.named_of[at] > 0
                    || self.date_of[at] > 0
                    || self.spot_at_token(at).is_some_and(|spot| spot.location && spot.framed)
            })
            .collect();
        let mut taken = taken;
        let (mut found, mut at): (Vec<(Range<usize>, bool)>, usize) = (Vec::new(), 0);
        while at < self.tokens.len() {
            let known = setting.outlets.at(&self.tokens, at).filter(|(length, _)| {
                (at..at + length).all(|token| {
                    self.named_at(token).is_none_or(|named| named.kind == AliasKind::Demonym)
                })
            });
            let length = known.map_or(0, |(length, _)| length);
            if length > 0 {
                found.push((at..at + length, true));
                taken[at..at + length].fill(true);
            }
            at += length.max(1);
        }
        found.extend(
            organisation::find(&setting.lexicon.organisations, &self.tokens, &taken)
                .into_iter()
                .map(|shaped| (shaped.first..shaped.last, !shaped.armed)),
        );
        found.sort_by_key(|(range, _)| range.start);
        for (index, (range, _)) in found.iter().enumerate() {
            range.clone().for_each(|at| self.organisation_of[at] = number(index));
        }
        (self.organisations, self.bodies) = found.into_iter().unzip();
    }
}

fn number(index: usize) -> u32 {
    u32::try_from(index + 1).unwrap_or(0)
}
