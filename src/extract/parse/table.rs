//! Tables of words and phrases, looked up at a token.

use rustc_hash::FxHashMap;

use super::sieve::Sieve;
use super::token::{Token, tokens, word_hash};

/// Phrases of one or more words, each with a value; the longest that stands at a token is found.
#[derive(Debug, Clone)]
pub struct Table<T> {
    by_first: FxHashMap<String, Vec<(Vec<String>, T)>>,
    /// The first words: most tokens begin no phrase.
    firsts: Sieve,
}

impl<T> Default for Table<T> {
    fn default() -> Self {
        Self { by_first: FxHashMap::default(), firsts: Sieve::default() }
    }
}

impl<T> Table<T> {
    /// Adds a phrase; an earlier value for the same phrase stays.
    pub fn add(&mut self, phrase: &str, value: T) {
        let mut words = tokens(phrase).into_iter().map(|token| token.norm);
        let Some(first) = words.next() else { return };
        self.firsts.add(word_hash(&first));
        let rest: Vec<String> = words.collect();
        let row = self.by_first.entry(first).or_default();
        if row.iter().any(|(known, _)| *known == rest) {
            return;
        }
        let at = row.iter().position(|(known, _)| known.len() < rest.len()).unwrap_or(row.len());
        row.insert(at, (rest, value));
    }

    /// The longest phrase that begins at `at`: its length in tokens and its value.
    pub fn find(&self, tokens: &[Token], at: usize) -> Option<(usize, &T)> {
        let token = tokens.get(at).filter(|token| self.firsts.may_hold(token.hash))?;
        let row = self.by_first.get(token.norm.as_str())?;
        row.iter().find_map(|(rest, value)| {
            let there = tokens.get(at + 1..at + 1 + rest.len())?;
            let same = there.iter().zip(rest).all(|(token, word)| token.norm == *word);
            same.then_some((rest.len() + 1, value))
        })
    }

    /// The value of a single word.
    pub fn word(&self, word: &str) -> Option<&T> {
        self.by_first.get(word)?.iter().find(|(rest, _)| rest.is_empty()).map(|(_, value)| value)
    }

    /// Whether any phrase stands within the tokens.
    pub fn stands_in(&self, tokens: &[Token]) -> bool {
        (0..tokens.len()).any(|at| self.find(tokens, at).is_some())
    }

    /// Every phrase within the tokens: where it begins, its length, its value.
    pub fn all_in<'a>(
        &'a self,
        tokens: &'a [Token],
    ) -> impl Iterator<Item = (usize, usize, &'a T)> + 'a {
        (0..tokens.len())
            .filter_map(|at| self.find(tokens, at).map(|(length, value)| (at, length, value)))
    }
}

/// A set of phrases.
pub type Phrases = Table<()>;

impl Phrases {
    /// The set of these phrases.
    pub fn of<'a>(phrases: impl IntoIterator<Item = &'a String>) -> Self {
        let mut table = Self::default();
        for phrase in phrases {
            table.add(phrase, ());
        }
        table
    }

    /// Whether the single word is in the set.
    pub fn has(&self, word: &str) -> bool {
        self.word(word).is_some()
    }
}
