//! Places what a phrase says on the calendar.

use jiff::civil::Date;

use super::calendar;
use super::choose::{feast_day, open_day, slashed, weekday_of};
use super::context::Context;
use super::expr::{Expr, Rel, YearOf};
use super::periods::{open_month, part, quarter, season_of, stepped};
use super::steps::{shift, step, step_last, vague, year_earlier};
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
        Expr::Shift { count: None, unit, from, back } => return vague(unit, from, back, context),
        _ => context.anchor.and_then(|anchor| relative(expr, context, anchor, tense)),
    };
    Some(placed.unwrap_or(Timex::Unplaced))
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
