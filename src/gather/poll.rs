//! When a source is asked next: by how much it usually brings, how it fared, and what its outlet asks for.

use std::hash::{DefaultHasher, Hash as _, Hasher as _};
use std::time::Duration;

use jiff::{SignedDuration, Timestamp};

use crate::config::gather::GatherConfig;
use crate::model::source::{FetchOutcome, FetchState, Source};

const WEEK: Duration = Duration::from_hours(7 * 24);

/// What an outlet says of itself (its time to live) is believed up to a day.
const LONGEST_FRESH: Duration = Duration::from_hours(24);

/// What an outlet asks of us.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Wishes {
    /// How long its answer stays fresh: `Cache-Control`, `Expires`, `ttl` and `sy:updatePeriod` of the feed.
    pub fresh_for: Option<Duration>,
    /// How long we are to stay away: `Retry-After`.
    pub retry_after: Option<Duration>,
}

/// Writes into `state` when the source is asked next. `per_week`: how many new articles it usually gives; none where
/// that is not known yet.
///
/// A source is asked twice for each article that it usually gives, between the limits of the configuration; one that
/// fails half as often after each failure. What its outlet asks for goes before both.
pub fn plan(
    state: &mut FetchState,
    wishes: &Wishes,
    source: &Source,
    per_week: Option<u32>,
    config: &GatherConfig,
    now: Timestamp,
) {
    let (least, most) = (config.poll_min.duration(), config.poll_max.duration());
    let pace = match per_week {
        Some(0) => most,
        Some(articles) => (WEEK / 2 / articles).clamp(least.min(most), most),
        None => least,
    };
    let pace = if state.failures > 0 { pace.max(penalty(state, least, most)) } else { pace };
    let fresh = wishes.fresh_for.unwrap_or_default().min(LONGEST_FRESH);
    let retry = wishes.retry_after.unwrap_or_default();
    let wait = spread(pace.max(fresh), source).max(retry);
    state.next_poll = Some(later(now, wait));
    state.not_before = wishes.retry_after.map(|wait| later(now, wait));
}

/// What a failing source waits at least: what will not mend by itself the longest at once.
fn penalty(state: &FetchState, least: Duration, most: Duration) -> Duration {
    if state.outcome.is_some_and(FetchOutcome::is_lasting) {
        return most;
    }
    least.saturating_mul(1 << state.failures.min(10)).min(most)
}

/// Up to a tenth longer, always the same for one source, so that sources do not all fall due at once.
fn spread(wait: Duration, source: &Source) -> Duration {
    let mut hasher = DefaultHasher::new();
    source.id.hash(&mut hasher);
    let share = u32::try_from(hasher.finish() % 100).unwrap_or(0);
    wait + wait / 1000 * share
}

fn later(now: Timestamp, wait: Duration) -> Timestamp {
    let wait = SignedDuration::try_from(wait).unwrap_or(SignedDuration::MAX);
    now.saturating_add(wait).unwrap_or(Timestamp::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn source() -> Source {
        serde_json::from_value(
            serde_json::json!({"id": "a", "name": "A", "url": "https://a.example"}),
        )
        .unwrap()
    }

    /// Minutes until the next poll, the spread taken out.
    fn minutes(state: &FetchState, wishes: Wishes, per_week: Option<u32>) -> u64 {
        let mut state = state.clone();
        let now = Timestamp::UNIX_EPOCH;
        plan(&mut state, &wishes, &source(), per_week, &GatherConfig::default(), now);
        let wait: Duration = state.next_poll.unwrap().duration_since(now).try_into().unwrap();
        let spread = spread(Duration::from_mins(1000), &source()).as_secs();
        (wait.as_secs() * 1000).div_ceil(spread)
    }

    #[test]
    fn a_busy_source_is_asked_often_and_a_quiet_one_seldom() {
        let state = FetchState::default();
        assert_eq!(minutes(&state, Wishes::default(), None), 15);
        assert_eq!(minutes(&state, Wishes::default(), Some(2000)), 15);
        assert_eq!(minutes(&state, Wishes::default(), Some(70)), 72);
        assert_eq!(minutes(&state, Wishes::default(), Some(1)), 360);
        assert_eq!(minutes(&state, Wishes::default(), Some(0)), 360);
    }

    #[test]
    fn what_the_outlet_asks_for_goes_before_our_own_pace() {
        let state = FetchState::default();
        let hour = Wishes { fresh_for: Some(Duration::from_hours(1)), ..Wishes::default() };
        assert_eq!(minutes(&state, hour, Some(2000)), 60);
        let year = Wishes { fresh_for: Some(Duration::from_hours(9000)), ..Wishes::default() };
        assert_eq!(minutes(&state, year, Some(2000)), 24 * 60);
        let mut told = FetchState::default();
        let wait = Wishes { retry_after: Some(Duration::from_hours(9)), ..Wishes::default() };
        plan(&mut told, &wait, &source(), None, &GatherConfig::default(), Timestamp::UNIX_EPOCH);
        assert_eq!(told.not_before.unwrap().as_second(), 9 * 3600);
        assert_eq!(told.next_poll, told.not_before);
    }

    #[test]
    fn a_source_that_fails_is_asked_less_and_less() {
        let failed = |failures, outcome| FetchState {
            failures,
            outcome: Some(outcome),
            ..FetchState::default()
        };
        let wait = |state| minutes(&state, Wishes::default(), Some(2000));
        assert_eq!(wait(failed(1, FetchOutcome::TimedOut)), 30);
        assert_eq!(wait(failed(3, FetchOutcome::TimedOut)), 120);
        assert_eq!(wait(failed(60, FetchOutcome::TimedOut)), 360);
        assert_eq!(wait(failed(1, FetchOutcome::Gone)), 360);
    }
}
