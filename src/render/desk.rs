//! What every sentence of one digest is written with: the situation, the registry, the reader's zone.

use std::collections::BTreeMap;

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;

use crate::model::event::Event;
use crate::model::id::{EventId, FactionId};
use crate::model::registry::Registry;
use crate::model::situation::{Situation, SourceRef};

/// The writer's desk.
pub(crate) struct Desk<'a> {
    /// What is told.
    pub(crate) situation: &'a Situation,
    /// Names and who belongs to whom.
    pub(crate) registry: &'a Registry,
    zone: TimeZone,
    refs: BTreeMap<&'a str, &'a SourceRef>,
}

impl<'a> Desk<'a> {
    /// A desk for one digest; an unknown zone is read as UTC.
    pub(crate) fn new(situation: &'a Situation, registry: &'a Registry) -> Self {
        let zone = TimeZone::get(&situation.variant.zone).unwrap_or(TimeZone::UTC);
        let refs = situation.sources.iter().map(|source| (source.url.as_str(), source)).collect();
        Self { situation, registry, zone, refs }
    }

    /// An event that the situation names.
    pub(crate) fn event(&self, id: &EventId) -> Option<&'a Event> {
        self.situation.events.get(id)
    }

    /// The events of a list, in its order.
    pub(crate) fn events<'b>(&'b self, ids: &'b [EventId]) -> impl Iterator<Item = &'a Event> + 'b {
        ids.iter().filter_map(|id| self.event(id))
    }

    /// The number under which an article is referred to.
    pub(crate) fn source(&self, url: &str) -> Option<&'a SourceRef> {
        self.refs.get(url).copied()
    }

    /// What a faction counts under on the day of an event.
    pub(crate) fn rollup(&self, faction: &FactionId, event: &Event) -> FactionId {
        self.registry.rollup(faction, event.date.map(|date| date.from))
    }

    /// The reader's day on which the window closes.
    pub(crate) fn day(&self) -> Date {
        self.date(self.situation.window.to)
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
