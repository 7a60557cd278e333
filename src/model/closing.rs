//! Closing times: `05:30 Asia/Damascus`, or cron with a zone: `30 5 * * 1-5 Asia/Damascus`.

use std::str::FromStr;

use chrono::DateTime as CronTime;
use croner::Cron;
use croner::errors::CronError;
use croner::parser::{CronParser, Seconds, Year};
use jiff::civil::{DateTime, Time};
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp, Zoned};

use super::wall;

/// More changes of the clocks than lie between two closings of any schedule: twice a year over a leap cycle, with
/// room to spare.
const MAX_CHANGES: usize = 100;

/// A time that returns, in its own zone.
#[derive(Debug, Clone)]
pub struct Closing {
    cron: Cron,
    zone: TimeZone,
    /// Times of day, as against "every fifteen minutes". Only the former are caught up when the clocks skip them,
    /// and come once when they are turned back.
    fixed: bool,
}

/// Why a text is no closing time.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error(
    "`{text}` is no closing time: {why}; write `05:30 Asia/Damascus` or `30 5 * * 1-5 Asia/Damascus`"
)]
pub struct BadClosing {
    /// What was given.
    pub text: String,
    /// What is wrong with it.
    pub why: String,
}

impl FromStr for Closing {
    type Err = BadClosing;

    fn from_str(text: &str) -> Result<Self, BadClosing> {
        let bad = |why: String| BadClosing { text: text.to_owned(), why };
        let (when, zone) =
            text.trim().rsplit_once(' ').ok_or_else(|| bad("it names no zone".to_owned()))?;
        let zone = wall::zone(zone).ok_or_else(|| bad(format!("`{zone}` is no time zone")))?;
        let pattern = pattern(when.trim()).map_err(bad)?;
        let cron = parse(&pattern)
            .map_err(|error| bad(format!("`{pattern}` is no cron pattern ({error})")))?;
        // The same rule as cron itself has: without a wildcard in minute and hour.
        let fixed = !pattern.split_whitespace().take(2).any(|field| field.contains(['*', '/']));
        let closing = Self { cron, zone, fixed };
        let comes = closing.next_after(Timestamp::UNIX_EPOCH).is_some();
        comes.then_some(closing).ok_or_else(|| bad("it never comes".to_owned()))
    }
}

/// The five fields of cron.
fn pattern(when: &str) -> Result<String, String> {
    if !when.contains(':') {
        return Ok(when.to_owned());
    }
    let time = Time::strptime("%H:%M", when).map_err(|_| format!("`{when}` is no time of day"))?;
    Ok(format!("{} {} * * *", time.minute(), time.hour()))
}

fn parse(pattern: &str) -> Result<Cron, CronError> {
    let parser = CronParser::builder().seconds(Seconds::Disallowed).year(Year::Disallowed);
    parser.build().parse(pattern)
}

impl Closing {
    /// The first closing after `instant`; none when it never comes again.
    pub fn next_after(&self, instant: Timestamp) -> Option<Timestamp> {
        if self.fixed { self.next_fixed(instant) } else { self.next_interval(instant) }
    }

    fn next_fixed(&self, after: Timestamp) -> Option<Timestamp> {
        let mut shown = wall::wall(&self.zone, after);
        loop {
            shown = self.match_after(shown, false)?;
            match wall::instant(&self.zone, shown)? {
                found if found > after => return Some(found),
                // The second coming of a doubled hour: its times have been.
                _ => {}
            }
        }
    }

    /// Between two changes of the clocks, wall-clock time runs straight; so each stretch is searched by itself.
    fn next_interval(&self, after: Timestamp) -> Option<Timestamp> {
        let (mut from, mut inclusive) = (after, false);
        for _ in 0..MAX_CHANGES {
            let offset = self.zone.to_offset(from);
            let shown = self.match_after(offset.to_datetime(from), inclusive)?;
            let found = offset.to_timestamp(shown).ok()?;
            match wall::next_change(&self.zone, from) {
                Some(change) if found >= change => (from, inclusive) = (change, true),
                _ => return Some(found),
            }
        }
        None
    }

    fn match_after(&self, shown: DateTime, inclusive: bool) -> Option<DateTime> {
        let start = CronTime::from_timestamp(wall::as_utc_seconds(shown)?, 0)?;
        let found = self.cron.find_next_occurrence(&start, inclusive).ok()?;
        wall::from_utc_seconds(found.timestamp())
    }
}

/// Everything at which one schedule falls due: several closings, each some time ahead.
#[derive(Debug, Clone)]
pub struct Timetable {
    closings: Vec<Closing>,
    lead: SignedDuration,
}

impl Timetable {
    /// Reads closing times; the schedule falls due `lead_seconds` before each.
    ///
    /// # Errors
    ///
    /// When one of them cannot be used.
    pub fn parse(closings: &[String], lead_seconds: i64) -> Result<Self, BadClosing> {
        let closings = closings.iter().map(|text| text.parse()).collect::<Result<_, _>>()?;
        Ok(Self { closings, lead: SignedDuration::from_secs(lead_seconds) })
    }

    /// When it falls due next after `instant`; none when that never comes.
    pub fn next_after(&self, instant: Timestamp) -> Option<Timestamp> {
        let ahead = instant.checked_add(self.lead).ok()?;
        let next = self.closings.iter().filter_map(|closing| closing.next_after(ahead)).min()?;
        next.checked_sub(self.lead).ok()
    }
}

/// The next `count` closings after `instant`, each on the clock of its own zone.
///
/// # Errors
///
/// When one of the closing times cannot be used.
pub fn next_closings(
    closings: &[String],
    instant: Timestamp,
    count: usize,
) -> Result<Vec<Zoned>, BadClosing> {
    let table = Timetable::parse(closings, 0)?;
    let (mut all, mut after) = (Vec::new(), instant);
    while all.len() < count {
        let nexts = table.closings.iter().filter_map(|closing| {
            closing.next_after(after).map(|at| at.to_zoned(closing.zone.clone()))
        });
        let Some(next) = nexts.min_by_key(Zoned::timestamp) else { break };
        after = next.timestamp();
        all.push(next);
    }
    Ok(all)
}

/// The next closing after `instant` of an edition with these closing times; none for one that closes by hand.
///
/// # Errors
///
/// When one of them cannot be used.
pub fn next_closing(
    closings: &[String],
    instant: Timestamp,
) -> Result<Option<Timestamp>, BadClosing> {
    Ok(Timetable::parse(closings, 0)?.next_after(instant))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn nexts(closing: &str, after: &str, count: usize) -> Vec<String> {
        let closing: Closing = closing.parse().unwrap();
        let mut at: Timestamp = after.parse().unwrap();
        let mut next = || {
            at = closing.next_after(at).unwrap();
            at.to_string()
        };
        (0..count).map(|_| next()).collect()
    }

    #[test]
    fn a_time_of_day_comes_daily_in_its_zone() {
        let found = nexts("05:30 Asia/Damascus", "2026-03-01T02:30:00Z", 2);
        assert_eq!(found, ["2026-03-02T02:30:00Z", "2026-03-03T02:30:00Z"]);
    }

    #[test]
    fn cron_fields_choose_weekdays() {
        let found = nexts("30 5 * * 1-5 Asia/Kathmandu", "2026-03-05T23:45:00Z", 2);
        assert_eq!(found, ["2026-03-08T23:45:00Z", "2026-03-09T23:45:00Z"]);
    }

    #[test]
    fn b_6_a_skipped_time_comes_at_the_first_instant_after_the_gap() {
        let found = nexts("01:30 Europe/London", "2026-03-28T12:00:00Z", 2);
        assert_eq!(found, ["2026-03-29T01:00:00Z", "2026-03-30T00:30:00Z"]);
        let midnight = nexts("00:30 America/Sao_Paulo", "2018-11-03T12:00:00Z", 2);
        assert_eq!(midnight, ["2018-11-04T03:00:00Z", "2018-11-05T02:30:00Z"]);
    }

    #[test]
    fn b_6_a_doubled_time_comes_once() {
        let found = nexts("01:30 Europe/London", "2026-10-24T12:00:00Z", 2);
        assert_eq!(found, ["2026-10-25T00:30:00Z", "2026-10-26T01:30:00Z"]);
        let second_coming = nexts("01:30 Europe/London", "2026-10-25T01:10:00Z", 1);
        assert_eq!(second_coming, ["2026-10-26T01:30:00Z"]);
    }

    #[test]
    fn an_interval_goes_on_through_both_changes_of_the_clocks() {
        let every = "*/30 * * * * Europe/London";
        let back = nexts(every, "2026-10-25T00:15:00Z", 4);
        let minutes: Vec<_> = back.iter().map(|text| &text[11..16]).collect();
        assert_eq!(minutes, ["00:30", "01:00", "01:30", "02:00"]);
        let ahead = nexts(every, "2026-03-29T00:15:00Z", 3);
        let minutes: Vec<_> = ahead.iter().map(|text| &text[11..16]).collect();
        assert_eq!(minutes, ["00:30", "01:00", "01:30"]);
    }

    #[test]
    fn what_is_no_closing_time_is_refused_with_its_text_and_an_example() {
        for (text, why) in [
            ("05:30", "it names no zone"),
            ("25:00 UTC", "`25:00` is no time of day"),
            ("05:30 Mars/Base", "`Mars/Base` is no time zone"),
            ("* * * UTC", "`* * *` is no cron pattern"),
            ("0 0 30 2 * UTC", "it never comes"),
            ("0 0 0 1 1 * UTC", "`0 0 0 1 1 *` is no cron pattern"),
        ] {
            let error = text.parse::<Closing>().unwrap_err().to_string();
            assert!(error.starts_with(&format!("`{text}` is no closing time: {why}")), "{error}");
            assert!(error.contains("`05:30 Asia/Damascus`"), "{error}");
        }
    }

    #[test]
    fn closings_are_shown_on_the_clock_of_their_zone_through_its_changes() {
        let closings = ["05:30 Europe/London".to_owned(), "18:00 Asia/Damascus".to_owned()];
        let next = next_closings(&closings, "2026-03-28T06:00:00Z".parse().unwrap(), 3).unwrap();
        let shown: Vec<_> = next.iter().map(|at| at.strftime("%F %R %Q").to_string()).collect();
        assert_eq!(
            shown,
            [
                "2026-03-28 18:00 Asia/Damascus",
                "2026-03-29 05:30 Europe/London",
                "2026-03-29 18:00 Asia/Damascus"
            ]
        );
        assert!(next_closings(&[], Timestamp::UNIX_EPOCH, 3).unwrap().is_empty());
    }

    #[test]
    fn a_timetable_takes_the_earliest_of_its_closings_and_its_lead() {
        let closings = ["05:30 Asia/Damascus".to_owned(), "17:00 UTC".to_owned()];
        let table = Timetable::parse(&closings, 1800).unwrap();
        let first = table.next_after("2026-03-01T02:00:00Z".parse().unwrap()).unwrap();
        let second = table.next_after(first).unwrap();
        assert_eq!(first.to_string(), "2026-03-01T16:30:00Z");
        assert_eq!(second.to_string(), "2026-03-02T02:00:00Z");
    }
}
