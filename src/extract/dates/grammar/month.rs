//! Months without a day.

use super::super::cursor::Cursor;
use super::super::english;
use super::super::expr::{Expr, Match, Rel, YearOf};
use super::{day, year};

/// Words that leave no doubt that "May" is the month.
const LEADS: [&str; 30] = [
    "in",
    "since",
    "until",
    "till",
    "by",
    "of",
    "from",
    "last",
    "next",
    "this",
    "early",
    "late",
    "mid",
    "through",
    "between",
    "and",
    "to",
    "during",
    "before",
    "after",
    "for",
    "past",
    "every",
    "each",
    "-",
    "previous",
    "throughout",
    "around",
    "about",
    "into",
];

/// "last", "this", "next" and their like.
pub(super) fn rel(c: &Cursor<'_>, i: usize) -> (usize, Rel) {
    match (c.text(i), c.text(i + 1)) {
        ("this" | "the", "past") => (i + 2, Rel::Open),
        ("this" | "the", "coming" | "upcoming") => (i + 2, Rel::This),
        ("previous" | "preceding", _) => (i + 1, Rel::Before),
        ("following", _) => (i + 1, Rel::After),
        ("last", _) => (i + 1, Rel::Last),
        ("this", _) => (i + 1, Rel::This),
        ("next", _) => (i + 1, Rel::Next),
        _ => (i, Rel::Open),
    }
}

/// "June", "June 2014", "last June", "June last year", "early December", "the middle of October", "mid-March".
pub(super) fn month(c: &Cursor<'_>, i: usize) -> Option<Match> {
    let middle = ["middle", "beginning", "end", "start"];
    let part = c.is(i, "the") && c.any(i + 1, &middle) && c.is(i + 2, "of");
    let staged = year::stage(c, i + if part { 3 } else { 0 });
    let (at, rel) = rel(c, staged);
    let at = year::stage(c, at);
    let (after, month) = day::month(c, at)?;
    let (end, said) = day::year_after(c, after, false);
    let sure = said != YearOf::Open || rel != Rel::Open || certain(c, at, after);
    sure.then_some(())?;
    let end = if said == YearOf::Open { after } else { end };
    Match::found(i, end, Expr::Month { year: said, month, rel })
}

/// Whether the word at `i` is a month by itself.
fn certain(c: &Cursor<'_>, i: usize, after: usize) -> bool {
    let led = LEADS.contains(&c.before(i));
    let named = c.capital(after) && !c.any(after, &["the"]) && c.is_word(after);
    match c.text(i) {
        "may" | "march" if c.before(i) == "the" => {
            c.capital(i) && c.is_word(after) && !c.capital(after)
        }
        "may" | "march" => c.capital(i) && led && !c.any(after, &["on", "be", "have", "not"]),
        word if word.len() <= 4 && !matches!(word, "june" | "july") => {
            c.capital(i) && (after > i + 1 || (led && !named))
        }
        "april" | "june" | "august" => led || !named,
        word => english::month(word).is_some(),
    }
}
