//! One event as a row.

use jiff::civil::Date;

use crate::model::actor::Role;
use crate::model::country::common_name;
use crate::model::event::{Event, EventActor, Measure, Support};
use crate::model::faction::FactionKind;
use crate::model::kind::{EventType, SubType};
use crate::model::place::{ClaimPlace, PlacePrecision};
use crate::model::registry::Registry;
use crate::model::situation::Situation;
use crate::model::time::DatePrecision;
use crate::render::desk::Desk;
use crate::render::discreet::nameless;
use crate::render::sentence::{Shape, display_name, dispute_marks, is_sheltered, write};

/// An event under ACLED's column names, with a few columns of our own after them: ACLED gives one number of dead where
/// we give a range, and no mark of support.
#[derive(Debug, Clone, PartialEq)]
pub struct EventRow {
    /// `event_id_cnty`: our id.
    pub id: String,
    /// `event_date`: the first possible day.
    pub date: Option<Date>,
    /// `event_date_to`, ours: the last possible day.
    pub date_to: Option<Date>,
    /// `time_precision`: 1 a day, 2 about a week, 3 a month or longer.
    pub time_precision: u8,
    /// `disorder_type`, `event_type`, `sub_event_type`.
    pub kind: SubType,
    /// `actor1` and what goes with it.
    pub first: Side,
    /// `actor2` and what goes with it.
    pub second: Side,
    /// `country`, `admin1`, `admin2`, `location`; empty where not known.
    pub place: [String; 4],
    /// `latitude` and `longitude` in degrees, of places that are known to the point.
    pub at: Option<(f64, f64)>,
    /// `geo_precision`: 1 the place itself, 2 the district, 3 the region.
    pub geo_precision: u8,
    /// `source`: the outlets.
    pub sources: Vec<String>,
    /// `notes`: the event in one or two sentences.
    pub notes: String,
    /// `fatalities`, and ours: low and high of the countable dead; none without a figure.
    pub killed: Option<(u32, u32)>,
    /// Ours: low and high of the countable injured.
    pub injured: Option<(u32, u32)>,
    /// Ours: the mark of support.
    pub support: &'static str,
    /// Ours: the marks of dispute.
    pub disputes: Vec<String>,
    /// Ours: the articles' addresses.
    pub urls: Vec<String>,
    /// `timestamp`: when it last changed, in seconds of Unix time.
    pub timestamp: i64,
}

/// One side of an event.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Side {
    /// The first of them.
    pub actor: String,
    /// The others.
    pub others: Vec<String>,
    /// What the first is, as ACLED calls it; empty where it is in no pack.
    pub inter: &'static str,
}

/// The events of a situation, by date, then by first sight.
pub fn event_rows(situation: &Situation, registry: &Registry) -> Vec<EventRow> {
    let situation = nameless(situation);
    let desk = Desk::new(&situation, registry);
    let mut events: Vec<&Event> = situation.events().collect();
    events.sort_by_key(|event| (event.date.map(|date| date.from), event.first_seen, &event.id));
    events.into_iter().map(|event| row(&desk, event)).collect()
}

fn row(desk: &Desk<'_>, event: &Event) -> EventRow {
    let (first, second) = sides(desk, event);
    let place = event.places.first();
    let sheltered = is_sheltered(event);
    let denied = event.occurrence_denied();
    let toll = |measure| event.toll(measure).filter(|_| !denied);
    EventRow {
        id: event.id.to_string(),
        date: event.date.map(|date| date.from),
        date_to: event.date.map(|date| date.to),
        time_precision: event.date.map_or(3, |date| time_precision(date.precision)),
        kind: event.kind.0,
        first,
        second,
        place: place.map(|place| place_cells(place, sheltered)).unwrap_or_default(),
        at: place.filter(|_| !sheltered).and_then(point),
        geo_precision: place.map_or(3, |place| geo_precision(place, sheltered)),
        sources: once(event.reports.iter().map(|report| report.source.name.clone())),
        notes: write(desk, event, Shape::Full("")).body,
        killed: toll(Measure::Killed),
        injured: toll(Measure::Injured),
        support: support(event.support),
        disputes: dispute_marks(desk, event),
        urls: once(event.reports.iter().map(|report| report.article.url.clone())),
        timestamp: event.changed_at.as_second(),
    }
}

/// Initiators against targets; of those on equal terms, the first against the others.
fn sides(desk: &Desk<'_>, event: &Event) -> (Side, Side) {
    let of = |role| event.with_role(role).collect::<Vec<_>>();
    let (mut first, mut second) = (of(Role::Initiator), of(Role::Target));
    let mut equals = of(Role::Participant).into_iter();
    if first.is_empty() {
        first.extend(equals.next());
    }
    second.extend(equals);
    (side(desk, event, &first), side(desk, event, &second))
}

fn side(desk: &Desk<'_>, event: &Event, actors: &[&EventActor]) -> Side {
    let mut names = once(actors.iter().map(|actor| display_name(desk, event, actor))).into_iter();
    let kind = actors.first().and_then(|actor| actor.faction.as_ref());
    let kind = kind.and_then(|id| desk.registry.faction(id)).map(|faction| faction.kind);
    Side {
        actor: names.next().unwrap_or_default(),
        others: names.collect(),
        inter: kind.map_or("", inter),
    }
}

fn inter(kind: FactionKind) -> &'static str {
    match kind {
        FactionKind::StateForces => "State forces",
        FactionKind::Rebel => "Rebel group",
        FactionKind::PoliticalMilitia => "Political militia",
        FactionKind::IdentityMilitia => "Identity militia",
        FactionKind::ExternalForces => "External/Other forces",
        FactionKind::Civilians => "Civilians",
    }
}

fn place_cells(place: &ClaimPlace, sheltered: bool) -> [String; 4] {
    let text = |part: &Option<String>| part.clone().unwrap_or_default();
    let name = place.canonical.as_ref().unwrap_or(&place.name).clone();
    let coarse = place.admin2.as_ref().or(place.admin1.as_ref()).cloned().unwrap_or_default();
    [
        place.country.as_deref().map(common_name).unwrap_or_default().to_owned(),
        text(&place.admin1),
        text(&place.admin2),
        if sheltered { coarse } else { name },
    ]
}

fn point(place: &ClaimPlace) -> Option<(f64, f64)> {
    let precise = place.precision == PlacePrecision::Place;
    Some((place.lat.filter(|_| precise)?, place.lon?))
}

fn geo_precision(place: &ClaimPlace, sheltered: bool) -> u8 {
    match place.precision {
        PlacePrecision::Place if !sheltered => 1,
        PlacePrecision::Place | PlacePrecision::Admin2 => 2,
        PlacePrecision::Admin1 | PlacePrecision::Country => 3,
    }
}

fn time_precision(precision: DatePrecision) -> u8 {
    match precision {
        DatePrecision::Day => 1,
        DatePrecision::Week => 2,
        DatePrecision::Month | DatePrecision::Year => 3,
    }
}

fn support(support: Support) -> &'static str {
    match support {
        Support::Independent(_) => "independent reports",
        Support::One => "one report",
        Support::OneSide => "one side only",
    }
}

/// ACLED's `disorder_type`.
pub(super) fn disorder(kind: SubType) -> &'static str {
    match kind.event_type() {
        _ if kind == SubType::ExcessiveForceAgainstProtesters => {
            "Political violence; Demonstrations"
        }
        EventType::Protests => "Demonstrations",
        EventType::Riots if kind == SubType::ViolentDemonstration => "Demonstrations",
        EventType::StrategicDevelopments => "Strategic developments",
        _ => "Political violence",
    }
}

fn once(items: impl Iterator<Item = String>) -> Vec<String> {
    items.fold(Vec::new(), |mut all, item| {
        if !all.contains(&item) {
            all.push(item);
        }
        all
    })
}
