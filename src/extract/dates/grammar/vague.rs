//! The past, the present and the future, without a date.

use super::super::cursor::Cursor;
use super::super::expr::{Expr, Match, Unit};

/// "now", "currently", "recently", "in recent years", "the past", "the future", "soon".
pub(super) fn vague(c: &Cursor<'_>, i: usize) -> Option<Match> {
    let (end, sense) =
        present(c, i).map(|end| (end, 0)).or_else(|| past(c, i)).or_else(|| future(c, i))?;
    Match::found(i, end, Expr::Vague(sense))
}

fn present(c: &Cursor<'_>, i: usize) -> Option<usize> {
    match (c.text(i), c.text(i + 1)) {
        ("now" | "currently" | "nowadays", _) => Some(i + 1),
        ("these", "days") | ("at", "present") => Some(i + 2),
        ("at", "the") if c.is(i + 2, "moment") => Some(i + 3),
        ("at", "this") if c.any(i + 2, &["time", "moment", "point"]) => Some(i + 3),
        _ => None,
    }
}

fn past(c: &Cursor<'_>, i: usize) -> Option<(usize, i8)> {
    let end = match (c.text(i), c.text(i + 1)) {
        ("recently" | "lately", _) => i + 1,
        ("more", "recently") => i + 2,
        ("recent" | "past", _) if long(c.unit(i + 1)) && c.text(i + 1).ends_with('s') => i + 2,
        ("the", "past") if closes(c, i + 2) => i + 2,
        _ => return None,
    };
    Some((end, -1))
}

fn long(unit: Option<Unit>) -> bool {
    matches!(unit, Some(Unit::Year | Unit::Decade | Unit::Century))
}

/// Whether the noun phrase ends before `i`.
fn closes(c: &Cursor<'_>, i: usize) -> bool {
    !c.is_word(i)
        || c.any(
            i,
            &["that", "and", "when", "to", "but", "as", "it", "he", "they", "the", "for", "or"],
        )
}

fn future(c: &Cursor<'_>, i: usize) -> Option<(usize, i8)> {
    let end = match (c.text(i), c.text(i + 1)) {
        ("the", "future") if closes(c, i + 2) => i + 2,
        ("the", "near") if c.any(i + 2, &["future", "term"]) => i + 3,
        ("soon", next)
            if !matches!(next, "after" | "as" | "afterward" | "afterwards" | "became") =>
        {
            (!c.any(i.wrapping_sub(1), &["as", "too", "how"])).then_some(i + 1)?
        }
        ("future" | "coming", _) if c.unit(i + 1).is_some() && c.text(i + 1).ends_with('s') => {
            i + 2
        }
        _ => return None,
    };
    Some((end, 1))
}
