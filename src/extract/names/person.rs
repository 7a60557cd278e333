//! Full names of people: the longest form in which a text gives the name that a phrase gives in part.

use std::ops::Range;

use crate::extract::language::{Closed, Lexicon};
use crate::extract::parse::token::{Caps, Shape};
use crate::extract::reader::Parsed;

/// The longest name that is believed to be one person's, in words.
const LONGEST: usize = 6;

/// Words in lower case inside a person's name.
const PARTICLES: &[&str] =
    &["de", "del", "la", "las", "los", "y", "da", "dos", "von", "van", "bin", "ibn", "al", "el"];

/// The full name of the person that `name` names, titles left out; none if `name` is no name of a person.
pub fn full_name(parsed: &Parsed<'_>, lexicon: &Lexicon, name: &str) -> Option<String> {
    let book = Book { parsed, lexicon };
    let short = book.short(name)?;
    let places = (0..parsed.tokens.len()).filter(|at| book.stands(*at, &short));
    let runs = places.map(|at| book.grown(at, at + short.len()));
    // of several as long as each other the first is the one that introduces the person
    let best = runs.min_by_key(|run| (std::cmp::Reverse(run.len()), run.start))?;
    let whole = parsed.slice(best.start, best.end);
    Some(whole.split_whitespace().collect::<Vec<_>>().join(" "))
}

struct Book<'b, 'a> {
    parsed: &'b Parsed<'a>,
    lexicon: &'b Lexicon,
}

impl Book<'_, '_> {
    /// The words of the name without titles: the capitalised words at its end.
    fn short(&self, name: &str) -> Option<Vec<String>> {
        let words: Vec<String> = name
            .split_whitespace()
            .rev()
            .take_while(|word| word.starts_with(char::is_uppercase))
            .map(str::to_lowercase)
            .take_while(|word| !self.is_common(word))
            .collect();
        let words: Vec<String> = words.into_iter().rev().collect();
        (!words.is_empty() && words.len() < LONGEST).then_some(words)
    }

    fn stands(&self, at: usize, words: &[String]) -> bool {
        let tokens = self.parsed.tokens.get(at..at + words.len());
        tokens.is_some_and(|tokens| {
            tokens
                .iter()
                .zip(words)
                .all(|(token, word)| token.norm == *word && token.caps == Caps::First)
        })
    }

    /// The run of name words around a range of tokens.
    fn grown(&self, first: usize, last: usize) -> Range<usize> {
        let (mut start, mut end) = (first, last);
        while let Some(before) = self.before(start).filter(|before| end - before <= LONGEST) {
            start = before;
        }
        while end - start < LONGEST && self.is_name(end) {
            end += 1;
        }
        start..end
    }

    /// Where the name word before `at` begins, over particles.
    fn before(&self, at: usize) -> Option<usize> {
        let mut before = at.checked_sub(1)?;
        if self.parsed.tokens.get(at).is_some_and(|token| token.hyphen || token.new_paragraph) {
            return None;
        }
        while PARTICLES.contains(&self.parsed.norm(before)) && at - before < 3 {
            before = before.checked_sub(1)?;
        }
        self.is_name(before).then_some(before)
    }

    /// A capitalised word that is no title, no place, no party and no date.
    fn is_name(&self, at: usize) -> bool {
        let parsed = self.parsed;
        let Some(token) = parsed.tokens.get(at) else { return false };
        let known = parsed.named_at(at).is_some()
            || parsed.date_at(at).is_some()
            || parsed.organisation_at(at)
            || parsed.place_at(at).is_some_and(|spot| parsed.spots[spot].framed);
        token.shape == Shape::Word
            && token.caps == Caps::First
            && !token.new_paragraph
            && !known
            && !self.is_common(&token.norm)
    }

    fn is_common(&self, word: &str) -> bool {
        let lexicon = self.lexicon;
        lexicon.closed(word) != Closed::default()
            || lexicon.people.word(word).is_some()
            || lexicon.deeds.word(word).is_some()
            || lexicon.objects.word(word).is_some()
            || lexicon.areas.has(word)
    }
}
