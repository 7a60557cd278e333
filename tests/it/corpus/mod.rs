//! Our own gold corpus: how well whole articles are read, with floors under it.
//!
//! `cargo nextest run corpus` prints the figures.

mod key;
mod names;
mod pairing;
mod score;
mod sheet;
mod slots;
mod table;

use std::collections::{BTreeMap, BTreeSet};

use sitrep::extract::Extractor;
use sitrep::model::registry::Registry;

use key::{Count, KeyCasualties, KeyEvent};
use sheet::{Sheet, Slot};

/// F1 over the core slots of all articles, in hundredths.
const TOTAL_FLOOR: f64 = 70.5;
/// F1 of events found, in hundredths.
const EVENT_FLOOR: f64 = 85.0;
/// Of the dead counted right, the part that lies with the right side.
const RIGHT_SIDE_FLOOR: f64 = 0.93;

#[test]
#[expect(clippy::print_stdout, reason = "the figures are what one runs it for")]
fn articles_of_every_theatre_are_read_as_well_as_before() {
    let packs = sitrep::config::packs::builtin().unwrap();
    let extractor = Extractor::new(&Registry::merge(packs)).unwrap();
    let (mut all, mut theatres) = (Sheet::default(), BTreeMap::<String, (usize, Sheet)>::new());
    for entry in key::entries() {
        let sheet = score::mark(&entry, &extractor.read(&entry.document()).claims);
        all += sheet;
        let (articles, its) = theatres.entry(entry.theatre).or_default();
        *articles += 1;
        *its += sheet;
    }
    println!("{}", table::table(&all, &theatres));
    for (name, measured, floor) in [
        ("total", all.core().f1(), TOTAL_FLOOR),
        ("events", all.of(Slot::Event).f1(), EVENT_FLOOR),
        ("dead on the right side", all.right_side(), RIGHT_SIDE_FLOOR),
    ] {
        assert!(measured >= floor, "{name}: {measured:.3} is under the floor of {floor}");
    }
}

#[test]
fn the_corpus_is_wide_enough() {
    let entries = key::entries();
    let theatres: BTreeSet<&str> = entries.iter().map(|entry| entry.theatre.as_str()).collect();
    let ids: BTreeSet<&str> = entries.iter().map(|entry| entry.doc_id.as_str()).collect();
    assert!(entries.len() >= 60 && theatres.len() >= 8, "{} articles, {theatres:?}", entries.len());
    assert_eq!(ids.len(), entries.len());
}

#[test]
fn every_key_rests_on_its_article() {
    for entry in key::entries() {
        for event in &entry.gold.events {
            let at = format!("{}: {}", entry.doc_id, event.evidence);
            assert!(!event.evidence.is_empty() && entry.text.contains(&event.evidence), "{at}");
            assert!(event.date.from <= event.date.to, "{at}");
            assert!(!(event.main && event.optional), "{at}");
            assert!(counts(event).all(in_order), "{at}");
        }
    }
}

fn counts(event: &KeyEvent) -> impl Iterator<Item = Count> {
    let figures = |row: &KeyCasualties| [row.killed, row.wounded, row.captured];
    event.casualties.iter().flat_map(figures).flatten()
}

fn in_order(count: Count) -> bool {
    count.min.zip(count.max).is_none_or(|(min, max)| min <= max)
}
