//! Durations.

use super::super::cursor::Cursor;
use super::super::expr::{Expr, Match};
use super::shift::about;

/// "three days", "the past 24 hours", "the next two weeks", "recent days", "a two-week".
pub(super) fn length(c: &Cursor<'_>, i: usize) -> Option<Match> {
    let at = c.skip(i, &["the"]);
    let toward = match c.text(at) {
        "past" | "last" | "recent" | "previous" | "preceding" => -1,
        "next" | "coming" | "following" | "first" => 1,
        _ => 0,
    };
    let from = about(c, at + usize::from(toward != 0));
    let (end, count) = match c.count(from) {
        Some(found) => found,
        None if toward != 0 && at + 1 == from => (from, implied(c, from)),
        None => return None,
    };
    let end = c.skip(end, &["-", "more", "full", "straight", "consecutive", "recent"]);
    let unit = c.unit(end)?;
    (!aged(c, end + 1)).then_some(())?;
    Match::found(i, end + 1, Expr::Length { count, unit, toward })
}

/// "the past week" is one of them, "recent weeks" an open number.
fn implied(c: &Cursor<'_>, i: usize) -> Option<u32> {
    (!c.text(i).ends_with('s')).then_some(1)
}

/// "three-year-old", "30 years old", "40 years of age".
fn aged(c: &Cursor<'_>, i: usize) -> bool {
    c.is(c.skip(i, &["-"]), "old") || (c.is(i, "of") && c.is(i + 1, "age"))
}
