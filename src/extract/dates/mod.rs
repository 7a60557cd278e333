//! Expressions of time in running text: where they stand, what they stand for, which days they cover.
//!
//! `english` holds the words, `grammar` the patterns over them, `resolve` places what was read against the
//! document's date, `ranges` joins the ends of a range. One pass over the tokens, no backtracking further than a
//! phrase, so time is linear in the text.

mod calendar;
mod choose;
mod context;
mod cursor;
mod dateline;
mod english;
mod expr;
mod find;
mod grammar;
mod mention;
mod periods;
mod ranges;
mod resolve;
mod steps;
mod tense;
mod timex;
mod token;

#[cfg(test)]
mod tests;

pub use dateline::dateline;
pub(in crate::extract) use english::{number, ordinal};
pub use find::find;
pub use mention::DateMention;
