//! Distances: so many units from the document's date or from what the text spoke of last.

use jiff::civil::{Date, Weekday};

use super::calendar;
use super::context::Context;
use super::expr::{From, Unit};
use super::tense::Tense;
use super::timex::Timex;

/// The period so many units from the one that holds the anchor.
pub(super) fn step(unit: Unit, by: i32, anchor: Date, tense: Tense) -> Timex {
    if unit == Unit::Weekend {
        return Timex::Weekend(weekend(by, anchor, tense));
    }
    shifted(by, unit, anchor)
}

/// The Monday before the weekend meant.
fn weekend(by: i32, anchor: Date, tense: Tense) -> Date {
    let monday = calendar::monday(anchor);
    let running = matches!(anchor.weekday(), Weekday::Saturday | Weekday::Sunday);
    let past = by < 0 && !running && tense != Tense::Future;
    calendar::days(monday, if past { -7 } else { by.max(0) * 7 })
}

/// The period of `unit` so many of them from the one that holds `base`.
fn shifted(by: i32, unit: Unit, base: Date) -> Timex {
    let years = |by: i32| base.year().saturating_add(i16::try_from(by).unwrap_or(0));
    match unit {
        Unit::Short(_) => Timex::Day(base),
        Unit::Day => Timex::Day(calendar::days(base, by)),
        Unit::Week => Timex::Week(calendar::monday(calendar::days(base, by.saturating_mul(7)))),
        Unit::Weekend => {
            Timex::Weekend(calendar::monday(calendar::days(base, by.saturating_mul(7))))
        }
        Unit::Month => {
            let (year, month) = calendar::months(base, by);
            Timex::Month(year, month)
        }
        Unit::Quarter => {
            let (year, month) = calendar::months(base, by.saturating_mul(3));
            Timex::Quarter(year, (month - 1) / 3 + 1)
        }
        Unit::Year => Timex::Year(years(by)),
        Unit::Decade if by == 0 => Timex::Decade(base.year() / 10),
        Unit::Century if by == 0 => Timex::Century(base.year() / 100),
        Unit::Decade => Timex::Year(years(by.saturating_mul(10))),
        Unit::Century => Timex::Year(years(by.saturating_mul(100))),
    }
}

/// The period so many units from the one spoken of last.
pub(super) fn step_last(unit: Unit, by: i32, context: &Context, anchor: Date) -> Timex {
    if unit == Unit::Quarter {
        let known = context.period.filter(|period| matches!(period, Timex::Quarter(..)));
        return match known {
            Some(Timex::Quarter(_, 1..)) if by != 0 => {
                shifted(by, unit, known.and_then(|period| period.start()).unwrap_or(anchor))
            }
            Some(period) => period,
            None => shifted(by.min(-1), unit, anchor),
        };
    }
    shifted(by, unit, context.base().unwrap_or(anchor))
}

/// The day or period so many units away.
pub(super) fn shift(by: i32, unit: Unit, from: From, context: &Context, anchor: Date) -> Timex {
    if by == -1 && unit == Unit::Year && context.period.is_some() {
        return year_earlier(context, anchor);
    }
    let base = if from == From::Last { context.base() } else { None };
    shifted(by, unit, base.unwrap_or(anchor))
}

/// The business period spoken of last, a year before; else the year before.
pub(super) fn year_earlier(context: &Context, anchor: Date) -> Timex {
    context.period.map_or(Timex::Year(anchor.year() - 1), |period| period.years(-1))
}

/// "years ago" lies in the past, "days ago" within the last week; "days later" says too little.
pub(super) fn vague(unit: Unit, from: From, back: bool, context: &Context) -> Option<Timex> {
    match (unit, context.anchor) {
        (Unit::Short(_), _) => context.base().map(Timex::Day),
        (Unit::Day, Some(anchor)) if from == From::Anchor && back => {
            Some(Timex::Near(calendar::days(anchor, -7), calendar::days(anchor, -2)))
        }
        _ if from == From::Anchor => Some(Timex::Vague(if back { -1 } else { 1 })),
        _ => None,
    }
}
