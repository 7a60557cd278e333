//! A text taken apart: tokens, sentences, names, places, dates, chunks.

mod breaks;
mod marks;

use std::collections::HashSet;
use std::ops::Range;

use jiff::civil::Date;

use crate::extract::dates::{self, DateMention};
use crate::extract::event::entity::Entity;
use crate::extract::gazetteer::{PlaceMention, Places};
use crate::extract::language::{Family, Lexicon};
use crate::extract::names::outlet::Outlets;
use crate::extract::names::{Leader, Named, Roster};
use crate::extract::parse::chunk::Chunk;
use crate::extract::parse::token::{Token, tokens};
use crate::model::claim::Field;
use crate::model::place::{ClaimPlace, PlacePrecision};

/// A place in the text, resolved.
#[derive(Debug, Clone)]
#[expect(clippy::struct_excessive_bools, reason = "each is a fact of how the place is named")]
pub struct Spot {
    /// First token.
    pub first: usize,
    /// The token after the last.
    pub last: usize,
    /// The place as a claim shows it.
    pub place: ClaimPlace,
    /// It can be where something happened.
    pub location: bool,
    /// It stands in a locative frame.
    pub framed: bool,
    /// A government called by its capital.
    pub metonym: bool,
    /// One end of a stretch ("the A-B road"): the event lies between.
    pub broad: bool,
    /// It only says where another one lies.
    pub contains: bool,
}

/// A sentence and its chunks.
#[derive(Debug)]
pub struct Sentence<'a> {
    /// Its tokens.
    pub range: Range<usize>,
    /// Its chunks.
    pub chunks: Vec<Chunk<'a>>,
    /// What each noun phrase stands for, by chunk.
    pub entities: Vec<Option<Entity>>,
    /// The paragraph it stands in.
    pub paragraph: usize,
}

/// A text taken apart.
#[derive(Debug)]
pub struct Parsed<'a> {
    /// Title or body.
    pub field: Field,
    /// The text itself.
    pub text: &'a str,
    /// Its tokens.
    pub tokens: Vec<Token>,
    /// Its sentences.
    pub sentences: Vec<Sentence<'a>>,
    /// Factions named.
    pub named: Vec<Named>,
    /// Persons by whose names parties go.
    pub leaders: Vec<Leader>,
    /// Places.
    pub spots: Vec<Spot>,
    /// Dates.
    pub dates: Vec<DateMention>,
    /// Organisations in no pack: token ranges.
    pub organisations: Vec<Range<usize>>,
    /// Which of them do not fight.
    bodies: Vec<bool>,
    /// Words that stand with a capital inside a sentence.
    proper: HashSet<String>,
    /// Before which tokens a quotation is open.
    quoted: Vec<bool>,
    named_of: Vec<u32>,
    spot_of: Vec<u32>,
    date_of: Vec<u32>,
    organisation_of: Vec<u32>,
}

/// What all texts of a document share.
pub struct Setting<'a> {
    /// The words of the language.
    pub lexicon: &'a Lexicon,
    /// The factions.
    pub roster: &'a Roster,
    /// The outlets.
    pub outlets: &'a Outlets,
    /// Countries of the document, the most named first.
    pub countries: Vec<String>,
    /// The day of the report.
    pub day: Option<Date>,
    /// The party that the outlet speaks for.
    pub own: Option<usize>,
    /// The outlet's own names for parties.
    pub calls: Vec<(Vec<String>, usize)>,
}

/// The places of a text before they are resolved.
pub fn place_mentions<'a>(places: &'a Places, text: &'a str) -> Vec<PlaceMention<'a>> {
    places.mentions(text)
}

impl<'a> Parsed<'a> {
    /// Takes a text apart.
    pub fn new(
        setting: &Setting<'a>,
        field: Field,
        text: &'a str,
        spots: Vec<(usize, usize, Spot)>,
    ) -> Self {
        let tokens = tokens(text);
        let mut parsed = Self {
            field,
            text,
            sentences: Vec::new(),
            named: Vec::new(),
            leaders: Vec::new(),
            spots: Vec::new(),
            dates: dates::find(text, setting.day),
            organisations: Vec::new(),
            bodies: Vec::new(),
            proper: proper(&tokens),
            quoted: quoted(&tokens),
            named_of: vec![0; tokens.len()],
            spot_of: vec![0; tokens.len()],
            date_of: vec![0; tokens.len()],
            organisation_of: vec![0; tokens.len()],
            tokens,
        };
        parsed.mark_dates();
        parsed.mark_spots(setting, spots);
        parsed.mark_names(setting);
        parsed.mark_organisations(setting);
        parsed.cut(setting);
        parsed
    }

    /// The faction named at a token.
    pub fn named_at(&self, at: usize) -> Option<&Named> {
        let index = self.named_of.get(at)?.checked_sub(1)?;
        self.named.get(index as usize)
    }

    /// The factions named within a range of tokens.
    pub fn named_within(&self, first: usize, last: usize) -> impl Iterator<Item = &Named> {
        let begin = self.named.partition_point(|named| named.last <= first);
        self.named[begin..].iter().take_while(move |named| named.first < last)
    }

    /// The first leader named within a range of tokens.
    pub fn leader_in(&self, first: usize, last: usize) -> Option<&Leader> {
        let begin = self.leaders.partition_point(|leader| leader.first < first);
        self.leaders.get(begin).filter(|leader| leader.last <= last)
    }

    fn spot_at_token(&self, at: usize) -> Option<&Spot> {
        let index = self.spot_of.get(at)?.checked_sub(1)?;
        self.spots.get(index as usize)
    }

    /// The index of the place at a token.
    pub fn place_at(&self, at: usize) -> Option<usize> {
        self.spot_of.get(at)?.checked_sub(1).map(|index| index as usize)
    }

    /// The first place within a range of tokens.
    pub fn place_in(&self, first: usize, last: usize) -> Option<usize> {
        (first..last).find_map(|at| self.place_at(at))
    }

    /// The index of the date at a token.
    pub fn date_at(&self, at: usize) -> Option<usize> {
        self.date_of.get(at)?.checked_sub(1).map(|index| index as usize)
    }

    /// Whether an organisation in no pack stands at a token.
    pub fn organisation_at(&self, at: usize) -> bool {
        self.organisation_of.get(at).is_some_and(|index| *index > 0)
    }

    /// Whether the organisation at a token is one that does not fight.
    pub fn is_body(&self, at: usize) -> bool {
        let index = self.organisation_of.get(at).and_then(|index| index.checked_sub(1));
        index.and_then(|index| self.bodies.get(index as usize)).copied().unwrap_or(false)
    }

    /// Whether a quotation that its paragraph opened is still open before a token.
    pub fn in_quotes(&self, at: usize) -> bool {
        self.quoted.get(at).copied().unwrap_or(false)
    }

    /// Whether a word that begins a sentence is a name elsewhere in the text.
    pub fn is_proper(&self, norm: &str) -> bool {
        self.proper.contains(norm)
    }

    /// The text of a range of tokens.
    pub fn slice(&self, first: usize, last: usize) -> &'a str {
        match (self.tokens.get(first), last.checked_sub(1).and_then(|last| self.tokens.get(last))) {
            (Some(first), Some(last)) if first.start <= last.end => {
                self.text.get(first.start..last.end).unwrap_or("")
            }
            _ => "",
        }
    }

    /// The sentence that a token stands in.
    pub fn sentence_of(&self, at: usize) -> Option<&Sentence<'a>> {
        let index = self.sentences.partition_point(|sentence| sentence.range.end <= at);
        self.sentences.get(index)
    }

    /// The lower-case word at a token.
    pub fn norm(&self, at: usize) -> &str {
        self.tokens.get(at).map_or("", |token| token.norm.as_str())
    }

    /// Whether the date is one and means days.
    pub fn date_span(&self, index: usize) -> Option<&DateMention> {
        self.dates.get(index).filter(|date| date.span.is_some())
    }

    /// Whether the place is finer than a country.
    pub fn is_fine(&self, index: usize) -> bool {
        self.spots.get(index).is_some_and(|spot| spot.place.precision != PlacePrecision::Country)
    }
}

/// Before which tokens a quotation is open; each paragraph begins without.
fn quoted(tokens: &[Token]) -> Vec<bool> {
    let mut open = false;
    let before = |token: &Token| {
        open &= !token.new_paragraph;
        let before = open;
        open ^= token.is("\"");
        before
    };
    tokens.iter().map(before).collect()
}

/// The words that stand with a capital after a word in lower case.
fn proper(tokens: &[Token]) -> HashSet<String> {
    use crate::extract::parse::token::{Caps, Shape};
    let inside = |pair: &&[Token]| {
        let (before, word) = (&pair[0], &pair[1]);
        let lower = before.shape == Shape::Word && !before.dotted;
        lower && word.shape == Shape::Word && word.caps != Caps::None && !word.new_paragraph
    };
    tokens.windows(2).filter(inside).map(|pair| pair[1].norm.clone()).collect()
}

/// Whether the family of a deed noun is in the chunk.
pub fn deed_of(entity: &Entity) -> Option<Family> {
    match entity.what {
        crate::extract::event::entity::What::Deed(family) => Some(family),
        _ => None,
    }
}
