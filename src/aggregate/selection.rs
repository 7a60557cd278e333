//! Which events a digest is about, and which of them are background.

use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan};

use super::family::talks;
use super::kin::Kin;
use super::rank::severity_of;
use crate::model::claim::Speaker;
use crate::model::event::Event;
use crate::model::filter::{Filter, FilterRole};
use crate::model::id::{FactionId, RegionId};
use crate::model::place::ClaimPlace;
use crate::model::registry::Registry;
use crate::model::situation::Frozen;
use crate::model::time::{DatePrecision, DateSpan};

/// What ended so many hours before the window is background (B-6).
const BACKGROUND_HOURS: i64 = 48;

/// The events that pass a filter.
pub fn selected(events: Vec<Event>, filter: &Filter, registry: &Registry) -> Vec<Event> {
    let kin = Kin::new(registry);
    events.into_iter().filter(|event| passes(event, filter, &kin)).collect()
}

/// Whether an event passes a filter; an empty list does not restrict.
pub(super) fn passes(event: &Event, filter: &Filter, kin: &Kin<'_>) -> bool {
    (filter.theatres.is_empty() || in_theatres(event, &filter.theatres, kin))
        && (filter.factions.is_empty()
            || filter.factions.iter().any(|faction| concerns(event, faction, filter, kin)))
        && (filter.regions.is_empty()
            || filter.regions.iter().any(|region| in_region(event, region, kin)))
        && (filter.types.is_empty() || filter.types.iter().any(|kind| kind.holds(event.kind.0)))
        && severity_of(event.score) >= filter.min_severity
}

/// In one of the packs' countries; without a country, by the home of a faction that takes part.
fn in_theatres(event: &Event, theatres: &[String], kin: &Kin<'_>) -> bool {
    let countries: Vec<&str> = kin
        .registry()
        .packs()
        .iter()
        .filter(|pack| theatres.contains(&pack.id))
        .flat_map(|pack| pack.countries.iter().map(String::as_str))
        .collect();
    let home = |faction: &FactionId| kin.faction(faction).and_then(|it| it.country.as_deref());
    let mut told = event.places.iter().filter_map(|place| place.country.as_deref()).peekable();
    if told.peek().is_some() {
        return told.any(|country| countries.contains(&country));
    }
    let factions = event.actors.iter().filter_map(|actor| actor.faction.as_ref());
    factions.filter_map(home).any(|country| countries.contains(&country))
}

/// Whether a faction takes part, in this role if one is asked for; or one that belongs to it or counts under it, unless
/// factions are taken exactly.
fn concerns(event: &Event, faction: &FactionId, filter: &Filter, kin: &Kin<'_>) -> bool {
    let (day, role) = (event.last_day(), filter.role);
    let under = |id: &FactionId| {
        if filter.exact_faction { id == faction } else { kin.line(id, day).is_under(faction) }
    };
    if role == Some(FilterRole::Speaker) {
        return speakers(event)
            .any(|speaker| speaker.faction.iter().chain(kin.outlet(&speaker.name)).any(under));
    }
    let wanted = role.and_then(FilterRole::actor_role);
    let actors = event.actors.iter().filter(|actor| wanted.is_none_or(|role| actor.role == role));
    actors.filter_map(|actor| actor.faction.as_ref()).any(under)
}

fn speakers(event: &Event) -> impl Iterator<Item = &Speaker> {
    let said = event.reports.iter().flat_map(|report| &report.speakers);
    said.chain(event.denials.iter().map(|(speaker, _)| speaker))
}

/// By a pack's region, or by `CC`, `CC/Admin1`, `CC/Admin1/Admin2`; the event's own place decides.
fn in_region(event: &Event, region: &RegionId, kin: &Kin<'_>) -> bool {
    let Some(place) = event.places.first() else { return false };
    match kin.registry().region(region) {
        Some(known) => known.holds(
            place.country.as_deref().unwrap_or_default(),
            place.admin1.as_deref(),
            place.admin2.as_deref(),
        ),
        None => in_area(place, region.as_str()),
    }
}

fn in_area(place: &ClaimPlace, area: &str) -> bool {
    let place = [&place.country, &place.admin1, &place.admin2];
    let mut parts = area.split('/').zip(place);
    parts.all(|(part, value)| value.as_ref().is_some_and(|value| value.eq_ignore_ascii_case(part)))
}

/// Whether an event belongs to the window: first seen or changed in it, for an issue; of its days, on demand.
pub(super) fn in_window(event: &Event, frozen: &Frozen, zone: &TimeZone) -> bool {
    let window = frozen.window;
    match event.date.filter(|_| frozen.by_event_date) {
        Some(span) => starts(&span, zone) < window.to && ends(&span, zone) > window.from,
        None => window.contains(event.first_seen) || window.contains(event.changed_at),
    }
}

/// Whether it ended before the window's start minus 48 hours: told apart and counted nowhere (B-6). On demand nothing
/// is background, and an agreement is none while something happens to it.
pub(super) fn is_background(event: &Event, frozen: &Frozen) -> bool {
    let Some(span) = event.date.filter(|_| !frozen.by_event_date) else { return false };
    let limit = frozen.window.from.checked_sub(BACKGROUND_HOURS.hours());
    let lives = talks(event) && event.changed_at > event.first_seen;
    !lives && limit.is_ok_and(|limit| ends(&likely(span), &TimeZone::UTC) <= limit)
}

/// A vague span ("earlier this month") reaches up to the day of the report; its middle is when it likely happened.
fn likely(span: DateSpan) -> DateSpan {
    if span.precision == DatePrecision::Day {
        return span;
    }
    let days = span.from.until(span.to).map_or(0, |days| days.get_days());
    let middle = span.from.checked_add((days / 2).days()).unwrap_or(span.to);
    DateSpan { to: middle, ..span }
}

fn starts(span: &DateSpan, zone: &TimeZone) -> Timestamp {
    let start = span.from.to_zoned(zone.clone());
    start.map_or(Timestamp::MIN, |zoned| zoned.timestamp())
}

/// The first instant after a span.
fn ends(span: &DateSpan, zone: &TimeZone) -> Timestamp {
    let next = span.to.checked_add(1.day()).and_then(|day| day.to_zoned(zone.clone()));
    next.map_or(Timestamp::MAX, |zoned| zoned.timestamp())
}
