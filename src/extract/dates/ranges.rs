//! Joins the ends of a range: each of "June 25" and "26", "Monday" and "Wednesday" covers the days of both.

use super::cursor::Cursor;
use super::mention::DateMention;
use crate::model::time::{DatePrecision, DateSpan};

/// The longest range that is read as one happening.
const LONGEST: i32 = 45;

/// A mention with the tokens it was read from.
#[derive(Debug, Clone)]
pub(super) struct Read {
    /// The mention.
    pub(super) mention: DateMention,
    /// Its first token.
    pub(super) start: usize,
    /// The token after its last.
    pub(super) end: usize,
}

/// Widens neighbours that are the two ends of one range.
pub(super) fn join(c: &Cursor<'_>, reads: &mut [Read]) {
    for at in 1..reads.len() {
        let (left, right) = reads.split_at_mut(at);
        let (Some(a), Some(b)) = (left.last_mut(), right.first_mut()) else { continue };
        let Some(both) = linked(c, a, b) else { continue };
        a.mention.span = Some(both);
        b.mention.span = Some(both);
    }
}

fn linked(c: &Cursor<'_>, a: &Read, b: &Read) -> Option<DateSpan> {
    let (from, to) = (a.mention.span?, b.mention.span?);
    let days = [from, to].iter().all(|span| span.precision == DatePrecision::Day);
    let length = to.to.since(from.from).ok()?.get_days();
    let near = days && (0..=LONGEST).contains(&length) && from.from <= to.from;
    let fits = near && (length <= 2 || ranged(c, a, b)) && joined(c, a.end, b.start);
    fits.then_some(DateSpan { from: from.from, to: to.to, precision: DatePrecision::Day })
}

/// Whether only linking words stand between.
fn joined(c: &Cursor<'_>, from: usize, to: usize) -> bool {
    const LINKS: [&str; 13] =
        ["and", "to", "through", "until", "till", "into", "-", "–", "—", "on", ",", "or", "&"];
    to.saturating_sub(from) <= 3 && (from..to).all(|i| c.any(i, &LINKS))
}

/// Whether the words say that all days between are meant.
fn ranged(c: &Cursor<'_>, a: &Read, b: &Read) -> bool {
    const SPANS: [&str; 7] = ["to", "through", "until", "till", "-", "–", "—"];
    let opened = c.any(a.start.wrapping_sub(1), &["between", "from"]);
    opened || (a.end..=b.start).any(|i| c.any(i, &SPANS))
}
