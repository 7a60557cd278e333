//! A text taken apart: tokens, sentences, names, places, dates, chunks.

use std::collections::HashSet;
use std::ops::Range;

use jiff::civil::Date;

use super::dates::{self, DateMention};
use super::event::entity::Entity;
use super::gazetteer::{PlaceMention, Places};
use super::language::{Family, Form, Lexicon};
use super::names::organisation;
use super::names::outlet::Outlets;
use super::names::roster::AliasKind;
use super::names::{Named, Roster};
use super::parse::chunk::{self, Chunk};
use super::parse::sentence::sentences;
use super::parse::tag;
use super::parse::token::{Token, tokens};
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

    fn tokens_of(&self, start: usize, end: usize) -> Range<usize> {
        let first = self.tokens.partition_point(|token| token.end <= start);
        let last = self.tokens.partition_point(|token| token.start < end);
        first..last.max(first)
    }

    fn mark_dates(&mut self) {
        for index in 0..self.dates.len() {
            let range = self.tokens_of(self.dates[index].start, self.dates[index].end);
            range.for_each(|at| self.date_of[at] = number(index));
        }
    }

    fn mark_spots(&mut self, setting: &Setting<'a>, spots: Vec<(usize, usize, Spot)>) {
        for (start, end, mut spot) in spots {
            let range = self.tokens_of(start, end);
            let dated = range.clone().any(|at| self.date_of[at] > 0);
            let common = spot.place.canonical.is_none()
                && range.clone().all(|at| self.is_common(setting, at));
            if range.is_empty() || common || (dated && spot.place.canonical.is_none()) {
                continue;
            }
            (spot.first, spot.last) = (range.start, range.end);
            let joined = |at: usize| self.tokens.get(at).is_some_and(|token| token.hyphen);
            let place_before = range.start > 0 && self.spot_of[range.start - 1] > 0;
            spot.broad = joined(range.start) && place_before || joined(range.end);
            if spot.broad
                && place_before
                && let Some(before) = self.spots.last_mut()
            {
                before.broad = true;
            }
            let index = self.spots.len();
            range.for_each(|at| self.spot_of[at] = number(index));
            self.spots.push(spot);
        }
    }

    /// A word of the language, not a name: titles capitalise them all.
    fn is_common(&self, setting: &Setting<'a>, at: usize) -> bool {
        let word = self.norm(at);
        setting.lexicon.is_common(word) || matches!(word, "days" | "hours" | "weeks" | "monitor")
    }

    fn mark_names(&mut self, setting: &Setting<'a>) {
        self.named = setting.roster.find(
            self.text,
            &self.tokens,
            &setting.countries,
            &setting.calls,
            setting.day,
        );
        self.name_metonyms(setting);
        for index in 0..self.named.len() {
            (self.named[index].first..self.named[index].last)
                .for_each(|at| self.named_of[at] = number(index));
        }
        self.places_within_names();
    }

    /// A capital that stands for its government names the state.
    fn name_metonyms(&mut self, setting: &Setting<'a>) {
        for spot in self.spots.iter().filter(|spot| spot.metonym) {
            let state =
                spot.place.country.as_ref().and_then(|country| setting.roster.state_of(country));
            let taken =
                self.named.iter().any(|named| named.first < spot.last && spot.first < named.last);
            if let Some(state) = state.filter(|_| !taken) {
                self.named.push(Named {
                    first: spot.first,
                    last: spot.last,
                    faction: Some(state),
                    kind: AliasKind::Name,
                });
            }
        }
        self.named.sort_by_key(|named| named.first);
        self.countries_behind_places();
    }

    /// A country after a place and a comma ("Ariha, Syria") says where the place lies and names no party.
    fn countries_behind_places(&mut self) {
        let behind: Vec<(usize, usize)> = self
            .spots
            .iter()
            .filter(|spot| {
                let comma = spot.first.checked_sub(1).filter(|at| self.norm(*at) == ",");
                let before = comma.and_then(|at| at.checked_sub(1));
                spot.place.precision == PlacePrecision::Country
                    && before.is_some_and(|at| self.place_at(at).is_some_and(|at| self.is_fine(at)))
            })
            .map(|spot| (spot.first, spot.last))
            .collect();
        self.named.retain(|named| !behind.contains(&(named.first, named.last)));
    }

    /// A place inside the name of a faction is none; a country that is named as a place is no party.
    fn places_within_names(&mut self) {
        for spot in &mut self.spots {
            let Some(named) = self
                .named_of
                .get(spot.first)
                .and_then(|index| index.checked_sub(1))
                .and_then(|index| self.named.get(index as usize))
            else {
                continue;
            };
            let inside = named.last - named.first > spot.last - spot.first;
            if inside || (spot.place.canonical.is_none() && spot.first == named.first) {
                spot.location = false;
            }
        }
    }

    fn mark_organisations(&mut self, setting: &Setting<'a>) {
        let taken: Vec<bool> = (0..self.tokens.len())
            .map(|at| {
                self.named_of[at] > 0
                    || self.date_of[at] > 0
                    || self.spot_at_token(at).is_some_and(|spot| spot.location && spot.framed)
            })
            .collect();
        let mut taken = taken;
        let (mut found, mut at): (Vec<(Range<usize>, bool)>, usize) = (Vec::new(), 0);
        while at < self.tokens.len() {
            let known = setting.outlets.at(&self.tokens, at).filter(|(length, _)| {
                (at..at + length).all(|token| {
                    self.named_at(token).is_none_or(|named| named.kind == AliasKind::Demonym)
                })
            });
            let length = known.map_or(0, |(length, _)| length);
            if length > 0 {
                found.push((at..at + length, true));
                taken[at..at + length].fill(true);
            }
            at += length.max(1);
        }
        found.extend(
            organisation::find(&self.tokens, &taken)
                .into_iter()
                .map(|shaped| (shaped.first..shaped.last, !shaped.armed)),
        );
        found.sort_by_key(|(range, _)| range.start);
        for (index, (range, _)) in found.iter().enumerate() {
            range.clone().for_each(|at| self.organisation_of[at] = number(index));
        }
        (self.organisations, self.bodies) = found.into_iter().unzip();
    }

    fn cut(&mut self, setting: &Setting<'a>) {
        let mut paragraph = 0;
        for range in sentences(&self.tokens) {
            paragraph += usize::from(self.tokens[range.start].new_paragraph);
            let chunks = self.chunks(setting, &range);
            let entities = Vec::new();
            self.sentences.push(Sentence { range, chunks, entities, paragraph });
        }
    }

    fn chunks(&self, setting: &Setting<'a>, range: &Range<usize>) -> Vec<Chunk<'a>> {
        let tokens = &self.tokens[range.clone()];
        let named: Vec<bool> = range
            .clone()
            .map(|at| {
                self.named_of[at] > 0 || self.organisation_of[at] > 0 || self.proper_place(at)
            })
            .collect();
        let dated: Vec<bool> = range.clone().map(|at| self.date_of[at] > 0).collect();
        let words = tag::tag(setting.lexicon, tokens, &named, &dated);
        let breaks: Vec<bool> = range.clone().map(|at| self.breaks(setting, at, range)).collect();
        chunk::chunks(setting.lexicon, tokens, &words, &dated, &breaks, range.start)
    }

    fn proper_place(&self, at: usize) -> bool {
        self.spot_at_token(at).is_some_and(|spot| spot.place.canonical.is_some() || spot.framed)
            && self.tokens[at].caps != super::parse::token::Caps::None
    }

    /// Where a noun phrase may not go on.
    fn breaks(&self, setting: &Setting<'a>, at: usize, range: &Range<usize>) -> bool {
        if at == range.start {
            return false;
        }
        let name_begins = self.named_of[at] > 0 && self.named_of[at] != self.named_of[at - 1];
        let after_place = self.spot_of[at - 1] > 0 && self.spot_of[at] != self.spot_of[at - 1];
        let joined = self.tokens[at].hyphen;
        let framed = self.spot_at_token(at - 1).is_some_and(|spot| spot.framed && spot.location);
        if after_place
            && framed
            && !joined
            && setting.lexicon.people.word(&self.tokens[at].norm).is_some()
        {
            return true;
        }
        let word = self.norm(at - 1);
        let reported = matches!(word, "bulletin" | "statement" | "report" | "communique");
        if name_begins && !joined && (reported || setting.lexicon.areas.has(word)) {
            return true;
        }
        let determiner =
            |at: usize| setting.lexicon.closed(self.norm(at)).any(super::language::Closed::DET);
        if determiner(at - 1) {
            return false;
        }
        let speaker = self.speaker_begins(setting, at)
            || determiner(at) && self.speaker_begins(setting, at + 1);
        (speaker && !self.is_modified(setting, at) || after_place && name_begins) && !joined
    }

    /// Whether the words before a speaker are its own: "a rebel source", "the Qalati defence ministry", "state media".
    fn is_modified(&self, setting: &Setting<'a>, at: usize) -> bool {
        let lexicon = setting.lexicon;
        let article = |at: Option<usize>| at.is_some_and(|at| matches!(self.norm(at), "a" | "an"));
        for before in (at.saturating_sub(3)..at).rev() {
            let token = &self.tokens[before];
            let phrase = lexicon.speakers.find(&self.tokens, before);
            if phrase.is_some_and(|(length, _)| before + length > at) {
                return true;
            }
            if let Some(named) = self.named_at(before) {
                return named.kind == AliasKind::Demonym || article(named.first.checked_sub(1));
            }
            let closed = lexicon.closed(&token.norm) != super::language::Closed::default();
            if closed || token.shape == super::parse::token::Shape::Mark {
                return true;
            }
            let determined = before > 0
                && lexicon.closed(self.norm(before - 1)).any(super::language::Closed::DET);
            let noun = token.caps == super::parse::token::Caps::None
                && token.shape == super::parse::token::Shape::Word
                && lexicon.people.word(&token.norm).is_none()
                && (determined || lexicon.verbs().word(&token.norm).is_none());
            if !noun || self.place_at(before).is_some() || self.date_at(before).is_some() {
                return article(before.checked_sub(1));
            }
        }
        false
    }

    /// Somebody who speaks, right before a verb of saying.
    fn speaker_begins(&self, setting: &Setting<'a>, at: usize) -> bool {
        let lexicon = setting.lexicon;
        let speaker = lexicon.speakers.find(&self.tokens, at).map(|(length, _)| length);
        let outlet = setting.outlets.at(&self.tokens, at).map(|(length, _)| length);
        let named = self
            .named_at(at)
            .filter(|named| named.first == at)
            .map(|named| named.last - named.first);
        [speaker, outlet, named].into_iter().flatten().any(|length| {
            let name = (at + length..at + length + 4)
                .take_while(|next| {
                    self.tokens
                        .get(*next)
                        .is_some_and(|token| token.caps != super::parse::token::Caps::None)
                })
                .count();
            let verb = lexicon.verbs().find(&self.tokens, at + length + name);
            verb.is_some_and(|(_, verb)| {
                matches!(verb.form, Form::Past | Form::Ed | Form::Third)
                    && lexicon.saying(&verb.lemma).is_some()
            })
        })
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
    use super::parse::token::{Caps, Shape};
    let inside = |pair: &&[Token]| {
        let (before, word) = (&pair[0], &pair[1]);
        let lower = before.shape == Shape::Word && !before.dotted;
        lower && word.shape == Shape::Word && word.caps != Caps::None && !word.new_paragraph
    };
    tokens.windows(2).filter(inside).map(|pair| pair[1].norm.clone()).collect()
}

fn number(index: usize) -> u32 {
    u32::try_from(index + 1).unwrap_or(0)
}

/// Whether the family of a deed noun is in the chunk.
pub fn deed_of(entity: &Entity) -> Option<Family> {
    match entity.what {
        super::event::entity::What::Deed(family) => Some(family),
        _ => None,
    }
}
