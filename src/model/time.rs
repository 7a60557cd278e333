//! Time: the clock that is passed around, half-open windows, and dates of events.

use std::sync::atomic::{AtomicI64, Ordering};

use jiff::civil::Date;
use jiff::{SignedDuration, Timestamp, ToSpan};
use serde::{Deserialize, Serialize};

/// Where the program takes the time from. Nothing asks the system directly.
pub trait Clock: Send + Sync {
    /// The present instant.
    fn now(&self) -> Timestamp;
}

/// The system's clock; the one place that reads it.
#[derive(Debug, Clone, Copy, Default)]
pub struct SystemClock;

impl Clock for SystemClock {
    #[expect(clippy::disallowed_methods, reason = "this is the clock that everything else asks")]
    fn now(&self) -> Timestamp {
        Timestamp::now()
    }
}

/// A clock that stands still until it is set: for tests and for the demonstration at its samples' date.
#[derive(Debug)]
pub struct FixedClock(AtomicI64);

impl FixedClock {
    /// A clock that shows `now`.
    pub fn new(now: Timestamp) -> Self {
        Self(AtomicI64::new(now.as_microsecond()))
    }

    /// Moves the clock to `now`.
    pub fn set(&self, now: Timestamp) {
        self.0.store(now.as_microsecond(), Ordering::SeqCst);
    }

    /// Moves the clock on by so many seconds.
    pub fn advance(&self, seconds: i64) {
        self.0.fetch_add(seconds.saturating_mul(1_000_000), Ordering::SeqCst);
    }
}

impl Clock for FixedClock {
    fn now(&self) -> Timestamp {
        from_micros(self.0.load(Ordering::SeqCst))
    }
}

/// An instant from microseconds of Unix time, the form in which the store keeps it; out of range gives the epoch.
pub fn from_micros(micros: i64) -> Timestamp {
    Timestamp::from_microsecond(micros).unwrap_or(Timestamp::UNIX_EPOCH)
}

/// Over this the machine's clock is wrong, and an operator is told (DESIGN, section 8).
pub const CLOCK_ALERT: SignedDuration = SignedDuration::from_mins(10);

/// The middle one of several offsets of a clock, so that one server that is wrong does not count; none of none.
pub fn middle(offsets: &[SignedDuration]) -> Option<SignedDuration> {
    let mut sorted = offsets.to_vec();
    sorted.sort_unstable();
    sorted.get(sorted.len() / 2).copied()
}

/// A half-open span of instants `[from, to)`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Window {
    /// The first instant inside.
    pub from: Timestamp,
    /// The first instant after.
    pub to: Timestamp,
}

impl Window {
    /// Whether `at` lies inside.
    pub fn contains(&self, at: Timestamp) -> bool {
        self.from <= at && at < self.to
    }
}

/// How finely a text dates an event.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DatePrecision {
    /// To the day, or to a span of named days.
    Day,
    /// To about a week ("earlier this week").
    Week,
    /// To the month.
    Month,
    /// To the year.
    Year,
}

/// The days on which an event happened, both inclusive.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct DateSpan {
    /// The first possible day.
    pub from: Date,
    /// The last possible day.
    pub to: Date,
    /// How finely the text says it.
    pub precision: DatePrecision,
}

impl DateSpan {
    /// One day.
    pub fn day(date: Date) -> Self {
        Self { from: date, to: date, precision: DatePrecision::Day }
    }

    /// Whether the two spans have a day in common when each is widened by `days` on both sides.
    pub fn meets(&self, other: &Self, days: i64) -> bool {
        let widened = |date: Date, by: i64| date.checked_add(by.days()).unwrap_or(date);
        widened(self.from, -days) <= other.to && other.from <= widened(self.to, days)
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn a_window_holds_its_start_and_not_its_end() {
        let window = Window { from: from_micros(10), to: from_micros(20) };
        assert!(window.contains(from_micros(10)));
        assert!(!window.contains(from_micros(20)));
    }

    #[test]
    fn spans_one_day_apart_meet_only_when_widened() {
        let (a, b) = (DateSpan::day(date(2020, 6, 25)), DateSpan::day(date(2020, 6, 26)));
        assert!(!a.meets(&b, 0));
        assert!(a.meets(&b, 1));
    }
}
