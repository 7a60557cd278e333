//! What every sentence of one digest is written with: the situation, the registry, the reader's zone.

use std::cell::RefCell;

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use rustc_hash::FxHashMap;

use crate::model::event::Event;
use crate::model::faction::Faction;
use crate::model::id::{EventId, FactionId};
use crate::model::registry::Registry;
use crate::model::situation::{Situation, SourceRef};
use crate::render::tongue::{Tongue, tongue};

/// The writer's desk.
pub(crate) struct Desk<'a> {
    /// What is told.
    pub(crate) situation: &'a Situation,
    /// Names and who belongs to whom.
    pub(crate) registry: &'a Registry,
    /// The words of the digest's language; none for English.
    pub(crate) tongue: Option<&'static Tongue>,
    zone: TimeZone,
    refs: FxHashMap<&'a str, &'a SourceRef>,
    /// What factions count under, by day: the same few are asked for with every event.
    tops: RefCell<FxHashMap<FactionId, FxHashMap<Option<Date>, FactionId>>>,
}

impl<'a> Desk<'a> {
    /// A desk for one digest; an unknown zone is read as UTC.
    pub(crate) fn new(situation: &'a Situation, registry: &'a Registry) -> Self {
        let zone = TimeZone::get(&situation.variant.zone).unwrap_or(TimeZone::UTC);
        let refs = situation.sources.iter().map(|source| (source.url.as_str(), source)).collect();
        let tongue = tongue(&situation.variant.language);
        Self { situation, registry, tongue, zone, refs, tops: RefCell::default() }
    }

    /// The language that the digest is written in.
    pub(crate) fn language(&self) -> &'a str {
        self.tongue.map_or("en", |_| &self.situation.variant.language)
    }

    /// An event that the situation names.
    pub(crate) fn event(&self, id: &EventId) -> Option<&'a Event> {
        self.situation.event(id)
    }

    /// An event as an earlier issue told it that was corrected since.
    pub(crate) fn told(&self, id: &EventId) -> Option<&'a Event> {
        let mut corrections = self.situation.corrections.iter();
        corrections.find(|corrected| corrected.told.id == *id).map(|corrected| &corrected.told)
    }

    /// The short form of a faction's display name; any other name as it is.
    pub(crate) fn short_name<'n>(&self, name: &'n str) -> &'n str
    where
        'a: 'n,
    {
        self.known_name(name).unwrap_or(name)
    }

    /// The short form of a faction's display name; none for a name in no pack.
    pub(crate) fn known_name(&self, name: &str) -> Option<&'a str> {
        self.registry.named(name).map(Faction::short_name)
    }

    /// The events of a list, in its order.
    pub(crate) fn events<'b>(&'b self, ids: &'b [EventId]) -> impl Iterator<Item = &'a Event> + 'b {
        ids.iter().filter_map(|id| self.event(id))
    }

    /// The number under which an article is referred to.
    pub(crate) fn source(&self, url: &str) -> Option<&'a SourceRef> {
        self.refs.get(url).copied()
    }

    /// Whether a faction is, or counts on the day of an event under, `top`.
    pub(crate) fn counts_under(&self, faction: &FactionId, top: &FactionId, event: &Event) -> bool {
        if self.situation.exact_faction {
            return faction == top;
        }
        let day = event.date.map(|date| date.from);
        if let Some(known) = self.tops.borrow().get(faction).and_then(|days| days.get(&day)) {
            return known == top;
        }
        let found = self.registry.rollup(faction, day);
        let is_top = found == *top;
        self.tops.borrow_mut().entry(faction.clone()).or_default().insert(day, found);
        is_top
    }

    /// The reader's day on which the window closes.
    pub(crate) fn day(&self) -> Date {
        self.date(self.situation.window.to)
    }

    /// The day that the masthead bears: on which an issue closes, of an answer the last one that it covers.
    pub(crate) fn dated(&self) -> Timestamp {
        let to = self.situation.window.to;
        let last = to - jiff::SignedDuration::from_secs(1);
        if self.situation.by_event_date { last } else { to }
    }

    /// The reader's day of an instant.
    pub(crate) fn date(&self, at: Timestamp) -> Date {
        at.to_zoned(self.zone.clone()).date()
    }

    /// An instant by the reader's clock, in a form of `strftime`.
    pub(crate) fn clock(&self, at: Timestamp, form: &str) -> String {
        at.to_zoned(self.zone.clone()).strftime(form).to_string()
    }

    /// The city of the reader's zone.
    pub(crate) fn zone_name(&self) -> String {
        let zone = &self.situation.variant.zone;
        zone.rsplit('/').next().unwrap_or(zone).replace('_', " ")
    }
}
