//! Quarters, halves, seasons and business years.

use super::super::cursor::Cursor;
use super::super::english;
use super::super::expr::{Expr, Match, Rel, Unit, YearOf};
use super::{month, year};

/// "third quarter", "third-quarter", "fiscal second-quarter", "Q3".
pub(super) fn numbered(c: &Cursor<'_>, i: usize) -> Option<(usize, i8)> {
    if c.is(i, "q") && c.glued(i + 1) {
        let (number @ 1..=4, 1) = c.digits(i + 1)? else { return None };
        return Some((i + 2, i8::try_from(number).ok()?));
    }
    let at = c.skip(c.skip(i, &["fiscal"]), &["-"]);
    let (end, number @ 1..=4) = c.ordinal(at)? else { return None };
    let end = c.skip(c.skip(end, &["-", "fiscal"]), &["-"]);
    c.is(end, "quarter").then_some((end + 1, i8::try_from(number).ok()?))
}

/// A year said before a period: "1988", "last year's", "this year's".
fn year_before(c: &Cursor<'_>, i: usize) -> Option<(usize, YearOf)> {
    let step = match c.text(i) {
        "last" => -1,
        "this" => 0,
        "next" => 1,
        _ => return year::figure(c, i).map(|(end, year)| (end, YearOf::Is(year))),
    };
    let owns = c.is(i + 1, "year") && c.any(i + 2, &["'", "’"]) && c.is(i + 3, "s");
    owns.then_some((i + 4, YearOf::Step(step)))
}

/// A year said after a period: "of 1990", "of fiscal 1990", "last year", "of this year".
fn year_after(c: &Cursor<'_>, i: usize) -> Option<(usize, YearOf)> {
    let at = c.skip(c.skip(i, &["of", "in", ","]), &["fiscal", "the"]);
    if let Some((end, year)) = year::figure(c, at) {
        return Some((end, YearOf::Is(year)));
    }
    let step = match c.text(at) {
        "last" => -1,
        "this" | "year" => 0,
        "next" => 1,
        _ => return None,
    };
    let end = at + usize::from(!c.is(at, "year"));
    c.is(end, "year").then_some((end + 1, YearOf::Step(step)))
}

/// "the third quarter of 1990", "the 1988 third quarter", "the 1988 period", "next year's first quarter".
pub(super) fn quarter(c: &Cursor<'_>, i: usize) -> Option<Match> {
    let at = c.skip(i, &["the", "its", "their", "a"]);
    let at = c.skip(at, &["fiscal", "flat", "latest", "recent"]);
    let said = year_before(c, at);
    let at = said.map_or(at, |(end, _)| end);
    let Some((end, number)) = numbered(c, at) else {
        return bare(c, i, at, said).or_else(|| half(c, i));
    };
    let (end, year) = said
        .map(|(_, year)| (end, year))
        .or_else(|| year_after(c, end))
        .unwrap_or((end, YearOf::Open));
    Match::found(i, end, Expr::Quarter { year, number })
}

fn bare(c: &Cursor<'_>, i: usize, at: usize, said: Option<(usize, YearOf)>) -> Option<Match> {
    let (_, year) = said?;
    c.any(at, &["quarter", "period"]).then_some(())?;
    Match::found(i, at + 1, Expr::Quarter { year, number: 0 })
}

/// "the first half of 2014", "the second half of this year".
fn half(c: &Cursor<'_>, i: usize) -> Option<Match> {
    let at = c.skip(i, &["the"]);
    let (end, number @ 1..=2) = c.ordinal(at)? else { return None };
    let at = c.skip(end, &["-"]);
    c.is(at, "half").then_some(())?;
    let number = i8::try_from(number).ok()?;
    let (end, year) = match year_after(c, at + 1) {
        Some(found) => found,
        None if c.is(at + 1, "of") || !business(c, i, at) => return None,
        None => (at + 1, YearOf::Open),
    };
    Match::found(i, end, Expr::Half { year, number })
}

/// Whether a half without its year is one of the year.
fn business(c: &Cursor<'_>, i: usize, half: usize) -> bool {
    c.is(half.wrapping_sub(1), "-") || c.any(i.wrapping_sub(1), &["in", "for", "during", "fiscal"])
}

/// "last fall", "the summer of 2014", "this past spring", "in the spring".
pub(super) fn season(c: &Cursor<'_>, i: usize) -> Option<Match> {
    let the = c.skip(i, &["the"]);
    let (at, rel) = month::rel(c, year::stage(c, the));
    let at = year::stage(c, at);
    let season = english::season(c.text(at))?;
    let said = year_after(c, at + 1);
    let verbal = c.any(at, &["fall", "spring"]);
    let led = c.is(i, "the")
        && c.any(i.wrapping_sub(1), &["in", "until", "into", "since", "by", "during"]);
    let open = if verbal { led } else { led || c.any(i.wrapping_sub(1), &["in", "this"]) };
    let named = rel != Rel::Open || at > the || (open && !c.is(at + 1, "of"));
    (said.is_some() || named).then_some(())?;
    let (end, year) = said.unwrap_or((at + 1, YearOf::Open));
    Match::found(i, end, Expr::Season { year, season, rel })
}

/// "fiscal 1989", "the latest fiscal year", "fiscal year 1990".
pub(super) fn fiscal(c: &Cursor<'_>, i: usize) -> Option<Match> {
    let at = c.skip(c.skip(i, &["the", "its"]), &["latest", "full"]);
    c.is(at, "fiscal").then_some(())?;
    let year_word = c.skip(at + 1, &["year"]);
    if let Some((end, year)) = year::figure(c, year_word) {
        return Match::found(i, end, Expr::Year(year));
    }
    let latest = c.any(at.wrapping_sub(1), &["latest"]) && year_word > at + 1;
    latest.then_some(())?;
    Match::found(i, year_word, Expr::Step { unit: Unit::Year, by: -1 })
}
