//! A situation without what must not be shown (B-67, B-68): before it is worded, and before it is given away.

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::sync::Arc;

use super::person;
use super::sentence::is_sheltered;
use crate::model::actor::ActorKind;
use crate::model::claim::Speaker;
use crate::model::event::{Dispute, Event};
use crate::model::place::{ClaimPlace, PlacePrecision};
use crate::model::registry::Registry;
use crate::model::situation::{Situation, Total};

/// What stands for a private person's name.
const PERSON: &str = "a person";
/// What stands for the name of a witness.
const WITNESS: &str = "a witness";
/// What stands for a name inside a quotation.
const WITHHELD: &str = "[name withheld]";

/// The situation as it may be given to another program: without names of private persons, also in the sentences that
/// it rests on, and with the places of hospitals, schools, shelters, camps and aid no finer than the district.
pub fn discreet(situation: &Situation, registry: &Registry) -> Situation {
    let mut situation = nameless(situation).into_owned();
    for event in situation.every_event_mut() {
        withhold(event, registry);
        if is_sheltered(event) {
            event.places.iter_mut().for_each(coarsen);
        }
    }
    situation
}

/// The situation with nobody private named in the fields that sentences are written from.
pub(crate) fn nameless(situation: &Situation) -> Cow<'_, Situation> {
    let private: BTreeSet<&str> = situation.every_event().flat_map(person::of_event).collect();
    if private.is_empty() {
        return Cow::Borrowed(situation);
    }
    let private: BTreeSet<String> = private.into_iter().map(str::to_owned).collect();
    let mut nameless = situation.clone();
    for event in nameless.every_event_mut() {
        unname(event, &private);
    }
    for total in nameless.glance.totals.values_mut() {
        unname_total(total, &private);
    }
    Cow::Owned(nameless)
}

/// The sentences are cut first: what is cut out of them is known by the names in the other fields.
fn unname(event: &mut Event, private: &BTreeSet<String>) {
    cut_quotes(event);
    for actor in &mut event.actors {
        if actor.kind == ActorKind::Person && private.contains(&actor.name) {
            PERSON.clone_into(&mut actor.name);
        }
    }
    for side in &mut event.figures {
        if side.faction.is_none() && private.contains(&side.side) {
            PERSON.clone_into(&mut side.side);
        }
        side.reports.iter_mut().for_each(|report| unname_text(&mut report.speaker, private));
    }
    let said = event.reports.iter_mut().flat_map(|report| &mut report.speakers);
    said.chain(event.denials.iter_mut().map(|(speaker, _)| speaker)).for_each(unname_speaker);
    for dispute in &mut event.disputes {
        if let Dispute::PartDenied { by } | Dispute::OccurrenceDenied { by } = dispute {
            unname_text(by, private);
        }
    }
    for row in &mut event.materiel {
        row.speaker.iter_mut().for_each(|speaker| unname_text(speaker, private));
    }
}

fn unname_speaker(speaker: &mut Speaker) {
    if person::is_named_witness(speaker) {
        WITNESS.clone_into(&mut speaker.name);
    }
}

fn unname_text(name: &mut String, private: &BTreeSet<String>) {
    if private.contains(name) {
        WITNESS.clone_into(name);
    }
}

fn unname_total(total: &mut Total, private: &BTreeSet<String>) {
    for one in &mut total.one_sided {
        unname_text(&mut one.speaker, private);
        if private.contains(&one.side) {
            PERSON.clone_into(&mut one.side);
        }
    }
}

/// Cuts the names that the event's fields hold out of sentences and headlines.
fn cut_quotes(event: &mut Event) {
    let names: Vec<String> = person::of_event(event).into_iter().map(str::to_owned).collect();
    let cut = |text: &mut String| {
        for name in &names {
            if text.contains(name) {
                *text = text.replace(name, WITHHELD);
            }
        }
    };
    for report in &mut event.reports {
        if names.iter().any(|name| report.article.title.contains(name)) {
            cut(&mut Arc::make_mut(&mut report.article).title);
        }
        report.evidence.iter_mut().for_each(|evidence| cut(&mut evidence.quote));
    }
}

/// Cuts every name that may be a private person's out of the sentences.
fn withhold(event: &mut Event, registry: &Registry) {
    let cut: Vec<Vec<String>> = event
        .reports
        .iter()
        .map(|report| {
            let quotes = report.evidence.iter().map(|evidence| &evidence.quote);
            quotes.map(|quote| withheld(quote, event, registry)).collect()
        })
        .collect();
    for (report, quotes) in event.reports.iter_mut().zip(cut) {
        for (evidence, quote) in report.evidence.iter_mut().zip(quotes) {
            evidence.quote = quote;
        }
    }
}

fn withheld(quote: &str, event: &Event, registry: &Registry) -> String {
    let (mut out, mut end) = (String::with_capacity(quote.len()), 0);
    for name in person::private(quote, event, registry) {
        if name.start >= end {
            out.push_str(&quote[end..name.start]);
            out.push_str(WITHHELD);
            end = name.end;
        }
    }
    out.push_str(&quote[end..]);
    out
}

fn coarsen(place: &mut ClaimPlace) {
    if place.precision != PlacePrecision::Place {
        return;
    }
    let area = place.admin2.as_ref().or(place.admin1.as_ref()).or(place.country.as_ref());
    let area = area.cloned().unwrap_or_default();
    "in".clone_into(&mut place.relation);
    (place.name, place.canonical) = (area.clone(), Some(area));
    (place.lat, place.lon) = (None, None);
    place.precision = if place.admin2.is_some() {
        PlacePrecision::Admin2
    } else if place.admin1.is_some() {
        PlacePrecision::Admin1
    } else {
        PlacePrecision::Country
    };
}
