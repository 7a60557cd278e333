//! Names of private persons, which no digest prints (B-67): office-holders and what packs name may stand.

use std::collections::BTreeSet;
use std::ops::Range;
use std::sync::LazyLock;

use serde::Deserialize;

use crate::model::actor::ActorKind;
use crate::model::claim::{Speaker, SpeakerKind};
use crate::model::event::Event;
use crate::model::registry::Registry;

#[derive(Default, Deserialize)]
struct Lexicon {
    en: Words,
}

#[derive(Default, Deserialize)]
struct Words {
    offices: BTreeSet<String>,
    private: BTreeSet<String>,
    particles: BTreeSet<String>,
    other: BTreeSet<String>,
}

/// The lists are part of the program, so a test holds that they can be read.
static WORDS: LazyLock<Words> = LazyLock::new(|| {
    let text = include_str!("../../config/lexicon/persons.toml");
    toml::from_str::<Lexicon>(text).unwrap_or_default().en
});

/// A word of a text.
#[derive(Debug, Clone, Copy)]
struct Word<'a> {
    text: &'a str,
    start: usize,
    /// Whether a comma or a full stop stands after it.
    ends: bool,
}

impl Word<'_> {
    fn end(&self) -> usize {
        self.start + self.text.len()
    }

    fn lower(&self) -> String {
        self.text.to_lowercase()
    }

    /// `Ahmad`, `al-Khalil`.
    fn is_capital(&self) -> bool {
        self.text.split('-').any(|part| part.starts_with(char::is_uppercase))
    }
}

/// The names of private persons that an event's own fields hold: people who are in no pack, and named witnesses.
pub(crate) fn of_event(event: &Event) -> Vec<&str> {
    let people = event
        .actors
        .iter()
        .filter(|actor| actor.kind == ActorKind::Person && actor.faction.is_none())
        .map(|actor| actor.name.as_str());
    let said = event.reports.iter().flat_map(|report| &report.speakers);
    let said = said.chain(event.denials.iter().map(|(speaker, _)| speaker));
    let witnesses = said.filter(|speaker| is_named_witness(speaker)).map(|it| it.name.as_str());
    people.chain(witnesses).filter(|name| name.contains(char::is_uppercase)).collect()
}

/// A witness whom the text names: every word of it, or all but particles, with a capital.
pub(crate) fn is_named_witness(speaker: &Speaker) -> bool {
    speaker.kind == SpeakerKind::Witness && speaker.faction.is_none() && is_full_name(&speaker.name)
}

/// Two words or more, all of them with a capital or particles, and not all of them of an organisation or place.
pub(crate) fn is_full_name(name: &str) -> bool {
    let words = words(name);
    let named = |word: &Word<'_>| word.is_capital() || WORDS.particles.contains(&word.lower());
    words.len() > 1 && words.iter().all(named) && !words.iter().all(|word| is_other(word))
}

fn is_other(word: &Word<'_>) -> bool {
    let lower = word.lower();
    WORDS.other.contains(&lower) || WORDS.offices.contains(&lower)
}

/// Where private persons are named in a text: the names given, names after a word for a private person or before an
/// age, and every run of two capitalised words or more of which packs, places and the lists do not know one.
pub(crate) fn private(text: &str, event: &Event, registry: &Registry) -> Vec<Range<usize>> {
    let places = place_words(event);
    let known = |word: &Word<'_>| {
        let lower = word.lower();
        is_other(word)
            || WORDS.particles.contains(&lower)
            || places.contains(&lower)
            || registry.knows_word(&lower)
    };
    let mut found = given(text, event);
    let words = words(text);
    for run in runs(&words) {
        let before = run.start.checked_sub(1).and_then(|at| words.get(at)).filter(|it| !it.ends);
        let before = before.map(Word::lower).unwrap_or_default();
        let (first, last) = (&words[run.start], &words[run.end - 1]);
        let office = WORDS.offices.contains(&before) || WORDS.offices.contains(&first.lower());
        let cued = WORDS.private.contains(&before) || is_aged(&words, run.end);
        let strange = words[run.clone()].iter().any(|word| !known(word));
        if !office && strange && (cued || run.len() > 1) {
            found.push(first.start..last.end());
        }
    }
    found.sort_by_key(|range| range.start);
    found
}

/// Where the names stand that the event's fields hold.
pub(crate) fn given(text: &str, event: &Event) -> Vec<Range<usize>> {
    let names = of_event(event).into_iter();
    names.flat_map(|name| text.match_indices(name).map(|(at, hit)| at..at + hit.len())).collect()
}

fn place_words(event: &Event) -> BTreeSet<String> {
    let names = event.places.iter().flat_map(|place| {
        [Some(&place.name), place.canonical.as_ref(), place.admin1.as_ref(), place.admin2.as_ref()]
    });
    let words = names.flatten().flat_map(|name| words(name));
    words.map(|word| word.lower()).collect()
}

/// A name with a number for an age after it: `Ahmad, 12`.
fn is_aged(words: &[Word<'_>], end: usize) -> bool {
    let comma = end.checked_sub(1).and_then(|at| words.get(at)).is_some_and(|word| word.ends);
    let number = words.get(end).map(|word| word.text.parse::<u8>());
    comma && matches!(number, Some(Ok(age)) if age < 110)
}

/// Runs of capitalised words, with particles inside.
fn runs(words: &[Word<'_>]) -> Vec<Range<usize>> {
    let (mut runs, mut at) = (Vec::new(), 0);
    while at < words.len() {
        let mut end = at;
        while end < words.len() && (words[end].is_capital() || (end > at && inside(words, end))) {
            end += 1;
            if words[end - 1].ends {
                break;
            }
        }
        if end > at {
            runs.push(at..end);
        }
        at = end.max(at + 1);
    }
    runs
}

/// A particle with a capitalised word after it.
fn inside(words: &[Word<'_>], at: usize) -> bool {
    let particle = words.get(at).is_some_and(|word| WORDS.particles.contains(&word.lower()));
    particle && words.get(at + 1).is_some_and(Word::is_capital)
}

fn words(text: &str) -> Vec<Word<'_>> {
    let mut words = Vec::new();
    for piece in text.split_whitespace() {
        let offset = piece.as_ptr().addr() - text.as_ptr().addr();
        let word = piece.trim_matches(|c: char| !c.is_alphanumeric());
        let word = word.strip_suffix("'s").or(word.strip_suffix("’s")).unwrap_or(word);
        if word.is_empty() {
            continue;
        }
        let start = offset + piece.find(word).unwrap_or(0);
        let ends = piece.ends_with([',', '.', ';', ':', ')']);
        words.push(Word { text: word, start, ends });
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_lists_can_be_read() {
        for list in [&WORDS.offices, &WORDS.private, &WORDS.particles, &WORDS.other] {
            assert!(list.len() > 10);
        }
    }

    #[test]
    fn b_67_a_name_of_several_words_is_told_from_an_organisation() {
        for name in ["Ana Private", "Ahmad al-Khalil", "Omar bin Said"] {
            assert!(is_full_name(name), "{name}");
        }
        for name in ["witnesses", "Local sources", "United Nations", "People's Council", "Ahmad"] {
            assert!(!is_full_name(name), "{name}");
        }
    }

    #[test]
    fn a_run_of_capitals_ends_at_a_comma_and_goes_over_particles() {
        let text = "Shells killed Omar bin Said, Ana Private and a driver";
        let words = words(text);
        let runs: Vec<&str> = runs(&words)
            .iter()
            .map(|run| &text[words[run.start].start..words[run.end - 1].end()])
            .collect();
        assert_eq!(runs, ["Shells", "Omar bin Said", "Ana Private"]);
    }
}
