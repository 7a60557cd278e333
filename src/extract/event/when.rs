//! When a candidate happened, by the words of its clause, else of its sentence.

use super::build::Builder;
use super::candidate::Candidate;
use super::clause::Clause;
use crate::extract::parse::chunk::Chunk;
use crate::model::claim::Field;
use crate::model::time::DateSpan;

/// How many days back "since" still tells of one spell of fighting, and a bare date is news.
const RECENT: i64 = 10;

impl Builder<'_, '_> {
    /// The date in the clause, else in the sentence.
    pub(super) fn date(&self, candidate: &mut Candidate, clause: &Clause<'_, '_>) {
        let (first, last) = candidate.tokens;
        if candidate.losses.iter().any(|loss| loss.total) {
            // "the toll rose on Friday": the day of the count, unless it is the deed's own
            candidate.date = self.days_own(first, last, candidate.trigger);
            candidate.own_date = candidate.date.is_some();
            return;
        }
        let range = &clause.sentence.range;
        if let Some((span, days)) = self.counted_from(range.start, candidate) {
            (candidate.date, candidate.own_date) = (Some(span), true);
            candidate.offset = Some(days);
            return;
        }
        let own = self.date_in(first, last, candidate.trigger);
        candidate.own_date = own.is_some();
        candidate.date = own
            .or_else(|| self.date_in(range.start, range.end, candidate.trigger))
            .or_else(|| self.since(clause, candidate));
    }

    /// "was open on Thursday, a day after they agreed": so many days from what the clause before it is dated.
    fn counted_from(&self, start: usize, candidate: &Candidate) -> Option<(DateSpan, i64)> {
        let (first, last) = candidate.tokens;
        let (at, days) = (first + 1..candidate.trigger)
            .rev()
            .find_map(|at| self.offset(at).filter(|days| *days != 0).map(|days| (at, days)))?;
        if self.date_in(at, last, candidate.trigger).is_some() {
            return None;
        }
        let main = self.date_in(start, at, at)?;
        let step = jiff::ToSpan::days(days);
        let span = DateSpan {
            from: main.from.checked_add(step).ok()?,
            to: main.to.checked_add(step).ok()?,
            precision: main.precision,
        };
        Some((span, days))
    }

    /// "since Sunday the air force has bombed": from that day to the report's.
    fn since(&self, clause: &Clause<'_, '_>, candidate: &Candidate) -> Option<DateSpan> {
        let range = &clause.sentence.range;
        let perfect = (0..clause.sentence.chunks.len())
            .filter_map(|at| clause.vg(at))
            .any(|vg| vg.perfect && vg.head == candidate.trigger);
        let day = self.setting.day.filter(|_| perfect)?;
        let span = range
            .clone()
            .filter(|at| self.is_since(*at))
            .find_map(|at| self.parsed.date_span(self.parsed.date_at(at)?)?.span)?;
        let near = span.from.checked_add(jiff::ToSpan::days(RECENT)).is_ok_and(|end| end >= day);
        (near && span.from <= day).then_some(DateSpan { to: day, ..span })
    }

    /// The day that a sentence without a happening speaks of, for what follows it undated.
    pub fn day_told(&self, clause: &Clause<'_, '_>) -> Option<DateSpan> {
        let range = &clause.sentence.range;
        let span = self.date_in(range.start, range.end, range.start)?;
        let said = range
            .clone()
            .filter(|at| self.parsed.date_at(*at).is_some())
            .any(|at| self.is_when_said(at));
        let day = self.setting.day?;
        let recent = span.from.checked_add(jiff::ToSpan::days(RECENT)).is_ok_and(|end| end >= day);
        (!said && recent && span.to <= day && span.from == span.to).then_some(span)
    }

    /// The date nearest to the trigger; two days joined by "and" are a span.
    fn date_in(&self, first: usize, last: usize, trigger: usize) -> Option<DateSpan> {
        let mut found: Vec<(usize, usize)> = (first..last)
            .filter_map(|at| self.parsed.date_at(at).map(|index| (at, index)))
            .collect();
        found.dedup_by_key(|(_, index)| *index);
        found.retain(|(at, index)| {
            !self.is_since(*at) && !self.is_as_agreed(*at, trigger) && self.tells_when(*at, *index)
        });
        found.retain(|(at, _)| !self.is_of_before(*at, trigger));
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

    /// "retook the town, which it lost in April": the day of what a relative clause tells of another's deed or an earlier
    /// one.
    fn is_of_before(&self, at: usize, trigger: usize) -> bool {
        let Some(sentence) = self.parsed.sentence_of(trigger) else { return false };
        let chunks = &sentence.chunks;
        let between = |chunk: &Chunk<'_>| trigger < chunk.first() && chunk.first() < at;
        let Some(rel) =
            chunks.iter().rposition(|chunk| matches!(chunk, Chunk::Rel(_)) && between(chunk))
        else {
            return false;
        };
        let which = matches!(chunks[rel], Chunk::Rel(token) if matches!(self.parsed.norm(token), "which" | "that"));
        let open = chunks[rel + 1..]
            .iter()
            .take_while(|chunk| chunk.first() < at)
            .all(|chunk| !matches!(chunk, Chunk::Comma(_) | Chunk::Mark(_)));
        which
            && open
            && matches!(chunks.get(rel + 1), Some(Chunk::Np(_)))
            && matches!(chunks.get(rel + 2), Some(Chunk::Vg(vg)) if vg.head < at)
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
            .filter(|at| !self.is_of_before(*at, candidate.trigger))
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

    /// ", as had been agreed on Wednesday,": the day of the agreement, not of the deed outside the commas.
    fn is_as_agreed(&self, at: usize, trigger: usize) -> bool {
        let opening =
            (at.saturating_sub(7)..at).rev().find(|before| self.parsed.norm(*before) == ",");
        opening.is_some_and(|comma| {
            self.parsed.norm(comma + 1) == "as" && !(comma..at).contains(&trigger)
        })
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
