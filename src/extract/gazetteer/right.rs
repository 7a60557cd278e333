//! What stands after a name: type words, facilities, and signs that it is no place at all.

use super::candidate::PlaceKind;
use super::left::is_participle;
use super::lexicon::{Lexicon, TypeWord};
use super::token::{Gap, Token};

/// How many words are looked at.
const FARTHEST: usize = 4;

/// What the words after a name say it is instead of a place.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) enum Follow {
    /// Nothing.
    #[default]
    Nothing,
    /// The start of an organisation's name: "X University".
    Institution,
    /// The start of a longer name.
    GoesOn,
    /// Part of an adjective: "X-backed".
    Modifier,
    /// Somebody who speaks or acts: "X said".
    Saying,
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
    /// What else it may be.
    pub(super) follow: Follow,
}

impl Right {
    fn take_type(&mut self, word: TypeWord, at: usize, owned: bool) {
        self.type_word = true;
        self.typed = word.0;
        self.follow = Follow::Nothing;
        let facility = matches!(word.0, Some(PlaceKind::Site | PlaceKind::Line));
        self.facility = (facility && !owned).then_some(at);
    }
}

/// Reads the words after the name that ends with the word `last`; `mixed` where capitals tell names from words.
pub(super) fn right(lexicon: &Lexicon, tokens: &[Token<'_>], last: usize, mixed: bool) -> Right {
    let reader = Reader { lexicon, mixed, owner: tokens[last].possessive };
    let mut right = Right::default();
    let after = tokens.iter().enumerate().skip(last + 1).take(FARTHEST);
    for (at, token) in after.take_while(|(_, token)| token.joined()) {
        if !reader.step(at, token, at == last + 1, &mut right) {
            break;
        }
    }
    // "Wad al-Noora": an article and a capital go on with the name
    if let [article, name] = tokens.get(last + 1..last + 3).unwrap_or_default()
        && mixed
        && article.article()
        && article.joined()
        && name.gap == Gap::Hyphen
        && name.capital
        && !tokens[last].possessive
    {
        right.follow = Follow::GoesOn;
    }
    right
}

struct Reader<'r> {
    lexicon: &'r Lexicon,
    mixed: bool,
    owner: bool,
}

impl Reader<'_> {
    /// Takes in one word; whether to go on with the next.
    fn step(&self, at: usize, token: &Token<'_>, next: bool, right: &mut Right) -> bool {
        let word = &*token.lower;
        if token.gap == Gap::Hyphen || (next && !token.capital && self.lexicon.saying(word)) {
            right.follow = follow_of(self.lexicon, token, next);
            return false;
        }
        if next && self.owner && self.lexicon.service(word) {
            right.follow = Follow::Saying;
            return false;
        }
        if let Some(kind) = self.type_word(token) {
            right.take_type(kind, at, self.owner);
            right.relation = self.direction(word);
            return false;
        }
        if let Some(relation) = self.direction(word) {
            right.take_type(TypeWord(None), at, true);
            right.relation = Some(relation);
            return false;
        }
        let proper = token.capital || !self.mixed;
        let organisation = proper && self.lexicon.institution(word) || self.lexicon.unit(word);
        if organisation && !is_facility_word(word) {
            right.follow = if self.owner { right.follow } else { Follow::Institution };
            return false;
        }
        if next && self.mixed && token.capital && !self.owner && self.names(word) {
            right.follow = Follow::GoesOn;
        }
        self.lexicon.adjective(word) || is_facility_word(word)
    }

    /// A type word; "Front" and "Center" with capitals are organisations.
    fn type_word(&self, token: &Token<'_>) -> Option<TypeWord> {
        let proper = self.mixed && token.capital && self.lexicon.institution(&token.lower);
        self.lexicon.type_word(&token.lower).filter(|_| !proper)
    }

    /// "countryside", "outskirts".
    fn direction(&self, word: &str) -> Option<String> {
        let relation = self.lexicon.direction(word)?;
        matches!(relation, "countryside of" | "outskirts of").then(|| relation.to_owned())
    }

    /// Whether a capital may be the next part of a longer name.
    fn names(&self, word: &str) -> bool {
        !is_calendar(word) && self.lexicon.demonym(word).is_none() && !self.lexicon.adjective(word)
    }
}

/// What a joined word says that is neither type nor name.
fn follow_of(lexicon: &Lexicon, token: &Token<'_>, next: bool) -> Follow {
    match token.gap {
        Gap::Hyphen if next && is_participle(lexicon, token) => Follow::Modifier,
        Gap::Hyphen if next && token.article() => Follow::GoesOn,
        Gap::Hyphen => Follow::Nothing,
        _ => Follow::Saying,
    }
}

/// Words between a name and its facility.
fn is_facility_word(word: &str) -> bool {
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

/// Whether a lower-case word is a month or a day of the week.
pub(super) fn is_calendar(word: &str) -> bool {
    matches!(
        word,
        "january"
            | "february"
            | "march"
            | "april"
            | "may"
            | "june"
            | "july"
            | "august"
            | "september"
            | "october"
            | "november"
            | "december"
            | "monday"
            | "tuesday"
            | "wednesday"
            | "thursday"
            | "friday"
            | "saturday"
            | "sunday"
    )
}
