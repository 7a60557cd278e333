//! Date expressions of a text, with TIMEX3 values and the days that they mean.

use jiff::ToSpan;
use jiff::civil::{Date, Weekday};

use crate::model::document::MentionKind;
use crate::model::time::{DatePrecision, DateSpan};

/// A date, duration or time of day in a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DateMention {
    /// Byte offset of its start.
    pub start: usize,
    /// Byte offset of its end.
    pub end: usize,
    /// Its TIMEX3 value.
    pub value: String,
    /// Date, duration or time.
    pub kind: MentionKind,
    /// The days it means, where it means days.
    pub span: Option<DateSpan>,
    /// History rather than the news ("in 2016", "last year").
    pub background: bool,
}

/// Every date expression of the text, in order, not overlapping; `anchor` is the day of the report.
pub fn find(text: &str, anchor: Option<Date>) -> Vec<DateMention> {
    let words = words(text);
    let (mut out, mut at) = (Vec::new(), 0);
    while at < words.len() {
        match read(text, &words, at, anchor) {
            Some((mention, used)) => {
                out.push(mention);
                at += used;
            }
            None => at += 1,
        }
    }
    out
}

struct Word<'a> {
    start: usize,
    end: usize,
    text: &'a str,
    lower: String,
}

fn words(text: &str) -> Vec<Word<'_>> {
    let mut out = Vec::new();
    let mut start = None;
    for (index, c) in text.char_indices().chain([(text.len(), ' ')]) {
        match (c.is_alphanumeric(), start) {
            (true, None) => start = Some(index),
            (false, Some(first)) => {
                let slice = &text[first..index];
                out.push(Word { start: first, end: index, text: slice, lower: slice.to_lowercase() });
                start = None;
            }
            _ => {}
        }
    }
    out
}

const MONTHS: &[&str] = &["january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december"];

fn month(word: &Word<'_>) -> Option<i8> {
    let lower = word.lower.as_str();
    let short = lower.len() == 3 || lower == "sept";
    let at = MONTHS.iter().position(|name| *name == lower || (short && name.starts_with(&lower[..3])))?;
    let ambiguous = matches!(lower, "may" | "march" | "mar") && word.text.starts_with(char::is_lowercase) && lower != "mar";
    (!ambiguous).then(|| i8::try_from(at + 1).ok()).flatten()
}

fn weekday(lower: &str) -> Option<Weekday> {
    let stem = lower.strip_suffix('s').filter(|stem| stem.ends_with("day")).unwrap_or(lower);
    Some(match stem {
        "monday" => Weekday::Monday,
        "tuesday" => Weekday::Tuesday,
        "wednesday" => Weekday::Wednesday,
        "thursday" => Weekday::Thursday,
        "friday" => Weekday::Friday,
        "saturday" => Weekday::Saturday,
        "sunday" => Weekday::Sunday,
        _ => return None,
    })
}

fn number<T: std::str::FromStr>(word: Option<&Word<'_>>) -> Option<T> {
    let digits = word?.text.trim_end_matches(|c: char| c.is_ascii_lowercase());
    digits.parse().ok()
}

fn day(word: Option<&Word<'_>>) -> Option<i8> {
    number(word).filter(|day| (1..=31).contains(day))
}

fn year(word: Option<&Word<'_>>) -> Option<i16> {
    number(word).filter(|year| (1900..2100).contains(year))
}

fn mention(words: &[Word<'_>], at: usize, used: usize, span: Option<DateSpan>, value: String, background: bool) -> (DateMention, usize) {
    let (start, end) = (words[at].start, words[at + used - 1].end);
    (DateMention { start, end, value, kind: MentionKind::Date, span, background }, used)
}

fn one(words: &[Word<'_>], at: usize, used: usize, date: Date) -> (DateMention, usize) {
    mention(words, at, used, Some(DateSpan::day(date)), date.to_string(), false)
}

fn read(text: &str, words: &[Word<'_>], at: usize, anchor: Option<Date>) -> Option<(DateMention, usize)> {
    let word = &words[at];
    explicit(words, at, anchor)
        .or_else(|| iso(text, words, at))
        .or_else(|| weekday(&word.lower).and_then(|weekday| Some(one(words, at, 1, latest(weekday, anchor?)))))
        .or_else(|| relative(words, at, anchor?))
        .or_else(|| bare_year(words, at))
}

fn explicit(words: &[Word<'_>], at: usize, anchor: Option<Date>) -> Option<(DateMention, usize)> {
    let next = words.get(at + 1);
    if let (Some(day), Some(month)) = (day(Some(&words[at])), next.and_then(month)) {
        let year = year(words.get(at + 2));
        let date = dated(year, month, day, anchor)?;
        return Some(one(words, at, if year.is_some() { 3 } else { 2 }, date));
    }
    let month = month(&words[at])?;
    if let Some(day) = day(next) {
        let year = year(words.get(at + 2));
        let date = dated(year, month, day, anchor)?;
        return Some(one(words, at, if year.is_some() { 3 } else { 2 }, date));
    }
    let named = year(next);
    let year = named.or_else(|| anchor.map(|anchor| if month > anchor.month() { anchor.year() - 1 } else { anchor.year() }))?;
    let first = Date::new(year, month, 1).ok()?;
    let span = DateSpan { from: first, to: first.last_of_month(), precision: DatePrecision::Month };
    let value = format!("{year:04}-{month:02}");
    Some(mention(words, at, if named.is_some() { 2 } else { 1 }, Some(span), value, named.is_some()))
}

/// The nearest such day to the anchor, unless the year is given.
fn dated(year: Option<i16>, month: i8, day: i8, anchor: Option<Date>) -> Option<Date> {
    if let Some(year) = year {
        return Date::new(year, month, day).ok();
    }
    let anchor = anchor?;
    let near = (-1..=1).filter_map(|step| Date::new(anchor.year() + step, month, day).ok());
    near.min_by_key(|date| anchor.duration_until(*date).as_hours().abs())
}

fn iso(text: &str, words: &[Word<'_>], at: usize) -> Option<(DateMention, usize)> {
    let (year, month, day) = (year(words.get(at))?, number::<i8>(words.get(at + 1))?, day(words.get(at + 2))?);
    let joined = text.get(words[at].end..words[at + 1].start) == Some("-") && text.get(words[at + 1].end..words[at + 2].start) == Some("-");
    joined.then(|| Date::new(year, month, day).ok()).flatten().map(|date| one(words, at, 3, date))
}

fn latest(weekday: Weekday, anchor: Date) -> Date {
    let back = i64::from((anchor.weekday().to_monday_zero_offset() - weekday.to_monday_zero_offset()).rem_euclid(7));
    anchor.checked_sub(back.days()).unwrap_or(anchor)
}

fn relative(words: &[Word<'_>], at: usize, anchor: Date) -> Option<(DateMention, usize)> {
    let back = |days: i64| anchor.checked_sub(days.days()).unwrap_or(anchor);
    let next = words.get(at + 1).map_or("", |word| word.lower.as_str());
    match (words[at].lower.as_str(), next) {
        ("today" | "tonight", _) => Some(one(words, at, 1, anchor)),
        ("yesterday", _) => Some(one(words, at, 1, back(1))),
        ("this", "morning" | "afternoon" | "evening") => Some(one(words, at, 2, anchor)),
        ("last", "night") => Some(one(words, at, 2, back(1))),
        ("last" | "past" | "previous", "week") => {
            let span = DateSpan { from: back(13), to: back(6), precision: DatePrecision::Week };
            Some(mention(words, at, 2, Some(span), "PAST_REF".to_owned(), false))
        }
        ("last", "month") => {
            let end = anchor.first_of_month().yesterday().unwrap_or(anchor);
            let span = DateSpan { from: end.first_of_month(), to: end, precision: DatePrecision::Month };
            Some(mention(words, at, 2, Some(span), format!("{:04}-{:02}", end.year(), end.month()), true))
        }
        ("last", "year") => Some(year_span(words, at, 2, anchor.year() - 1)),
        _ => None,
    }
}

fn year_span(words: &[Word<'_>], at: usize, used: usize, year: i16) -> (DateMention, usize) {
    let span = Date::new(year, 1, 1).ok().map(|from| DateSpan { from, to: from.last_of_year(), precision: DatePrecision::Year });
    mention(words, at, used, span, format!("{year:04}"), true)
}

fn bare_year(words: &[Word<'_>], at: usize) -> Option<(DateMention, usize)> {
    let year = year(words.get(at)).filter(|_| words[at].text.len() == 4)?;
    let before = at.checked_sub(1).map_or("", |before| words[before].lower.as_str());
    matches!(before, "in" | "since" | "of" | "by" | "early" | "late" | "mid" | "during" | "until" | "from").then(|| year_span(words, at, 1, year))
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn a_weekday_is_the_latest_and_a_date_without_year_the_nearest() {
        let found = find("On Monday and on 30 December, yesterday too", Some(date(2020, 1, 3)));
        let values: Vec<&str> = found.iter().map(|mention| mention.value.as_str()).collect();
        assert_eq!(values, ["2019-12-30", "2019-12-30", "2020-01-02"]);
    }
}
