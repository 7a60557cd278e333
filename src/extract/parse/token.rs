//! Tokens: words, numbers and marks with their byte offsets, normalised for look-up.

use std::hash::Hasher as _;

use rustc_hash::FxHasher;
use unicode_normalization::UnicodeNormalization;

/// What a token is made of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shape {
    /// Letters.
    Word,
    /// Digits, with separators inside.
    Number,
    /// Anything else.
    Mark,
}

/// How a word is capitalised.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Caps {
    /// No capital at the start.
    None,
    /// A capital at the start.
    First,
    /// All letters are capitals, two at least.
    All,
}

/// One token of a text.
#[derive(Debug, Clone)]
#[expect(clippy::struct_excessive_bools, reason = "each is a fact of layout")]
pub struct Token {
    /// Byte offset of its start.
    pub start: usize,
    /// Byte offset of its end.
    pub end: usize,
    /// Lower case, plain quotes, no dots in abbreviations, no diacritics.
    pub norm: String,
    /// The [`word_hash`] of `norm`.
    pub hash: u64,
    /// What it is made of.
    pub shape: Shape,
    /// How it is capitalised.
    pub caps: Caps,
    /// Joined to the token before by a hyphen.
    pub hyphen: bool,
    /// A line break stands before it.
    pub new_line: bool,
    /// An empty line stands before it.
    pub new_paragraph: bool,
    /// An abbreviation that ended in a full stop.
    pub dotted: bool,
}

impl Token {
    /// Whether this is exactly that mark or word.
    pub fn is(&self, text: &str) -> bool {
        self.norm == text
    }
}

/// The hash of a normalised word, by which tables tell quickly that they do not have it.
pub fn word_hash(norm: &str) -> u64 {
    let mut hasher = FxHasher::default();
    hasher.write(norm.as_bytes());
    hasher.finish()
}

/// Cuts a text into tokens. Never fails; linear.
pub fn tokens(text: &str) -> Vec<Token> {
    let mut out: Vec<Token> = Vec::with_capacity(text.len() / 5);
    let mut scan = Scan { text, at: 0, breaks: 0, hyphen: false };
    while let Some(token) = scan.next_token() {
        out.push(token);
    }
    out
}

struct Scan<'a> {
    text: &'a str,
    at: usize,
    breaks: usize,
    hyphen: bool,
}

impl Scan<'_> {
    fn peek(&self) -> Option<char> {
        self.text[self.at..].chars().next()
    }

    fn next_token(&mut self) -> Option<Token> {
        loop {
            let c = self.peek()?;
            if c == '\n' {
                self.breaks += 1;
            }
            if !(c.is_whitespace() || is_ignorable(c)) {
                return Some(self.take(c));
            }
            if c.is_whitespace() {
                self.hyphen = false;
            }
            self.at += c.len_utf8();
        }
    }

    fn take(&mut self, first: char) -> Token {
        let start = self.at;
        let shape = if first.is_alphabetic() {
            self.word();
            Shape::Word
        } else if first.is_ascii_digit() {
            self.number();
            Shape::Number
        } else {
            self.mark(first);
            Shape::Mark
        };
        self.finish(start, shape)
    }

    fn finish(&mut self, start: usize, shape: Shape) -> Token {
        let slice = &self.text[start..self.at];
        let dotted = shape == Shape::Word && slice.ends_with('.');
        let norm = normal(slice, shape);
        let token = Token {
            start,
            end: self.at,
            hash: word_hash(&norm),
            norm,
            shape,
            caps: caps(slice),
            hyphen: self.hyphen,
            new_line: self.breaks > 0,
            new_paragraph: self.breaks > 1,
            dotted,
        };
        (self.breaks, self.hyphen) = (0, false);
        self.skip_hyphen(shape);
        token
    }

    /// A hyphen between two words joins them and is no token.
    fn skip_hyphen(&mut self, shape: Shape) {
        let mut rest = self.text[self.at..].chars();
        let Some(c) = rest.next() else { return };
        if shape != Shape::Mark && is_hyphen(c) && rest.next().is_some_and(char::is_alphanumeric) {
            self.at += c.len_utf8();
            self.hyphen = true;
        }
    }

    fn word(&mut self) {
        let mut dots = false;
        loop {
            self.letters();
            let Some(c) = self.peek() else { return };
            let after = self.text[self.at + c.len_utf8()..].chars().next();
            let goes_on = c.is_alphanumeric()
                || is_mark_inside(c)
                || (is_apostrophe(c) && self.apostrophe_inside(after));
            if goes_on {
                self.at += c.len_utf8();
            } else if c == '.'
                && self.single_letter_before()
                && (dots || after.is_some_and(char::is_alphabetic))
            {
                dots = true;
                self.at += 1;
            } else if c == '.' && is_abbreviation(self.word_before()) {
                self.at += 1;
                return;
            } else {
                return;
            }
        }
    }

    /// Passes over the letters and digits that nearly all words are made of.
    fn letters(&mut self) {
        let rest = &self.text.as_bytes()[self.at..];
        self.at += rest.iter().take_while(|byte| byte.is_ascii_alphanumeric()).count();
    }

    /// An apostrophe belongs to the word ("Dar'a") unless it is a possessive.
    fn apostrophe_inside(&self, after: Option<char>) -> bool {
        let Some(after) = after.filter(|c| c.is_alphabetic()) else { return false };
        let rest = &self.text[self.at..];
        let mut chars = rest.chars().skip(2);
        let possessive =
            matches!(after, 's' | 'S') && !chars.next().is_some_and(char::is_alphanumeric);
        !possessive
    }

    fn word_before(&self) -> &str {
        let head = &self.text[..self.at];
        let start = head.char_indices().rev().take(8).take_while(|(_, c)| c.is_alphabetic()).last();
        start.map_or("", |(index, _)| &head[index..])
    }

    fn single_letter_before(&self) -> bool {
        let mut back = self.text[..self.at].chars().rev();
        back.next().is_some_and(char::is_alphabetic)
            && !back.next().is_some_and(char::is_alphanumeric)
    }

    fn number(&mut self) {
        while let Some(c) = self.peek() {
            let after = self.text[self.at + c.len_utf8()..].chars().next();
            let inside = c.is_alphanumeric()
                || (matches!(c, ',' | '.') && after.is_some_and(|c| c.is_ascii_digit()));
            if !inside {
                return;
            }
            self.at += c.len_utf8();
        }
    }

    fn mark(&mut self, first: char) {
        self.at += first.len_utf8();
        let rest = &self.text[self.at..];
        if is_apostrophe(first)
            && rest.starts_with(['s', 'S'])
            && !rest[1..].starts_with(char::is_alphanumeric)
        {
            self.at += 1;
        }
    }
}

fn is_hyphen(c: char) -> bool {
    matches!(c, '-' | '\u{2010}' | '\u{2011}' | '\u{2013}' | '/')
}

fn is_apostrophe(c: char) -> bool {
    matches!(c, '\'' | '\u{2019}' | '\u{2018}' | '\u{2bc}' | '\u{2bf}' | '\u{2be}' | '`')
}

/// Combining marks belong to the letter before.
fn is_mark_inside(c: char) -> bool {
    ('\u{300}'..='\u{36f}').contains(&c)
}

/// Characters without width or meaning.
fn is_ignorable(c: char) -> bool {
    matches!(c, '\u{200b}'..='\u{200f}' | '\u{feff}' | '\u{ad}' | '\u{2060}') || c.is_control()
}

/// Abbreviations whose full stop ends no sentence.
fn is_abbreviation(word: &str) -> bool {
    const KNOWN: &[&str] = &[
        "gen", "lt", "col", "maj", "capt", "sgt", "cpl", "brig", "adm", "st", "mt", "no", "mr",
        "mrs", "ms", "dr", "prof", "sen", "rep", "gov", "pres", "rev", "fr", "hon", "jr", "sr",
        "vs", "etc", "km", "approx", "dept", "est", "ft", "jan", "feb", "mar", "apr", "jun", "jul",
        "aug", "sep", "sept", "oct", "nov", "dec", "cmdr",
    ];
    word.len() <= 6 && KNOWN.contains(&word.to_ascii_lowercase().as_str())
}

fn caps(slice: &str) -> Caps {
    let mut letters = slice.chars().filter(|c| c.is_alphabetic());
    let Some(first) = letters.next() else { return Caps::None };
    if !first.is_uppercase() {
        return Caps::None;
    }
    let (mut more, mut all) = (false, true);
    for c in letters {
        more = true;
        all &= c.is_uppercase();
    }
    if more && all { Caps::All } else { Caps::First }
}

fn normal(slice: &str, shape: Shape) -> String {
    match shape {
        Shape::Number => slice.to_ascii_lowercase(),
        Shape::Word if slice.is_ascii() => {
            let mut norm = slice.to_ascii_lowercase();
            norm.retain(|c| !matches!(c, '.' | '\'' | '`'));
            norm
        }
        Shape::Word => slice
            .nfkd()
            .filter(|c| !is_mark_inside(*c) && !is_apostrophe(*c) && *c != '.')
            .flat_map(char::to_lowercase)
            .collect(),
        Shape::Mark => {
            let c = slice.chars().next().unwrap_or(' ');
            match c {
                c if is_apostrophe(c) && slice.len() > c.len_utf8() => "'s".to_owned(),
                c if is_apostrophe(c) => "'".to_owned(),
                '\u{201c}' | '\u{201d}' | '\u{ab}' | '\u{bb}' | '\u{201e}' => "\"".to_owned(),
                '\u{2013}' | '\u{2014}' | '\u{2012}' | '\u{2015}' | '-' => "-".to_owned(),
                '\u{2026}' => ".".to_owned(),
                '\u{2022}' => "•".to_owned(),
                c => c.to_string(),
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn norms(text: &str) -> Vec<String> {
        tokens(text).into_iter().map(|token| token.norm).collect()
    }

    #[test]
    fn abbreviations_possessives_and_hyphens_are_cut_as_look_up_needs_them() {
        assert_eq!(norms("U.S.-led raids"), ["us", "led", "raids"]);
        assert_eq!(norms("Qalat’s army"), ["qalat", "'s", "army"]);
        assert_eq!(norms("Dar'a fell."), ["dara", "fell", "."]);
        assert_eq!(
            norms("Lt. Gen. Haddad killed 1,300."),
            ["lt", "gen", "haddad", "killed", "1,300", "."]
        );
    }

    #[test]
    fn offsets_are_those_of_the_text() {
        let text = "Próxima «aldea» — 12 dead";
        for token in tokens(text) {
            assert!(text.is_char_boundary(token.start) && text.is_char_boundary(token.end));
        }
    }
}
