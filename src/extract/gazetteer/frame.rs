//! What stands round a name: prepositions, type words, and signs that it is no place at all.

use super::candidate::PlaceKind;
use super::lexicon::Lexicon;
use super::token::{Gap, Token};

/// How many words are looked at on each side.
const FARTHEST: usize = 9;

/// What stands before a name.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Left {
    /// The relation, if a preposition or direction stands there.
    pub(super) relation: Option<String>,
    /// What a type word says.
    pub(super) typed: Option<PlaceKind>,
    /// Whether a type word stands there at all, one that says no kind included.
    pub(super) type_word: bool,
    /// The first word of the frame: the name's own first word if there is none.
    pub(super) from: usize,
    /// Whether it is what an attack is on.
    pub(super) target: bool,
    /// Whether the name is the end of an organisation's: "University of X".
    pub(super) institution: bool,
    /// Whether a person's title or first name stands there.
    pub(super) person: bool,
}

impl Left {
    /// Whether the frame says "place".
    pub(super) fn framed(&self) -> bool {
        self.relation.is_some() || self.type_word
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
        let mut left = Left { from: first, ..Left::default() };
        let mut at = first;
        for _ in 0..FARTHEST {
            if at == 0 || !self.tokens[at].joined() {
                break;
            }
            let Some(next) = self.step(at - 1, &mut left) else { break };
            at = next;
        }
        if !left.framed() && first > 0 && self.tokens[first].gap == Gap::Space {
            left.person = self.person(first - 1);
        }
        left
    }

    /// Takes in the word at `at`; the place to go on from, if the frame may begin further left.
    fn step(&self, at: usize, left: &mut Left) -> Option<usize> {
        let token = &self.tokens[at];
        let word = token.lower.as_str();
        if word == "of" {
            return self.of(at, left);
        }
        if self.lexicon.listing(word) {
            self.examples(at, left);
            return None;
        }
        if let Some(relation) = self.lexicon.preposition(word) {
            left.target =
                relation == "on" && at > 0 && self.lexicon.attack(&self.tokens[at - 1].lower);
            left.relation.get_or_insert_with(|| relation.to_owned());
            left.from = at;
            return None;
        }
        if let Some(kind) = self.lexicon.type_word(word).filter(|_| !self.mixed || !token.capital) {
            left.take_type(kind);
            left.from = at;
            return Some(at);
        }
        if word.ends_with("ern") && self.lexicon.adjective(word) {
            left.typed = left.typed.or(Some(PlaceKind::Admin1));
        }
        self.passed(token).then_some(at)
    }

    /// "villages, including X": the type word may stand some words before.
    fn examples(&self, at: usize, left: &mut Left) {
        let before = self.tokens[at.saturating_sub(FARTHEST)..at].iter().rev();
        let mut same = before.take_while(|token| !token.first());
        if let Some(kind) = same.find_map(|token| self.lexicon.type_word(&token.lower)) {
            left.take_type(kind);
            left.from = at;
        }
    }

    /// "north of X", "the town of X", "University of X".
    fn of(&self, at: usize, left: &mut Left) -> Option<usize> {
        let before = at.checked_sub(1).map(|at| &self.tokens[at])?;
        if !self.tokens[at].joined() {
            return None;
        }
        let word = before.lower.as_str();
        if self.mixed && before.capital && !before.first() && !before.upper() {
            left.institution = self.lexicon.institution(word);
        }
        if let Some(kind) = self.lexicon.type_word(word) {
            left.take_type(kind);
        }
        let relation = self.lexicon.direction(word);
        if relation.is_some_and(|relation| relation != "in") {
            left.relation = left.relation.take().or(relation.map(str::to_owned));
        } else if relation.is_none() && !self.lexicon.type_word(word).is_some() {
            return None;
        }
        left.type_word |= relation.is_some();
        left.from = at - 1;
        Some(at - 1)
    }

    /// Adjectives, demonyms, numbers, participles and owners between a preposition and a name.
    fn passed(&self, token: &Token<'_>) -> bool {
        let participle = token.gap == Gap::Hyphen && !token.capital;
        self.lexicon.adjective(&token.lower)
            || self.lexicon.demonym(&token.lower).is_some()
            || token.possessive
            || participle
            || token.text.starts_with(|c: char| c.is_ascii_digit())
            || self.before_participle(token)
    }

    /// The first half of "rebel-held".
    fn before_participle(&self, token: &Token<'_>) -> bool {
        let next = self.tokens.iter().find(|next| next.start >= token.end);
        next.is_some_and(|next| {
            next.gap == Gap::Hyphen && !next.capital && is_participle(&next.lower)
        })
    }

    /// Whether the word before a name without a frame makes it a person's or an organisation's.
    fn person(&self, at: usize) -> bool {
        let token = &self.tokens[at];
        let word = token.lower.as_str();
        let known = self.lexicon.adjective(word)
            || self.lexicon.demonym(word).is_some()
            || self.lexicon.type_word(word).is_some()
            || self.lexicon.direction(word).is_some();
        self.lexicon.title(word)
            || (self.mixed && token.capital && !token.first() && !token.possessive && !known)
    }
}

impl Left {
    fn take_type(&mut self, kind: Option<PlaceKind>) {
        self.type_word = true;
        self.typed = self.typed.or(kind);
    }
}

/// What stands after a name.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Right {
    /// "X countryside", "X's northern outskirts".
    pub(super) relation: Option<String>,
    /// What a type word says.
    pub(super) typed: Option<PlaceKind>,
    /// Whether a type word stands there at all.
    pub(super) type_word: bool,
    /// The last word of a facility's name: "X military airport".
    pub(super) facility: Option<usize>,
    /// Whether the name begins an organisation's.
    pub(super) institution: bool,
    /// Whether the name goes on with another capital.
    pub(super) goes_on: bool,
    /// "X-backed".
    pub(super) modifier: bool,
    /// "X said".
    pub(super) saying: bool,
}

/// Reads the words after the name that ends with the word `last`.
pub(super) fn right(lexicon: &Lexicon, tokens: &[Token<'_>], last: usize, mixed: bool) -> Right {
    let mut right = Right::default();
    let owner = tokens[last].possessive;
    for at in last + 1..(last + 5).min(tokens.len()) {
        let token = &tokens[at];
        let word = token.lower.as_str();
        let next = at == last + 1;
        if !token.joined() {
            break;
        }
        if token.gap == Gap::Hyphen {
            right.modifier = next && !token.capital && is_participle(word);
            right.goes_on = next && token.article();
            break;
        }
        if next && lexicon.saying(word) && !token.capital {
            right.saying = true;
            break;
        }
        let proper = mixed && token.capital;
        if let Some(kind) =
            lexicon.type_word(word).filter(|_| !(proper && lexicon.institution(word)))
        {
            right.take_type(kind, at, owner && !next);
            right.relation = lexicon
                .direction(word)
                .filter(|relation| relation.contains(" of"))
                .map(str::to_owned);
            break;
        }
        if let Some(relation) = lexicon
            .direction(word)
            .filter(|relation| relation.contains("side of") || relation.contains("skirts of"))
        {
            right.relation = Some(relation.to_owned());
            right.type_word = true;
            break;
        }
        if lexicon.institution(word) && (token.capital || !mixed) && !facility_word(word) {
            right.institution = !owner;
            break;
        }
        if next && proper && !owner {
            right.goes_on =
                !is_calendar(word) && lexicon.demonym(word).is_none() && !lexicon.adjective(word);
        }
        let passes = lexicon.adjective(word) || facility_word(word);
        if !passes {
            break;
        }
    }
    right.goes_on &= !right.type_word;
    right
}

impl Right {
    fn take_type(&mut self, kind: Option<PlaceKind>, at: usize, owned: bool) {
        self.type_word = true;
        self.typed = kind;
        let facility = matches!(kind, Some(PlaceKind::Site | PlaceKind::Line));
        self.facility = (facility && !owned).then_some(at);
    }
}

/// Words between a name and its facility.
fn facility_word(word: &str) -> bool {
    matches!(
        word,
        "international"
            | "military"
            | "air"
            | "central"
            | "refugee"
            | "border"
            | "thermal"
            | "power"
            | "grand"
            | "national"
    )
}

/// What ends "rebel-held", "Turkey-backed", "Idlib-based".
fn is_participle(word: &str) -> bool {
    word.ends_with("ed")
        || matches!(word, "held" | "led" | "run" | "born" | "made" | "built" | "wide" | "style")
}

pub(super) fn is_calendar(word: &str) -> bool {
    const NAMES: &[&str] = &[
        "january",
        "february",
        "march",
        "april",
        "may",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
        "monday",
        "tuesday",
        "wednesday",
        "thursday",
        "friday",
        "saturday",
        "sunday",
    ];
    NAMES.contains(&word)
}
