//! Where and when a candidate happened, by the words of its clause, else of its sentence.

use std::ops::Range;

use super::build::Builder;
use super::candidate::Candidate;
use super::clause::Clause;
use crate::extract::language::Family;
use crate::extract::names::roster::AliasKind;
use crate::extract::parse::chunk::Chunk;
use crate::extract::reader::Spot;
use crate::model::claim::Field;
use crate::model::place::PlacePrecision;
use crate::model::time::DateSpan;

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

    /// The date in the clause, else in the sentence.
    pub(super) fn date(&self, candidate: &mut Candidate, clause: &Clause<'_, '_>) {
        let (first, last) = candidate.tokens;
        if candidate.losses.iter().any(|loss| loss.total) {
            // "the toll rose on Friday": the day of the count, unless it is the deed's own
            candidate.date = self.days_own(first, last, candidate.trigger);
            candidate.own_date = candidate.date.is_some();
            return;
        }
        let own = self.date_in(first, last, candidate.trigger);
        candidate.own_date = own.is_some();
        let range = &clause.sentence.range;
        candidate.date = own.or_else(|| self.date_in(range.start, range.end, candidate.trigger));
    }

    /// The date nearest to the trigger; two days joined by "and" are a span.
    fn date_in(&self, first: usize, last: usize, trigger: usize) -> Option<DateSpan> {
        let mut found: Vec<(usize, usize)> = (first..last)
            .filter_map(|at| self.parsed.date_at(at).map(|index| (at, index)))
            .collect();
        found.dedup_by_key(|(_, index)| *index);
        found.retain(|(at, index)| !self.is_since(*at) && self.tells_when(*at, *index));
        if found.len() > 1 {
            found.retain(|(at, _)| !self.is_when_said(*at));
        }
        found.retain(|(at, index)| {
            self.parsed.date_span(*index).is_some()
                && !(self.parsed.field == Field::Text && *at < 6 && self.dateline(*at))
        });
        let own = found.iter().find(|(at, index)| self.is_days_own(*at, *index, trigger)).copied();
        let (_, nearest) =
            own.or_else(|| found.iter().min_by_key(|(at, _)| at.abs_diff(trigger)).copied())?;
        let span = self.parsed.date_span(nearest)?.span?;
        let pair = found.iter().map(|(_, index)| *index).find(|index| {
            (*index == nearest + 1 || *index + 1 == nearest)
                && self.joined(*index.min(&nearest), *index.max(&nearest))
        });
        let other = pair.and_then(|index| self.parsed.date_span(index)).and_then(|date| date.span);
        Some(other.map_or(span, |other| DateSpan {
            from: span.from.min(other.from),
            to: span.to.max(other.to),
            precision: span.precision,
        }))
    }

    /// The span of the day that a deed has for its own.
    fn days_own(&self, first: usize, last: usize, trigger: usize) -> Option<DateSpan> {
        let found = (first..last)
            .filter_map(|at| Some((at, self.parsed.date_at(at)?)))
            .find(|(at, index)| self.is_days_own(*at, *index, trigger));
        found.and_then(|(_, index)| self.parsed.date_span(index)?.span)
    }

    /// "Wednesday's shelling": the day of the deed itself, whatever day stands nearer.
    fn is_days_own(&self, at: usize, index: usize, trigger: usize) -> bool {
        let end = (at..trigger).find(|token| self.parsed.date_at(*token) != Some(index));
        end.is_some_and(|end| {
            self.parsed.norm(end) == "'s"
                && trigger - end <= 5
                && (end..trigger).all(|token| {
                    self.setting.lexicon.verbs().find(&self.parsed.tokens, token).is_none()
                        || self.setting.lexicon.deeds.word(self.parsed.norm(token)).is_some()
                })
        })
    }

    /// "two days after": how many days the clause that begins at a token lies before the one it follows.
    pub(super) fn offset(&self, first: usize) -> Option<i64> {
        let word = self.parsed.norm(first);
        let back = match word {
            "after" | "following" => -1,
            "before" => 1,
            _ => return None,
        };
        let unit = first.checked_sub(1).map(|at| self.parsed.norm(at))?;
        let number = first.checked_sub(2).map_or("", |at| self.parsed.norm(at));
        let count = match number {
            "a" | "one" => 1,
            "two" | "2" => 2,
            "three" | "3" => 3,
            "four" | "4" => 4,
            "five" | "5" => 5,
            "six" | "6" => 6,
            _ => 0,
        };
        match unit {
            "day" | "days" if count > 0 => Some(back * count),
            "week" | "weeks" if count > 0 => Some(back * count * 7),
            "hours" | "hour" | "minutes" => Some(0),
            _ => None,
        }
    }

    /// Whether the clause is dated only long before the report: `limit` is the first day that is news.
    pub fn is_history(&self, candidate: &Candidate, limit: jiff::civil::Date) -> bool {
        let (first, last) = candidate.tokens;
        let spans = (first..last)
            .filter_map(|at| self.parsed.date_at(at))
            .filter_map(|index| self.parsed.date_span(index)?.span);
        let (mut old, mut new) = (false, false);
        for span in spans {
            if span.to < limit {
                old = true;
            } else {
                new = true;
            }
        }
        old && !new
    }

    /// Spans of months tell when only where the text says so ("in May", "last month").
    fn tells_when(&self, at: usize, index: usize) -> bool {
        let Some(span) = self.parsed.date_span(index).and_then(|date| date.span) else {
            return false;
        };
        let long = span.from.duration_until(span.to).as_hours() > 24 * 32;
        let month = span.precision == crate::model::time::DatePrecision::Month;
        let said = at > 0
            && matches!(self.parsed.norm(at - 1), "in" | "during" | "early" | "late" | "of")
            || matches!(self.parsed.norm(at), "last" | "this" | "early" | "late");
        !long && (!month || said)
    }

    /// "said on Thursday": when it was said.
    fn is_when_said(&self, at: usize) -> bool {
        (at.saturating_sub(2)..at).any(|before| {
            let verb = self.setting.lexicon.verbs().find(&self.parsed.tokens, before);
            verb.is_some_and(|(_, verb)| self.setting.lexicon.saying(&verb.lemma).is_some())
        })
    }

    /// "since March": the beginning of a span, not the day.
    fn is_since(&self, at: usize) -> bool {
        (at.saturating_sub(3)..at)
            .any(|before| matches!(self.parsed.norm(before), "since" | "until"))
    }

    fn joined(&self, first: usize, second: usize) -> bool {
        let (a, b) = (&self.parsed.dates[first], &self.parsed.dates[second]);
        self.parsed.text.get(a.end..b.start).is_some_and(|between| {
            matches!(between.trim(), "and" | "to" | "-" | "–" | "and on" | "through")
        })
    }

    /// A date at the very start of the text is the report's own.
    fn dateline(&self, at: usize) -> bool {
        at < 6
            && self.setting.day.is_some_and(|day| {
                self.parsed
                    .date_at(at)
                    .and_then(|index| self.parsed.date_span(index))
                    .and_then(|date| date.span)
                    .is_some_and(|span| span.from == day && span.to == day)
            })
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
