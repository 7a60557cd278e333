//! A view of the tokens that answers "what stands at `i`" without ever running off the end.

use super::english;
use super::expr::Unit;
use super::token::{Shape, Token};

/// The tokens of a text, asked by index; an index past the end holds nothing.
#[derive(Debug, Clone, Copy)]
pub(super) struct Cursor<'t> {
    tokens: &'t [Token<'t>],
}

impl<'t> Cursor<'t> {
    /// A view of `tokens`.
    pub(super) fn new(tokens: &'t [Token<'t>]) -> Self {
        Self { tokens }
    }

    /// How many tokens there are.
    pub(super) fn len(&self) -> usize {
        self.tokens.len()
    }

    /// The token at `i`.
    pub(super) fn token(&self, i: usize) -> Option<&'t Token<'t>> {
        self.tokens.get(i)
    }

    /// Its lower-cased text, or nothing.
    pub(super) fn text(&self, i: usize) -> &'t str {
        self.token(i).map_or("", |token| token.text)
    }

    /// The text of the token before `i`, or nothing.
    pub(super) fn before(&self, i: usize) -> &'t str {
        i.checked_sub(1).map_or("", |at| self.text(at))
    }

    /// Whether `i` reads `word`.
    pub(super) fn is(&self, i: usize, word: &str) -> bool {
        self.text(i) == word
    }

    /// Whether `i` reads one of `words`.
    pub(super) fn any(&self, i: usize, words: &[&str]) -> bool {
        words.contains(&self.text(i))
    }

    /// `i`, moved on over one token when it reads one of `words`.
    pub(super) fn skip(&self, i: usize, words: &[&str]) -> usize {
        i + usize::from(self.any(i, words))
    }

    /// `i`, moved on over a glued `mark` with something glued to it.
    pub(super) fn skip_if(&self, i: usize, mark: &str) -> usize {
        i + usize::from(self.is(i, mark) && self.glued(i) && self.glued(i + 1))
    }

    /// Whether `i` stands against the token before it, without space.
    pub(super) fn glued(&self, i: usize) -> bool {
        i > 0
            && matches!((self.token(i - 1), self.token(i)), (Some(a), Some(b)) if a.end == b.start)
    }

    /// Whether `i` is a word.
    pub(super) fn is_word(&self, i: usize) -> bool {
        self.token(i).is_some_and(|token| token.shape == Shape::Word)
    }

    /// Whether `i` starts with a capital.
    pub(super) fn capital(&self, i: usize) -> bool {
        self.token(i).is_some_and(|token| token.capital)
    }

    /// The digits at `i` as a number, with their count; a part of a longer code or of a decimal is none.
    pub(super) fn digits(&self, i: usize) -> Option<(u32, usize)> {
        let token = self.token(i).filter(|t| t.shape == Shape::Number && t.text.len() <= 8)?;
        token.text.parse().ok().map(|value| (value, token.text.len()))
    }

    /// A free-standing whole number of digits: no sign of money, no decimal, no thousands, no code around it.
    pub(super) fn plain(&self, i: usize) -> Option<u32> {
        let (value, _) = self.digits(i)?;
        let inside =
            self.glued(i) && (self.is_word(i - 1) || self.any(i - 1, &["$", "#", "£", "€", "/"]));
        let tail = self.carries_on(i + 1, i + 2);
        let head = i > 1 && self.digits(i - 2).is_some() && self.carries_on(i - 1, i);
        let share = self.any(i + 1, &["%", "/"]) && self.glued(i + 1);
        (!inside && !tail && !head && !share).then_some(value)
    }

    /// Whether the mark at `mark` and the digits at `i` belong to a decimal, a thousands group or a clock time.
    fn carries_on(&self, mark: usize, i: usize) -> bool {
        let digits = self.digits(i).map_or(0, |(_, length)| length);
        let group = self.is(mark, ",") && digits == 3;
        let glued = self.glued(mark) && self.glued(i);
        glued && digits > 0 && (group || self.any(mark, &[".", ":"]))
    }

    /// A count before a unit: "three", "25", "twenty-five", "a", "several" (a vague one has no figure).
    pub(super) fn count(&self, i: usize) -> Option<(usize, Option<u32>)> {
        if let Some(value) = self.plain(i) {
            return Some((i + 1, Some(value)));
        }
        if self.any(i, &["a", "an"]) {
            let end = self.skip(i + 1, &["few", "couple", "dozen", "handful"]);
            let vague = end > i + 1;
            return Some((self.skip(end, &["of"]), (!vague).then_some(1)));
        }
        if english::is_vague(self.text(i)) {
            return Some((self.skip(i + 1, &["of"]), None));
        }
        self.spelled(i).map(|(end, value)| (end, Some(value)))
    }

    /// A number in words up to ninety-nine.
    pub(super) fn spelled(&self, i: usize) -> Option<(usize, u32)> {
        let value = english::number(self.text(i))?;
        let next = self.skip(i + 1, &["-"]);
        match english::number(self.text(next)) {
            Some(ones) if value >= 20 && value % 10 == 0 && ones < 10 => {
                Some((next + 1, value + ones))
            }
            _ => Some((i + 1, value)),
        }
    }

    /// An ordinal: "third", "25th".
    pub(super) fn ordinal(&self, i: usize) -> Option<(usize, u32)> {
        if let Some(value) = english::ordinal(self.text(i)) {
            return Some((i + 1, value));
        }
        let (value, _) = self.digits(i)?;
        let suffixed = self.any(i + 1, &["st", "nd", "rd", "th"]) && self.glued(i + 1);
        suffixed.then_some((i + 2, value))
    }

    /// A unit of time, singular or plural.
    pub(super) fn unit(&self, i: usize) -> Option<Unit> {
        english::unit(self.text(i))
    }
}
