//! Which day a phrase without its year or week means.

use jiff::civil::{Date, Weekday};

use super::calendar;
use super::expr::{Expr, Feast, Rel, YearOf};
use super::periods::stepped;
use super::tense::Tense;

/// Day and month in the order that fits; where both do, the one nearer the anchor, else the custom of the mark.
pub(super) fn slashed(expr: Expr, anchor: Option<Date>) -> Option<Date> {
    let Expr::Slashed { first, second, year, american } = expr else { return None };
    let (day_first, month_first) =
        (Date::new(year, second, first).ok(), Date::new(year, first, second).ok());
    let far = |date, anchor| distance(date, anchor, Tense::Past);
    match (day_first, month_first, anchor) {
        (Some(a), Some(b), Some(anchor)) => {
            Some(if far(a, anchor) <= far(b, anchor) { a } else { b })
        }
        (Some(a), Some(b), None) => Some(if american { b } else { a }),
        (a, b, _) => a.or(b),
    }
}

/// Days between two dates.
fn gap(a: Date, b: Date) -> i32 {
    a.since(b).map_or(i32::MAX, |span| span.get_days().abs())
}

/// A day of a month without its year: by tense, else the nearest.
pub(super) fn open_day(
    year: YearOf,
    month: i8,
    day: i8,
    anchor: Date,
    tense: Tense,
) -> Option<Date> {
    if year != YearOf::Open {
        return Date::new(stepped(year, anchor), month, day).ok();
    }
    let days = (-1..=1).filter_map(|by| Date::new(anchor.year() + by, month, day).ok());
    days.min_by_key(|date| distance(*date, anchor, tense))
}

/// How far a day lies from the anchor; a day that the tense speaks against lies further.
fn distance(date: Date, anchor: Date, tense: Tense) -> i32 {
    let factor = match tense {
        Tense::Past if date > anchor => 2,
        Tense::Ended if date > anchor => 8,
        Tense::Future if date < anchor => 3,
        _ => 1,
    };
    gap(date, anchor).saturating_mul(factor)
}

/// A text of the past may still name the day after the anchor: papers date themselves ahead.
fn choose(
    mut days: impl DoubleEndedIterator<Item = Date>,
    anchor: Date,
    tense: Tense,
) -> Option<Date> {
    match tense {
        Tense::Past | Tense::Ended => days.rfind(|date| *date <= calendar::days(anchor, 1)),
        Tense::Future => days.find(|date| *date >= anchor),
        Tense::Open => days.min_by_key(|date| gap(*date, anchor)),
    }
}

/// The day of a feast: in the year said, else by tense.
pub(super) fn feast_day(feast: Feast, year: YearOf, anchor: Date, tense: Tense) -> Option<Date> {
    let on = |year: i16| match feast {
        Feast::Christmas => Date::new(year, 12, 25).ok(),
        Feast::ChristmasEve => Date::new(year, 12, 24).ok(),
        Feast::NewYear => Date::new(year, 1, 1).ok(),
        Feast::NewYearsEve => Date::new(year, 12, 31).ok(),
        Feast::Thanksgiving => {
            Date::new(year, 11, 22).ok().map(|date| calendar::on_or_after(date, Weekday::Thursday))
        }
    };
    match year {
        YearOf::Is(year) => on(year),
        _ => choose((-1..=1).filter_map(|by| on(anchor.year() + by)), anchor, tense),
    }
}

/// A day of the week, by "last", "this" and "next", else by tense.
pub(super) fn weekday_of(
    weekday: Weekday,
    rel: Rel,
    back: i16,
    anchor: Date,
    tense: Tense,
) -> Date {
    let date = match (rel, tense) {
        (Rel::Last | Rel::Before, _) => calendar::on_or_before(calendar::days(anchor, -1), weekday),
        (Rel::Next | Rel::After, _) => calendar::on_or_after(calendar::days(anchor, 1), weekday),
        (Rel::This, _) | (Rel::Open, Tense::Future) => calendar::on_or_after(anchor, weekday),
        (Rel::Open, _) => calendar::on_or_before(anchor, weekday),
    };
    calendar::days(date, -7 * i32::from(back))
}
