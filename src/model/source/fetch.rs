//! How a source fared: the outcome of one fetch, and what is remembered between fetches.

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

/// How one fetch of a source ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FetchOutcome {
    /// Read, with entries.
    Ok,
    /// Read, and it holds no entries.
    Empty,
    /// The server says that nothing changed.
    NotModified,
    /// Entries, none with a date.
    AllUndated,
    /// Not what a source of this kind looks like.
    Malformed,
    /// Refused: 401, 403, 429, a captcha page.
    Blocked,
    /// No answer in time.
    TimedOut,
    /// robots.txt asks us not to.
    Robots,
    /// Larger than we read.
    TooLarge,
    /// Permanently elsewhere.
    Moved,
    /// 404 or 410.
    Gone,
    /// No connection, no name, no TLS, or a server error.
    Unreachable,
    /// The address is not one that we may connect to.
    Forbidden,
}

impl FetchOutcome {
    /// Whether the source was read, so that it counts in coverage.
    pub fn is_read(self) -> bool {
        matches!(self, Self::Ok | Self::Empty | Self::NotModified | Self::AllUndated)
    }

    /// Whether it will not mend by itself: somebody has to change an address, or ask the outlet.
    pub fn is_lasting(self) -> bool {
        matches!(self, Self::Robots | Self::Moved | Self::Gone | Self::Forbidden)
    }
}

/// What is remembered of a source between fetches.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct FetchState {
    /// `ETag` of the last full answer.
    pub etag: Option<String>,
    /// `Last-Modified` of the last full answer.
    pub last_modified: Option<String>,
    /// When it was last tried.
    pub last_tried: Option<Timestamp>,
    /// When it was last read.
    pub last_read: Option<Timestamp>,
    /// How the last try ended.
    pub outcome: Option<FetchOutcome>,
    /// One line for an editor: what went wrong and what to do.
    pub message: Option<String>,
    /// Failures in a row.
    #[serde(default)]
    pub failures: u32,
    /// When it was first tried.
    pub first_tried: Option<Timestamp>,
    /// When it last gave something new.
    pub last_changed: Option<Timestamp>,
    /// When the failures in a row began.
    pub failing_since: Option<Timestamp>,
    /// Since when it counts as broken; an editor is told then, and when it ends.
    pub broken_since: Option<Timestamp>,
    /// When it is to be asked next by the timetable.
    pub next_poll: Option<Timestamp>,
    /// Before this the outlet asked us not to come again (`Retry-After`).
    pub not_before: Option<Timestamp>,
    /// Where the outlet says that it is for good. An editor decides: only they change `url`.
    pub moved_to: Option<String>,
}

/// So many failures in a row make a source count as broken …
const BROKEN_AFTER: u32 = 3;

/// … or failures for so long, however few.
const BROKEN_FOR: SignedDuration = SignedDuration::from_hours(24);

impl FetchState {
    /// The state after a try that ended with `outcome`, said in one line by `message`. A 304 after a failure proves
    /// nothing, since it speaks of the last full answer: the source stays as it was.
    #[must_use]
    pub fn after(&self, outcome: FetchOutcome, message: String, now: Timestamp) -> Self {
        let first_tried = self.first_tried.or(self.last_tried).or(Some(now));
        let tried = Self {
            first_tried,
            last_tried: Some(now),
            outcome: Some(outcome),
            message: Some(message),
            ..self.clone()
        };
        match outcome {
            FetchOutcome::NotModified if self.failures > 0 => tried,
            _ if outcome.is_read() => Self {
                last_read: Some(now),
                failures: 0,
                failing_since: None,
                broken_since: None,
                ..tried
            },
            _ => tried.failed(outcome, now),
        }
    }

    fn failed(self, outcome: FetchOutcome, now: Timestamp) -> Self {
        let failures = self.failures.saturating_add(1);
        let since = self.failing_since.unwrap_or(now);
        let broken = outcome.is_lasting()
            || failures >= BROKEN_AFTER
            || now.duration_since(since) >= BROKEN_FOR;
        let broken_since = self.broken_since.or_else(|| broken.then_some(now));
        Self { failures, failing_since: Some(since), broken_since, ..self }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(minutes: i64) -> Timestamp {
        Timestamp::UNIX_EPOCH + SignedDuration::from_mins(minutes)
    }

    fn after(outcomes: &[FetchOutcome]) -> FetchState {
        let mut state = FetchState::default();
        for (minutes, outcome) in (0..).zip(outcomes) {
            state = state.after(*outcome, String::new(), at(minutes));
        }
        state
    }

    #[test]
    fn a_source_breaks_at_its_third_failure_and_recovers_when_it_is_read() {
        use FetchOutcome::{Ok, TimedOut};
        assert_eq!(after(&[Ok, TimedOut, TimedOut]).broken_since, None);
        let broken = after(&[Ok, TimedOut, TimedOut, TimedOut, TimedOut]);
        assert_eq!((broken.failures, broken.failing_since), (4, Some(at(1))));
        assert_eq!((broken.broken_since, broken.last_read), (Some(at(3)), Some(at(0))));
        let well = broken.after(FetchOutcome::Empty, String::new(), at(9));
        assert_eq!((well.failures, well.broken_since, well.last_read), (0, None, Some(at(9))));
    }

    #[test]
    fn what_no_waiting_mends_counts_as_broken_at_once_and_a_day_of_failure_too() {
        assert_eq!(after(&[FetchOutcome::Gone]).broken_since, Some(at(0)));
        let slow = after(&[FetchOutcome::TimedOut]);
        let day = slow.after(FetchOutcome::TimedOut, String::new(), at(24 * 60));
        assert_eq!((day.failures, day.broken_since), (2, Some(at(24 * 60))));
    }

    #[test]
    fn a_304_after_a_failure_does_not_turn_the_source_green() {
        use FetchOutcome::{NotModified, Ok, Unreachable};
        let state = after(&[Ok, Unreachable, Unreachable, Unreachable, NotModified]);
        assert_eq!((state.failures, state.broken_since), (3, Some(at(3))));
        assert_eq!((state.last_read, state.last_tried), (Some(at(0)), Some(at(4))));
        assert_eq!(after(&[Ok, NotModified]).last_read, Some(at(1)));
    }
}
