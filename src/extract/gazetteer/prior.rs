//! How likely a place is meant when nothing but its name is known.

use super::candidate::{Candidate, Match, PlaceKind};

/// Sorts candidates by what nothing but the name says.
pub(super) fn ranked(mut found: Vec<Candidate<'_>>) -> Vec<Candidate<'_>> {
    let order = |a: &Candidate<'_>, b: &Candidate<'_>| {
        prior(b).partial_cmp(&prior(a)).unwrap_or(std::cmp::Ordering::Equal)
    };
    found.sort_by(order);
    found
}

/// How likely a place is meant when nothing but the name is known: exact names, packs, countries and large places
/// first. The weights order candidates; they are no probabilities.
pub(super) fn prior(candidate: &Candidate<'_>) -> f64 {
    let matched = match candidate.matched {
        Match::Name => 1.0,
        Match::Alias => 0.75,
        Match::Folded(distance) => 0.3 * (1.0 - f64::from(distance)).max(0.1),
    };
    let kind = match candidate.kind {
        PlaceKind::Country => 3.0,
        PlaceKind::Admin1 if candidate.population > 0 => 0.85,
        PlaceKind::Admin2 => 0.5,
        PlaceKind::Region => 2.0,
        _ => 1.0,
    };
    let pack = if candidate.pack { 3.0 } else { 0.0 };
    matched * kind * (size(candidate) + pack)
}

/// The order of magnitude of a place's population; where it is not known, that of places of its rank.
fn size(candidate: &Candidate<'_>) -> f64 {
    #[expect(
        clippy::cast_precision_loss,
        reason = "a population's size, not its last digit, matters"
    )]
    let people = candidate.population as f64;
    let least: f64 = if candidate.seat { 10_000.0 } else { 1_000.0 };
    people.max(least).log10()
}
