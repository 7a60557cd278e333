//! Dates as feeds and pages write them: RFC 822 in the wild, ISO 8601 and what resembles it, epochs, and dates in
//! words of the languages that the sources use.

use std::sync::LazyLock;

use jiff::civil::{Date, DateTime, Time};
use jiff::fmt::rfc2822;
use jiff::tz::{Offset, TimeZone};
use jiff::{Timestamp, Zoned};
use regex::{Captures, Regex};

use super::months::month;
use super::patterns::pattern;

/// The earliest year believed: before it, an "article's" date is a default or an error.
const EARLIEST_YEAR: i16 = 1980;

static ISO: LazyLock<Option<Regex>> = LazyLock::new(|| {
    pattern(
        r"^(\d{4})[-/.]?(\d{2})[-/.]?(\d{2})(?:(?:[Tt_]|\s|,|&nbsp;)+(\d{1,2}):?(\d{2})(?::?(\d{2}))?(?:[.,]\d+)?)?\s*(.*)$",
    )
});
static CLOCK: LazyLock<Option<Regex>> = LazyLock::new(|| {
    pattern(r"(?i)\b(\d{1,2})[:h.](\d{2})(?::(\d{2}))?(?:\.\d+)?\s*([ap])?\.?m?\b\.?\s*(.*)$")
});
static ZONE: LazyLock<Option<Regex>> =
    LazyLock::new(|| pattern(r"^\(?(?:(?:GMT|UTC|UT)\s*)?([+\-\u{2212}])\s*(\d{1,2}):?(\d{1,2})?"));
static NUMERIC: LazyLock<Option<Regex>> =
    LazyLock::new(|| pattern(r"^(?:\D*\s)?(\d{1,2})([./-])(\d{1,2})[./-](\d{4})\b"));

/// Reads a date. A missing zone is UTC, a missing time midnight. `None` where nothing is a date, or it is before
/// 1980.
pub fn parse(raw: &str) -> Option<Zoned> {
    let text = raw.trim();
    let read = epoch(text)
        .or_else(|| rfc_822(text))
        .or_else(|| iso(text))
        .or_else(|| worded(text))
        .or_else(|| numeric(text));
    read.filter(|at| at.year() >= EARLIEST_YEAR)
}

/// The instant of a date, see [`parse`].
pub fn instant(raw: &str) -> Option<Timestamp> {
    parse(raw).map(|at| at.timestamp())
}

/// Seconds or milliseconds of Unix time.
fn epoch(text: &str) -> Option<Zoned> {
    let number: i64 = text.parse().ok()?;
    let at = match text.len() {
        10 => Timestamp::from_second(number),
        13 => Timestamp::from_millisecond(number),
        _ => return None,
    };
    Some(at.ok()?.to_zoned(TimeZone::UTC))
}

/// A date as RFC 2822 wants it, whatever day of the week it says; most feeds have no other.
fn rfc_822(text: &str) -> Option<Zoned> {
    static PARSER: rfc2822::DateTimeParser = rfc2822::DateTimeParser::new().relaxed_weekday(true);
    PARSER.parse_zoned(text).ok()
}

fn iso(text: &str) -> Option<Zoned> {
    let found = ISO.as_ref()?.captures(text)?;
    let date = Date::new(year(&found, 1)?, small(&found, 2)?, small(&found, 3)?).ok()?;
    let rest = found.get(7).map_or("", |m| m.as_str());
    at(date, time(&found, [4, 5, 6]).unwrap_or(Time::midnight()), zone(rest))
}

/// A date with the month in letters: "Thu, 25 Jun 2020 10:00:00 +0300", "June 25, 2020 5:30 PM", "25 juin 2020".
fn worded(text: &str) -> Option<Zoned> {
    let words: Vec<&str> =
        text.split([' ', ',', '-', '/', '\u{a0}', '\t', '\n']).filter(|w| !w.is_empty()).collect();
    let place = words.iter().rposition(|w| month(w).is_some())?;
    let month = month(words.get(place)?)?;
    let date = Date::new(year_near(&words, place)?, month, day_near(&words, place)?).ok()?;
    let Some(clock) = CLOCK.as_ref()?.captures(text) else {
        return at(date, Time::midnight(), Offset::UTC);
    };
    let time =
        time(&clock, [1, 2, 3]).map(|t| afternoon(t, clock.get(4).map_or("", |m| m.as_str())));
    at(date, time.unwrap_or(Time::midnight()), zone(clock.get(5).map_or("", |m| m.as_str())))
}

/// The day of the month beside the month's name: before it, else after it.
fn day_near(words: &[&str], place: usize) -> Option<i8> {
    let before = place.checked_sub(1).and_then(|i| words.get(i)).and_then(|w| day(w));
    let before_of = place.checked_sub(2).and_then(|i| words.get(i)).and_then(|w| day(w));
    before.or_else(|| words.get(place + 1).and_then(|w| day(w))).or(before_of)
}

fn day(word: &str) -> Option<i8> {
    let digits = word.trim_end_matches(|c: char| c.is_alphabetic() || matches!(c, '.' | 'º' | '°'));
    digits.parse().ok().filter(|d| (1..=31).contains(d))
}

/// The first four-digit year after the month, else before it; two digits right after the month are a year too.
fn year_near(words: &[&str], place: usize) -> Option<i16> {
    let four = |w: &&str| {
        let digits = w.trim_matches(|c: char| !c.is_ascii_digit());
        (digits.len() == 4).then(|| digits.parse().ok()).flatten()
    };
    let (before, after) = words.split_at(place);
    let found = after.iter().find_map(four).or_else(|| before.iter().rev().find_map(four));
    found.or_else(|| {
        words.get(place + 1).filter(|w| w.len() == 2).and_then(|w| w.parse().ok()).map(full_year)
    })
}

/// RFC 2822, 4.3: two digits below 50 are of this century.
fn full_year(two: i16) -> i16 {
    if two < 50 { 2000 + two } else { 1900 + two }
}

/// "25.06.2020 10:00": the day comes first; with slashes only where it cannot be the month.
fn numeric(text: &str) -> Option<Zoned> {
    let found = NUMERIC.as_ref()?.captures(text)?;
    let (first, second): (i8, i8) = (small(&found, 1)?, small(&found, 3)?);
    let slash = found.get(2).is_some_and(|m| m.as_str() != ".");
    let (day, month) = match (first > 12, second > 12) {
        (false, true) => (second, first),
        (false, false) if slash && first != second => return None,
        _ => (first, second),
    };
    let date = Date::new(year(&found, 4)?, month, day).ok()?;
    let rest = text.get(found.get(0)?.end()..).unwrap_or("");
    let Some(clock) = CLOCK.as_ref()?.captures(rest) else {
        return at(date, Time::midnight(), Offset::UTC);
    };
    at(
        date,
        time(&clock, [1, 2, 3]).unwrap_or(Time::midnight()),
        zone(clock.get(5).map_or("", |m| m.as_str())),
    )
}

fn at(date: Date, time: Time, offset: Offset) -> Option<Zoned> {
    DateTime::from_parts(date, time).to_zoned(TimeZone::fixed(offset)).ok()
}

fn small(found: &Captures<'_>, group: usize) -> Option<i8> {
    found.get(group)?.as_str().parse().ok()
}

fn year(found: &Captures<'_>, group: usize) -> Option<i16> {
    found.get(group)?.as_str().parse().ok()
}

/// Hour, minute and second; 24:00 and a leap second are taken to the nearest that exists.
fn time(found: &Captures<'_>, [hour, minute, second]: [usize; 3]) -> Option<Time> {
    let (hour, minute) = (small(found, hour)?, small(found, minute)?);
    let second = small(found, second).unwrap_or(0).min(59);
    if hour == 24 { Some(Time::midnight()) } else { Time::new(hour, minute, second, 0).ok() }
}

fn afternoon(time: Time, mark: &str) -> Time {
    let hour = match (mark, time.hour()) {
        ("p" | "P", hour @ 1..=11) => hour + 12,
        ("a" | "A", 12) => 0,
        (_, hour) => hour,
    };
    time.with().hour(hour).build().unwrap_or(time)
}

/// The offset that a zone's name or numbers mean; unknown is UTC.
fn zone(rest: &str) -> Offset {
    let rest = rest.trim_start_matches([' ', ',']);
    if let Some(found) = ZONE.as_ref().and_then(|re| re.captures(rest)) {
        let seconds = |group, unit| {
            found.get(group).and_then(|m| m.as_str().parse::<i32>().ok()).unwrap_or(0) * unit
        };
        let size = seconds(2, 3600) + seconds(3, 60);
        let signed = if found.get(1).is_some_and(|m| m.as_str() == "+") { size } else { -size };
        return Offset::from_seconds(signed).unwrap_or(Offset::UTC);
    }
    let name: String = rest.chars().take_while(char::is_ascii_alphabetic).collect();
    Offset::from_seconds(named_zone(&name.to_ascii_uppercase())).unwrap_or(Offset::UTC)
}

/// Seconds east of Greenwich of the zone names that feeds use (RFC 822 and common ones that have one meaning).
fn named_zone(name: &str) -> i32 {
    let hours = match name {
        "PST" => -8,
        "PDT" | "MST" => -7,
        "MDT" | "CST" => -6,
        "CDT" | "EST" => -5,
        "EDT" => -4,
        "BRT" => -3,
        "CET" | "WAT" | "MET" | "BST" | "WEST" => 1,
        "CEST" | "EET" | "SAST" | "CAT" | "MEST" => 2,
        "EEST" | "MSK" | "EAT" | "TRT" => 3,
        "PKT" => 5,
        "JST" | "KST" => 9,
        "AEST" => 10,
        "AEDT" => 11,
        _ => 0,
    };
    hours * 3600
}

#[cfg(test)]
mod tests {
    use super::*;

    fn same(raw: &str, expected: &str) {
        let expected: Timestamp = expected.parse().unwrap();
        assert_eq!(instant(raw), Some(expected), "{raw}");
    }

    #[test]
    fn rfc_822_dates_in_the_wild_are_read() {
        for raw in [
            "Thu, 25 Jun 2020 10:05:00 +0300",
            "Thu, 25 Jun 2020 07:05:00 GMT",
            "25 Jun 20 07:05 UT",
            "Thursday, 25-Jun-20 07:05:00 GMT",
            "Thu,25 June 2020 03:05:00 EDT",
            "Thu Jun 25 07:05:00 2020",
            "Jun 25, 2020 10:05 AM UTC+03:00",
            "June 25th, 2020, 7:05 a.m. UTC",
            "Wrongday, 25 Jun 2020 7:05:00 Z",
        ] {
            same(raw, "2020-06-25T07:05:00Z");
        }
    }

    #[test]
    fn iso_8601_and_what_resembles_it_are_read() {
        for raw in [
            "2020-06-25T10:05:00+03:00",
            "2020-06-25T07:05:00.123456Z",
            "2020-06-25 07:05:00",
            "2020-06-25T07:05Z",
            "20200625T070500Z",
            "2020/06/25 07:05",
            "2020-06-25 10:05:00 +0300",
            "1593068700",
            "1593068700000",
        ] {
            let instant = instant(raw).map(Timestamp::as_second);
            assert_eq!(instant, Some(1_593_068_700), "{raw}");
        }
        same("2020-06-25", "2020-06-25T00:00:00Z");
    }

    #[test]
    fn months_in_the_languages_of_the_sources_are_read() {
        for raw in [
            "25 juin 2020",
            "25 de junio de 2020",
            "25. Juni 2020",
            "25 июня 2020",
            "25 Haziran 2020",
            "25 حزيران 2020",
            "25 يونيو 2020",
            "25.06.2020",
            "6/25/2020",
        ] {
            same(raw, "2020-06-25T00:00:00Z");
        }
    }

    #[test]
    fn the_zone_is_kept_for_who_prints_the_local_day() {
        let at = parse("2020-06-26T01:00:00+03:00").unwrap();
        assert_eq!((at.day(), at.timestamp().to_string().as_str()), (26, "2020-06-25T22:00:00Z"));
    }

    #[test]
    fn what_is_no_date_and_dates_before_1980_are_refused() {
        for raw in [
            "",
            "yesterday",
            "0",
            "1970-01-01T00:00:00Z",
            "31 Feb 2020",
            "3/4/2020",
            "2020",
            "99999999999999",
        ] {
            assert_eq!(parse(raw), None, "{raw}");
        }
    }
}
