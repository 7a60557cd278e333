//! Days of the week.

use super::super::cursor::Cursor;
use super::super::english;
use super::super::expr::{Expr, Match, Rel};
use super::{month, year};

/// Moves on over a part of the day after a day: "Friday night", "Sunday's early morning".
pub(super) fn day_part(c: &Cursor<'_>, i: usize) -> usize {
    let at = c.skip(i, &["early", "late"]);
    if english::day_part(c.text(at)).is_some() { at + 1 } else { i }
}

/// "Friday", "last Friday", "early Tuesday", "Friday night", "a week ago Sunday", "Friday last", "Monday week".
pub(super) fn weekday(c: &Cursor<'_>, i: usize) -> Option<Match> {
    let (at, weeks) = weeks_ago(c, overnight(c, i));
    let (at, mut rel) = month::rel(c, c.skip(year::stage(c, at), &["the"]));
    let weekday = english::weekday(c.text(at)).filter(|_| whole(c, at))?;
    let mut end = day_part(c, at + 1);
    if c.is(end, "last") && !c.is_word(end + 1) {
        (end, rel) = (end + 1, Rel::Last);
    }
    Match::found(i, end, Expr::Weekday { weekday, rel, back: weeks })
}

/// Moves on over "overnight" before the day it belongs to.
fn overnight(c: &Cursor<'_>, i: usize) -> usize {
    if c.is(i, "overnight") { c.skip(i + 1, &["on", "from"]) } else { i }
}

fn weeks_ago(c: &Cursor<'_>, i: usize) -> (usize, i16) {
    match c.count(i) {
        Some((at, Some(count))) if c.any(at, &["week", "weeks"]) && c.is(at + 1, "ago") => {
            (c.skip(at + 2, &["on"]), i16::try_from(count).unwrap_or(0))
        }
        _ => (i, 0),
    }
}

/// Whether the word at `i` is the day: a shortened name counts before a mark only, and only with its capital.
fn whole(c: &Cursor<'_>, i: usize) -> bool {
    let often = c.text(i).ends_with("days") && c.is(i.wrapping_sub(1), "on");
    (c.text(i).len() > 5 && !often)
        || (c.capital(i) && c.is(i + 1, ".") && c.is(i.wrapping_sub(1), "on"))
}
