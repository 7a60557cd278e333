//! Places what a phrase says on the calendar.

use jiff::civil::{Date, Weekday};

use super::calendar;
use super::context::Context;
use super::expr::{Expr, Feast, From, Rel, Unit, YearOf};
use super::tense::Tense;
use super::timex::Timex;

/// What `expr` stands for; `None` where it says nothing worth keeping.
pub(super) fn resolve(expr: Expr, context: &Context, tense: Tense) -> Option<Timex> {
    let placed = match expr {
        Expr::Year(year) => Some(Timex::Year(year)),
        Expr::Decade(tens) => Some(Timex::Decade(tens)),
        Expr::Century(hundreds) => Some(Timex::Century(hundreds)),
        Expr::Vague(sense) => Some(Timex::Vague(sense)),
        Expr::Length { count, unit, toward } => {
            Some(Timex::Length(count, unit, context.anchor.filter(|_| toward < 0)))
        }
        Expr::Day { year: YearOf::Is(year), month, day } => {
            Some(Timex::Day(Date::new(year, month, day).ok()?))
        }
        Expr::Slashed { .. } => Some(Timex::Day(slashed(expr, context.anchor)?)),
        Expr::Month { year: YearOf::Is(year), month, .. } => Some(Timex::Month(year, month)),
        Expr::Quarter { year: YearOf::Is(year), number: 1.. }
        | Expr::Half { year: YearOf::Is(year), .. }
        | Expr::Season { year: YearOf::Is(year), .. } => Some(part(expr, year)),
        Expr::Bare => Some(Timex::Unplaced),
        Expr::Shift { count: None, unit, from, back } => return vague(unit, from, back),
        _ => context.anchor.and_then(|anchor| relative(expr, context, anchor, tense)),
    };
    Some(placed.unwrap_or(Timex::Unplaced))
}

/// "years ago" lies in the past; "days later" says too little.
fn vague(unit: Unit, from: From, back: bool) -> Option<Timex> {
    let far = matches!(unit, Unit::Month | Unit::Year | Unit::Decade | Unit::Century);
    (from == From::Anchor && far).then_some(Timex::Vague(if back { -1 } else { 1 }))
}

fn part(expr: Expr, year: i16) -> Timex {
    match expr {
        Expr::Quarter { number, .. } => Timex::Quarter(year, number),
        Expr::Half { number, .. } => Timex::Half(year, number),
        Expr::Season { season, .. } => Timex::Season(year, season),
        _ => Timex::Year(year),
    }
}

fn relative(expr: Expr, context: &Context, anchor: Date, tense: Tense) -> Option<Timex> {
    Some(match expr {
        Expr::Day { year, month, day } => Timex::Day(open_day(year, month, day, anchor, tense)?),
        Expr::Feast { feast, year } => Timex::Day(feast_day(feast, year, anchor, tense)?),
        Expr::Month { year, month, rel } => open_month(year, month, rel, anchor, tense),
        Expr::Quarter { year, number } => quarter(year, number, context, anchor, tense),
        Expr::Season { year, season, rel } => season_of(year, season, rel, anchor, tense),
        Expr::Half { year, .. } => part(expr, stepped(year, anchor)),
        Expr::Weekday { weekday, rel, back } => {
            let base = if matches!(rel, Rel::Before | Rel::After) { context.base() } else { None };
            Timex::Day(weekday_of(weekday, rel, back, base.unwrap_or(anchor), tense))
        }
        Expr::Offset(by) => Timex::Day(calendar::days(anchor, by)),
        Expr::DayPart { from, to } if from == to => Timex::Day(calendar::days(anchor, from)),
        Expr::DayPart { from, to } => {
            Timex::Days(calendar::days(anchor, from), calendar::days(anchor, to))
        }
        Expr::Step { unit, by } => step(unit, by, anchor, tense),
        Expr::StepLast { unit, by } => step_last(unit, by, context, anchor),
        Expr::Shift { count, back, unit, from } => {
            let count = count.map_or(0, |count| if back { -count } else { count });
            shift(count, unit, from, context, anchor)
        }
        Expr::Fiscal => Timex::Quarter(anchor.year(), 0),
        Expr::YearEarlier => year_earlier(context, anchor),
        _ => return None,
    })
}

/// Day and month in the order that fits; where both do, the one nearer the anchor, else the custom of the mark.
fn slashed(expr: Expr, anchor: Option<Date>) -> Option<Date> {
    let Expr::Slashed { first, second, year, american } = expr else { return None };
    let (day_first, month_first) =
        (Date::new(year, second, first).ok(), Date::new(year, first, second).ok());
    match (day_first, month_first, anchor) {
        (Some(a), Some(b), Some(anchor)) => {
            Some(if gap(a, anchor) <= gap(b, anchor) { a } else { b })
        }
        (Some(a), Some(b), None) => Some(if american { b } else { a }),
        (a, b, _) => a.or(b),
    }
}

/// Days between two dates.
fn gap(a: Date, b: Date) -> i32 {
    a.since(b).map_or(i32::MAX, |span| span.get_days().abs())
}

fn stepped(year: YearOf, anchor: Date) -> i16 {
    match year {
        YearOf::Is(year) => year,
        YearOf::Step(by) => anchor.year() + by,
        YearOf::Open => anchor.year(),
        YearOf::Earlier => anchor.year() - 1,
    }
}

/// A day of a month without its year: by tense, else the nearest.
fn open_day(year: YearOf, month: i8, day: i8, anchor: Date, tense: Tense) -> Option<Date> {
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

fn feast_day(feast: Feast, year: YearOf, anchor: Date, tense: Tense) -> Option<Date> {
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

fn open_month(year: YearOf, month: i8, rel: Rel, anchor: Date, tense: Tense) -> Timex {
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

fn quarter(year: YearOf, number: i8, context: &Context, anchor: Date, tense: Tense) -> Timex {
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

fn season_of(year: YearOf, season: i8, rel: Rel, anchor: Date, tense: Tense) -> Timex {
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

fn weekday_of(weekday: Weekday, rel: Rel, back: i16, anchor: Date, tense: Tense) -> Date {
    let date = match (rel, tense) {
        (Rel::Last | Rel::Before, _) => calendar::on_or_before(calendar::days(anchor, -1), weekday),
        (Rel::Next | Rel::After, _) => calendar::on_or_after(calendar::days(anchor, 1), weekday),
        (Rel::This, _) | (Rel::Open, Tense::Future) => calendar::on_or_after(anchor, weekday),
        (Rel::Open, _) => calendar::on_or_before(anchor, weekday),
    };
    calendar::days(date, -7 * i32::from(back))
}

fn step(unit: Unit, by: i32, anchor: Date, tense: Tense) -> Timex {
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

fn step_last(unit: Unit, by: i32, context: &Context, anchor: Date) -> Timex {
    if unit == Unit::Quarter {
        let known = context.period.filter(|period| matches!(period, Timex::Quarter(..)));
        return known.filter(|_| by == 0).unwrap_or_else(|| shifted(by.min(-1), unit, anchor));
    }
    shifted(by, unit, context.base().unwrap_or(anchor))
}

fn shift(by: i32, unit: Unit, from: From, context: &Context, anchor: Date) -> Timex {
    if by == -1 && unit == Unit::Year && context.period.is_some() {
        return year_earlier(context, anchor);
    }
    let base = if from == From::Last { context.base() } else { None };
    shifted(by, unit, base.unwrap_or(anchor))
}

/// The business period spoken of last, a year before; else the year before.
fn year_earlier(context: &Context, anchor: Date) -> Timex {
    context.period.map_or(Timex::Year(anchor.year() - 1), |period| period.years(-1))
}
