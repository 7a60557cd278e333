//! The extractor on mutated texts: it never panics, never hangs, and its evidence is always a slice of the text.
//!
//! Sixty seconds by default. `SITREP_MUTATION_SECONDS` makes it longer or shorter, `SITREP_MUTATION_SEED` gives other
//! texts; `tests/fuzz.sh` runs it for long, in a release build, on every core.

mod mutate;
mod random;

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::time::{Duration, Instant};

use sitrep::extract::Extractor;
use sitrep::model::claim::Field;
use sitrep::model::document::{Document, Reading};
use sitrep::model::registry::Registry;

use mutate::Mutator;
use random::Random;

/// How long a run takes.
const SECONDS: u64 = 60;

/// The first seed; others give other texts.
const SEED: u64 = 20_200_626;

/// One text in so many is read twice, and must be read the same.
const TWICE: u64 = 16;

#[expect(clippy::disallowed_methods, reason = "how long a run may take, only the caller knows")]
fn number(variable: &str, default: u64) -> u64 {
    let said = std::env::var(variable).ok();
    said.map_or(default, |said| said.parse().unwrap())
}

/// The text at a byte range, if the range is one.
fn slice(doc: &Document, field: Field, start: usize, end: usize) -> Option<&str> {
    let text = match field {
        Field::Title => doc.title.as_deref()?,
        Field::Text => &doc.text,
    };
    text.get(start..end)
}

/// What is wrong with a reading.
fn fault(doc: &Document, reading: &Reading) -> Option<String> {
    let evidence = reading.claims.iter().flat_map(|claim| &claim.evidence);
    let quotes = evidence.map(|one| (one.field, one.start, one.end, &one.quote));
    let dropped = reading.dropped.iter().map(|one| (one.field, one.start, one.end, &one.text));
    let mentions = reading.mentions.iter().map(|one| (Field::Text, one.start, one.end, &one.text));
    let mut all = quotes.chain(dropped).chain(mentions);
    let wrong = all.find(|(field, start, end, quote)| {
        slice(doc, *field, *start, *end) != Some(quote.as_str())
    });
    let bare = reading.claims.iter().find(|claim| claim.evidence.is_empty());
    wrong
        .map(|(field, start, end, quote)| format!("{field:?} {start}..{end} is not `{quote}`"))
        .or_else(|| bare.map(|claim| format!("no evidence for {claim:?}")))
}

/// Reads a document and says what went wrong.
fn trial(extractor: &Extractor, doc: &Document, twice: bool) -> Result<(), String> {
    let read = || catch_unwind(AssertUnwindSafe(|| extractor.explain(doc)));
    let reading = read().map_err(|_| "it panicked".to_owned())?;
    if let Some(fault) = fault(doc, &reading) {
        return Err(fault);
    }
    if twice && read().is_ok_and(|again| again != reading) {
        return Err("it was read differently the second time".to_owned());
    }
    Ok(())
}

/// What a run came to.
#[derive(Default)]
struct Run {
    texts: u64,
    /// The longest time for a text, with its bytes.
    slowest: (Duration, usize),
}

fn run(extractor: &Extractor, seed: u64, until: Instant) -> Run {
    let mut mutator = Mutator::new(Random::new(seed));
    let mut run = Run::default();
    while Instant::now() < until {
        let doc = mutator.document();
        let began = Instant::now();
        if let Err(fault) = trial(extractor, &doc, run.texts.is_multiple_of(TWICE)) {
            let text = serde_json::to_string(&doc).unwrap();
            panic!("text {} of seed {seed}: {fault}\n{text}", run.texts);
        }
        run.slowest = run.slowest.max((began.elapsed(), doc.text.len()));
        run.texts += 1;
    }
    run
}

#[test]
#[expect(clippy::print_stdout, reason = "the figures are what one runs it for")]
fn mutated_texts_are_read_without_a_panic_and_with_exact_evidence() {
    let registry = Registry::merge(sitrep::config::packs::builtin().unwrap());
    let extractor = Extractor::new(&registry).unwrap();
    let (seed, threads) =
        (number("SITREP_MUTATION_SEED", SEED), number("SITREP_MUTATION_THREADS", 1));
    let until = Instant::now() + Duration::from_secs(number("SITREP_MUTATION_SECONDS", SECONDS));
    let runs: Vec<Run> = std::thread::scope(|scope| {
        let start = |seed| {
            scope.spawn({
                let extractor = &extractor;
                move || run(extractor, seed, until)
            })
        };
        let started: Vec<_> = (seed..seed + threads).map(start).collect();
        started.into_iter().map(|thread| thread.join().unwrap()).collect()
    });
    let texts: u64 = runs.iter().map(|run| run.texts).sum();
    let slowest = runs.iter().map(|run| run.slowest).max().unwrap();
    println!("{texts} texts; the slowest took {:?} for {} bytes", slowest.0, slowest.1);
    assert!(texts > 0);
}
