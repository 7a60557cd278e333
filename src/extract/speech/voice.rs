//! The speaker that a noun phrase names: what it is called, what it is, whom it speaks for.

use std::ops::Range;

use super::{Ear, Heard, Voice};
use crate::extract::event::clause::Clause;
use crate::extract::event::entity::{Entity, What, is_masked};
use crate::extract::names::roster::AliasKind;
use crate::model::claim::{Speaker, SpeakerKind};

/// The longest name of a speaker with its "of" phrase, in tokens.
const LONGEST: usize = 8;

impl Ear<'_> {
    /// The speaker that a noun phrase names.
    pub fn voice(&self, clause: &Clause<'_, '_>, at: usize, heard: &Heard) -> Option<Voice> {
        let np = clause.np(at)?;
        let entity = clause.entity(at)?;
        let last = clause.np(clause.chain_end(at)).map_or(np.last, |np| np.last);
        let words = np.first..last;
        if let Some(voice) = self.outlet(clause, words.clone()) {
            return Some(voice);
        }
        let named = self.named(clause, entity, &words);
        let kind = self.kind(clause, entity, &words, &named)?;
        let head = clause.parsed.norm(np.head).to_owned();
        if named.is_empty()
            && let Some(known) = again(clause, &words, &head, heard)
        {
            return Some(known);
        }
        let factions =
            if named.is_empty() { self.whose(clause, &words, kind, heard) } else { named };
        let party = kind == SpeakerKind::Official
            && factions.iter().any(|faction| !self.roster.party(*faction).state)
            && self.office(clause, &words).is_none();
        let kind = if party { SpeakerKind::Party } else { kind };
        Some(self.voice_of(name(clause, entity, last), kind, factions, head))
    }

    fn outlet(&self, clause: &Clause<'_, '_>, words: Range<usize>) -> Option<Voice> {
        let tokens = &clause.parsed.tokens;
        let (token, length, outlet) = words.into_iter().find_map(|token| {
            self.outlets.at(tokens, token).map(|(length, outlet)| (token, length, outlet))
        })?;
        let factions: Vec<usize> =
            outlet.speaks_for.iter().filter_map(|id| self.roster.by_id(id)).collect();
        let name = clause.parsed.slice(token, token + length).to_owned();
        Some(self.voice_of(name, outlet.kind, factions, String::new()))
    }

    /// The factions named in the phrase.
    fn named(&self, clause: &Clause<'_, '_>, entity: &Entity, words: &Range<usize>) -> Vec<usize> {
        let within = || clause.parsed.named_within(words.start, words.end);
        let masked = within().any(|named| is_masked(clause.parsed, named));
        if !entity.factions.is_empty() || masked {
            return entity.factions.clone();
        }
        within().filter_map(|named| named.faction).take(1).collect()
    }

    fn kind(
        &self,
        clause: &Clause<'_, '_>,
        entity: &Entity,
        words: &Range<usize>,
        factions: &[usize],
    ) -> Option<SpeakerKind> {
        let kind = words
            .clone()
            .filter_map(|token| clause.lexicon.speakers.find(&clause.parsed.tokens, token))
            .map(|(_, kind)| *kind)
            .min_by_key(|kind| rank(*kind));
        let kind = match kind {
            Some(SpeakerKind::Witness) if self.office(clause, words).is_some() => {
                SpeakerKind::Official
            }
            Some(SpeakerKind::Official | SpeakerKind::Witness)
                if factions.iter().any(|faction| !self.roster.party(*faction).state) =>
            {
                SpeakerKind::Party
            }
            Some(kind) => kind,
            None if !factions.is_empty() => SpeakerKind::Party,
            None => match entity.what {
                What::Person => SpeakerKind::Official,
                What::Name | What::Civilians => SpeakerKind::Witness,
                What::Force => SpeakerKind::Party,
                _ => return None,
            },
        };
        Some(kind)
    }

    /// The office of a state that the phrase names without saying whose: where it stands.
    fn office(&self, clause: &Clause<'_, '_>, words: &Range<usize>) -> Option<usize> {
        let tokens = &clause.parsed.tokens;
        let neutral =
            words.clone().any(|at| clause.lexicon.neutral_offices.find(tokens, at).is_some());
        let mut places = words.clone();
        places.find(|at| clause.lexicon.offices.find(tokens, *at).is_some()).filter(|_| !neutral)
    }

    /// Whom a speaker without a named party speaks for: the party that owns it ("the group's", "its"), or the state of the
    /// country where the office is one of a state.
    fn whose(
        &self,
        clause: &Clause<'_, '_>,
        words: &Range<usize>,
        kind: SpeakerKind,
        heard: &Heard,
    ) -> Vec<usize> {
        let independent = matches!(kind, SpeakerKind::Monitor | SpeakerKind::Un | SpeakerKind::Ngo);
        if independent {
            return Vec::new();
        }
        if is_owned(clause, words) {
            return beside(clause, words.start).or(heard.subject).into_iter().collect();
        }
        let Some(office) = self.office(clause, words) else { return Vec::new() };
        let country = (words.start..words.end + 4)
            .filter_map(|at| clause.parsed.place_at(at))
            .find_map(|spot| clause.parsed.spots[spot].place.country.as_deref());
        let country = country.or(self.countries.first().map(String::as_str));
        let Some(state) = country.and_then(|country| self.roster.state_of(country)) else {
            return Vec::new();
        };
        let word = clause.parsed.norm(office);
        let police = matches!(word, "police" | "gendarmerie");
        let armed = matches!(word, "army" | "military" | "armed" | "security" | "general");
        let forces = (police || armed).then(|| self.roster.service(state, false, false, police));
        vec![forces.unwrap_or(state)]
    }

    fn voice_of(
        &self,
        name: String,
        kind: SpeakerKind,
        factions: Vec<usize>,
        head: String,
    ) -> Voice {
        let faction = factions.first().map(|faction| self.roster.party(*faction).id.clone());
        Voice { speaker: Speaker { name, faction, kind }, factions, head }
    }
}

/// "the source", "the ministry", "the group" after a monitoring group: one who has spoken before.
fn again(
    clause: &Clause<'_, '_>,
    words: &Range<usize>,
    head: &str,
    heard: &Heard,
) -> Option<Voice> {
    let plain = words.len() == 2 && clause.parsed.norm(words.start) == "the";
    if !plain {
        return None;
    }
    let watches = |voice: &&Voice| {
        matches!(voice.speaker.kind, SpeakerKind::Monitor | SpeakerKind::Ngo)
            && matches!(head, "group" | "organisation" | "organization")
    };
    heard.all.iter().rev().find(|voice| voice.head == head || watches(voice)).cloned()
}

/// "its spokesman", "the group's military wing", "a spokesman of the movement", "the group".
fn is_owned(clause: &Clause<'_, '_>, words: &Range<usize>) -> bool {
    let pronoun = |at: usize| matches!(clause.parsed.norm(at), "its" | "their");
    let owner = |at: usize| clause.lexicon.owners.has(clause.parsed.norm(at));
    let own = |at: usize| {
        let definite = at > 0 && matches!(clause.parsed.norm(at - 1), "the" | "its" | "their");
        let possessive = at + 1 < words.end && matches!(clause.parsed.norm(at + 1), "'s" | "'");
        let last = at + 1 == words.end;
        owner(at) && (possessive || last) && definite
    };
    words.clone().any(|at| pronoun(at) || own(at)) || words.start > 0 && pronoun(words.start - 1)
}

/// The party last named before a token in its own sentence.
fn beside(clause: &Clause<'_, '_>, token: usize) -> Option<usize> {
    let parsed = clause.parsed;
    let before = parsed.named_within(clause.sentence.range.start, token);
    before
        .filter(|named| {
            let placed = parsed.place_at(named.first).is_some_and(|spot| parsed.spots[spot].framed);
            named.kind != AliasKind::Demonym
                && named.last <= token
                && !is_masked(parsed, named)
                && !placed
        })
        .filter_map(|named| named.faction)
        .last()
}

/// What the speaker is called: its phrase without article, with what it is "of".
fn name(clause: &Clause<'_, '_>, entity: &Entity, last: usize) -> String {
    let own = entity.last.max(entity.head + 1);
    let end = if last > own && last - entity.first <= LONGEST { last } else { own };
    clause.parsed.slice(entity.first, end).split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Independent kinds win where several words stand in one phrase ("a monitoring group").
fn rank(kind: SpeakerKind) -> u8 {
    match kind {
        SpeakerKind::Monitor => 0,
        SpeakerKind::Un => 1,
        SpeakerKind::Ngo => 2,
        SpeakerKind::Official => 3,
        SpeakerKind::Party => 4,
        SpeakerKind::Media => 5,
        SpeakerKind::Witness => 6,
    }
}
