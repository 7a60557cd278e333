//! A digest on demand: any faction, region and span, by the same code as an issue.

use std::sync::Arc;

use jiff::Timestamp;
use jiff::tz::TimeZone;

use super::{Pipeline, PipelineError};
use crate::aggregate::situation::{held, situation};
use crate::model::digest::Variant;
use crate::model::event::Event;
use crate::model::filter::{Filter, Grouping};
use crate::model::id::RegionId;
use crate::model::situation::{Coverage, Frozen, Situation};
use crate::model::time::Window;
use crate::store::events;

/// The longest span of an on-demand digest, in days (S-14).
pub const LONGEST_DAYS: i64 = 92;

/// What is asked for.
#[derive(Debug, Clone)]
pub struct Request {
    /// The display name; made from the filter when it is empty.
    pub title: String,
    /// By event date.
    pub window: Window,
    /// Filter, grouping, language and zone.
    pub variant: Variant,
}

impl Pipeline {
    /// The situation that answers a request, with what the span before it held.
    ///
    /// # Errors
    ///
    /// [`PipelineError::SpanTooLong`] beyond 92 days, [`PipelineError::UnknownName`] for a name that no pack knows.
    pub async fn answer(&self, request: &Request) -> Result<Situation, PipelineError> {
        check_span(request.window)?;
        self.check_names(&request.variant.filter)?;
        let mut answer = self.told(request).await?;
        let earlier = Request { window: span_before(request.window), ..request.clone() };
        answer.before = Some(held(&self.told(&earlier).await?));
        Ok(answer)
    }

    async fn told(&self, request: &Request) -> Result<Situation, PipelineError> {
        let frozen = self.freeze_request(request).await?;
        Ok(situation(&frozen, &request.variant, &self.registry(), &Filter::default()))
    }

    /// The situation of one event, for what is printed of it alone.
    pub fn of_one(&self, event: Event, zone: &str) -> Situation {
        let window = Window { from: Timestamp::MIN, to: Timestamp::MAX };
        let variant = Variant {
            filter: Filter::default(),
            grouping: Grouping::Region,
            language: "en".to_owned(),
            zone: zone.to_owned(),
            brief: false,
        };
        let frozen = Frozen {
            title: event.id.to_string(),
            window,
            by_event_date: true,
            events: vec![Arc::new(event)],
            previous: None,
            daily_counts: Vec::new(),
            coverage: Coverage::default(),
            next_close: None,
            silent: Vec::new(),
            corrected: Vec::new(),
            setting: None,
        };
        situation(&frozen, &variant, &self.registry(), &Filter::default())
    }

    async fn freeze_request(&self, request: &Request) -> Result<Frozen, PipelineError> {
        let Window { from, to } = request.window;
        let last_instant = to - jiff::SignedDuration::from_micros(1);
        let (first, last) = (Self::day(from, request), Self::day(last_instant, request));
        let mut found = events::by_date(&self.db, first, last).await?;
        let seen = events::in_window(&self.db, request.window).await?;
        found.extend(seen.into_iter().filter(|event| event.date.is_none()));
        Ok(Frozen {
            title: self.title_of(request),
            window: request.window,
            by_event_date: true,
            events: found.into_iter().map(Arc::new).collect(),
            previous: None,
            daily_counts: Vec::new(),
            coverage: self.coverage_of_span(request.window).await?,
            next_close: None,
            silent: Vec::new(),
            corrected: Vec::new(),
            setting: None,
        })
    }

    fn day(at: Timestamp, request: &Request) -> jiff::civil::Date {
        let zone = TimeZone::get(&request.variant.zone).unwrap_or(TimeZone::UTC);
        at.to_zoned(zone).date()
    }

    /// "RSF in Darfur": factions by short name, then regions.
    fn title_of(&self, request: &Request) -> String {
        if !request.title.is_empty() {
            return request.title.clone();
        }
        let (filter, registry) = (&request.variant.filter, self.registry());
        let factions: Vec<_> = filter
            .factions
            .iter()
            .map(|id| registry.faction(id).map_or(id.as_str(), |faction| faction.short_name()))
            .collect();
        let regions: Vec<_> = filter.regions.iter().map(|id| self.region_name(id)).collect();
        match (factions.join(", "), regions.join(", ")) {
            (who, place) if who.is_empty() && place.is_empty() => "all conflicts".to_owned(),
            (who, place) if place.is_empty() => who,
            (who, place) if who.is_empty() => place,
            (who, place) => format!("{who} in {place}"),
        }
    }

    fn region_name(&self, id: &RegionId) -> String {
        let registry = self.registry();
        let named = registry.region(id).map(|region| region.name.clone());
        let packs = registry.packs().iter();
        let country = packs.filter(|pack| pack.countries.as_slice() == [id.to_string()]);
        named
            .or_else(|| country.map(|pack| pack.name.clone()).next())
            .unwrap_or_else(|| id.as_str().rsplit('/').next().unwrap_or_default().to_owned())
    }

    /// Refuses names that no pack knows: an empty answer would read as "nothing happened".
    ///
    /// # Errors
    ///
    /// [`PipelineError::UnknownName`] for the first of them.
    pub fn check_names(&self, filter: &Filter) -> Result<(), PipelineError> {
        let unknown = |what, name: &str| PipelineError::UnknownName { what, name: name.to_owned() };
        if let Some(id) = filter.factions.iter().find(|id| self.registry().faction(id).is_none()) {
            return Err(unknown("faction", id.as_str()));
        }
        let is_area = |id: &RegionId| {
            id.as_str().split('/').next().is_some_and(|country| {
                country.len() == 2 && country.chars().all(|c| c.is_ascii_uppercase())
            })
        };
        let known = |id: &&RegionId| self.registry().region(id).is_some() || is_area(id);
        match filter.regions.iter().find(|id| !known(id)) {
            Some(id) => Err(unknown("region", id.as_str())),
            None => Ok(()),
        }
    }
}

pub(super) fn check_span(window: Window) -> Result<(), PipelineError> {
    let days = (window.to.as_second() - window.from.as_second()) / 86_400;
    if days > LONGEST_DAYS { Err(PipelineError::SpanTooLong { days }) } else { Ok(()) }
}

/// The span of the same length that ends where `window` begins.
fn span_before(window: Window) -> Window {
    let length = window.to.duration_since(window.from);
    Window { from: window.from.saturating_sub(length).unwrap_or(Timestamp::MIN), to: window.from }
}
