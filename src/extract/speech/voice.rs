//! The speaker that a noun phrase names: what it is called, what it is, whom it speaks for.

use std::ops::Range;

use super::{Ear, Heard, Voice};
use crate::extract::event::clause::Clause;
use crate::extract::event::entity::{Entity, What};
use crate::extract::language::Armed;
use crate::extract::parse::chunk::Chunk;
use crate::extract::parse::token::Caps;
use crate::model::claim::{Speaker, SpeakerKind};

/// The longest name of a speaker with its "of" phrase, in tokens.
const LONGEST: usize = 8;

impl Ear<'_> {
    /// The speaker that a noun phrase names.
    pub fn voice(&self, clause: &Clause<'_, '_>, at: usize, heard: &Heard) -> Option<Voice> {
        let at = described(clause, at).unwrap_or(at);
        let np = clause.np(at)?;
        // "the Front for Liberation": a name that a preposition parts
        if let Some(named) = clause.parsed.named_at(np.head).filter(|named| named.first < np.first)
            && let Some(faction) = named.faction
        {
            let name = clause.parsed.slice(named.first, named.last).to_owned();
            return Some(self.voice_of(name, SpeakerKind::Party, vec![faction], String::new()));
        }
        let entity = clause.entity(at)?;
        // "opposition-held territory"
        if entity.what == What::Area && clause.lexicon.areas.has(clause.parsed.norm(np.head)) {
            return None;
        }
        let last = clause.np(chain(clause, at)).map_or(np.last, |np| np.last);
        let words = np.first..last;
        if let Some(voice) = self.outlet(clause, words.clone()) {
            return Some(voice);
        }
        let named = Self::named(clause, entity, &words);
        let kind = self.kind(clause, entity, &words, &named)?;
        let head = clause.parsed.norm(np.head).to_owned();
        if named.is_empty()
            && let Some(known) = again(clause, &words, &head, heard)
        {
            return Some(known);
        }
        let tokens = &clause.parsed.tokens;
        let heals = words.clone().any(|at| clause.lexicon.healers.find(tokens, at).is_some());
        let factions = match () {
            () if heals => Vec::new(),
            () if named.is_empty() => self.whose(clause, &words, kind, heard),
            () => named,
        };
        let party = kind == SpeakerKind::Official
            && !is_police(clause, &words)
            && factions.iter().any(|faction| !self.roster.party(*faction).state)
            && Self::office(clause, &words).is_none();
        let kind = if party { SpeakerKind::Party } else { kind };
        let name = self.owners_name(clause, &words, &factions);
        let name = name.unwrap_or_else(|| called(clause, entity, last));
        Some(self.voice_of(name, kind, factions, head))
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
    fn named(clause: &Clause<'_, '_>, entity: &Entity, words: &Range<usize>) -> Vec<usize> {
        let within = || clause.parsed.named_within(words.start, words.end);
        let masked = within().any(|named| named.masked);
        if !entity.factions.is_empty() || masked {
            return entity.factions.clone();
        }
        let leader = || clause.parsed.leader_in(words.start, words.end).map(|leader| leader.party);
        within().find_map(|named| named.faction).or_else(leader).into_iter().collect()
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
            Some(SpeakerKind::Witness) if Self::office(clause, words).is_some() => {
                SpeakerKind::Official
            }
            Some(SpeakerKind::Official) if is_police(clause, words) => SpeakerKind::Official,
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
    fn office(clause: &Clause<'_, '_>, words: &Range<usize>) -> Option<usize> {
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
            let owner = self.owner(clause, words.start).or(heard.subject);
            return owner.into_iter().collect();
        }
        let Some(office) = Self::office(clause, words) else { return Vec::new() };
        let country = (words.start..words.end + 4)
            .filter_map(|at| clause.parsed.place_at(at))
            .find_map(|spot| clause.parsed.spots[spot].place.country.as_deref());
        let country = country.or(self.countries.first().map(String::as_str));
        let Some(state) = country.and_then(|country| self.roster.state_of(country)) else {
            return Vec::new();
        };
        let word = clause.parsed.norm(office);
        let voices = &clause.lexicon.voices;
        let (police, armed) = (voices.police.has(word), voices.services.has(word));
        let forces = (police || armed).then(|| self.roster.service(state, false, false, police));
        vec![forces.unwrap_or(state)]
    }

    /// Whom the sentence is about, before a token: the first force in it that stands in no phrase with a preposition, else
    /// the first one named.
    fn owner(&self, clause: &Clause<'_, '_>, token: usize) -> Option<usize> {
        let before = |at: &usize| clause.chunk(*at).is_some_and(|chunk| chunk.first() < token);
        let forces = (0..clause.sentence.chunks.len()).take_while(before).filter_map(|at| {
            let entity = clause.entity(at).filter(|entity| entity.what == What::Force)?;
            let free = at == 0 || !matches!(clause.chunk(at - 1), Some(Chunk::Prep(_)));
            let national = || {
                let state = entity.class.is_some_and(|class| class.armed == Some(Armed::State));
                let country = self.countries.first().filter(|_| state && entity.definite)?;
                let state = self.roster.state_of(country)?;
                Some(self.roster.service(state, false, false, false))
            };
            let faction = entity.factions.first().copied().or_else(national)?;
            Some((free, faction))
        });
        let mut forces: Vec<(bool, usize)> = forces.collect();
        forces.sort_by_key(|(free, _)| !free);
        forces.first().map(|(_, faction)| *faction)
    }

    /// "the group's military wing": by the name of the group, which the reader of one claim has not met.
    fn owners_name(
        &self,
        clause: &Clause<'_, '_>,
        words: &Range<usize>,
        factions: &[usize],
    ) -> Option<String> {
        let owner = words.clone().find(|at| clause.lexicon.owners.has(clause.parsed.norm(*at)))?;
        let possessive = matches!(clause.parsed.norm(owner + 1), "'s" | "'");
        let bare = owner == words.start
            || owner == words.start + 1 && clause.parsed.norm(words.start) == "the";
        let [faction] = factions else { return None };
        let rest = (possessive && bare && owner + 2 < words.end)
            .then(|| clause.parsed.slice(owner + 2, words.end))?;
        Some(format!("{}'s {rest}", self.roster.party(*faction).name))
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

/// The last chunk of a speaker's phrase: "a spokesman for the rebels", "the head of the mission".
fn chain(clause: &Clause<'_, '_>, at: usize) -> usize {
    let end = clause.chain_end(at);
    let stands_for = clause.word(end + 1) == "for"
        && clause.entity(end + 2).is_some_and(|entity| !entity.factions.is_empty());
    if stands_for { clause.chain_end(end + 2) } else { end }
}

/// Police tell of crimes and bombs of all sides; they are a party only where they take part.
fn is_police(clause: &Clause<'_, '_>, words: &Range<usize>) -> bool {
    words.clone().any(|at| clause.lexicon.voices.police.has(clause.parsed.norm(at)))
}

/// "the source", "the ministry", "the group" after a monitoring group: one who has spoken before.
fn again(
    clause: &Clause<'_, '_>,
    words: &Range<usize>,
    head: &str,
    heard: &Heard,
) -> Option<Voice> {
    let definite = clause.parsed.norm(words.start) == "the";
    let plain = words.len() == 2;
    let groups = plain || words.len() <= 4;
    if !definite || !groups {
        return None;
    }
    let watches = |voice: &&Voice| {
        matches!(voice.speaker.kind, SpeakerKind::Monitor | SpeakerKind::Ngo)
            && matches!(head, "group" | "organisation" | "organization")
    };
    heard.all.iter().rev().find(|voice| plain && voice.head == head || watches(voice)).cloned()
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

/// The phrase that an apposition describes: "the military police of the front, the force that holds the town, said".
fn described(clause: &Clause<'_, '_>, at: usize) -> Option<usize> {
    let comma =
        at.checked_sub(1).filter(|at| matches!(clause.chunk(*at), Some(Chunk::Comma(_))))?;
    let mut after = clause.chain_end(at) + 1;
    while matches!(clause.chunk(after), Some(Chunk::Prep(_))) && clause.np(after + 1).is_some() {
        after = clause.chain_end(after + 1) + 1;
    }
    let closed = matches!(clause.chunk(after), Some(Chunk::Comma(_)))
        || matches!(clause.word(after), "that" | "which" | "who");
    let own = clause.entity(at)?;
    if !closed
        || !own.factions.is_empty()
        || !matches!(clause.parsed.norm(clause.np(at)?.first), "the" | "a" | "an")
    {
        return None;
    }
    let first = (0..comma).rev().take(LONGEST).find(|first| {
        let whole = clause.np(*first).is_some() && clause.chain_end(*first) + 1 == comma;
        let part = *first > 0 && matches!(clause.chunk(*first - 1), Some(Chunk::Prep(_)));
        whole && !part
    })?;
    let known =
        (first..comma).filter_map(|at| clause.entity(at)).any(|entity| !entity.factions.is_empty());
    known.then_some(first)
}

/// What the speaker is called: its phrase without article, with what it is "of", or whose count it is.
fn called(clause: &Clause<'_, '_>, entity: &Entity, last: usize) -> String {
    let own = entity.last.max(entity.head + 1);
    let counts = clause.lexicon.voices.counts.has(clause.parsed.norm(entity.head));
    let owner = (entity.first + 1..entity.head)
        .find(|at| counts && matches!(clause.parsed.norm(*at), "'s" | "'"));
    if let Some(owner) = owner {
        return clause.parsed.slice(entity.first, owner).to_owned();
    }
    let end = if last > own && last - entity.first <= LONGEST { last } else { own };
    let article = matches!(clause.parsed.norm(entity.first), "the" | "a" | "an");
    let first = if article && entity.first + 1 < end { entity.first + 1 } else { entity.first };
    // "a move Haddad called": the word before the name is none of it
    let name = (first..=entity.head).rev().take_while(|at| {
        clause.parsed.tokens.get(*at).is_some_and(|token| token.caps != Caps::None)
    });
    let first = name.last().filter(|_| entity.what == What::Name).unwrap_or(first);
    clause.parsed.slice(first, end).split_whitespace().collect::<Vec<_>>().join(" ")
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
