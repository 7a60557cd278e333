//! Names that nobody knows, but that a locative frame says are places: "the village of Foo".

use super::known::MOST_WORDS;
use super::left::{Left, Sign};
use super::lexicon::Doubt;
use super::reading::Reading;
use super::right::{Follow, Right, is_calendar};
use super::token::{Gap, Token};

/// Fewer letters than this are an abbreviation.
const FEWEST_LETTERS: usize = 3;

/// An unknown name: its last word, and what stands after it.
pub(super) fn unknown(
    reading: &Reading<'_, '_>,
    first: usize,
    left: &Left,
) -> Option<(usize, Right)> {
    if !reading.mixed() || left.sign == Sign::Institution || reading.in_dateline(first) {
        return None;
    }
    let last = last_word(reading, first)?;
    let right = reading.right(last);
    let near = matches!(left.relation.as_deref(), Some("in" | "near" | "around" | "outside"));
    let near = (near || left.target) && !left.determined && !reading.like_headline(first);
    let typed = left.type_word || right.type_word;
    let no_place = match right.follow {
        Follow::Institution | Follow::Modifier => true,
        Follow::Saying => !typed,
        Follow::Nothing | Follow::GoesOn => false,
    };
    ((typed || near) && !no_place).then_some((last, right))
}

/// The last word of an unknown name, if its words may be a place's.
fn last_word(reading: &Reading<'_, '_>, first: usize) -> Option<usize> {
    let mut last = first;
    for at in first + 1..(first + MOST_WORDS).min(reading.tokens.len()) {
        if !reading.goes_on(at) || !takes(reading, first, at) {
            break;
        }
        if reading.tokens[at].capital {
            last = at;
        }
    }
    let name = &reading.tokens[first..=last];
    let letters: usize =
        name.iter().filter(|token| !token.article()).map(|token| token.text.len()).sum();
    let word = name.len() == 1 && (name[0].upper() || reading.also_lower(first));
    let place = name.iter().all(|token| token.article() || may_be_place(reading, token));
    (letters >= FEWEST_LETTERS && !word && place).then_some(last)
}

/// Whether the name goes on with a word. A second article after a space begins the next name of a list that has
/// lost its commas.
fn takes(reading: &Reading<'_, '_>, first: usize, at: usize) -> bool {
    let token = &reading.tokens[at];
    let article = token.article() && reading.before_capital(at);
    let another =
        article && !token.capital && reading.tokens[first].article() && token.gap == Gap::Space;
    !another && (article || token.capital && may_be_place(reading, token))
}

/// Whether a word is none that other names are made of.
fn may_be_place(reading: &Reading<'_, '_>, token: &Token<'_>) -> bool {
    let word = &*token.lower;
    let lexicon = reading.lexicon;
    let name = matches!(word, "abu" | "umm" | "bin" | "ibn" | "sheikh" | "shaykh" | "sheik");
    let other = || {
        lexicon.doubt(word) == Doubt::NeedsType
            || lexicon.preposition(word).is_some()
            || lexicon.institution(word)
            || lexicon.title(word)
            || lexicon.demonym(word).is_some()
            || lexicon.type_word(word).is_some()
            || is_calendar(word)
    };
    name || !other()
}
