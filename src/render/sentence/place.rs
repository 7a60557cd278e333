//! Where an event happened, as a line says it.

use super::grammar::{folded, joined};
use crate::model::event::Event;
use crate::model::place::{ClaimPlace, PlacePrecision};

/// Things whose place is told no finer than the district (B-68).
const SHELTERED: &[&str] = &["hospital", "school", "shelter", "camp", "aid", "clinic"];

/// Words of a place's name that need an article before it.
const THINGS: &[&str] = &[
    "highway",
    "road",
    "mountains",
    "mountain",
    "valley",
    "river",
    "desert",
    "border",
    "crossing",
    "countryside",
];

/// How much of a place is told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Detail<'a> {
    /// With its first-order division, unless that is the heading which the line stands under.
    Under(&'a str),
    /// The place alone, without the source's spelling.
    Bare,
}

/// The place phrase of an event: `near X`, `Binin (source: “Benin”)`, `Idlib, exact place unknown`.
pub(crate) fn place(event: &Event, detail: Detail<'_>) -> String {
    let Some(first) = event.places.first() else { return "place not reported".to_owned() };
    if sheltered(event) && first.precision == PlacePrecision::Place {
        return coarse(first);
    }
    let mut phrase = match first.precision {
        PlacePrecision::Place if detail == Detail::Bare => located(first, known_name(first)),
        PlacePrecision::Place => located(first, &names(event, first)),
        _ => format!("{}, exact place unknown", known_name(first)),
    };
    if let (Detail::Under(heading), Some(admin1)) = (detail, &first.admin1)
        && admin1 != heading
        && first.precision < PlacePrecision::Admin1
        && folded(admin1) != folded(known_name(first))
    {
        phrase = format!("{phrase}, {admin1}");
    }
    phrase
}

/// The place inside a sentence, after the verb: `near al-Sukhna`, `in Binin`; none where only the area is known.
pub(crate) fn at_place(event: &Event) -> Option<String> {
    let first = event.places.first()?;
    if first.precision != PlacePrecision::Place || sheltered(event) {
        return None;
    }
    let phrase = located(first, known_name(first));
    Some(if is_in(&first.relation) { format!("in {phrase}") } else { phrase })
}

/// The first-order division, else the country or what the text says.
pub(crate) fn region(event: &Event) -> String {
    let first = event.places.first();
    first.map_or_else(
        || "Place not reported".to_owned(),
        |place| place.admin1.clone().unwrap_or_else(|| known_name(place).to_owned()),
    )
}

fn names(event: &Event, first: &ClaimPlace) -> String {
    let same = |place: &&ClaimPlace| {
        place.precision == PlacePrecision::Place
            && place.relation == first.relation
            && place.admin1 == first.admin1
    };
    let names = event.places.iter().filter(same).map(with_spelling).collect::<Vec<_>>();
    joined(&names)
}

fn located(place: &ClaimPlace, name: &str) -> String {
    let relation = place.relation.trim();
    let thing = name.rsplit(' ').next().is_some_and(|last| THINGS.contains(&last));
    let name = if thing { format!("the {name}") } else { name.to_owned() };
    if is_in(relation) { name } else { format!("{relation} {name}") }
}

fn is_in(relation: &str) -> bool {
    matches!(relation.trim(), "" | "in" | "at" | "on" | "inside")
}

/// Our name, with the source's beside it where the spelling is another one (B-25).
fn with_spelling(place: &ClaimPlace) -> String {
    let known = known_name(place);
    if folded(known) == folded(&place.name) {
        return known.to_owned();
    }
    format!("{known} (source: “{}”)", place.name)
}

pub(crate) fn known_name(place: &ClaimPlace) -> &str {
    place.canonical.as_deref().unwrap_or(&place.name)
}

fn coarse(place: &ClaimPlace) -> String {
    match (&place.admin2, &place.admin1) {
        (Some(district), _) => format!("{district} district, exact place not shown"),
        (None, Some(admin1)) => format!("{admin1}, exact place not shown"),
        (None, None) => "exact place not shown".to_owned(),
    }
}

/// Whether the event's place is told no finer than its district (B-68).
pub(crate) fn sheltered(event: &Event) -> bool {
    event.objects.iter().any(|object| SHELTERED.contains(&object.kind.as_str()))
}
