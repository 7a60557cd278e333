//! Bulletins: texts that speak in the voice of a party ("our fighters", "the enemy").

use super::{Ear, Heard};
use crate::extract::event::clause::Clause;
use crate::extract::language::Lexicon;
use crate::extract::reader::Parsed;

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
