//! Where to look for the cluster that a claim belongs to, so that clustering stays near-linear.

use std::collections::HashMap;
use std::hash::BuildHasherDefault;

use super::family::Family;
use super::fold::{Hashed, hash, spread};
use super::landmark::{SEVERAL, killed};
use super::matching::{DAYS, DENIAL_DAYS};
use super::nearness::{NEAR_KM, place_name};
use super::profile::Profile;
use super::sketch::Sketch;
use crate::model::kind::SubType;
use crate::model::place::{ClaimPlace, PlacePrecision};
use crate::model::time::DatePrecision;

/// Kilometres of one degree of latitude.
const KM_PER_DEGREE: f64 = 111.0;
/// The height and width of a cell in degrees.
const CELL: f64 = 0.25;
/// Stands for whatever day.
const ANY_DAY: i32 = i32::MIN;
/// Longer spans are kept apart by their first day alone.
const LONGEST: i32 = 14;

/// Clusters by where they may be looked for: by family, day and area, mixed into one number.
#[derive(Debug, Default)]
pub(super) struct Blocks<'a> {
    blocks: HashMap<u64, Vec<usize>, BuildHasherDefault<Hashed>>,
    /// One of each cluster, by its number.
    sketches: Vec<Sketch<'a>>,
}

impl<'a> Blocks<'a> {
    /// Makes a cluster findable.
    pub(super) fn insert(&mut self, profile: &Profile<'a>, cluster: usize) {
        self.redraw(profile, cluster);
        let areas = areas(profile);
        let dated = days(profile, if profile.denial { DENIAL_DAYS } else { 0 })
            .flat_map(|day| areas.iter().map(move |area| key(profile.family, day, *area)));
        for key in dated.chain(tolls(profile)) {
            let block = self.blocks.entry(key).or_default();
            if block.last() != Some(&cluster) {
                block.push(cluster);
            }
        }
    }

    /// Draws a cluster anew that has taken up a claim.
    pub(super) fn redraw(&mut self, profile: &Profile<'a>, cluster: usize) {
        let sketch = Sketch::of(profile);
        match self.sketches.get_mut(cluster) {
            Some(known) => *known = sketch,
            None => self.sketches.push(sketch),
        }
    }

    /// The clusters that a claim may belong to, in the order in which they were made. In a district where much happens
    /// most of those found are told apart by their sketches.
    pub(super) fn candidates(&self, profile: &Profile<'a>) -> Vec<usize> {
        let (areas, sketch) = (looked_up(profile), Sketch::of(profile));
        let may_fit =
            |at: &&usize| self.sketches.get(**at).is_some_and(|it| it.may_hold(&sketch, profile));
        let mut found: Vec<usize> = days(profile, if profile.denial { DENIAL_DAYS } else { DAYS })
            .flat_map(|day| areas.iter().map(move |area| key(profile.family, day, *area)))
            .chain(tolls(profile))
            .filter_map(|key| self.blocks.get(&key))
            .flatten()
            .filter(may_fit)
            .copied()
            .collect();
        found.sort_unstable();
        found.dedup();
        found
    }
}

/// The tolls by which a mass killing is found wherever in its division and whenever in its month a text has it.
fn tolls(profile: &Profile<'_>) -> impl Iterator<Item = u64> {
    let violent = profile.place().filter(|_| profile.family == Family::Violence);
    let place = violent
        .map(|place| [&place.country, &place.admin1].map(|it| it.as_deref().unwrap_or_default()));
    let many = killed(profile).filter(|dead| *dead >= SEVERAL);
    let toll = |(dead, [country, admin1]): (u32, [&str; 2])| {
        key(Family::Violence, ANY_DAY, area("toll", &[country, admin1, &dead.to_string()]))
    };
    many.filter_map(move |dead| Some((dead, place?))).map(toll)
}

fn key(family: Family, day: i32, area: u64) -> u64 {
    let family = match family {
        Family::Violence => 1,
        Family::Demonstration => 2,
        Family::Talks => 3,
        Family::Development(kind) => 4 + kind as u64,
    };
    spread(area.rotate_left(11) ^ spread((family << 32) | u64::from(day.cast_unsigned())))
}

/// The days under which a profile stands, widened on both sides. Talks stand under none: they go on for weeks.
fn days(profile: &Profile<'_>, widen: i32) -> std::ops::RangeInclusive<i32> {
    let (from, to) = profile.days;
    match profile.family {
        Family::Talks => 0..=0,
        _ if profile.span.precision >= DatePrecision::Month || to - from > LONGEST => from..=from,
        _ => from - widen..=to + widen,
    }
}

fn area(kind: &str, parts: &[&str]) -> u64 {
    let mix = |all: u64, part: &&str| spread(all.rotate_left(7) ^ hash(part.as_bytes()));
    parts.iter().fold(hash(kind.as_bytes()), mix)
}

/// The areas in which a cluster is found.
fn areas(profile: &Profile<'_>) -> Vec<u64> {
    let mut areas = parties(profile, if is_placed(profile) { "party" } else { "unplaced" });
    areas.extend(chemicals(profile));
    let Some(place) = profile.place().filter(|_| profile.family != Family::Talks) else {
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
    let Some(place) = profile.place().filter(|_| profile.family != Family::Talks) else {
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
    let placed = profile.place().is_some_and(|place| place.precision < PlacePrecision::Country);
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
