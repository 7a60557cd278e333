//! The reader's hour: "in my inbox by" HH:MM in the reader's zone.

use jiff::civil::{Date, Time, Weekday};
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp, ToSpan as _};

use super::subscriber::{Frequency, Subscription};
use super::wall;

/// The rarest reader's hour comes once a week.
const WEEK: SignedDuration = SignedDuration::from_hours(24 * 7);

/// The turn of one issue: it is the latest one from its closing to the next.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Turn {
    /// When an issue should first have closed after the one before: the closing itself, unless some were missed.
    pub expected: Timestamp,
    /// The closing.
    pub closing: Timestamp,
    /// The next closing; none when there will be none.
    pub next: Option<Timestamp>,
}

/// A zone that is not known.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is no time zone that we know; write an IANA name such as `Asia/Damascus`")]
pub struct UnknownZone(pub String);

/// When the issue of `turn` is due at a reader in `zone`; none when a later issue will be the latest at their hour.
/// A reader whose hour passed while closings were missed gets the issue at once, unless their hour comes again in
/// its turn.
///
/// # Errors
///
/// When the zone is not known.
pub fn reader_due(
    wanted: &Subscription,
    zone: &str,
    turn: Turn,
) -> Result<Option<Timestamp>, UnknownZone> {
    let known = wall::zone(zone).ok_or_else(|| UnknownZone(zone.to_owned()))?;
    if wanted.frequency == Frequency::EachIssue {
        return Ok(Some(turn.closing));
    }
    let hour = Hour { zone: &known, at: wanted.at, frequency: wanted.frequency };
    let until = turn.next.unwrap_or_else(|| later(turn.closing, WEEK));
    let regular = hour.first_in(turn.closing, until);
    let missed = || hour.first_in(turn.expected, turn.closing).map(|_| turn.closing);
    Ok(regular.or_else(missed))
}

struct Hour<'a> {
    zone: &'a TimeZone,
    at: Time,
    frequency: Frequency,
}

impl Hour<'_> {
    /// The first of the reader's hours in `[from, to)`.
    fn first_in(&self, from: Timestamp, to: Timestamp) -> Option<Timestamp> {
        // A day earlier, for an hour that the clocks carry over midnight.
        let first = wall::wall(self.zone, from).date().checked_sub(1.day()).ok()?;
        let days = first.series(1.day()).filter(|day| self.wants(*day));
        let mut instants = days.map_while(|day| wall::instant(self.zone, day.to_datetime(self.at)));
        instants.find(|instant| *instant >= from).filter(|instant| *instant < to)
    }

    fn wants(&self, day: Date) -> bool {
        match self.frequency {
            Frequency::Daily | Frequency::EachIssue => true,
            Frequency::Weekdays => !matches!(day.weekday(), Weekday::Saturday | Weekday::Sunday),
            Frequency::Weekly => day.weekday() == Weekday::Monday,
        }
    }
}

fn later(instant: Timestamp, by: SignedDuration) -> Timestamp {
    instant.saturating_add(by).unwrap_or(instant)
}

#[cfg(test)]
mod tests {
    use jiff::civil::time;

    use super::*;
    use crate::model::FixedClock;
    use crate::model::filter::Filter;
    use crate::model::id::{EditionId, SubscriberId, SubscriptionId};

    fn at(text: &str) -> Timestamp {
        text.parse().unwrap()
    }

    fn wanted(frequency: Frequency) -> Subscription {
        let clock = FixedClock::new(Timestamp::UNIX_EPOCH);
        Subscription {
            id: SubscriptionId::next(&clock),
            subscriber: SubscriberId::next(&clock),
            edition: EditionId::new("daily"),
            filter: Filter::default(),
            grouping: None,
            at: time(7, 0, 0, 0),
            frequency,
            skip_quiet: false,
        }
    }

    fn due(frequency: Frequency, zone: &str, closing: &str, next: &str) -> Option<String> {
        let turn = Turn { expected: at(closing), closing: at(closing), next: Some(at(next)) };
        let due = reader_due(&wanted(frequency), zone, turn).unwrap();
        due.map(|instant| instant.to_string())
    }

    const SUN: &str = "2026-03-01T05:30:00Z";
    const MON: &str = "2026-03-02T05:30:00Z";
    const TUE: &str = "2026-03-03T05:30:00Z";

    #[test]
    fn a_daily_reader_gets_it_at_the_next_coming_of_their_hour() {
        let found = due(Frequency::Daily, "America/Sao_Paulo", SUN, MON);
        assert_eq!(found.as_deref(), Some("2026-03-01T10:00:00Z"));
        let found = due(Frequency::Daily, "Asia/Kathmandu", SUN, MON);
        assert_eq!(found.as_deref(), Some("2026-03-02T01:15:00Z"));
    }

    #[test]
    fn a_weekly_reader_gets_only_the_issue_that_is_the_latest_on_monday() {
        assert_eq!(due(Frequency::Weekly, "Europe/London", SUN, MON), None);
        let monday = due(Frequency::Weekly, "Europe/London", MON, TUE);
        assert_eq!(monday.as_deref(), Some("2026-03-02T07:00:00Z"));
        assert_eq!(due(Frequency::Weekdays, "Europe/London", SUN, MON), None);
    }

    #[test]
    fn each_issue_comes_at_once() {
        assert_eq!(due(Frequency::EachIssue, "Europe/London", SUN, MON).as_deref(), Some(SUN));
    }

    #[test]
    fn of_two_issues_a_day_a_daily_reader_gets_the_latest_at_their_hour() {
        let (early, late) = ("2026-03-01T05:30:00Z", "2026-03-01T17:30:00Z");
        let morning = due(Frequency::Daily, "Europe/London", early, late);
        assert_eq!(morning.as_deref(), Some("2026-03-01T07:00:00Z"));
        assert_eq!(due(Frequency::Daily, "Europe/London", late, MON), None);
    }

    #[test]
    fn a_reader_whose_hour_was_missed_gets_it_at_once_and_not_twice() {
        let hourly = |closing: &str, next: &str| Turn {
            expected: at("2026-03-01T05:00:00Z"),
            closing: at(closing),
            next: Some(at(next)),
        };
        let missed = hourly("2026-03-01T10:00:00Z", "2026-03-01T11:00:00Z");
        let daily = wanted(Frequency::Daily);
        assert_eq!(reader_due(&daily, "Europe/London", missed).unwrap(), Some(missed.closing));
        let again = hourly(MON, TUE);
        let due = reader_due(&daily, "Europe/London", again).unwrap();
        assert_eq!(due, Some(at("2026-03-02T07:00:00Z")));
    }

    #[test]
    fn an_hour_that_the_clocks_skip_comes_right_after_the_gap() {
        let early = Subscription { at: time(1, 30, 0, 0), ..wanted(Frequency::Daily) };
        let closing = at("2026-03-28T20:00:00Z");
        let turn = Turn { expected: closing, closing, next: None };
        let due = reader_due(&early, "Europe/London", turn).unwrap();
        assert_eq!(due, Some(at("2026-03-29T01:00:00Z")));
    }

    #[test]
    fn an_unknown_zone_is_named() {
        let turn = Turn { expected: at(SUN), closing: at(SUN), next: None };
        let error = reader_due(&wanted(Frequency::Daily), "Mars/Base", turn).unwrap_err();
        assert!(error.to_string().contains("`Mars/Base` is no time zone"));
    }
}
