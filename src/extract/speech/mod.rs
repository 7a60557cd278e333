//! Who says what: speakers of a sentence, denials, accusations.

pub mod bulletin;
mod denial;
mod subject;
mod voice;

use std::ops::Range;

use super::event::clause::Clause;
use super::language::Saying;
use super::names::Roster;
use super::names::outlet::Outlets;
use super::parse::chunk::Chunk;
use crate::model::claim::Speaker;

/// What a sentence says about who says it.
#[derive(Debug, Clone, Default)]
#[expect(clippy::struct_excessive_bools, reason = "each is a fact that the sentence states")]
pub struct Speech {
    /// Who says it.
    pub speakers: Vec<Voice>,
    /// Who denies it.
    pub denials: Vec<Voice>,
    /// The chunks of what is denied.
    pub denied: Vec<Range<usize>>,
    /// Whose report is denied: "reports by the rebels".
    pub reporters: Vec<Voice>,
    /// What is denied is a report of it ("reports", "claims"), not a deed of one's own.
    pub reported: bool,
    /// The verb is "deny" itself, which tells what is denied; who rejects an accusation tells nothing.
    pub plain: bool,
    /// What was told right before is denied: "but Kyiv denied it".
    pub points: bool,
    /// Only the numbers are contradicted.
    pub figures: bool,
    /// What is denied is no deed ("the charge that it commands the militia").
    pub aside: bool,
    /// It accuses somebody.
    pub accuses: bool,
    /// It claims ("claimed", "alleged").
    pub claims: bool,
    /// The chunks of those who speak: they are no actors.
    pub chunks: Vec<usize>,
    /// The chunks that a verb of saying has for its subject, whether they are heard as a speaker or not.
    pub said: Vec<usize>,
    /// The tokens of those who speak with what says where they sit; true where a state or a party speaks from there.
    pub seats: Vec<(Range<usize>, bool)>,
}

impl Speech {
    /// The speakers, as a claim shows them.
    pub fn said_by(&self) -> Vec<Speaker> {
        self.speakers.iter().map(|voice| voice.speaker.clone()).collect()
    }

    /// Whether what a chunk says is denied.
    pub fn denies(&self, chunk: usize) -> bool {
        self.denied.iter().any(|range| range.contains(&chunk))
    }

    /// The speakers of the sentence before go on; each speaks once, however often "he said" stands in a sentence.
    fn speak_on(&mut self, before: &[Voice]) {
        for voice in before {
            if !self.speakers.contains(voice) {
                self.speakers.push(voice.clone());
            }
        }
    }
}

/// A speaker with the index of its faction.
#[derive(Debug, Clone, PartialEq)]
pub struct Voice {
    /// As the claim shows it.
    pub speaker: Speaker,
    /// Its faction, or the ones that it speaks for.
    pub factions: Vec<usize>,
    /// The word that says what the speaker is ("source"), by which a later sentence names it again.
    pub head: String,
}

/// Who has spoken in a text so far.
#[derive(Debug, Clone, Default)]
pub struct Heard {
    /// The speakers of the last sentence that has any, for "he added".
    pub last: Vec<Voice>,
    /// All of them, the latest last, for "the source said".
    pub all: Vec<Voice>,
    /// The faction that the text is about, for "its spokesman said".
    pub subject: Option<usize>,
}

impl Heard {
    /// Remembers who spoke in a sentence.
    pub fn note(&mut self, speech: Speech) {
        self.all.extend(speech.speakers.iter().chain(&speech.denials).cloned());
        let said = if speech.speakers.is_empty() { speech.denials } else { speech.speakers };
        if !said.is_empty() {
            self.last = said;
        }
    }
}

/// What is needed to tell who speaks.
pub struct Ear<'a> {
    /// The factions.
    pub roster: &'a Roster,
    /// The outlets.
    pub outlets: &'a Outlets,
    /// Countries of the document, the most named first.
    pub countries: &'a [String],
}

impl Ear<'_> {
    /// The speech of a sentence, after what was `heard` before it.
    pub fn hear(&self, clause: &Clause<'_, '_>, heard: &Heard) -> Speech {
        let mut speech = Speech::default();
        for at in 0..clause.sentence.chunks.len() {
            match clause.chunk(at) {
                Some(Chunk::Vg(_)) => self.verb(clause, at, heard, &mut speech),
                Some(Chunk::Np(np))
                    if matches!(clause.parsed.norm(np.head), "denial" | "denials") =>
                {
                    let subject = clause
                        .governor(at)
                        .map(|(verb, _)| clause.subject(verb))
                        .unwrap_or_default();
                    let mut chunks = Vec::new();
                    self.add_all(clause, &[at], heard, &mut speech.denials, &mut chunks);
                    self.add_all(clause, &subject, heard, &mut speech.denials, &mut chunks);
                }
                Some(Chunk::Prep(_)) if clause.word(at) == "according" => {
                    if let Some(np) = (at + 1..at + 4).find(|next| clause.np(*next).is_some()) {
                        let list = clause.list(np);
                        self.add_all(
                            clause,
                            &list,
                            heard,
                            &mut speech.speakers,
                            &mut speech.chunks,
                        );
                    }
                }
                _ => {}
            }
        }
        if speech.speakers.is_empty() && opens_in_quotes(clause) {
            speech.speakers.clone_from(&heard.last);
        }
        Self::excuse(clause, &mut speech);
        self.sit(clause, heard, &mut speech);
        speech
    }

    /// "a military source in the capital said": where the speakers sit. A governor, a mayor or the police speak of where
    /// they are.
    fn sit(&self, clause: &Clause<'_, '_>, heard: &Heard, speech: &mut Speech) {
        for at in speech.chunks.iter().chain(&speech.said) {
            let Some(np) = clause.np(*at) else { continue };
            let end = clause.chain_end(*at);
            let placed = clause.word(end + 1) == "in" && clause.np(end + 2).is_some();
            let end = if placed { clause.chain_end(end + 2) } else { end };
            let last = clause.chunk(end).map_or(np.last, Chunk::last);
            let local = (np.first..last).any(|token| {
                matches!(
                    clause.parsed.norm(token),
                    "governor" | "mayor" | "police" | "commissioner" | "administration" | "prefect"
                )
            });
            let voice = self.voice(clause, *at, heard);
            let firm = !local && voice.is_some_and(|voice| !voice.factions.is_empty());
            speech.seats.push((np.first..last, firm));
        }
    }

    fn verb(&self, clause: &Clause<'_, '_>, at: usize, heard: &Heard, speech: &mut Speech) {
        if self.contradicts(clause, at, heard, speech) {
            return;
        }
        let Some(saying) = clause.lexicon.saying(clause.lemma(at)) else { return };
        let Some(vg) = clause.vg(at).filter(|vg| !vg.infinitive && !vg.negated) else { return };
        // "gunmen believed to belong to": no one speaks
        let supposed = vg.bare && clause.vg(at + 1).is_some_and(|vg| vg.infinitive);
        // "units posted at A"
        let stationed = vg.bare && clause.lemma(at) == "post";
        // "a soldier accused of murder", "was blamed for it"
        let accused =
            saying == Saying::Accuse && (vg.passive || vg.bare && clause.objects(at).is_empty());
        // "shot two men after accusing them of spying": why, not who says so
        let reason = saying == Saying::Accuse
            && vg.bare
            && at > 0
            && matches!(clause.chunk(at - 1), Some(Chunk::Prep(_)));
        let accused = accused || reason;
        if supposed || stationed || accused || matches!(saying, Saying::Deny | Saying::Condemn) {
            return;
        }
        let subject = subject::who_says(clause, at, heard);
        if subject::is_nobody(clause, &subject) {
            return;
        }
        speech.said.extend(&subject);
        speech.accuses |= saying == Saying::Accuse;
        speech.claims |= saying == Saying::Claim;
        let responsibility = clause.objects(at).iter().any(|np| {
            clause.np(*np).is_some_and(|np| clause.parsed.norm(np.head) == "responsibility")
        });
        if subject::is_unsaid(clause, &subject) {
            speech.speak_on(&heard.last);
        } else if !responsibility {
            self.add_all(clause, &subject, heard, &mut speech.speakers, &mut speech.chunks);
        }
    }

    fn add_all(
        &self,
        clause: &Clause<'_, '_>,
        list: &[usize],
        heard: &Heard,
        voices: &mut Vec<Voice>,
        chunks: &mut Vec<usize>,
    ) {
        for at in list {
            if let Some(voice) = self.voice(clause, *at, heard) {
                chunks.push(*at);
                if !voices.contains(&voice) {
                    voices.push(voice);
                }
            }
        }
    }
}

/// A sentence that goes on with what somebody says: it stands in quotation marks that were opened before it or with it.
fn opens_in_quotes(clause: &Clause<'_, '_>) -> bool {
    let start = clause.sentence.range.start;
    clause.parsed.in_quotes(start) != (clause.parsed.norm(start) == "\"")
}
