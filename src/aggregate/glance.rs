//! The figures at a glance (section 3).

use jiff::tz::TimeZone;
use rustc_hash::{FxHashMap, FxHashSet};

use super::kin::Kin;
use super::nearness::place_name;
use super::people::targets_civilians;
use super::rows::armed;
use super::sums::totals;
use super::trend::{highest_since, mean7_tenths, trend};
use crate::model::event::Event;
use crate::model::place::ClaimPlace;
use crate::model::situation::{FactionRow, Frozen, Glance};

/// The glance over the counted events. `comparable`: see [`trend`].
pub(super) fn glance(
    events: &[&Event],
    rows: &[FactionRow],
    frozen: &Frozen,
    comparable: bool,
    zone: &TimeZone,
    kin: &Kin<'_>,
) -> Glance {
    let outside = || events.iter().filter(|event| !event.in_brackets());
    let counted = number(outside().count());
    Glance {
        events: counted,
        bracketed: number(events.len()) - counted,
        totals: totals(events.iter().copied()),
        targeting_civilians: number(
            outside().filter(|event| targets_civilians(event, kin)).count(),
        ),
        places: number(places(events)),
        armed_actors: armed(rows, kin),
        trend: trend(counted, frozen, comparable),
        mean7_tenths: mean7_tenths(frozen, comparable),
        highest_since: highest_since(counted, frozen, comparable, zone),
    }
}

fn places(events: &[&Event]) -> usize {
    let places = events.iter().flat_map(|event| &event.places);
    // each spelling is folded once
    let spelled: FxHashMap<_, _> =
        places.map(|place| ((written(place), place.admin1.as_deref()), place)).collect();
    let named = spelled.into_values().map(|place| (place_name(place), &place.admin1));
    named.collect::<FxHashSet<_>>().len()
}

fn written(place: &ClaimPlace) -> &str {
    place.canonical.as_ref().unwrap_or(&place.name)
}

fn number(count: usize) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}
