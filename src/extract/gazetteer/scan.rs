//! Finds the place names of a text: at each word that can begin one the longest known name, else an unknown one
//! that its frame says is a place.

use std::collections::HashSet;
use std::ops::Range;

use super::candidate::{Candidate, PlaceKind};
use super::index::NameHash;
use super::known::{Finder, Found};
use super::left::{Left, Sign};
use super::lexicon::Lexicon;
use super::link::{Between, link};
use super::mention::{MentionRole, PlaceMention};
use super::places::Places;
use super::reading::Reading;
use super::right::{Follow, Right};
use super::role::{WELL_KNOWN, role};
use super::token::Case;
use super::unknown::unknown;
use crate::model::text::fold::plain;

/// The place names of a text, in order, none over another or over what is `taken`.
pub(super) fn scan<'a>(
    places: &'a Places,
    lexicon: &Lexicon,
    text: &str,
    taken: &[Range<usize>],
) -> Vec<PlaceMention<'a>> {
    let mut reading = Reading::new(lexicon, text, taken);
    restore_apostrophes(places, &mut reading);
    let scanner = Scanner { finder: Finder { places, reading: &reading }, reading: &reading };
    let mut mentions = scanner.run();
    link(&reading, &mut mentions);
    mentions
}

/// Reads "Aleppos" as "Aleppo's": feeds and archives often lose their apostrophes.
fn restore_apostrophes(places: &Places, reading: &mut Reading<'_, '_>) {
    if reading.case == Case::Upper {
        return;
    }
    let of = |name: &str| places.exact(name, NameHash::of(name));
    let owner =
        |place: &Candidate<'_>| place.population >= WELL_KNOWN || place.kind == PlaceKind::Country;
    for at in 0..reading.tokens.len() {
        let token = &reading.tokens[at];
        let bare = token.plain.strip_suffix('s').filter(|bare| bare.len() >= 4);
        let Some(bare) =
            bare.filter(|_| token.text.ends_with('s') && !reading.is_word(&token.plain))
        else {
            continue;
        };
        let may = places.may_know(NameHash::of(bare));
        if may && of(&token.plain).is_empty() && of(bare).iter().any(owner) {
            let bare = bare.to_owned();
            reading.tokens[at].cut_owner(&bare);
        }
    }
}

/// What begins at a word, and its last word.
enum Seen<'a> {
    Place(PlaceMention<'a>, usize),
    /// Somebody with the name of a place.
    Person(usize),
    Nothing,
}

/// Whether a bare name is one that the text gives a person elsewhere.
fn is_person(mention: &PlaceMention<'_>, persons: &HashSet<String>) -> bool {
    let known =
        mention.candidates.iter().any(|place| place.pack || place.kind == PlaceKind::Country);
    mention.role == MentionRole::Bare && !known && persons.contains(&plain(&mention.text))
}

struct Scanner<'a, 'r, 't> {
    finder: Finder<'a, 'r, 't>,
    reading: &'r Reading<'r, 't>,
}

impl<'a> Scanner<'a, '_, '_> {
    fn run(&self) -> Vec<PlaceMention<'a>> {
        let mut mentions = Vec::new();
        let mut persons = HashSet::new();
        let mut at = 0;
        while at < self.reading.tokens.len() {
            let seen = if self.finder.can_begin(at) {
                self.at(at, mentions.last())
            } else {
                Seen::Nothing
            };
            at = match seen {
                Seen::Place(mention, last) => {
                    mentions.push(mention);
                    last + 1
                }
                Seen::Person(last) => {
                    persons.insert(self.reading.plain(at, last));
                    last + 1
                }
                Seen::Nothing => at + 1,
            };
        }
        mentions.retain(|mention| !is_person(mention, &persons));
        mentions
    }

    /// What begins at a word; `last` is the mention before.
    fn at(&self, first: usize, last: Option<&PlaceMention<'_>>) -> Seen<'a> {
        let mut left = self.reading.left(first);
        self.go_on(first, &mut left, last);
        if let Some(found) = self.finder.find(first, &left) {
            let right = self.reading.right(found.last);
            if !self.part_of_longer(&found, &left, &right) {
                return self.known(found, &left, &right);
            }
        }
        let Some((last, right)) = unknown(self.reading, first, &left) else { return Seen::Nothing };
        let found = Found { first, last, candidates: Vec::new() };
        self.mention(found, MentionRole::Framed, &left, &right)
    }

    /// "the villages of X, Y and Z": the frame of a type word goes on along a list.
    fn go_on(&self, first: usize, left: &mut Left, last: Option<&PlaceMention<'_>>) {
        let framed =
            |last: &&PlaceMention<'_>| last.role == MentionRole::Framed && last.typed.is_some();
        let Some(last) = last.filter(framed) else { return };
        let start = self.reading.tokens[first].start;
        if !left.framed() && Between::of(self.reading, last.end, start).listed() {
            left.relation = Some(last.relation.clone()).filter(|relation| !relation.is_empty());
            left.typed = last.typed;
            left.type_word = true;
            left.sign = Sign::None;
        }
    }

    fn known(&self, found: Found<'a>, left: &Left, right: &Right) -> Seen<'a> {
        match role(self.reading, &found, left, right) {
            Some(role) => self.mention(found, role, left, right),
            None if left.sign == Sign::Person => Seen::Person(found.last),
            None => Seen::Nothing,
        }
    }

    /// Whether a known small name is only the start of a longer one that is not known: "Khan" of "Khan Tuman".
    fn part_of_longer(&self, found: &Found<'_>, left: &Left, right: &Right) -> bool {
        let small = |place: &Candidate<'_>| {
            place.population < WELL_KNOWN && !place.is_area() && !place.pack
        };
        let goes_on = right.follow == Follow::GoesOn && self.reading.mixed() && left.framed();
        goes_on && found.candidates.iter().all(small)
    }

    fn mention(&self, found: Found<'a>, role: MentionRole, left: &Left, right: &Right) -> Seen<'a> {
        let last = right.facility.filter(|_| role == MentionRole::Framed).unwrap_or(found.last);
        let (start, end) = (self.reading.tokens[found.first].start, self.reading.tokens[last].end);
        let mention = PlaceMention {
            start,
            end,
            text: self.reading.text[start..end].to_owned(),
            relation: relation(left, right),
            role,
            typed: right.typed.or(left.typed),
            candidates: found.candidates,
            within: None,
            container: false,
        };
        Seen::Place(mention, last)
    }
}

/// The relation that a frame says; the inner one where the outer is only "in".
fn relation(left: &Left, right: &Right) -> String {
    match (&left.relation, &right.relation) {
        (Some(outer), Some(inner)) if outer == "in" => inner.clone(),
        (Some(outer), _) => outer.clone(),
        (None, Some(inner)) => inner.clone(),
        (None, None) if left.type_word || right.type_word => "in".to_owned(),
        (None, None) => String::new(),
    }
}
