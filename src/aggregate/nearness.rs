//! Whether two texts mean one place.

use std::num::NonZeroU16;

use super::fold::{fold, hash};
use crate::model::place::{ClaimPlace, PlacePrecision};

/// Points at most this far apart are one place (B-40), in kilometres.
pub(super) const NEAR_KM: f64 = 25.0;
/// Points at most this far apart are one place whatever they are called, in kilometres.
const SPOT_KM: f64 = 5.0;

/// The radius of the earth as [`ClaimPlace::distance_km`] takes it, in kilometres.
const EARTH_KM: f64 = 6371.0;

/// A place with what comparing it takes, worked out once: places are compared for each pair of claims.
#[derive(Debug, Clone, Copy)]
pub(super) struct Site<'a> {
    /// The place.
    pub(super) place: &'a ClaimPlace,
    /// The point on the unit sphere, where it has coordinates.
    point: Option<[f64; 3]>,
    /// Hashes of the divisions in lower case.
    country: Option<u64>,
    admin1: Option<u64>,
    admin2: Option<u64>,
    /// Hash of the gazetteer's name, else the text's.
    entry: u64,
    /// Hashes of that name and of the text's, folded.
    names: [u64; 2],
}

impl<'a> Site<'a> {
    /// Works out what comparing takes.
    pub(super) fn of(place: &'a ClaimPlace) -> Self {
        let lower = |name: &Option<String>| name.as_ref().map(|it| key(&it.to_ascii_lowercase()));
        let name = place_name(place);
        let written = if place.canonical.is_some() { fold(&place.name) } else { name.clone() };
        Self {
            place,
            point: place.lat.zip(place.lon).map(on_sphere),
            country: lower(&place.country),
            admin1: lower(&place.admin1),
            admin2: lower(&place.admin2),
            entry: key(place.canonical.as_ref().unwrap_or(&place.name)),
            names: [key(&name), key(&written)],
        }
    }

    /// Whether the two are at most so far apart; none where one has no coordinates.
    pub(super) fn is_within(&self, km: f64, other: &Self) -> Option<bool> {
        let (a, b) = (self.point?, other.point?);
        let chord: f64 = a.iter().zip(b).map(|(x, y)| (x - y) * (x - y)).sum();
        Some(chord <= chord_squared(km))
    }

    /// What tells most often that it is no spot of another.
    pub(super) fn outline(&self) -> Outline {
        let point = self.point.map_or([NOWHERE; 3], |point| point.map(step));
        Outline { point, names: self.names.map(quarter) }
    }

    /// Whether it has coordinates.
    pub(super) fn is_located(&self) -> bool {
        self.point.is_some()
    }

    /// The hash of its folded name.
    pub(super) fn name(&self) -> u64 {
        self.names[0]
    }

    /// Its country and first-order division by their hashes, 0 for what is not told.
    pub(super) fn division(&self) -> [u64; 2] {
        [self.country, self.admin1].map(Option::unwrap_or_default)
    }

    /// Its country, first- and second-order division by their hashes, where both divisions are told.
    pub(super) fn district(&self) -> Option<[u64; 3]> {
        Some([self.country.unwrap_or_default(), self.admin1?, self.admin2?])
    }
}

/// A place in a few bytes, as many are compared.
#[derive(Debug, Clone, Copy)]
pub(super) struct Outline {
    /// In [`STEPS`] from the middle of the sphere to its surface; [`NOWHERE`] where it has no coordinates.
    point: [i16; 3],
    /// Never zero, so that a place that may be missing takes no more room.
    names: [NonZeroU16; 2],
}

impl Outline {
    /// Whether it has coordinates.
    pub(super) fn is_located(&self) -> bool {
        self.point[0] != NOWHERE
    }

    /// Whether the two can be one spot: near each other, or of one name where one has no coordinates. Never false where
    /// they are.
    pub(super) fn may_be_spot(&self, other: &Self) -> bool {
        if !self.is_located() || !other.is_located() {
            return self.names[0] == other.names[0] || self.names[1] == other.names[1];
        }
        let apart = |(x, y): (&i16, i16)| f64::from(*x) - f64::from(y);
        let pairs = self.point.iter().zip(other.point);
        let chord: f64 = pairs.map(apart).map(|steps| steps * steps).sum();
        chord <= chord_squared(NEAR_KM + ROUNDED_KM) * (STEPS * STEPS)
    }
}

/// From the middle of the sphere to its surface: each is 0.2 km.
const STEPS: f64 = 32_000.0;
/// No coordinate.
const NOWHERE: i16 = i16::MIN;
/// By how much two points can seem farther apart in whole steps, in kilometres: at most one step a coordinate, which is
/// 0.35 km over all three.
const ROUNDED_KM: f64 = 0.4;

#[expect(
    clippy::cast_possible_truncation,
    reason = "a coordinate of the unit sphere lies within ±1"
)]
fn step(coordinate: f64) -> i16 {
    (coordinate * STEPS).round() as i16
}

#[expect(clippy::cast_possible_truncation, reason = "equal hashes have equal quarters")]
fn quarter(hash: u64) -> NonZeroU16 {
    NonZeroU16::new(hash as u16).unwrap_or(NonZeroU16::MAX)
}

fn key(name: &str) -> u64 {
    hash(name.as_bytes())
}

fn on_sphere((lat, lon): (f64, f64)) -> [f64; 3] {
    let ((sin_lat, cos_lat), (sin_lon, cos_lon)) =
        (lat.to_radians().sin_cos(), lon.to_radians().sin_cos());
    [cos_lat * cos_lon, cos_lat * sin_lon, sin_lat]
}

/// The square of the straight line between two points of the unit sphere that lie so far apart on the ground: of
/// `4 sin²(x/2)` the first two terms, exact to a millimetre over the distances that are compared here.
const fn chord_squared(km: f64) -> f64 {
    let angle = km / EARTH_KM;
    angle * angle * (1.0 - angle * angle / 12.0)
}

/// How two places lie to each other, from least to most alike.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Nearness {
    /// Different places.
    Apart,
    /// One of them is no finer than a country, or not told.
    Open,
    /// One first-order division, and one of them is known no finer.
    Region,
    /// One second-order division.
    District,
    /// At most 25 km apart, under two names: neighbours, or one event told from two villages.
    Near,
    /// One name, or so close that two names mean one place.
    Spot,
}

/// Compares two places.
pub(super) fn nearness(a: Option<&Site<'_>>, b: Option<&Site<'_>>) -> Nearness {
    let (Some(a), Some(b)) = (a, b) else { return Nearness::Open };
    if differ(a.country, b.country) {
        return Nearness::Apart;
    }
    if is_country(a.place) || is_country(b.place) {
        return Nearness::Open;
    }
    points(a, b).or_else(|| unresolved(a, b)).unwrap_or_else(|| divisions(a, b))
}

/// A place that no gazetteer knows is known by its name in its division, if that is no name of the division itself.
fn unresolved(a: &Site<'_>, b: &Site<'_>) -> Option<Nearness> {
    if (a.point.is_some() && b.point.is_some()) || differ(a.admin1, b.admin1) {
        return None;
    }
    let divisions = [&a.place.admin1, &a.place.admin2, &b.place.admin1, &b.place.admin2];
    // names are folded last: most pairs are told apart without
    let is_division = || divisions.into_iter().flatten().any(|name| key(&fold(name)) == a.names[0]);
    (same_name(a, b) && !is_division()).then_some(Nearness::Spot)
}

/// The answer of coordinates and names, where both are points.
fn points(a: &Site<'_>, b: &Site<'_>) -> Option<Nearness> {
    let precise = |site: &Site<'_>| site.place.precision == PlacePrecision::Place;
    if !precise(a) || !precise(b) {
        return None;
    }
    match a.is_within(NEAR_KM, b) {
        Some(true) if a.entry == b.entry || a.is_within(SPOT_KM, b) == Some(true) => {
            Some(Nearness::Spot)
        }
        Some(true) => Some(Nearness::Near),
        None if same_name(a, b) => Some(Nearness::Spot),
        _ => None,
    }
}

fn divisions(a: &Site<'_>, b: &Site<'_>) -> Nearness {
    let coarse = |site: &Site<'_>| site.place.precision == PlacePrecision::Admin1;
    if differ(a.admin1, b.admin1) {
        return Nearness::Apart;
    }
    if a.admin1.is_some() && a.admin2.is_some() && a.admin2 == b.admin2 {
        return Nearness::District;
    }
    match (a.admin1.is_some() && a.admin1 == b.admin1, coarse(a) || coarse(b)) {
        (true, true) => Nearness::Region,
        (false, true) => Nearness::Open,
        _ => Nearness::Apart,
    }
}

/// Whether two places can lie in one first-order division, as far as they are told.
pub(super) fn same_division(a: Option<&ClaimPlace>, b: Option<&ClaimPlace>) -> bool {
    let (Some(a), Some(b)) = (a, b) else { return true };
    let apart = |a: &Option<String>, b: &Option<String>| matches!((a, b), (Some(a), Some(b)) if !a.eq_ignore_ascii_case(b));
    !apart(&a.country, &b.country) && !apart(&a.admin1, &b.admin1)
}

fn differ(a: Option<u64>, b: Option<u64>) -> bool {
    matches!((a, b), (Some(a), Some(b)) if a != b)
}

fn is_country(place: &ClaimPlace) -> bool {
    place.precision == PlacePrecision::Country
}

fn same_name(a: &Site<'_>, b: &Site<'_>) -> bool {
    a.names[0] == b.names[0] || a.names[1] == b.names[1]
}

/// The folded name by which a place is compared.
pub(super) fn place_name(place: &ClaimPlace) -> String {
    fold(place.canonical.as_deref().unwrap_or(&place.name))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::aggregate::fake::place;

    fn between(a: &ClaimPlace, b: &ClaimPlace) -> Nearness {
        nearness(Some(&Site::of(a)), Some(&Site::of(b)))
    }

    #[test]
    fn b_40_points_within_25_km_are_near_and_beyond_in_one_district_or_apart() {
        let town = place("Town", "North").at(34.0, 36.0);
        assert_eq!(between(&town, &place("Mill", "North").at(34.2, 36.0)), Nearness::Near);
        assert_eq!(between(&town, &place("Far", "North").at(35.0, 36.0)), Nearness::Apart);
        let (mut a, mut b) = (town, place("Far", "North").at(35.0, 36.0));
        (a.admin2, b.admin2) = (Some("D".to_owned()), Some("D".to_owned()));
        assert_eq!(between(&a, &b), Nearness::District);
    }

    #[test]
    fn two_towns_of_one_name_with_coordinates_far_apart_are_two() {
        let (a, b) = (place("Town", "North").at(34.0, 36.0), place("Town", "South").at(32.0, 36.0));
        assert_eq!(between(&a, &b), Nearness::Apart);
    }

    #[test]
    fn b_40_a_pair_is_within_reach_as_the_great_circle_says() {
        let (a, at) =
            (place("Town", "North").at(34.0, 36.0), |lat| place("Town", "North").at(lat, 36.1));
        for step in 0..400 {
            let b = at(33.7 + f64::from(step) * 0.001_5);
            let km = a.distance_km(&b).unwrap();
            for reach in [SPOT_KM, NEAR_KM, 40.0] {
                let within = Site::of(&a).is_within(reach, &Site::of(&b));
                assert_eq!(within, Some(km <= reach), "{km} {reach}");
            }
        }
    }

    #[test]
    fn an_unresolved_hamlet_is_one_spot_by_its_name_and_a_division_is_not() {
        let admin1 =
            |name| ClaimPlace { precision: PlacePrecision::Admin1, ..place(name, "North") };
        assert_eq!(between(&admin1("Mill"), &admin1("Mill")), Nearness::Spot);
        assert_eq!(between(&admin1("North"), &admin1("North")), Nearness::Region);
    }

    #[test]
    fn a_hamlet_without_coordinates_is_known_by_its_name() {
        let (a, b) = (place("al-Hamlet", "North"), place("Al Hamlet", "North"));
        assert_eq!(between(&a, &b), Nearness::Spot);
    }
}
