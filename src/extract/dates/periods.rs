//! Which month, quarter, half or season a phrase means.

use jiff::civil::Date;

use super::calendar;
use super::context::Context;
use super::expr::{Expr, Rel, YearOf};
use super::tense::Tense;
use super::timex::Timex;

/// The year said, else the anchor's.
pub(super) fn stepped(year: YearOf, anchor: Date) -> i16 {
    match year {
        YearOf::Is(year) => year,
        YearOf::Step(by) => anchor.year() + by,
        YearOf::Open => anchor.year(),
        YearOf::Earlier => anchor.year() - 1,
    }
}

/// The quarter, half or season that `expr` numbers, in `year`.
pub(super) fn part(expr: Expr, year: i16) -> Timex {
    match expr {
        Expr::Quarter { number, .. } => Timex::Quarter(year, number),
        Expr::Half { number, .. } => Timex::Half(year, number),
        Expr::Season { season, .. } => Timex::Season(year, season),
        _ => Timex::Year(year),
    }
}

/// A month, its year by "last" and "next", else by tense.
pub(super) fn open_month(year: YearOf, month: i8, rel: Rel, anchor: Date, tense: Tense) -> Timex {
    let (now, this) = (anchor.month(), anchor.year());
    let year = match (year, rel) {
        (YearOf::Open, Rel::Last) => this - i16::from(month + 1 >= now),
        (YearOf::Open, Rel::This) => this,
        (YearOf::Open, Rel::Next) => this + i16::from(month <= now),
        (YearOf::Open, Rel::Open) if tense == Tense::Future => this + i16::from(month < now),
        (YearOf::Open, _) => this - i16::from(month > now),
        (year, _) => stepped(year, anchor),
    };
    Timex::Month(year, month)
}

/// A quarter; without its number the one spoken of.
pub(super) fn quarter(
    year: YearOf,
    number: i8,
    context: &Context,
    anchor: Date,
    tense: Tense,
) -> Timex {
    let current = context.period.and_then(|period| match period {
        Timex::Quarter(year, number) => Some((year, number)),
        _ => None,
    });
    let number = if number == 0 { current.map_or(0, |(_, number)| number) } else { number };
    let ahead = number > calendar::quarter(anchor);
    let year = match year {
        YearOf::Open if ahead && tense != Tense::Future && anchor.month() < 4 => anchor.year() - 1,
        YearOf::Earlier => current.map_or(anchor.year(), |(year, _)| year) - 1,
        year => stepped(year, anchor),
    };
    Timex::Quarter(year, number)
}

/// A season, its year by "last" and "next", else by tense.
pub(super) fn season_of(year: YearOf, season: i8, rel: Rel, anchor: Date, tense: Tense) -> Timex {
    let starts = season * 3 + 3;
    let year = match (year, rel) {
        (YearOf::Open, Rel::Last) => anchor.year() - i16::from(starts + 2 >= anchor.month()),
        (YearOf::Open, Rel::Next) => anchor.year() + i16::from(starts <= anchor.month()),
        (YearOf::Open, Rel::Open) if tense == Tense::Future => {
            anchor.year() + i16::from(starts + 2 < anchor.month())
        }
        (YearOf::Open, _) => anchor.year() - i16::from(starts > anchor.month()),
        (year, _) => stepped(year, anchor),
    };
    Timex::Season(year, season)
}
