//! Where events are, as a digest groups them: by configured regions, else by first-order division where the digest
//! covers one country, else by country.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::kin::Kin;
use crate::model::country::common_name;
use crate::model::event::Event;
use crate::model::id::EventId;
use crate::model::place::ClaimPlace;
use crate::model::registry::Registry;

/// What is left over in a table.
pub(super) const OTHER: &str = "Other";
/// For an event whose place is not told finely enough.
const UNKNOWN: &str = "Region unknown";

/// The regions of the events of one digest.
#[derive(Debug)]
pub(super) struct Regions<'e>(HashMap<&'e EventId, String>);

impl<'e> Regions<'e> {
    /// Names the region of each of these events, of each place once.
    pub(super) fn of(events: &[&'e Event], kin: &Kin<'_>) -> Self {
        let first = |event: &&'e Event| event.places.first();
        let countries: BTreeSet<&str> =
            events.iter().filter_map(|event| first(event)?.country.as_deref()).collect();
        let naming = Naming { registry: kin.registry(), one_country: countries.len() <= 1 };
        let mut known: HashMap<[Option<&str>; 3], String> = HashMap::new();
        let name = |event: &&'e Event| {
            let Some(place) = first(event) else { return (&event.id, UNKNOWN.to_owned()) };
            let area = [&place.country, &place.admin1, &place.admin2].map(Option::as_deref);
            (&event.id, known.entry(area).or_insert_with(|| naming.place(place)).clone())
        };
        Self(events.iter().map(name).collect())
    }

    /// The region of an event.
    pub(super) fn name(&self, event: &Event) -> &str {
        self.0.get(&event.id).map_or(UNKNOWN, String::as_str)
    }

    /// The regions of the events, those with most events first, then by name.
    pub(super) fn by_size(&self, events: &[&Event]) -> Vec<String> {
        let mut sizes: BTreeMap<&str, usize> = BTreeMap::new();
        for event in events {
            *sizes.entry(self.name(event)).or_default() += 1;
        }
        let mut names: Vec<(&str, usize)> = sizes.into_iter().collect();
        names.sort_by_key(|(_, size)| std::cmp::Reverse(*size));
        names.into_iter().map(|(name, _)| name.to_owned()).collect()
    }
}

/// How the places of one digest are named.
struct Naming<'a> {
    registry: &'a Registry,
    one_country: bool,
}

impl Naming<'_> {
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

    /// The name of the pack that is about this country alone, else the country's own.
    fn country(&self, code: &str) -> String {
        let mut packs = self.registry.packs().iter();
        let pack = packs.find(|pack| matches!(pack.countries.as_slice(), [only] if only == code));
        pack.map_or_else(|| common_name(code), |pack| &pack.name).to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::aggregate::fake::{place, registry};

    #[test]
    fn a_country_without_a_pack_of_its_own_stands_under_its_name_and_not_its_code() {
        let registry = registry();
        let naming = Naming { registry: &registry, one_country: false };
        let abroad = ClaimPlace { country: Some("FR".to_owned()), ..place("Town", "North") };
        assert_eq!(naming.place(&abroad), "France");
    }
}
