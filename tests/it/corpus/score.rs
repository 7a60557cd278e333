//! Which claim answers which event of the key, and how well.

use sitrep::model::claim::Claim;

use super::key::{Entry, KeyEvent};
use super::pairing::{Pair, pairs};
use super::sheet::{Sheet, Slot, Tally};
use super::slots;

/// The marks of one article.
pub(super) fn mark(entry: &Entry, claims: &[Claim]) -> Sheet {
    let events = &entry.gold.events;
    let found = pairs(events.len(), claims.len(), |key, read| {
        closeness(&events[key], &claims[read], &entry.text)
    });
    let mut sheet = Sheet::default();
    for Pair { key, read, .. } in &found {
        sheet += compare(Some(&events[*key]), Some(&claims[*read]));
    }
    let missed = |key: &usize| !found.iter().any(|pair| pair.key == *key);
    for key in (0..events.len()).filter(missed).filter(|key| !events[*key].optional) {
        sheet += compare(Some(&events[key]), None);
    }
    let extra = |read: &usize| !found.iter().any(|pair| pair.read == *read);
    for read in (0..claims.len()).filter(extra) {
        sheet += compare(None, Some(&claims[read]));
    }
    sheet
}

/// How near a claim lies to an event of the key; 0 where they have neither type and actor or place nor sentence in common.
fn closeness(event: &KeyEvent, claim: &Claim, text: &str) -> f64 {
    let kind = slots::kind(event, claim);
    let sheet = compare(Some(event), Some(claim));
    let share = |slot: Slot| sheet.of(slot).f1() / 100.0;
    let sentence = if slots::same_sentence(event, claim, text) { 1.0 } else { 0.0 };
    let anchored = share(Slot::Actors) + share(Slot::Place) + share(Slot::Admin1) + sentence > 0.0;
    if !anchored || kind + sentence == 0.0 {
        return 0.0;
    }
    let who_where =
        2.0 * share(Slot::Actors) + 1.5 * share(Slot::Place) + 0.5 * share(Slot::Admin1);
    let when_how_many = share(Slot::Date) + share(Slot::Killed) + 0.5 * share(Slot::Wounded);
    2.0 * kind + who_where + when_how_many + 1.5 * sentence
}

/// The marks of a claim for an event of the key; of either alone, what is missing or too much.
fn compare(event: Option<&KeyEvent>, claim: Option<&Claim>) -> Sheet {
    let mut sheet = Sheet::default();
    for slot in Slot::ALL {
        sheet.set(slot, tally(slot, event, claim));
    }
    sheet
}

fn tally(slot: Slot, event: Option<&KeyEvent>, claim: Option<&Claim>) -> Tally {
    let keyed = event.map_or(0, |event| slots::keyed(slot, event));
    let read = claim.map_or(0, |claim| slots::read(slot, claim));
    let right = event.zip(claim).map_or(0.0, |(event, claim)| slots::right(slot, event, claim));
    Tally { keyed: count(keyed), read: count(read), right }
}

fn count(fills: usize) -> f64 {
    f64::from(u32::try_from(fills).unwrap())
}
