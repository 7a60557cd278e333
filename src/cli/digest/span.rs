//! `--since` and `--until`: dates, times, `7d`, `last-month`.

use anyhow::{bail, ensure};
use jiff::civil::{Date, DateTime};
use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan as _};

use crate::model::time::Window;

/// How far back a digest goes when nothing is said, in days.
const DEFAULT_DAYS: i64 = 7;

/// The longest span of an on-demand digest, in days (S-14).
const LONGEST_DAYS: i64 = 92;

/// The window between the two; a date as `until` is inclusive.
pub(super) fn window(
    since: Option<&str>,
    until: Option<&str>,
    now: Timestamp,
    zone: &TimeZone,
) -> anyhow::Result<Window> {
    if since == Some("last-month") && until.is_none() {
        return last_month(now, zone);
    }
    let to = until.map_or(Ok(now), |text| instant(text, now, zone, true))?;
    let from = match since {
        Some(text) => instant(text, now, zone, false)?,
        None => {
            start_of_day(to.to_zoned(zone.clone()).date().checked_sub(DEFAULT_DAYS.days())?, zone)?
        }
    };
    ensure!(from < to, "--since must lie before --until");
    let days = (to.as_second() - from.as_second()) / 86_400;
    ensure!(
        days <= LONGEST_DAYS,
        "the span is {days} days; at most {LONGEST_DAYS} go into one digest"
    );
    Ok(Window { from, to })
}

/// The instant that a text means; a date as an `end` is inclusive.
pub(in crate::cli) fn instant(
    text: &str,
    now: Timestamp,
    zone: &TimeZone,
    end: bool,
) -> anyhow::Result<Timestamp> {
    if let Some(days) = text.strip_suffix('d').and_then(|days| days.parse::<i64>().ok()) {
        let day = now.to_zoned(zone.clone()).date().checked_sub(days.days())?;
        return start_of_day(day, zone);
    }
    if let Ok(at) = text.parse::<Timestamp>() {
        return Ok(at);
    }
    if text.contains(['T', ':'])
        && let Ok(at) = text.parse::<DateTime>()
    {
        return Ok(at.to_zoned(zone.clone())?.timestamp());
    }
    match text.parse::<Date>() {
        Ok(day) if end => start_of_day(day.tomorrow()?, zone),
        Ok(day) => start_of_day(day, zone),
        Err(_) => {
            bail!("`{text}` is no time; write 2026-11-01, 2026-11-01T12:00, 7d or last-month")
        }
    }
}

fn last_month(now: Timestamp, zone: &TimeZone) -> anyhow::Result<Window> {
    let this = now.to_zoned(zone.clone()).date().first_of_month();
    let before = this.checked_sub(1.month())?;
    Ok(Window { from: start_of_day(before, zone)?, to: start_of_day(this, zone)? })
}

fn start_of_day(day: Date, zone: &TimeZone) -> anyhow::Result<Timestamp> {
    Ok(day.to_zoned(zone.clone())?.timestamp())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn between(since: Option<&str>, until: Option<&str>) -> anyhow::Result<(String, String)> {
        let now = "2026-11-25T10:00:00Z".parse().unwrap();
        let window = window(since, until, now, &TimeZone::UTC)?;
        Ok((window.from.to_string(), window.to.to_string()))
    }

    #[test]
    fn a_date_as_until_is_inclusive() {
        let (from, to) = between(Some("2026-11-01"), Some("2026-11-03")).unwrap();
        assert_eq!((from.as_str(), to.as_str()), ("2026-11-01T00:00:00Z", "2026-11-04T00:00:00Z"));
    }

    #[test]
    fn days_back_begin_at_midnight_and_last_month_is_the_calendar_month() {
        assert_eq!(between(Some("7d"), None).unwrap().0, "2026-11-18T00:00:00Z");
        let (from, to) = between(Some("last-month"), None).unwrap();
        assert_eq!((from.as_str(), to.as_str()), ("2026-10-01T00:00:00Z", "2026-11-01T00:00:00Z"));
    }

    #[test]
    fn a_span_that_is_none_or_too_long_says_what_to_write() {
        assert!(between(Some("yesterday-ish"), None).unwrap_err().to_string().contains("7d"));
        assert!(between(Some("2026-01-01"), None).unwrap_err().to_string().contains("92"));
        assert!(between(Some("2026-11-20"), Some("2026-11-10")).is_err());
    }
}
