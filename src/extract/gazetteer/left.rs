//! What stands before a name: prepositions, type words, and signs that it is no place at all.

use super::candidate::PlaceKind;
use super::lexicon::{Lexicon, TypeWord};
use super::token::{Gap, Token};

/// How many words are looked at.
const FARTHEST: usize = 9;

/// What the words before a name say it is instead of a place.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) enum Sign {
    /// Nothing.
    #[default]
    None,
    /// The end of an organisation's name: "University of X".
    Institution,
    /// The end of a person's name or of a longer one: "General X".
    Person,
}

/// What stands before a name.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Left {
    /// The relation, if a preposition or direction stands there.
    pub(super) relation: Option<String>,
    /// What a type word says.
    pub(super) typed: Option<PlaceKind>,
    /// Whether a type word stands there at all, one that says no kind included.
    pub(super) type_word: bool,
    /// Whether "the", "a", "their" stands right before the name: places of that sort have a type word.
    pub(super) determined: bool,
    /// Whether it is what an attack is on.
    pub(super) target: bool,
    /// What else it may be.
    pub(super) sign: Sign,
}

impl Left {
    /// Whether the frame says "place".
    pub(super) fn framed(&self) -> bool {
        self.relation.is_some() || self.type_word
    }

    fn take_type(&mut self, word: TypeWord) {
        self.type_word = true;
        self.typed = self.typed.or(word.0);
    }
}

/// Reads the words before a name.
pub(super) struct LeftReader<'r, 't> {
    pub(super) lexicon: &'r Lexicon,
    pub(super) tokens: &'r [Token<'t>],
    /// Whether capitals tell names from words.
    pub(super) mixed: bool,
}

impl LeftReader<'_, '_> {
    /// The frame before the word `first`.
    pub(super) fn read(&self, first: usize) -> Left {
        let mut left = Left::default();
        let mut at = first;
        for _ in 0..FARTHEST {
            if at == 0 || !self.tokens[at].joined() {
                break;
            }
            let Some(next) = self.step(at - 1, &mut left) else { break };
            at = next;
        }
        // "southern X" says where
        if first > 0 && !self.tokens[first - 1].capital && self.compass(first - 1) {
            left.relation.get_or_insert_with(|| "in".to_owned());
        }
        left.determined = first > 0 && self.lexicon.determiner(&self.tokens[first - 1].lower);
        let alone = !left.framed() && first > 0 && self.tokens[first].gap == Gap::Space;
        if alone && self.person(first - 1) {
            left.sign = Sign::Person;
        }
        left
    }

    /// Takes in the word at `at`; where to go on, if the frame may begin further left.
    fn step(&self, at: usize, left: &mut Left) -> Option<usize> {
        let token = &self.tokens[at];
        let word = &*token.lower;
        if word == "of" {
            return self.of(at, left);
        }
        if self.lexicon.listing(word) {
            self.examples(at, left);
            return None;
        }
        if let Some(relation) = self.lexicon.preposition(word) {
            let attack = || at > 0 && self.lexicon.attack(&self.tokens[at - 1].lower);
            left.target = relation == "on" && attack();
            if self.spreads(at) {
                left.typed = left.typed.or(Some(PlaceKind::Admin1));
            }
            left.relation.get_or_insert_with(|| relation.to_owned());
            return None;
        }
        let type_word = self.lexicon.type_word(word);
        if let Some(kind) = type_word.filter(|_| !self.mixed || !token.capital) {
            left.take_type(kind);
            return Some(at);
        }
        let held = is_participle(self.lexicon, token) && self.lexicon.holding(word);
        if held || self.compass(at) {
            left.typed = left.typed.or(Some(PlaceKind::Admin1));
        }
        self.passed(at).then_some(at)
    }

    /// "northern", "southeastern".
    fn compass(&self, at: usize) -> bool {
        let word = &*self.tokens[at].lower;
        word.ends_with("ern") && self.lexicon.adjective(word)
    }

    /// "across X", "villages in X", "parts of X": the province rather than the town of its name.
    fn spreads(&self, at: usize) -> bool {
        let before = at.checked_sub(1).map(|at| &self.tokens[at]);
        let several = before.is_some_and(|token| {
            token.lower.ends_with('s')
                && self.lexicon.type_word(&token.lower) == Some(TypeWord(Some(PlaceKind::Town)))
        });
        self.lexicon.spreading(&self.tokens[at].lower) || several
    }

    /// "villages, including X": the type word may stand some words before.
    fn examples(&self, at: usize, left: &mut Left) {
        let before = self.tokens[at.saturating_sub(FARTHEST)..at].iter().rev();
        let mut same = before.take_while(|token| !token.first());
        if let Some(kind) = same.find_map(|token| self.lexicon.type_word(&token.lower)) {
            left.take_type(kind);
        }
    }

    /// "north of X", "the town of X", "University of X".
    fn of(&self, at: usize, left: &mut Left) -> Option<usize> {
        let before = at.checked_sub(1).map(|at| &self.tokens[at])?;
        if !self.tokens[at].joined() {
            return None;
        }
        let word = &*before.lower;
        let proper = self.mixed && before.capital && !before.first() && !before.upper();
        if proper && self.lexicon.institution(word) {
            left.sign = Sign::Institution;
        }
        let type_word = self.lexicon.type_word(word);
        if let Some(kind) = type_word {
            left.take_type(kind);
        }
        match self.lexicon.direction(word) {
            Some("in") => left.type_word = true,
            Some(relation) => {
                left.type_word = true;
                left.relation.get_or_insert_with(|| relation.to_owned());
            }
            None if type_word.is_none() => return None,
            None => {}
        }
        Some(at - 1)
    }

    /// Adjectives, demonyms, numbers, participles and owners between a preposition and a name.
    fn passed(&self, at: usize) -> bool {
        let token = &self.tokens[at];
        let participle = token.gap == Gap::Hyphen && !token.capital;
        self.lexicon.adjective(&token.lower)
            || self.lexicon.demonym(&token.lower).is_some()
            || token.possessive
            || participle
            || token.text.starts_with(|c: char| c.is_ascii_digit())
            || self.tokens.get(at + 1).is_some_and(|next| is_participle(self.lexicon, next))
    }

    /// Whether the word before a name without a frame makes it a person's or an organisation's.
    fn person(&self, at: usize) -> bool {
        let token = &self.tokens[at];
        let word = &*token.lower;
        let known = self.lexicon.adjective(word)
            || self.lexicon.demonym(word).is_some()
            || self.lexicon.type_word(word).is_some()
            || self.lexicon.direction(word).is_some();
        let proper = self.mixed && token.capital && !token.first() && !token.possessive && !known;
        self.lexicon.title(word) || proper
    }
}

/// Whether a word is the end of "rebel-held", "Turkey-backed", "Idlib-based".
pub(super) fn is_participle(lexicon: &Lexicon, token: &Token<'_>) -> bool {
    token.gap == Gap::Hyphen && !token.capital && lexicon.participle(&token.lower)
}
