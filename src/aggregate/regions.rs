//! Where events are, as a digest groups them: by configured regions, else by first-order division where the digest
//! covers one country, else by country.

use std::collections::{BTreeMap, BTreeSet};

use super::kin::Kin;
use crate::model::event::Event;
use crate::model::place::ClaimPlace;
use crate::model::registry::Registry;

/// What is left over in a table.
pub(super) const OTHER: &str = "Other";
/// For an event whose place is not told finely enough.
const UNKNOWN: &str = "Region unknown";

/// How the places of one digest are named.
#[derive(Debug)]
pub(super) struct Regions<'a> {
    registry: &'a Registry,
    one_country: bool,
}

impl<'a> Regions<'a> {
    /// The naming for these events.
    pub(super) fn of(events: &[&Event], kin: &Kin<'a>) -> Self {
        let countries: BTreeSet<&str> =
            events.iter().filter_map(|event| event.places.first()?.country.as_deref()).collect();
        Self { registry: kin.registry(), one_country: countries.len() <= 1 }
    }

    /// The region of an event.
    pub(super) fn name(&self, event: &Event) -> String {
        event.places.first().map_or_else(|| UNKNOWN.to_owned(), |place| self.place(place))
    }

    fn place(&self, place: &ClaimPlace) -> String {
        let Some(country) = place.country.as_deref() else { return UNKNOWN.to_owned() };
        let (admin1, admin2) = (place.admin1.as_deref(), place.admin2.as_deref());
        let mut configured = self.registry.regions().iter();
        if let Some(region) = configured.find(|region| region.holds(country, admin1, admin2)) {
            return region.name.clone();
        }
        match admin1.filter(|_| self.one_country) {
            Some(admin1) => admin1.to_owned(),
            None if self.one_country => UNKNOWN.to_owned(),
            None => self.country(country),
        }
    }

    /// The name of the pack that is about this country alone, else its code.
    fn country(&self, code: &str) -> String {
        let mut packs = self.registry.packs().iter();
        let pack = packs.find(|pack| matches!(pack.countries.as_slice(), [only] if only == code));
        pack.map_or(code, |pack| &pack.name).to_owned()
    }

    /// The regions of the events, those with most events first, then by name.
    pub(super) fn by_size(&self, events: &[&Event]) -> Vec<String> {
        let mut sizes: BTreeMap<String, usize> = BTreeMap::new();
        for event in events {
            *sizes.entry(self.name(event)).or_default() += 1;
        }
        let mut names: Vec<(String, usize)> = sizes.into_iter().collect();
        names.sort_by_key(|(_, size)| std::cmp::Reverse(*size));
        names.into_iter().map(|(name, _)| name).collect()
    }
}
