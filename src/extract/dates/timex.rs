//! Points and periods of the calendar, their TIMEX3 values and the days they cover.

use std::fmt;

use jiff::civil::Date;

use super::calendar;
use super::expr::Unit;
use crate::model::time::{DatePrecision, DateSpan};

/// What an expression stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Timex {
    /// One day.
    Day(Date),
    /// The week that starts on this Monday.
    Week(Date),
    /// The weekend of the week that starts on this Monday.
    Weekend(Date),
    /// A month.
    Month(i16, i8),
    /// A quarter; 0 where only the business knows which.
    Quarter(i16, i8),
    /// A half year.
    Half(i16, i8),
    /// A season: 0 spring, 1 summer, 2 autumn, 3 winter.
    Season(i16, i8),
    /// A year.
    Year(i16),
    /// A decade, by its first three digits.
    Decade(i16),
    /// A century, by its first two digits.
    Century(i16),
    /// The past, the present or the future.
    Vague(i8),
    /// Days from and to, both inclusive, without a name of their own.
    Days(Date, Date),
    /// Some days between from and to, both inclusive.
    Near(Date, Date),
    /// A duration and, where it runs up to the anchor, its last day.
    Length(Option<u32>, Unit, Option<Date>),
    /// A time the calendar cannot hold without an anchor.
    Unplaced,
}

impl fmt::Display for Timex {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        const SEASONS: [&str; 4] = ["SP", "SU", "FA", "WI"];
        let week = |monday: Date| (monday.iso_week_date().year(), monday.iso_week_date().week());
        match *self {
            Self::Day(date) | Self::Days(date, _) => write!(f, "{date}"),
            Self::Week(monday) => write!(f, "{:04}-W{:02}", week(monday).0, week(monday).1),
            Self::Weekend(monday) => write!(f, "{:04}-W{:02}-WE", week(monday).0, week(monday).1),
            Self::Month(year, month) => write!(f, "{year:04}-{month:02}"),
            Self::Quarter(year, 0) => write!(f, "{year:04}-QX"),
            Self::Quarter(year, number) => write!(f, "{year:04}-Q{number}"),
            Self::Half(year, number) => write!(f, "{year:04}-H{number}"),
            Self::Season(year, at) => {
                write!(
                    f,
                    "{year:04}-{}",
                    usize::try_from(at).ok().and_then(|at| SEASONS.get(at)).unwrap_or(&"XX")
                )
            }
            Self::Year(year) => write!(f, "{year:04}"),
            Self::Decade(tens) => write!(f, "{tens:03}"),
            Self::Century(hundreds) => write!(f, "{hundreds:02}"),
            Self::Near(..) => f.write_str("PAST_REF"),
            Self::Vague(sense) => f.write_str(match sense.signum() {
                -1 => "PAST_REF",
                0 => "PRESENT_REF",
                _ => "FUTURE_REF",
            }),
            Self::Length(count, unit, _) => length(f, count, unit),
            Self::Unplaced => f.write_str("XXXX-XX-XX"),
        }
    }
}

fn length(f: &mut fmt::Formatter<'_>, count: Option<u32>, unit: Unit) -> fmt::Result {
    let count = count.map_or_else(|| "X".to_owned(), |count| count.to_string());
    match unit {
        Unit::Short(letter) => write!(f, "PT{count}{letter}"),
        Unit::Day => write!(f, "P{count}D"),
        Unit::Week => write!(f, "P{count}W"),
        Unit::Weekend => write!(f, "P{count}WE"),
        Unit::Month => write!(f, "P{count}M"),
        Unit::Quarter => write!(f, "P{count}Q"),
        Unit::Year => write!(f, "P{count}Y"),
        Unit::Decade => write!(f, "P{count}DE"),
        Unit::Century => write!(f, "P{count}CE"),
    }
}

impl Timex {
    /// The days it covers, with how finely it says so.
    pub(super) fn span(&self) -> Option<DateSpan> {
        let (from, to) = match *self {
            Self::Day(date) => (date, date),
            Self::Days(from, to) | Self::Near(from, to) => (from, to),
            Self::Week(monday) => (monday, calendar::days(monday, 6)),
            Self::Weekend(monday) => (calendar::days(monday, 5), calendar::days(monday, 6)),
            Self::Month(year, month) => calendar::month_span(year, month, 1)?,
            Self::Quarter(year, 0) | Self::Year(year) => calendar::year_span(year, 1)?,
            Self::Quarter(year, number) => calendar::month_span(year, number * 3 - 2, 3)?,
            Self::Half(year, number) => calendar::month_span(year, number * 6 - 5, 6)?,
            Self::Season(year, season) => calendar::month_span(year, season * 3 + 3, 3)?,
            Self::Decade(tens) => calendar::year_span(tens.checked_mul(10)?, 10)?,
            Self::Century(hundreds) => calendar::year_span(hundreds.checked_mul(100)?, 100)?,
            Self::Length(count, unit, Some(last)) => (reach(count, unit, last)?, last),
            Self::Vague(_) | Self::Length(..) | Self::Unplaced => return None,
        };
        Some(DateSpan { from, to, precision: self.precision() })
    }

    fn precision(&self) -> DatePrecision {
        match self {
            Self::Week(_)
            | Self::Near(..)
            | Self::Length(None, Unit::Day, _)
            | Self::Length(_, Unit::Week, _) => DatePrecision::Week,
            Self::Month(..)
            | Self::Quarter(_, 1..)
            | Self::Season(..)
            | Self::Length(_, Unit::Month, _) => DatePrecision::Month,
            Self::Length(_, Unit::Short(_) | Unit::Day, _)
            | Self::Day(_)
            | Self::Days(..)
            | Self::Weekend(_) => DatePrecision::Day,
            _ => DatePrecision::Year,
        }
    }

    /// The day to count from when the text goes on from here.
    pub(super) fn start(&self) -> Option<Date> {
        self.span().map(|span| span.from)
    }

    /// The same period so many years on.
    pub(super) fn years(&self, by: i16) -> Self {
        match *self {
            Self::Day(date) => {
                let moved = Date::new(date.year().saturating_add(by), date.month(), date.day());
                Self::Day(moved.unwrap_or(date))
            }
            Self::Month(year, month) => Self::Month(year.saturating_add(by), month),
            Self::Quarter(year, number) => Self::Quarter(year.saturating_add(by), number),
            Self::Half(year, number) => Self::Half(year.saturating_add(by), number),
            Self::Season(year, season) => Self::Season(year.saturating_add(by), season),
            Self::Year(year) => Self::Year(year.saturating_add(by)),
            other => other,
        }
    }
}

/// The first day of a stretch that ends on `last`; a vague one is taken as a handful.
fn reach(count: Option<u32>, unit: Unit, last: Date) -> Option<Date> {
    let count = i32::try_from(count.unwrap_or(5)).ok()?;
    Some(match unit {
        Unit::Short('H') => calendar::days(last, -count.checked_add(23)?.div_euclid(24)),
        Unit::Short(_) => last,
        Unit::Day => calendar::days(last, -count),
        Unit::Week => calendar::days(last, -count.checked_mul(7)?),
        Unit::Month => {
            let (year, month) = calendar::months(last, -count);
            Date::new(year, month, last.day().min(28)).ok()?
        }
        _ => return None,
    })
}
