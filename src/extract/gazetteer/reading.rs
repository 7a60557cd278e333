//! One text cut into words, with what all parts of the scanner ask of it.

use std::borrow::Cow;
use std::cell::OnceCell;
use std::ops::Range;

use rustc_hash::FxHashSet;

use super::index::NameHash;
use super::left::{Left, LeftReader};
use super::lexicon::{Doubt, Lexicon};
use super::right::{Right, right};
use super::token::{Case, Token, case_of, tokens};

/// A dateline ends within so many bytes, and has no more words than that.
const LONGEST_DATELINE: usize = 120;
const MOST_DATELINE_WORDS: usize = 12;

/// One text cut into words.
pub(super) struct Reading<'r, 't> {
    pub(super) lexicon: &'r Lexicon,
    pub(super) text: &'t str,
    pub(super) tokens: Vec<Token<'t>>,
    pub(super) case: Case,
    /// Where the dateline ends: 0 if there is none.
    dateline: usize,
    /// The words in lower case, gathered when first asked for.
    lower: OnceCell<FxHashSet<Cow<'t, str>>>,
}

impl<'r, 't> Reading<'r, 't> {
    /// Cuts a text; `taken` are the byte ranges of names that are no places.
    pub(super) fn new(lexicon: &'r Lexicon, text: &'t str, taken: &[Range<usize>]) -> Self {
        let mut tokens = tokens(text);
        let case = case_of(text, &tokens);
        let dateline = dateline(text, &tokens, case);
        take(&mut tokens, taken);
        Self { lexicon, text, tokens, case, dateline, lower: OnceCell::new() }
    }

    /// Whether capitals tell names from words.
    pub(super) fn mixed(&self) -> bool {
        self.case == Case::Mixed
    }

    /// Whether a word stands in a dateline: before the dash at the start, or in capitals before a bracket, as where
    /// a body repeats its title first.
    pub(super) fn in_dateline(&self, at: usize) -> bool {
        let token = &self.tokens[at];
        let bracket = || self.text[token.end..].trim_start().starts_with('(');
        let capitals = self.mixed() && token.upper() && token.text.len() >= 4;
        token.end <= self.dateline || (capitals && bracket())
    }

    /// The plain name of some words.
    pub(super) fn plain(&self, first: usize, last: usize) -> String {
        let mut name = String::with_capacity(24);
        for token in &self.tokens[first..=last] {
            if !name.is_empty() {
                name.push(' ');
            }
            name.push_str(token.name());
        }
        name
    }

    /// The hash of [`Reading::plain`].
    pub(super) fn plain_hash(&self, first: usize, last: usize) -> NameHash {
        let words = self.tokens[first..=last].iter().map(Token::name);
        words.enumerate().fold(NameHash::EMPTY, |hash, (at, word)| {
            if at == 0 { hash.then(word) } else { hash.then(" ").then(word) }
        })
    }

    /// Whether a plain name is a word of the stop lists or an inhabitant's.
    pub(super) fn is_word(&self, plain: &str) -> bool {
        self.lexicon.doubt(plain) != Doubt::None || self.lexicon.demonym(plain).is_some()
    }

    /// Whether the text has the word in lower case too: then it is no name.
    pub(super) fn also_lower(&self, at: usize) -> bool {
        let gather = || {
            let lower = self.tokens.iter().filter(|token| !token.capital);
            lower.map(|token| token.lower.clone()).collect()
        };
        self.lower.get_or_init(gather).contains(&self.tokens[at].lower)
    }

    /// Whether the words round one are written like a headline, as where a body repeats its title.
    pub(super) fn like_headline(&self, at: usize) -> bool {
        const AROUND: usize = 5;
        const LONG: usize = 4;
        let around = &self.tokens[at.saturating_sub(AROUND)..(at + AROUND).min(self.tokens.len())];
        let long = around.iter().filter(|token| token.text.len() >= LONG);
        let (capital, lower): (Vec<_>, Vec<_>) = long.partition(|token| token.capital);
        lower.is_empty() && capital.len() >= 4
    }

    /// Whether a word goes on with the name that the word before it is part of.
    pub(super) fn goes_on(&self, at: usize) -> bool {
        let token = &self.tokens[at];
        !token.taken && token.joined() && !self.tokens[at - 1].possessive
    }

    /// Whether a capital follows, joined.
    pub(super) fn before_capital(&self, at: usize) -> bool {
        self.tokens.get(at + 1).is_some_and(|next| next.joined() && next.capital)
    }

    /// What stands before a name.
    pub(super) fn left(&self, first: usize) -> Left {
        LeftReader { lexicon: self.lexicon, tokens: &self.tokens, mixed: self.mixed() }.read(first)
    }

    /// What stands after a name.
    pub(super) fn right(&self, last: usize) -> Right {
        right(self.lexicon, &self.tokens, last, self.mixed())
    }
}

/// Marks the words that belong to other names.
fn take(tokens: &mut [Token<'_>], taken: &[Range<usize>]) {
    for range in taken {
        let first = tokens.partition_point(|token| token.end <= range.start);
        let inside = tokens[first..].iter_mut().take_while(|token| token.start < range.end);
        for token in inside {
            token.taken = true;
        }
    }
}

/// Where the dateline ends: before a dash near the start, with nothing but names, dates and agencies before it.
fn dateline(text: &str, tokens: &[Token<'_>], case: Case) -> usize {
    let head = &text[..floor(text, LONGEST_DATELINE)];
    let dashes = ["--", " - ", " – ", "—"].iter().filter_map(|dash| head.find(dash));
    let Some(dash) = dashes.min() else { return 0 };
    let words: Vec<_> = tokens.iter().take_while(|token| token.end <= dash).collect();
    let is_plain = |token: &&Token<'_>| {
        !token.capital && !token.text.starts_with(|c: char| c.is_ascii_digit())
    };
    let plain = words.iter().copied().filter(is_plain).count();
    let head = &text[..dash];
    let dated = head.contains('(') && head.contains(|c: char| c.is_ascii_digit());
    let marked = head.contains(['(', ',']) || words.len() <= 2;
    let most_plain = if dated { MOST_DATELINE_WORDS / 2 } else { 1 };
    let is_one =
        words.len() <= MOST_DATELINE_WORDS && plain <= most_plain && marked && case != Case::Title;
    if is_one { dash } else { 0 }
}

/// The largest character boundary not above `at`.
fn floor(text: &str, at: usize) -> usize {
    (0..=at.min(text.len())).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0)
}
