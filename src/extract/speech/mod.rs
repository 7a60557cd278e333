//! Who says what: speakers of a sentence, denials, accusations.

use super::event::clause::Clause;
use super::event::entity::{What, is_masked};
use super::language::Saying;
use super::names::Roster;
use super::names::outlet::Outlets;
use super::parse::chunk::Chunk;
use crate::model::claim::{Speaker, SpeakerKind};

/// What a sentence says about who says it.
#[derive(Debug, Clone, Default)]
pub struct Speech {
    /// Who says it.
    pub speakers: Vec<Voice>,
    /// Who denies it.
    pub denials: Vec<Voice>,
    /// It accuses somebody.
    pub accuses: bool,
    /// It claims ("claimed", "alleged").
    pub claims: bool,
    /// The chunks of those who speak: they are no actors.
    pub chunks: Vec<usize>,
}

/// A speaker with the index of its faction.
#[derive(Debug, Clone, PartialEq)]
pub struct Voice {
    /// As the claim shows it.
    pub speaker: Speaker,
    /// Its faction, or the ones that it speaks for.
    pub factions: Vec<usize>,
}

/// What is needed to tell who speaks.
pub struct Ear<'a> {
    /// The factions.
    pub roster: &'a Roster,
    /// The outlets.
    pub outlets: &'a Outlets,
}

impl Ear<'_> {
    /// The speech of a sentence. `before` are the speakers of the sentence before, for "he added".
    pub fn hear(&self, clause: &Clause<'_, '_>, before: &[Voice]) -> Speech {
        let mut speech = Speech::default();
        for at in 0..clause.sentence.chunks.len() {
            match clause.chunk(at) {
                Some(Chunk::Vg(_)) => self.verb(clause, at, before, &mut speech),
                Some(Chunk::Np(np))
                    if matches!(clause.parsed.norm(np.head), "denial" | "denials") =>
                {
                    let subject = clause
                        .governor(at)
                        .map(|(verb, _)| clause.subject(verb))
                        .unwrap_or_default();
                    let mut chunks = Vec::new();
                    self.add_all(clause, &[at], &mut speech.denials, &mut chunks);
                    self.add_all(clause, &subject, &mut speech.denials, &mut chunks);
                }
                Some(Chunk::Prep(_)) if clause.word(at) == "according" => {
                    if let Some(np) = (at + 1..at + 4).find(|next| clause.np(*next).is_some()) {
                        self.add_all(
                            clause,
                            &clause.list(np),
                            &mut speech.speakers,
                            &mut speech.chunks,
                        );
                    }
                }
                _ => {}
            }
        }
        speech
    }

    fn verb(&self, clause: &Clause<'_, '_>, at: usize, before: &[Voice], speech: &mut Speech) {
        let Some(saying) = clause.lexicon.saying(clause.lemma(at)) else { return };
        if clause.vg(at).is_some_and(|vg| vg.infinitive && !matches!(saying, Saying::Deny)) {
            return;
        }
        // "gunmen believed to belong to": no one speaks
        let supposed = clause.vg(at).is_some_and(|vg| vg.bare)
            && clause.vg(at + 1).is_some_and(|vg| vg.infinitive);
        if supposed {
            return;
        }
        let subject = who_says(clause, at);
        match saying {
            Saying::Deny if refuses(clause, at) => {}
            Saying::Deny => {
                let mut chunks = Vec::new();
                self.add_all(clause, &subject, &mut speech.denials, &mut chunks);
                speech.chunks.extend(chunks);
            }
            Saying::Condemn => {}
            _ => {
                speech.accuses |= saying == Saying::Accuse;
                speech.claims |= saying == Saying::Claim;
                let responsibility = clause.objects(at).iter().any(|np| {
                    clause.np(*np).is_some_and(|np| clause.parsed.norm(np.head) == "responsibility")
                });
                let pronoun = subject.iter().any(|np| {
                    clause.entity(*np).is_some_and(|entity| entity.what == What::Pronoun)
                });
                if pronoun || subject.is_empty() {
                    speech.speakers.extend(before.iter().cloned());
                } else if !responsibility {
                    self.add_all(clause, &subject, &mut speech.speakers, &mut speech.chunks);
                }
            }
        }
    }

    fn add_all(
        &self,
        clause: &Clause<'_, '_>,
        list: &[usize],
        voices: &mut Vec<Voice>,
        chunks: &mut Vec<usize>,
    ) {
        for at in list {
            if let Some(voice) = self.voice(clause, *at) {
                chunks.push(*at);
                if !voices.contains(&voice) {
                    voices.push(voice);
                }
            }
        }
    }

    /// The speaker that a noun phrase names.
    pub fn voice(&self, clause: &Clause<'_, '_>, at: usize) -> Option<Voice> {
        let np = clause.np(at)?;
        let entity = clause.entity(at)?;
        let end = clause.chain_end(at);
        let last = clause.np(end).map_or(np.last, |np| np.last);
        let tokens = &clause.parsed.tokens;
        let outlet = (np.first..last).find_map(|token| {
            self.outlets.at(tokens, token).map(|(length, outlet)| (token, length, outlet))
        });
        if let Some((token, length, outlet)) = outlet {
            let factions: Vec<usize> =
                outlet.speaks_for.iter().filter_map(|id| self.roster.by_id(id)).collect();
            let name = clause.parsed.slice(token, token + length).to_owned();
            return Some(self.voice_of(name, outlet.kind, factions));
        }
        let mut factions = entity.factions.clone();
        let masked =
            clause.parsed.named_within(np.first, last).any(|named| is_masked(clause.parsed, named));
        if factions.is_empty() && !masked {
            factions.extend(
                clause
                    .parsed
                    .named_within(np.first, last)
                    .filter_map(|named| named.faction)
                    .take(1),
            );
        }
        let name = clause.parsed.slice(entity.first, entity.last.max(entity.head + 1)).to_owned();
        let kind = (np.first..last)
            .filter_map(|token| clause.lexicon.speakers.find(tokens, token))
            .map(|(_, kind)| *kind)
            .min_by_key(|kind| rank(*kind));
        let kind = match kind {
            Some(SpeakerKind::Official | SpeakerKind::Witness)
                if factions.iter().any(|faction| !self.roster.party(*faction).state) =>
            {
                SpeakerKind::Party
            }
            Some(kind) => kind,
            None if !factions.is_empty() => SpeakerKind::Party,
            None if matches!(entity.what, What::Person) => SpeakerKind::Official,
            None if matches!(entity.what, What::Name | What::Civilians) => SpeakerKind::Witness,
            None if entity.what == What::Force => SpeakerKind::Party,
            None => return None,
        };
        Some(self.voice_of(name, kind, factions))
    }

    fn voice_of(&self, name: String, kind: SpeakerKind, factions: Vec<usize>) -> Voice {
        let faction = factions.first().map(|faction| self.roster.party(*faction).id.clone());
        Voice { speaker: Speaker { name, faction, kind }, factions }
    }
}

/// The subject of a verb of saying; after "and" that of the one before it: "the source denied that the army had fired and
/// said".
fn who_says(clause: &Clause<'_, '_>, at: usize) -> Vec<usize> {
    let joined = at > 0 && matches!(clause.chunk(at - 1), Some(Chunk::Conj(_)));
    let before = (0..at)
        .rev()
        .find(|verb| {
            clause.vg(*verb).is_some_and(|vg| !vg.infinitive)
                && clause.lexicon.saying(clause.lemma(*verb)).is_some()
                && matches!(clause.chunk(verb + 1), Some(Chunk::Sub(_)))
        })
        .filter(|_| joined);
    before
        .map(|verb| clause.subject(verb))
        .filter(|list| !list.is_empty())
        .unwrap_or_else(|| clause.subject(at))
}

/// Rejecting a plan or a decision denies nothing; rejecting an accusation does.
fn refuses(clause: &Clause<'_, '_>, at: usize) -> bool {
    const DENIABLE: &[&str] = &[
        "accusation",
        "accusations",
        "allegation",
        "allegations",
        "claim",
        "claims",
        "charge",
        "charges",
        "report",
        "reports",
        "responsibility",
        "involvement",
        "role",
        "statement",
        "statements",
        "account",
        "accounts",
        "blame",
        "suggestion",
        "suggestions",
        "rumors",
        "rumours",
        "news",
        "version",
        "figure",
        "figures",
        "findings",
        "link",
        "links",
    ];
    let objects = clause.objects(at);
    let first = objects.first().and_then(|object| clause.np(*object));
    matches!(clause.lemma(at), "reject" | "dismiss" | "contradict" | "dispute")
        && first.is_some_and(|np| {
            !DENIABLE.contains(&clause.parsed.norm(np.head)) && clause.parsed.norm(np.head) != "it"
        })
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
