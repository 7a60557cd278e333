//! A day of a month, in both orders.

use super::super::cursor::Cursor;
use super::super::english;
use super::super::expr::{Expr, Match, YearOf};
use super::year;

/// A month and the token after it and its full stop.
pub(super) fn month(c: &Cursor<'_>, i: usize) -> Option<(usize, i8)> {
    let month = english::month(c.text(i))?;
    let short = c.text(i).len() <= 4 && !c.any(i, &["may", "june", "july"]);
    let dot = short && c.is(i + 1, ".") && c.glued(i + 1);
    Some((i + 1 + usize::from(dot), month))
}

/// A day of the month in figures, with or without its ending.
pub(super) fn number(c: &Cursor<'_>, i: usize) -> Option<(usize, i8)> {
    let (end, value) = match c.ordinal(i) {
        Some(found) => found,
        None => (i + 1, c.plain(i).filter(|_| c.digits(i).is_some_and(|(_, length)| length <= 2))?),
    };
    let day = i8::try_from(value).ok().filter(|day| (1..=31).contains(day))?;
    Some((end, day))
}

/// Moves on over a day of the week before a date and the marks after it.
fn name(c: &Cursor<'_>, i: usize) -> usize {
    if english::weekday(c.text(i)).is_none() {
        return i;
    }
    let at = c.skip(c.skip(i + 1, &["."]), &[","]);
    c.skip(at, &["the"])
}

fn open_or(found: Option<(usize, i16)>, end: usize) -> (usize, YearOf) {
    found.map_or((end, YearOf::Open), |(end, year)| (end, YearOf::Is(year)))
}

/// The year after a day and month; "last year" and its like too.
pub(super) fn year_after(c: &Cursor<'_>, i: usize, short: bool) -> (usize, YearOf) {
    let step = match c.text(i) {
        "last" => -1,
        "this" => 0,
        "next" => 1,
        _ => return open_or(year::after(c, i, short), i),
    };
    if c.is(i + 1, "year") { (i + 2, YearOf::Step(step)) } else { (i, YearOf::Open) }
}

/// "25 June 2020", "Friday, 25th of June", "14 FEB 89".
pub(super) fn day_first(c: &Cursor<'_>, i: usize) -> Option<Match> {
    let at = c.skip(name(c, i), &["the"]);
    let (at, day) = number(c, at)?;
    let (end, month) = month(c, c.skip(at, &["of", "-"]))?;
    let (end, year) = year_after(c, c.skip_if(end, "-"), true);
    Match::found(i, end, Expr::Day { year, month, day })
}

/// "June 25, 2020", "Friday, June 25th", "Jul 172015" with its space lost.
pub(super) fn month_first(c: &Cursor<'_>, i: usize) -> Option<Match> {
    let (at, month) = month(c, name(c, i))?;
    if let Some((value, 5 | 6)) = c.digits(at) {
        let (day, year) = (i8::try_from(value / 10_000).ok()?, i16::try_from(value % 10_000).ok()?);
        let fits = (1..=31).contains(&day) && (1900..2100).contains(&year);
        return Match::found(i, at + 1, Expr::Day { year: YearOf::Is(year), month, day })
            .filter(|_| fits);
    }
    let (end, day) = number(c, c.skip(at, &["the"]))?;
    let (end, year) = year_after(c, end, false);
    Match::found(i, end, Expr::Day { year, month, day })
}
