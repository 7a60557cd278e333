//! The date at the head of a text.

use jiff::civil::Date;

use super::context::Context;
use super::cursor::Cursor;
use super::expr::{Expr, YearOf};
use super::resolve::resolve;
use super::tense::Tense;
use super::timex::Timex;
use super::{grammar, token};

/// How much of a text may hold its date: header, headline, dateline.
const HEAD: usize = 400;

/// The date a text gives itself: a full date near its start that no preposition ties into a sentence
/// ("Posted on July 2 2016", "Friday 2 May 2014", "SAN SALVADOR, 14 FEB 89 --", "date 2020-06-26").
pub fn dateline(text: &str) -> Option<Date> {
    let head = head(text);
    let lower = head.to_ascii_lowercase();
    let tokens = token::tokens(head, &lower);
    let cursor = Cursor::new(&tokens);
    (0..cursor.len()).find_map(|at| full(&cursor, at).filter(|_| !tied(&cursor, at)))
}

fn head(text: &str) -> &str {
    let end = (0..=HEAD.min(text.len())).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0);
    &text[..end]
}

fn full(c: &Cursor<'_>, at: usize) -> Option<Date> {
    let found = grammar::at(c, at);
    let [one] = found.as_slice() else { return None };
    let dated = matches!(one.expr, Expr::Slashed { .. } | Expr::Day { year: YearOf::Is(_), .. });
    match resolve(one.expr, &Context::new(None), Tense::Open).filter(|_| dated)? {
        Timex::Day(date) => Some(date),
        _ => None,
    }
}

/// Whether a sentence speaks of the date at `at`, so that it dates an event and not the text.
fn tied(c: &Cursor<'_>, at: usize) -> bool {
    const TIES: [&str; 12] = [
        "on", "in", "since", "until", "of", "from", "the", "by", "before", "after", "between",
        "and",
    ];
    const STAMPS: [&str; 6] = ["posted", "published", "updated", "issued", "created", "date"];
    let weekday = super::english::weekday(c.before(at)).is_some();
    let tie = at.saturating_sub(1 + usize::from(weekday));
    at > 0 && c.any(tie, &TIES) && !c.any(tie.wrapping_sub(1), &STAMPS)
}
