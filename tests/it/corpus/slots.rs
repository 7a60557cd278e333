//! The marks slot by slot.
//!
//! Full credit for what the key says, half for what overlaps it: a date one day off, the main type without the sub-type,
//! a range that meets the key's, an actor in the role next to its own.

use jiff::ToSpan as _;
use jiff::civil::Date;
use sitrep::model::actor::{Actor, Role};
use sitrep::model::casualty::{Casualties, CasualtyGroup, Figure};
use sitrep::model::claim::Claim;
use sitrep::model::id::FactionId;

use super::key::{Count, KeyActor, KeyCasualties, KeyEvent};
use super::names::{likeness, same_division, same_place};
use super::pairing::credit;
use super::sheet::Slot;

/// How many fills the key's event has for a slot.
pub(super) fn keyed(slot: Slot, event: &KeyEvent) -> usize {
    match slot {
        Slot::Event | Slot::Type | Slot::Date | Slot::Status => 1,
        Slot::Country => usize::from(event.country.is_some()),
        Slot::Admin1 => usize::from(event.admin1.is_some()),
        Slot::Place => usize::from(!event.places.is_empty()),
        Slot::Actors => event.actors.len(),
        Slot::Materiel => event.materiel.len(),
        Slot::Attribution => event.claimed_by.len(),
        _ => key_rows(slot, event).len(),
    }
}

/// How many fills a claim has for a slot.
pub(super) fn read(slot: Slot, claim: &Claim) -> usize {
    match slot {
        Slot::Event | Slot::Type | Slot::Status => 1,
        Slot::Date => usize::from(claim.date.is_some()),
        Slot::Country => usize::from(claim.places.iter().any(|place| place.country.is_some())),
        Slot::Admin1 => usize::from(!divisions(claim).is_empty()),
        Slot::Place => usize::from(!claim.places.is_empty()),
        Slot::Actors => claim.actors.len(),
        Slot::Materiel => claim.materiel.len(),
        Slot::Attribution => claim.attribution.len(),
        _ => rows(slot, claim).len(),
    }
}

/// How much of a slot is right, in fills.
pub(super) fn right(slot: Slot, event: &KeyEvent, claim: &Claim) -> f64 {
    match slot {
        Slot::Event => 1.0,
        Slot::Type => kind(event, claim),
        Slot::Date => date(event, claim),
        Slot::Country => country(event, claim),
        Slot::Admin1 => admin1(event, claim),
        Slot::Place => place(event, claim),
        Slot::Actors => actors(event, claim),
        Slot::Materiel => materiel(event, claim),
        Slot::Status => f64::from(u8::from(event.status == claim.status)),
        Slot::Attribution => attribution(event, claim),
        _ => people(slot, event, claim),
    }
}

/// The sub-type or another that is right too; half for the main type alone.
pub(super) fn kind(event: &KeyEvent, claim: &Claim) -> f64 {
    if event.kind.0 == claim.kind.0 || event.sub_type_alts.contains(&claim.kind.0) {
        return 1.0;
    }
    if event.kind.0.event_type() == claim.kind.0.event_type() { 0.5 } else { 0.0 }
}

/// Whether the claim rests on the sentence that the key rests on.
pub(super) fn same_sentence(event: &KeyEvent, claim: &Claim, text: &str) -> bool {
    let Some(start) = text.find(&event.evidence) else { return false };
    let end = start + event.evidence.len();
    let meets = |quote: &str| {
        text.find(quote).is_some_and(|at| !quote.is_empty() && at < end && start < at + quote.len())
    };
    claim.evidence.iter().any(|evidence| meets(&evidence.quote))
}

fn date(event: &KeyEvent, claim: &Claim) -> f64 {
    let Some(read) = claim.date else { return 0.0 };
    let within = |from: Date, to: Date| from <= read.from && read.to <= to;
    if within(event.date.from, event.date.to) {
        return 1.0;
    }
    let (before, after) =
        (event.date.from.saturating_sub(1.day()), event.date.to.saturating_add(1.day()));
    if read.from <= after && before <= read.to { 0.5 } else { 0.0 }
}

fn country(event: &KeyEvent, claim: &Claim) -> f64 {
    let mut read: Vec<&str> =
        claim.places.iter().filter_map(|place| place.country.as_deref()).collect();
    read.sort_unstable();
    read.dedup();
    event
        .country
        .as_deref()
        .filter(|country| read.contains(country))
        .map_or(0.0, |_| share(read.len()))
}

/// The first-order divisions that a claim names, each once.
fn divisions(claim: &Claim) -> Vec<&str> {
    let mut read: Vec<&str> =
        claim.places.iter().filter_map(|place| place.admin1.as_deref()).collect();
    read.sort_unstable();
    read.dedup();
    read
}

/// Naming more divisions than one divides the credit; where the key lists several places, one more is free.
fn admin1(event: &KeyEvent, claim: &Claim) -> f64 {
    let read = divisions(claim);
    let Some(key) = &event.admin1 else { return 0.0 };
    if !read.iter().any(|name| same_division(key, name)) {
        return 0.0;
    }
    share(read.len() - usize::from(read.len() > 1 && event.places.len() > 1))
}

/// Listing many places does not pay: beyond the key's number, and three, they divide the credit.
fn place(event: &KeyEvent, claim: &Claim) -> f64 {
    let read: Vec<&str> = claim
        .places
        .iter()
        .flat_map(|place| [Some(place.name.as_str()), place.canonical.as_deref()])
        .flatten()
        .collect();
    let same = event.places.iter().any(|key| read.iter().any(|name| same_place(key, name)));
    let near = event.places.iter().any(|key| likeness(&[key], &read) > 0.0);
    let degree = if same {
        1.0
    } else if near {
        0.5
    } else {
        0.0
    };
    let allowed = event.places.len().max(3);
    if claim.places.len() > allowed {
        degree * number(allowed) * share(claim.places.len())
    } else {
        degree
    }
}

fn actors(event: &KeyEvent, claim: &Claim) -> f64 {
    credit(event.actors.len(), claim.actors.len(), |key, read| {
        actor(&event.actors[key], &claim.actors[read])
    })
}

/// Half for a participant in place of an initiator or target, a quarter for the opposite role.
fn actor(key: &KeyActor, read: &Actor) -> f64 {
    let role = match (key.role, read.role) {
        (a, b) if a == b => 1.0,
        (Role::Participant, _) | (_, Role::Participant) => 0.5,
        _ => 0.25,
    };
    role * likeness(&key_names(key), &actor_names(read))
}

fn key_names(actor: &KeyActor) -> Vec<&str> {
    [actor.name.as_str()].into_iter().chain(actor.alts.iter().map(String::as_str)).collect()
}

fn actor_names(actor: &Actor) -> Vec<&str> {
    let faction = actor.faction.as_ref().map(FactionId::as_str);
    [Some(actor.name.as_str()), actor.canonical.as_deref(), faction].into_iter().flatten().collect()
}

/// A key's figure for one side in a slot.
type KeyRow<'k> = (Vec<&'k str>, Count);

fn key_rows(slot: Slot, event: &KeyEvent) -> Vec<KeyRow<'_>> {
    let rows = event.casualties.iter();
    rows.filter_map(|row| Some((key_side(&row.side, event), key_part(slot, row)?))).collect()
}

/// The figure of a key's row that a slot is about.
fn key_part(slot: Slot, row: &KeyCasualties) -> Option<Count> {
    match slot {
        Slot::Killed | Slot::KilledSide => row.killed,
        Slot::Wounded | Slot::WoundedSide => row.wounded,
        _ => row.captured,
    }
}

/// Every name of a side: those of the actor that it is, else its own.
fn key_side<'k>(side: &'k str, event: &'k KeyEvent) -> Vec<&'k str> {
    let actor = event.actors.iter().find(|actor| actor.name == side);
    actor.map_or_else(|| vec![side], key_names)
}

/// A claim's figure for one side in a slot.
type Row<'c> = (&'c Casualties, &'c Figure);

fn rows(slot: Slot, claim: &Claim) -> Vec<Row<'_>> {
    claim.casualties.iter().filter_map(|row| part(slot, row).map(|count| (row, count))).collect()
}

/// The figure of a row that a slot is about.
fn part(slot: Slot, row: &Casualties) -> Option<&Figure> {
    match slot {
        Slot::Killed | Slot::KilledSide => row.killed.as_ref(),
        Slot::Wounded | Slot::WoundedSide => row.wounded.as_ref(),
        _ => row.captured.as_ref(),
    }
}

/// The dead, hurt or taken: in the slots of sides only where they lie with the right one.
fn people(slot: Slot, event: &KeyEvent, claim: &Claim) -> f64 {
    let by_side = matches!(slot, Slot::KilledSide | Slot::WoundedSide | Slot::CapturedSide);
    let (keys, reads) = (key_rows(slot, event), rows(slot, claim));
    credit(keys.len(), reads.len(), |key, read| {
        let ((side, count), (row, found)) = (&keys[key], reads[read]);
        if by_side && likeness(side, &side_names(row, claim)) == 0.0 {
            0.0
        } else {
            figure(*count, found)
        }
    })
}

/// Every name that a claim has for the side of a row.
fn side_names<'c>(row: &'c Casualties, claim: &'c Claim) -> Vec<&'c str> {
    let mut names = vec![row.name.as_str()];
    names.extend(row.canonical.as_deref());
    if row.group == CasualtyGroup::Civilian {
        names.push("civilians");
    }
    if row.faction.is_none() && row.group == CasualtyGroup::Unknown {
        names.push("unknown");
    }
    if row.faction.is_some() {
        let its = claim.actors.iter().filter(|actor| actor.faction == row.faction);
        its.for_each(|actor| names.extend(actor_names(actor)));
    }
    names
}

/// Full credit for the key's range or one inside it, half for one that meets it.
fn figure(key: Count, read: &Figure) -> f64 {
    let (Some(low), Some(least)) = (key.min, read.min) else {
        return f64::from(u8::from(
            key.min.is_none() && (read.min.is_none() || read.vague.is_some()),
        ));
    };
    let high = key.max.unwrap_or(u32::MAX);
    let most = read.max.unwrap_or(least);
    let exact = least == low && (most == high || key.vague || read.max.is_none());
    if exact || (low <= least && most <= high) {
        return 1.0;
    }
    if least <= high && most >= low { 0.5 } else { 0.0 }
}

fn materiel(event: &KeyEvent, claim: &Claim) -> f64 {
    credit(event.materiel.len(), claim.materiel.len(), |key, read| {
        let (key, read) = (&event.materiel[key], &claim.materiel[read]);
        if likeness(&[&key.item], &[&read.item]) == 0.0 {
            return 0.0;
        }
        if key.fate == read.fate { 1.0 } else { 0.5 }
    })
}

fn attribution(event: &KeyEvent, claim: &Claim) -> f64 {
    credit(event.claimed_by.len(), claim.attribution.len(), |key, read| {
        let speaker = &claim.attribution[read];
        let faction = speaker.faction.as_ref().map(FactionId::as_str);
        let names: Vec<&str> = [speaker.name.as_str()].into_iter().chain(faction).collect();
        likeness(&[&event.claimed_by[key]], &names)
    })
}

fn number(count: usize) -> f64 {
    f64::from(u32::try_from(count).unwrap())
}

/// One part of so many.
fn share(parts: usize) -> f64 {
    1.0 / number(parts.max(1))
}
