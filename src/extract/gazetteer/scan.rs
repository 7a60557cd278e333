//! Finds the place names of a text: at each word that can begin one the longest known name, else an unknown one
//! that its frame says is a place.

use std::ops::Range;

use super::candidate::{Candidate, PlaceKind};
use super::index::NameHash;
use super::known::{Finder, Found};
use super::left::Left;
use super::lexicon::Lexicon;
use super::link::link;
use super::mention::{MentionRole, PlaceMention};
use super::places::Places;
use super::reading::Reading;
use super::right::{Follow, Right};
use super::role::{WELL_KNOWN, role};
use super::token::Case;
use super::unknown::unknown;

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
        if of(&token.plain).is_empty() && of(bare).iter().any(owner) {
            let bare = bare.to_owned();
            reading.tokens[at].cut_owner(&bare);
        }
    }
}

struct Scanner<'a, 'r, 't> {
    finder: Finder<'a, 'r, 't>,
    reading: &'r Reading<'r, 't>,
}

impl<'a> Scanner<'a, '_, '_> {
    fn run(&self) -> Vec<PlaceMention<'a>> {
        let mut mentions = Vec::new();
        let mut at = 0;
        while at < self.reading.tokens.len() {
            let found = if self.finder.can_begin(at) { self.at(at) } else { None };
            at = found.map_or(at + 1, |(mention, last)| {
                mentions.push(mention);
                last + 1
            });
        }
        mentions
    }

    /// The mention that begins at a word, and its last word.
    fn at(&self, first: usize) -> Option<(PlaceMention<'a>, usize)> {
        let left = self.reading.left(first);
        if let Some(found) = self.finder.find(first, &left) {
            let right = self.reading.right(found.last);
            if !self.part_of_longer(&found, &left, &right) {
                let role = role(self.reading, &found, &left, &right)?;
                return Some(self.mention(found, role, &left, &right));
            }
        }
        let (last, right) = unknown(self.reading, first, &left)?;
        let found = Found { first, last, candidates: Vec::new() };
        Some(self.mention(found, MentionRole::Framed, &left, &right))
    }

    /// Whether a known small name is only the start of a longer one that is not known: "Khan" of "Khan Tuman".
    fn part_of_longer(&self, found: &Found<'_>, left: &Left, right: &Right) -> bool {
        let small = |place: &Candidate<'_>| {
            place.population < WELL_KNOWN && !place.is_area() && !place.pack
        };
        let goes_on = right.follow == Follow::GoesOn && self.reading.mixed() && left.framed();
        goes_on && found.candidates.iter().all(small)
    }

    fn mention(
        &self,
        found: Found<'a>,
        role: MentionRole,
        left: &Left,
        right: &Right,
    ) -> (PlaceMention<'a>, usize) {
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
        (mention, last)
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
