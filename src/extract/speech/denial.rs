//! Denials: verbs of denying, names for a false report, excuses.

use std::ops::Range;

use super::subject::{self, who_says};
use super::{Ear, Heard, Speech, Voice};
use crate::extract::event::clause::Clause;
use crate::extract::event::entity::What;
use crate::extract::language::{Form, Saying};
use crate::extract::parse::chunk::Chunk;
use crate::model::claim::{Speaker, SpeakerKind};

/// How many tokens after "called" the name for a false report may stand.
const CALLED: usize = 14;

impl Ear<'_> {
    /// Whether the verb at `at` contradicts something; if so the speech keeps who does, and what.
    pub(super) fn contradicts(
        &self,
        clause: &Clause<'_, '_>,
        at: usize,
        heard: &Heard,
        speech: &mut Speech,
    ) -> bool {
        let Some(vg) = clause.vg(at).filter(|vg| !vg.negated) else { return false };
        let deny = clause.lexicon.saying(clause.lemma(at)) == Some(Saying::Deny);
        if deny {
            let withdrawn = clause.lemma(at) == "distance" && !is_from(clause, at);
            if withdrawn || refuses(clause, at) {
                return true;
            }
        } else if speech.denies(at)
            || !(calls_false(clause, at, vg.last) || says_false(clause, at, vg.last))
        {
            return false;
        }
        let voices = self.deniers(clause, at, heard, speech);
        for voice in voices {
            if !speech.denials.contains(&voice) {
                speech.denials.push(voice);
            }
        }
        let range = at + 1..scope_end(clause, at);
        speech.figures |= is_about(clause, &range);
        if deny {
            speech.plain |= clause.lemma(at) == "deny";
            speech.points |= points_back(clause, at);
            speech.aside |= is_aside(clause, &range);
            self.reporters(clause, &range, heard, speech);
            speech.denied.push(range);
        }
        deny
    }

    /// "had nothing to do with it": who says so of himself denies.
    pub(super) fn excuse(clause: &Clause<'_, '_>, speech: &mut Speech) {
        let tokens = &clause.parsed.tokens[clause.sentence.range.clone()];
        if clause.lexicon.denials.phrases.stands_in(tokens) {
            for voice in &speech.speakers {
                if !speech.denials.contains(voice) {
                    speech.denials.push(voice.clone());
                }
            }
        }
    }

    fn deniers(
        &self,
        clause: &Clause<'_, '_>,
        at: usize,
        heard: &Heard,
        speech: &mut Speech,
    ) -> Vec<Voice> {
        let list = who_says(clause, at, heard);
        if !subject::is_unsaid(clause, &list) {
            let mut voices = Vec::new();
            self.add_all(clause, &list, heard, &mut voices, &mut speech.chunks);
            return voices;
        }
        let parties = heard.last.iter().any(|voice| !voice.factions.is_empty());
        let it = list
            .first()
            .and_then(|np| clause.np(*np))
            .is_some_and(|np| clause.parsed.norm(np.head) == "it");
        if !heard.last.is_empty() && (!it || heard.subject.is_none() || parties) {
            return heard.last.clone();
        }
        let party = heard.subject.map(|faction| (faction, self.roster.party(faction)));
        party
            .map(|(faction, party)| Voice {
                speaker: Speaker {
                    name: party.name.clone(),
                    faction: Some(party.id.clone()),
                    kind: SpeakerKind::Party,
                },
                factions: vec![faction],
                head: String::new(),
            })
            .into_iter()
            .collect()
    }

    /// "reports by the rebels about an attack": whose report it is.
    fn reporters(
        &self,
        clause: &Clause<'_, '_>,
        range: &Range<usize>,
        heard: &Heard,
        speech: &mut Speech,
    ) {
        for at in range.clone() {
            let report = clause.np(at).is_some_and(|np| {
                clause.lexicon.reports.has(clause.parsed.norm(np.head))
                    || DENIABLE.contains(&clause.parsed.norm(np.head))
            });
            if !report && !is_report(clause, at) {
                continue;
            }
            speech.reported = true;
            let by =
                matches!(clause.word(at + 1), "by" | "of" | "from") && clause.np(at + 2).is_some();
            let whose = if by { at + 2 } else { at };
            let voice = self.voice(clause, whose, heard);
            speech.reporters.extend(voice.filter(|voice| !voice.factions.is_empty()));
        }
    }
}

/// Where what is denied ends: at the next verb of saying that has a subject of its own or is joined by "and".
fn scope_end(clause: &Clause<'_, '_>, at: usize) -> usize {
    let last = clause.sentence.chunks.len();
    let Some(next) = (at + 1..last).find(|next| {
        clause.vg(*next).is_some_and(|vg| {
            let gerund = vg.bare && vg.verb.is_some_and(|verb| verb.form == Form::Ing);
            !vg.infinitive && !gerund
        }) && clause.lexicon.saying(clause.lemma(*next)).is_some()
            && !relative(clause, *next)
            && !is_report(clause, *next)
    }) else {
        return last;
    };
    if matches!(clause.chunk(next - 1), Some(Chunk::Conj(_) | Chunk::Comma(_))) {
        next - 1
    } else {
        next
    }
}

/// "reports by", "claims that": a noun that looks like a verb.
fn is_report(clause: &Clause<'_, '_>, at: usize) -> bool {
    let word = clause.chunk(at).map_or("", |chunk| clause.parsed.norm(chunk.last() - 1));
    let governs = matches!(clause.chunk(at + 1), Some(Chunk::Prep(_) | Chunk::Sub(_)))
        || clause.chunk(at + 1).is_none();
    clause.vg(at).is_some()
        && governs
        && (clause.lexicon.reports.has(word) || DENIABLE.contains(&word))
}

/// "denied it": what was told before is denied.
fn points_back(clause: &Clause<'_, '_>, at: usize) -> bool {
    let [object] = clause.objects(at)[..] else { return false };
    let alone = !clause.is_prep(clause.chain_end(object) + 1);
    let head = clause.np(object).map(|np| clause.parsed.norm(np.head));
    alone && matches!(head, Some("it" | "this" | "that"))
}

/// "what he called": a clause inside what is denied.
fn relative(clause: &Clause<'_, '_>, verb: usize) -> bool {
    (verb.saturating_sub(3)..verb).any(|at| matches!(clause.chunk(at), Some(Chunk::Rel(_))))
}

fn is_from(clause: &Clause<'_, '_>, at: usize) -> bool {
    (at + 1..at + 4).any(|next| clause.word(next) == "from")
}

/// "called the report fabricated", "described it as a lie".
fn calls_false(clause: &Clause<'_, '_>, at: usize, last: usize) -> bool {
    let word = clause.vg(at).map_or("", |vg| clause.parsed.norm(vg.head));
    let calls = matches!(
        word,
        "called"
            | "calls"
            | "described"
            | "describes"
            | "termed"
            | "labelled"
            | "labeled"
            | "branded"
            | "dubbed"
    );
    calls && speaks_of_false(clause, last, CALLED)
}

/// "said that the figure was false".
fn says_false(clause: &Clause<'_, '_>, at: usize, last: usize) -> bool {
    let says = clause.lexicon.saying(clause.lemma(at)) == Some(Saying::Say);
    let end = clause.sentence.range.end.min(last + CALLED);
    says && (last..end).any(|token| {
        matches!(clause.parsed.norm(token), "was" | "were" | "is" | "are")
            && speaks_of_false(clause, token + 1, 3)
    })
}

fn speaks_of_false(clause: &Clause<'_, '_>, from: usize, reach: usize) -> bool {
    let end = clause.sentence.range.end.min(from + reach);
    let stop = (from..end)
        .find(|at| matches!(clause.parsed.norm(*at), "," | ";" | "." | "and"))
        .unwrap_or(end);
    clause.parsed.tokens[from..stop]
        .iter()
        .any(|token| clause.lexicon.denials.words.has(&token.norm))
        && !clause.parsed.tokens[from..stop].iter().any(|token| token.norm == "not")
}

/// Only the numbers are contradicted.
fn is_about(clause: &Clause<'_, '_>, range: &Range<usize>) -> bool {
    let first = range.clone().find_map(|at| clause.np(at));
    first.is_some_and(|np| clause.lexicon.denials.figures.has(clause.parsed.norm(np.head)))
}

/// What is denied is said in a clause, and neither people nor forces without a name stand in it.
fn is_aside(clause: &Clause<'_, '_>, range: &Range<usize>) -> bool {
    let clausal = range
        .clone()
        .any(|at| clause.vg(at).is_some() || matches!(clause.chunk(at), Some(Chunk::Sub(_))));
    let people = range.clone().any(|at| {
        clause.entity(at).is_some_and(|entity| match entity.what {
            What::Civilians => true,
            What::Force => entity.factions.is_empty(),
            _ => false,
        })
    });
    clausal && !people
}

/// What one denies who rejects or dismisses it.
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

/// Rejecting a plan or a decision denies nothing; rejecting an accusation does.
fn refuses(clause: &Clause<'_, '_>, at: usize) -> bool {
    let objects = clause.objects(at);
    let first = objects.first().and_then(|object| clause.np(*object));
    matches!(clause.lemma(at), "reject" | "dismiss" | "contradict" | "dispute" | "repudiate")
        && first.is_some_and(|np| {
            let head = clause.parsed.norm(np.head);
            !DENIABLE.contains(&head) && !matches!(head, "it" | "this" | "that")
        })
}
