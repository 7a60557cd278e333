//! So many units before or after.

use super::super::cursor::Cursor;
use super::super::expr::{Expr, From, Match, Unit, YearOf};
use super::period;

const ABOUT: [&str; 14] = [
    "about", "nearly", "almost", "over", "around", "some", "roughly", "just", "only", "more",
    "less", "than", "at", "least",
];

/// Moves on over "nearly", "more than", "about".
pub(super) fn about(c: &Cursor<'_>, mut i: usize) -> usize {
    for _ in 0..3 {
        i = c.skip(i, &ABOUT);
    }
    i
}

/// "three days ago", "two weeks earlier", "the day before", "a year later", "a year and a half ago".
pub(super) fn shift(c: &Cursor<'_>, i: usize) -> Option<Match> {
    let (at, count) = match c.count(about(c, i)) {
        Some(found) => found,
        None if c.is(i, "the") => (i + 1, Some(1)),
        None if c.unit(i).is_some() && c.text(i).ends_with('s') => (i, None),
        None => return None,
    };
    let at = c.skip(at, &["-", "full", "long", "whole"]);
    let unit = c.unit(at)?;
    let (end, back, from) = direction(c, tail(c, at + 1), c.is(i, "the"))?;
    let count = count.and_then(|n| i32::try_from(n).ok());
    Match::found(i, end, Expr::Shift { count, back, unit, from })
}

/// Moves on over "and a half", "or so", "or two".
fn tail(c: &Cursor<'_>, i: usize) -> usize {
    match (c.text(i), c.text(i + 1), c.text(i + 2)) {
        ("and", "a", "half") => i + 3,
        ("or", "so" | "two" | "more", _) => i + 2,
        _ => c.skip(i, &["-"]),
    }
}

fn direction(c: &Cursor<'_>, i: usize, the: bool) -> Option<(usize, bool, From)> {
    Some(match c.text(i) {
        "ago" if !the => (i + 1, true, From::Anchor),
        "before" | "after" if !closes(c, i + 1) => return None,
        "earlier" | "previously" | "prior" | "before" | "beforehand" => (i + 1, true, From::Last),
        "later" | "after" | "afterward" | "afterwards" => (i + 1, false, From::Last),
        "hence" => (i + 1, false, From::Anchor),
        "from" if c.any(i + 1, &["now", "today"]) => (i + 2, false, From::Anchor),
        _ => return None,
    })
}

/// Whether nothing follows from which the distance could be counted.
fn closes(c: &Cursor<'_>, i: usize) -> bool {
    !c.is_word(i)
        || c.any(i, &["and", "in", "at", "by", "but", "when", "near", "that", "was", "were", "had"])
}

/// "the year-ago quarter", "the year-earlier third quarter", "year-earlier".
pub(super) fn year_earlier(c: &Cursor<'_>, i: usize) -> Option<Match> {
    let at = c.skip(i, &["the"]);
    (c.is(at, "year") && c.is(at + 1, "-") && c.any(at + 2, &["ago", "earlier"])).then_some(())?;
    if let Some((end, number)) = period::numbered(c, at + 3) {
        return Match::found(i, end, Expr::Quarter { year: YearOf::Earlier, number });
    }
    let end = at + 3 + usize::from(c.unit(at + 3) == Some(Unit::Quarter) || c.is(at + 3, "period"));
    Match::found(i, end, Expr::YearEarlier)
}
