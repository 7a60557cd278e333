//! The words of a text as far as place names need them: case, folded forms, what stands between.

use std::borrow::Cow;

use crate::model::text::fold::{is_article, plain, push_word_key};

/// What stands between a word and the one before it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Gap {
    /// Only white space.
    Space,
    /// A hyphen.
    Hyphen,
    /// A comma.
    Comma,
    /// Anything else but the end of a sentence: brackets, quotes, dashes.
    Break,
    /// The end of a sentence or paragraph, or nothing at all before the first word.
    Stop,
}

/// One word.
#[derive(Debug, Clone)]
pub(super) struct Token<'t> {
    pub(super) start: usize,
    pub(super) end: usize,
    pub(super) text: &'t str,
    pub(super) lower: Cow<'t, str>,
    /// Whether it begins with a capital.
    pub(super) capital: bool,
    /// Whether it is an "'s" form; `text` is without it.
    pub(super) possessive: bool,
    pub(super) gap: Gap,
    /// Whether it belongs to a name that is no place's.
    pub(super) taken: bool,
    /// The plain form and the fold key; empty where no name can stand.
    pub(super) plain: String,
    pub(super) key: String,
}

impl Token<'_> {
    /// Takes an owner's "s" off that has lost its apostrophe.
    pub(super) fn cut_owner(&mut self, bare: &str) {
        self.possessive = true;
        self.text = &self.text[..self.text.len() - 1];
        self.end -= 1;
        self.lower.to_mut().pop();
        bare.clone_into(&mut self.plain);
        self.key.clear();
        push_word_key(bare, &mut self.key);
    }

    /// How it stands in a plain name.
    pub(super) fn name(&self) -> &str {
        if self.plain.is_empty() { &self.lower } else { &self.plain }
    }

    /// Whether it is the Arabic article.
    pub(super) fn article(&self) -> bool {
        is_article(&self.lower)
    }

    /// Whether a name may go on with it: joined by a space or hyphen.
    pub(super) fn joined(&self) -> bool {
        matches!(self.gap, Gap::Space | Gap::Hyphen)
    }

    /// Whether every letter is a capital.
    pub(super) fn upper(&self) -> bool {
        self.capital && !self.text.chars().any(char::is_lowercase)
    }

    /// Whether it stands at the start of a sentence, where a capital says nothing.
    pub(super) fn first(&self) -> bool {
        self.gap == Gap::Stop
    }
}

/// How the text uses capitals.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Case {
    /// As English prose does.
    Mixed,
    /// Every word of a headline.
    Title,
    /// Every letter.
    Upper,
}

/// A headline is not longer than this, in bytes.
const LONGEST_HEADLINE: usize = 250;

/// Cuts a text into words.
pub(super) fn tokens(text: &str) -> Vec<Token<'_>> {
    let mut out: Vec<Token<'_>> = Vec::with_capacity(text.len() / 6);
    let mut before = 0;
    for (start, end) in words(text) {
        let gap = out.last().map_or(Gap::Stop, |last| gap(last.text, &text[before..start]));
        out.push(token(text, start, end, gap));
        before = end;
    }
    out
}

/// The words of a text that begin with a capital, in lower case and without an "'s".
pub(super) fn capitals(text: &str) -> impl Iterator<Item = Cow<'_, str>> {
    let bare = |(start, end)| without_owner(&text[start..end]).0;
    words(text).map(bare).filter(|word| has_capital(word)).map(lower)
}

/// Where the words of a text begin and end.
fn words(text: &str) -> impl Iterator<Item = (usize, usize)> {
    let mut at = 0;
    std::iter::from_fn(move || {
        let start = at + text[at..].find(char::is_alphanumeric)?;
        at = word_end(text, start);
        Some((start, at))
    })
}

/// A word without its "'s", and whether it had one.
fn without_owner(word: &str) -> (&str, bool) {
    let bare = ["'s", "’s", "'S", "’S"].iter().find_map(|tail| word.strip_suffix(tail));
    (bare.unwrap_or(word), bare.is_some())
}

fn has_capital(word: &str) -> bool {
    word.chars().next().is_some_and(|c| {
        c.is_uppercase() || (c.is_alphabetic() && !c.is_ascii() && !c.is_lowercase())
    })
}

fn lower(word: &str) -> Cow<'_, str> {
    let is_lower = |byte: u8| byte.is_ascii() && !byte.is_ascii_uppercase();
    if word.bytes().all(is_lower) { Cow::Borrowed(word) } else { Cow::Owned(word.to_lowercase()) }
}

fn token(text: &str, start: usize, end: usize, gap: Gap) -> Token<'_> {
    let (word, possessive) = without_owner(&text[start..end]);
    let capital = has_capital(word);
    let lower = lower(word);
    let (mut name, mut key) = (String::new(), String::new());
    if capital || is_article(&lower) || is_particle(&lower) || glued(word) {
        name = plain(word);
        name.split(' ').for_each(|part| push_word_key(part, &mut key));
    }
    Token {
        start,
        end: start + word.len(),
        text: word,
        lower,
        capital,
        possessive,
        gap,
        taken: false,
        plain: name,
        key,
    }
}

/// A word that begins with a small article and goes on with a capital: "alKhadar".
fn glued(word: &str) -> bool {
    (word.starts_with("al") || word.starts_with("el")) && word[2..].starts_with(char::is_uppercase)
}

/// Small words that stand inside names.
pub(super) fn is_particle(lower: &str) -> bool {
    matches!(
        lower,
        "de" | "del"
            | "la"
            | "las"
            | "los"
            | "di"
            | "da"
            | "do"
            | "dos"
            | "du"
            | "au"
            | "aux"
            | "sur"
            | "sous"
            | "des"
            | "le"
            | "les"
            | "of"
            | "the"
            | "and"
            | "y"
            | "bin"
            | "ibn"
            | "abu"
            | "wa"
            | "e"
            | "i"
            | "upon"
            | "am"
            | "van"
            | "st"
    )
}

fn word_end(text: &str, start: usize) -> usize {
    let ascii = text[start..].bytes().take_while(u8::is_ascii_alphanumeric).count();
    let mut end = start + ascii;
    let mut chars = text[end..].char_indices().peekable();
    let from = end;
    while let Some((offset, c)) = chars.next() {
        let next = chars.peek().map(|(_, next)| *next);
        let inside = c.is_alphanumeric()
            || is_mark(c)
            || (is_apostrophe(c) && next.is_some_and(char::is_alphabetic))
            || (c == '.' && initials(&text[start..from + offset], next));
        if !inside {
            break;
        }
        end = from + offset + c.len_utf8();
    }
    end
}

/// Whether a full stop stands inside an abbreviation of single letters: "U.S".
fn initials(before: &str, next: Option<char>) -> bool {
    let single = before.rsplit('.').next().is_some_and(|last| last.chars().count() == 1);
    single && before.starts_with(char::is_uppercase) && next.is_some_and(char::is_uppercase)
}

fn is_mark(c: char) -> bool {
    unicode_normalization::char::is_combining_mark(c) || matches!(c, 'ʻ' | 'ʼ' | 'ʿ' | 'ʾ' | 'ـ')
}

fn is_apostrophe(c: char) -> bool {
    matches!(c, '\'' | '’' | '‘' | '`')
}

fn gap(before: &str, between: &str) -> Gap {
    let trimmed = between.trim();
    let paragraph = between.matches('\n').count() > 1;
    match trimmed {
        _ if paragraph => Gap::Stop,
        "" => Gap::Space,
        "." if is_abbreviation(before) => Gap::Space,
        "-" | "\u{2010}" | "\u{2011}" | "–" if trimmed.len() == between.len() => Gap::Hyphen,
        "," => Gap::Comma,
        _ if trimmed.contains(['.', '!', '?', ':', ';', '•', '[', ']']) => Gap::Stop,
        _ => Gap::Break,
    }
}

/// Words whose full stop ends no sentence.
fn is_abbreviation(word: &str) -> bool {
    const WORDS: &[&str] = &[
        "st", "mt", "ft", "sta", "gen", "col", "lt", "dr", "mr", "mrs", "ms", "maj", "capt", "sgt",
        "brig", "rev", "prof",
    ];
    WORDS.contains(&word.to_ascii_lowercase().as_str())
}

/// How a text uses capitals, told from its longer words.
pub(super) fn case_of(text: &str, tokens: &[Token<'_>]) -> Case {
    let words: Vec<_> = tokens
        .iter()
        .filter(|t| t.text.len() >= 4 && t.text.starts_with(char::is_alphabetic))
        .collect();
    let share = |count: usize| count * 10 > words.len() * 8;
    let upper = words.iter().filter(|t| t.upper()).count();
    let capital = words.iter().filter(|t| t.capital).count();
    match () {
        () if words.len() >= 3 && share(upper) => Case::Upper,
        () if words.len() >= 4 && share(capital) && text.len() <= LONGEST_HEADLINE => Case::Title,
        () => Case::Mixed,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(text: &str) -> Vec<(String, Gap)> {
        tokens(text).into_iter().map(|t| (t.text.to_owned(), t.gap)).collect()
    }

    #[test]
    fn words_know_what_stands_before_them() {
        let found = words("Near al-Sukhna, in Homs. St. Petersburg");
        let gaps: Vec<_> = found.iter().map(|(_, gap)| *gap).collect();
        assert_eq!(
            gaps,
            [Gap::Stop, Gap::Space, Gap::Hyphen, Gap::Comma, Gap::Space, Gap::Stop, Gap::Space]
        );
    }

    #[test]
    fn possessives_and_inner_apostrophes_are_told_apart() {
        let found = tokens("Dar’a’s north and U.S. troops");
        assert_eq!(
            (found[0].text, found[0].possessive, found[0].plain.as_str()),
            ("Dar’a", true, "dara")
        );
        assert_eq!((found[3].text, found[3].plain.as_str()), ("U.S", "u s"));
    }

    #[test]
    fn headlines_and_capitals_are_recognised() {
        let case = |text: &str| case_of(text, &tokens(text));
        assert_eq!(case("Two soldiers were killed near Ariha on Tuesday."), Case::Mixed);
        assert_eq!(case("Two Soldiers Killed Near Ariha After Clashes"), Case::Title);
        assert_eq!(case("TWO SOLDIERS WERE KILLED NEAR ARIHA"), Case::Upper);
    }
}
