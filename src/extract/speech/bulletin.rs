//! Bulletins: texts that speak in the voice of a party ("our fighters", "the enemy"), lists with one speaker.

use super::{Ear, Heard};
use crate::extract::event::candidate::Candidate;
use crate::extract::event::clause::Clause;
use crate::extract::language::Lexicon;
use crate::extract::reader::Parsed;
use crate::model::claim::{Field, Speaker};
use crate::model::document::MentionKind;

/// The party in whose voice a text is written outside its quotations, by how it calls the two sides; who speaks in it tells
/// which one it is, else whom "our" goes with, else the forces of the country.
pub fn party(
    ear: &Ear<'_>,
    lexicon: &Lexicon,
    parsed: &Parsed<'_>,
    heard: &Heard,
) -> Option<usize> {
    let plain = unquoted(parsed);
    let own =
        plain.iter().find(|at| lexicon.partisan_own.find(&parsed.tokens, **at).is_some()).copied();
    let mut other: Vec<&str> = plain
        .iter()
        .filter(|at| lexicon.partisan_other.find(&parsed.tokens, **at).is_some())
        .map(|at| parsed.norm(*at))
        .collect();
    other.sort_unstable();
    other.dedup();
    if own.is_none() && other.len() < 2 {
        return None;
    }
    let spoken = heard.all.iter().find_map(|voice| voice.factions.first().copied());
    spoken.or_else(|| own.and_then(|at| going_with(lexicon, parsed, at))).or_else(|| {
        let state = ear.countries.first().and_then(|country| ear.roster.state_of(country))?;
        Some(ear.roster.service(state, false, false, false))
    })
}

/// The tokens outside quotation marks; marks are matched within their paragraph.
fn unquoted(parsed: &Parsed<'_>) -> Vec<usize> {
    let mut open = false;
    let mut out = Vec::new();
    for (at, token) in parsed.tokens.iter().enumerate() {
        if token.new_paragraph {
            open = false;
        }
        if token.norm == "\"" {
            open = !open;
        } else if !open {
            out.push(at);
        }
    }
    out
}

/// The faction of the phrase that "our" begins.
fn going_with(lexicon: &Lexicon, parsed: &Parsed<'_>, at: usize) -> Option<usize> {
    let sentence = parsed.sentence_of(at)?;
    let clause = Clause { parsed, sentence, lexicon };
    let chunk = (0..sentence.chunks.len())
        .find(|chunk| clause.np(*chunk).is_some_and(|np| np.first <= at && at < np.last))?;
    clause.entity(chunk)?.factions.first().copied()
}

/// "At 17:00, …": an item of a list of happenings.
pub fn is_listed(clause: &Clause<'_, '_>) -> bool {
    clause.sentence.range.clone().any(|at| {
        let timed = clause.parsed.date_at(at).and_then(|index| clause.parsed.dates.get(index));
        timed.is_some_and(|date| date.kind == MentionKind::Time && date.value.contains('T'))
    })
}

/// Who speaks at the end of a list says all of it.
pub fn attribute(out: &mut [Candidate], speakers: &[Speaker], field: Field, paragraph: usize) {
    let listed = out.iter_mut().filter(|candidate| {
        candidate.field == field
            && candidate.paragraph == paragraph
            && candidate.speakers.is_empty()
    });
    listed.for_each(|candidate| candidate.speakers = speakers.to_vec());
}
