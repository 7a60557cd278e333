//! Whether the clause around an expression speaks of what was or of what is to come.

use super::cursor::Cursor;
use super::english;
use super::token::Shape;

/// The direction in which an open date lies.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Tense {
    /// Before the anchor.
    Past,
    /// Before the anchor without doubt: "ended", "since".
    Ended,
    /// After the anchor.
    Future,
    /// The clause does not say.
    Open,
}

/// How many tokens to either side are looked at.
const BACK: usize = 18;
const AHEAD: usize = 12;

/// The tense of the verb nearest to the tokens `start..end`: the one before, else the one after.
pub(super) fn tense(c: &Cursor<'_>, start: usize, end: usize) -> Tense {
    match c.before(start) {
        "ended" | "since" | "dated" | "till" => return Tense::Ended,
        "by" if c.is(end, "deadline") => return Tense::Open,
        "by" | "through" => return by(c, start),
        _ => {}
    }
    let owned = c.any(end, &["'", "’"]) && c.is(end + 1, "s");
    if owned {
        return Tense::Past;
    }
    let before = (start.saturating_sub(BACK)..start).rev().take_while(|&i| !stops(c, i));
    let after = (end..(end + AHEAD).min(c.len())).take_while(|&i| !stops(c, i));
    let mut cues = before.chain(after).map(|i| cue(c, i));
    cues.find(|tense| *tense != Tense::Open).unwrap_or(Tense::Open)
}

/// A term lies ahead, unless the verb beside it is past.
fn by(c: &Cursor<'_>, start: usize) -> Tense {
    match start.checked_sub(2).map(|at| cue(c, at)) {
        Some(Tense::Past) => Tense::Past,
        _ => Tense::Future,
    }
}

/// Whether the sentence ends at `i`.
fn stops(c: &Cursor<'_>, i: usize) -> bool {
    let Some(token) = c.token(i) else { return true };
    match token.text {
        "." => c.before(i).len() > 3 && (c.capital(i + 1) || !c.is_word(i + 1)),
        "!" | "?" | ";" => true,
        _ => token.shape == Shape::Break,
    }
}

fn cue(c: &Cursor<'_>, i: usize) -> Tense {
    let word = c.text(i);
    if english::is_future_cue(word) {
        return Tense::Future;
    }
    let regular = word.len() > 4 && word.ends_with("ed") && c.is_word(i);
    if regular || english::is_past_form(word) { Tense::Past } else { Tense::Open }
}
