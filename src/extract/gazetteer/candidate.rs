//! One place that a name may mean.

use super::table::Row;
use crate::model::place::{PlacePrecision, great_circle_km};

/// What sort of thing a place is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum PlaceKind {
    /// A country.
    Country,
    /// A first-order division.
    Admin1,
    /// A second-order division.
    Admin2,
    /// An area that is no division: a plain, a sea, a historical region.
    Region,
    /// A city, town or village.
    Town,
    /// A camp, base, crossing, dam, mountain: a point that is no settlement.
    Site,
    /// A road, river or front: longer than a point.
    Line,
}

/// How a name met a place.
#[derive(Debug, Clone, Copy, PartialEq, PartialOrd)]
pub enum Match {
    /// By the main name.
    Name,
    /// By an alias.
    Alias,
    /// By the fold key, at this distance in sound; 0 sounds the same.
    Folded(f32),
}

/// One place that a name may mean. Empty strings stand for what is not known.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Candidate<'a> {
    /// The common English name.
    pub name: &'a str,
    /// ISO 3166-1 alpha-2; empty for seas and areas of several countries.
    pub country: &'a str,
    /// First-order division.
    pub admin1: &'a str,
    /// Second-order division.
    pub admin2: &'a str,
    /// Latitude and longitude in degrees; a division's are those of its seat.
    pub at: Option<(f64, f64)>,
    /// Inhabitants; 0 if unknown.
    pub population: u64,
    /// What it is.
    pub kind: PlaceKind,
    /// Whether it is a country's capital.
    pub capital: bool,
    /// Whether it is the seat of a division.
    pub seat: bool,
    /// How the name met it.
    pub matched: Match,
    /// Whether a pack, not the gazetteer, knows it.
    pub pack: bool,
}

impl<'a> Candidate<'a> {
    pub(super) fn of_row(row: &Row<'a>, matched: Match) -> Self {
        Self {
            name: row.name,
            country: row.country,
            admin1: row.admin1,
            admin2: row.admin2,
            at: row.lat.zip(row.lon),
            population: row.population,
            kind: kind_of(row),
            capital: row.feature == "PPLC",
            seat: row.feature.starts_with("PPLA") || row.feature == "PPLC",
            matched,
            pack: false,
        }
    }

    /// How finely the place is known.
    pub fn precision(&self) -> PlacePrecision {
        match self.kind {
            PlaceKind::Country => PlacePrecision::Country,
            PlaceKind::Admin1 => PlacePrecision::Admin1,
            PlaceKind::Admin2 => PlacePrecision::Admin2,
            PlaceKind::Town | PlaceKind::Site if self.at.is_some() => PlacePrecision::Place,
            _ if !self.admin2.is_empty() => PlacePrecision::Admin2,
            _ if !self.admin1.is_empty() => PlacePrecision::Admin1,
            _ => PlacePrecision::Country,
        }
    }

    /// Whether it is an area that other places lie in.
    pub fn is_area(&self) -> bool {
        matches!(
            self.kind,
            PlaceKind::Country | PlaceKind::Admin1 | PlaceKind::Admin2 | PlaceKind::Region
        )
    }

    /// Kilometres to another place, if both have coordinates.
    pub fn distance_km(&self, other: &Self) -> Option<f64> {
        Some(great_circle_km(self.at?, other.at?))
    }
}

fn kind_of(row: &Row<'_>) -> PlaceKind {
    match row.kind {
        b'C' => PlaceKind::Country,
        b'A' => PlaceKind::Admin1,
        b'B' => PlaceKind::Admin2,
        b'R' => PlaceKind::Region,
        _ => PlaceKind::Town,
    }
}

/// The kind that a pack's word stands for; a settlement if it says nothing.
pub(super) fn kind_of_word(word: Option<&str>) -> PlaceKind {
    match word.unwrap_or("town") {
        "country" => PlaceKind::Country,
        "admin1" | "governorate" | "province" | "oblast" | "department" | "state" => {
            PlaceKind::Admin1
        }
        "admin2" | "district" | "county" => PlaceKind::Admin2,
        "region" | "area" | "valley" | "plain" | "desert" | "sea" | "lake" => PlaceKind::Region,
        "road" | "river" | "highway" | "border" | "front" | "line" => PlaceKind::Line,
        "camp" | "base" | "crossing" | "mountain" | "hill" | "dam" | "airport" | "prison"
        | "site" | "quarter" | "oilfield" => PlaceKind::Site,
        _ => PlaceKind::Town,
    }
}
