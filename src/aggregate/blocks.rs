//! Where to look for the cluster that a claim belongs to, so that clustering stays near-linear.

use std::collections::HashMap;

use jiff::civil::{Date, date};

use super::family::Family;
use super::fold::{hash, spread};
use super::matching::{DAYS, DENIAL_DAYS};
use super::nearness::{NEAR_KM, place_name};
use super::profile::Profile;
use crate::model::kind::SubType;
use crate::model::place::{ClaimPlace, PlacePrecision};
use crate::model::time::{DatePrecision, DateSpan};

/// Kilometres of one degree of latitude.
const KM_PER_DEGREE: f64 = 111.0;
/// The height and width of a cell in degrees.
const CELL: f64 = 0.25;
/// Longer spans are kept apart by their first day alone.
const LONGEST: i32 = 14;

/// A family, a day and an area.
type Key = (Family, i32, u64);

/// Clusters by where they may be looked for.
#[derive(Debug, Default)]
pub(super) struct Blocks(HashMap<Key, Vec<usize>>);

impl Blocks {
    /// Makes a cluster findable.
    pub(super) fn insert(&mut self, profile: &Profile<'_>, cluster: usize) {
        for area in areas(profile) {
            for day in days(profile, if profile.denial { DENIAL_DAYS } else { 0 }) {
                let block = self.0.entry((profile.family, day, area)).or_default();
                if block.last() != Some(&cluster) {
                    block.push(cluster);
                }
            }
        }
    }

    /// The clusters that a claim may belong to, in the order in which they were made.
    pub(super) fn candidates(&self, profile: &Profile<'_>) -> Vec<usize> {
        let areas = looked_up(profile);
        let mut found: Vec<usize> = days(profile, if profile.denial { DENIAL_DAYS } else { DAYS })
            .flat_map(|day| areas.iter().map(move |area| (profile.family, day, *area)))
            .filter_map(|key| self.0.get(&key))
            .flatten()
            .copied()
            .collect();
        found.sort_unstable();
        found.dedup();
        found
    }
}

/// The days under which a profile stands, widened on both sides. Talks stand under none: they go on for weeks.
fn days(profile: &Profile<'_>, widen: i64) -> std::ops::RangeInclusive<i32> {
    let (from, to) = (number(profile.span.from), number(profile.span.to));
    let widen = i32::try_from(widen).unwrap_or(0);
    match profile.family {
        Family::Talks => 0..=0,
        _ if is_long(&profile.span, to - from) => from..=from,
        _ => from - widen..=to + widen,
    }
}

fn is_long(span: &DateSpan, days: i32) -> bool {
    span.precision >= DatePrecision::Month || days > LONGEST
}

/// Days since the first of January 1970.
fn number(day: Date) -> i32 {
    day.since(date(1970, 1, 1)).map_or(0, |span| span.get_days())
}

fn area(kind: &str, parts: &[&str]) -> u64 {
    let mix = |all: u64, part: &&str| spread(all.rotate_left(7) ^ hash(part.as_bytes()));
    parts.iter().fold(hash(kind.as_bytes()), mix)
}

/// The areas in which a cluster is found.
fn areas(profile: &Profile<'_>) -> Vec<u64> {
    let mut areas = parties(profile, if is_placed(profile) { "party" } else { "unplaced" });
    areas.extend(chemicals(profile));
    let Some(place) = profile.place.filter(|_| profile.family != Family::Talks) else {
        return areas;
    };
    if let Some((lat, lon)) = cell(place) {
        areas.push(cell_area(lat, lon));
    }
    areas.extend(named(place));
    let kind = if place.precision == PlacePrecision::Admin1 { "only" } else { "in" };
    areas.extend(division(kind, place));
    areas
}

/// The areas in which the cluster of a claim is looked for.
fn looked_up(profile: &Profile<'_>) -> Vec<u64> {
    let mut areas = parties(profile, "unplaced");
    areas.extend(chemicals(profile));
    if !is_placed(profile) {
        areas.extend(parties(profile, "party"));
    }
    let Some(place) = profile.place.filter(|_| profile.family != Family::Talks) else {
        return areas;
    };
    areas.extend(cells_around(place));
    areas.extend(named(place));
    areas.extend(division("only", place));
    if place.precision == PlacePrecision::Admin1 {
        areas.extend(division("in", place));
    }
    areas
}

/// Talks are looked for by their parties wherever they are; other claims only without a place.
fn is_placed(profile: &Profile<'_>) -> bool {
    let placed = profile.place.is_some_and(|place| place.precision < PlacePrecision::Country);
    placed && profile.family != Family::Talks
}

fn parties(profile: &Profile<'_>, kind: &str) -> Vec<u64> {
    profile.sides.iter().map(|side| area(kind, &[side.line.top.as_str()])).collect()
}

/// Chemical weapons are used so rarely that the day alone finds them.
fn chemicals(profile: &Profile<'_>) -> Option<u64> {
    (profile.kind == SubType::ChemicalWeapon).then(|| area("chemicals", &[]))
}

/// By name and second-order division.
fn named(place: &ClaimPlace) -> Vec<u64> {
    let country = place.country.as_deref().unwrap_or_default();
    let mut areas = vec![area("name", &[&place_name(place)])];
    if let (Some(admin1), Some(admin2)) = (&place.admin1, &place.admin2) {
        areas.push(area("admin2", &[country, admin1, admin2]));
    }
    areas
}

fn division(kind: &str, place: &ClaimPlace) -> Option<u64> {
    let country = place.country.as_deref().unwrap_or_default();
    place.admin1.as_ref().map(|admin1| area(kind, &[country, admin1]))
}

fn cell(place: &ClaimPlace) -> Option<(i32, i32)> {
    let precise = place.precision == PlacePrecision::Place;
    let (lat, lon) = (place.lat.filter(|_| precise)?, place.lon?);
    Some((grid(lat), grid(lon)))
}

#[expect(clippy::cast_possible_truncation, reason = "degrees over a quarter lie within ±1,440")]
fn grid(degrees: f64) -> i32 {
    (degrees.clamp(-360.0, 360.0) / CELL).floor() as i32
}

fn cell_area(lat: i32, lon: i32) -> u64 {
    let mix = |all: u64, part: i32| spread(all.rotate_left(7) ^ u64::from(part.cast_unsigned()));
    mix(mix(hash(b"cell"), lat), lon)
}

/// The cells within reach: more of them side by side the nearer the pole.
fn cells_around(place: &ClaimPlace) -> Vec<u64> {
    let Some((lat, lon)) = cell(place) else { return Vec::new() };
    let narrow = place.lat.unwrap_or_default().to_radians().cos().max(0.05);
    let reach = grid(NEAR_KM / (KM_PER_DEGREE * narrow)) + 1;
    (lat - 1..=lat + 1)
        .flat_map(|lat| (lon - reach..=lon + reach).map(move |lon| cell_area(lat, lon)))
        .collect()
}
