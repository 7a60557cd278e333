//! Whether two texts mean one place.

use super::fold::fold;
use crate::model::place::{ClaimPlace, PlacePrecision};

/// Points at most this far apart are one place (B-40), in kilometres.
pub(super) const NEAR_KM: f64 = 25.0;
/// Points at most this far apart are one place whatever they are called, in kilometres.
const SPOT_KM: f64 = 5.0;

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
pub(super) fn nearness(a: Option<&ClaimPlace>, b: Option<&ClaimPlace>) -> Nearness {
    let (Some(a), Some(b)) = (a, b) else { return Nearness::Open };
    if differ(a.country.as_deref(), b.country.as_deref()) {
        return Nearness::Apart;
    }
    if is_country(a) || is_country(b) {
        return Nearness::Open;
    }
    points(a, b).or_else(|| unresolved(a, b)).unwrap_or_else(|| divisions(a, b))
}

/// A place that no gazetteer knows is known by its name in its division, if that is no name of the division itself.
fn unresolved(a: &ClaimPlace, b: &ClaimPlace) -> Option<Nearness> {
    // names are folded last: most pairs are told apart without
    if a.distance_km(b).is_some() || differ(a.admin1.as_deref(), b.admin1.as_deref()) {
        return None;
    }
    let divisions = [&a.admin1, &a.admin2, &b.admin1, &b.admin2];
    let is_division = || divisions.into_iter().flatten().any(|name| fold(name) == place_name(a));
    (same_name(a, b) && !is_division()).then_some(Nearness::Spot)
}

/// The answer of coordinates and names, where both are points.
fn points(a: &ClaimPlace, b: &ClaimPlace) -> Option<Nearness> {
    if a.precision != PlacePrecision::Place || b.precision != PlacePrecision::Place {
        return None;
    }
    match a.distance_km(b) {
        Some(km) if km <= SPOT_KM || (km <= NEAR_KM && same_entry(a, b)) => Some(Nearness::Spot),
        Some(km) if km <= NEAR_KM => Some(Nearness::Near),
        None if same_name(a, b) => Some(Nearness::Spot),
        _ => None,
    }
}

fn divisions(a: &ClaimPlace, b: &ClaimPlace) -> Nearness {
    let coarse = |place: &ClaimPlace| place.precision == PlacePrecision::Admin1;
    if differ(a.admin1.as_deref(), b.admin1.as_deref()) {
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
    !differ(a.country.as_deref(), b.country.as_deref())
        && !differ(a.admin1.as_deref(), b.admin1.as_deref())
}

fn differ(a: Option<&str>, b: Option<&str>) -> bool {
    matches!((a, b), (Some(a), Some(b)) if !a.eq_ignore_ascii_case(b))
}

fn is_country(place: &ClaimPlace) -> bool {
    place.precision == PlacePrecision::Country
}

fn same_name(a: &ClaimPlace, b: &ClaimPlace) -> bool {
    place_name(a) == place_name(b) || fold(&a.name) == fold(&b.name)
}

/// Whether two places with coordinates bear one name of the gazetteer.
fn same_entry(a: &ClaimPlace, b: &ClaimPlace) -> bool {
    a.canonical.as_ref().unwrap_or(&a.name) == b.canonical.as_ref().unwrap_or(&b.name)
}

/// The folded name by which a place is compared.
pub(super) fn place_name(place: &ClaimPlace) -> String {
    fold(place.canonical.as_deref().unwrap_or(&place.name))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::aggregate::fake::place;

    #[test]
    fn b_40_points_within_25_km_are_near_and_beyond_in_one_district_or_apart() {
        let town = place("Town", "North").at(34.0, 36.0);
        assert_eq!(
            nearness(Some(&town), Some(&place("Mill", "North").at(34.2, 36.0))),
            Nearness::Near
        );
        assert_eq!(
            nearness(Some(&town), Some(&place("Far", "North").at(35.0, 36.0))),
            Nearness::Apart
        );
        let (mut a, mut b) = (town, place("Far", "North").at(35.0, 36.0));
        (a.admin2, b.admin2) = (Some("D".to_owned()), Some("D".to_owned()));
        assert_eq!(nearness(Some(&a), Some(&b)), Nearness::District);
    }

    #[test]
    fn two_towns_of_one_name_with_coordinates_far_apart_are_two() {
        let (a, b) = (place("Town", "North").at(34.0, 36.0), place("Town", "South").at(32.0, 36.0));
        assert_eq!(nearness(Some(&a), Some(&b)), Nearness::Apart);
    }

    #[test]
    fn an_unresolved_hamlet_is_one_spot_by_its_name_and_a_division_is_not() {
        let admin1 =
            |name| ClaimPlace { precision: PlacePrecision::Admin1, ..place(name, "North") };
        assert_eq!(nearness(Some(&admin1("Mill")), Some(&admin1("Mill"))), Nearness::Spot);
        assert_eq!(nearness(Some(&admin1("North")), Some(&admin1("North"))), Nearness::Region);
    }

    #[test]
    fn a_hamlet_without_coordinates_is_known_by_its_name() {
        let (a, b) = (place("al-Hamlet", "North"), place("Al Hamlet", "North"));
        assert_eq!(nearness(Some(&a), Some(&b)), Nearness::Spot);
    }
}
