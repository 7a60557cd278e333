//! The made-up land: its parties, places and days.

use jiff::Timestamp;
use jiff::civil::{Date, date};
use jiff::tz::TimeZone;

use crate::model::pack::Pack;
use crate::model::place::{ClaimPlace, PlacePrecision};
use crate::model::registry::Registry;

/// Two rebel groups (`reds` with the outlet "Red Voice", `blues` with "Blue Voice"), a member of the reds, two states
/// with their forces and army.
pub(crate) fn registry() -> Registry {
    let text = r#"
        [pack]
        id = "land"
        name = "Land"
        countries = ["LA"]
        [[faction]]
        id = "reds"
        name = "Reds"
        kind = "rebel"
        outlets = ["Red Voice"]
        [[faction]]
        id = "red-brigade"
        name = "Red Brigade"
        kind = "rebel"
        member_of = [{ id = "reds", since = "2020-01-01" }]
        [[faction]]
        id = "blues"
        name = "Blues"
        kind = "rebel"
        outlets = ["Blue Voice"]
        [[faction]]
        id = "north"
        name = "North"
        kind = "state_forces"
        demonyms = ["Northern"]
        [[faction]]
        id = "north-forces"
        name = "Northern government forces"
        kind = "state_forces"
        parent = "north"
        [[faction]]
        id = "north-army"
        name = "Northern Army"
        kind = "state_forces"
        parent = "north-forces"
    "#;
    Registry::merge([toml::from_str::<Pack>(text).unwrap()])
}

/// A place with a name and a first-order division, no coordinates.
pub(crate) fn place(name: &str, admin1: &str) -> ClaimPlace {
    ClaimPlace {
        name: name.to_owned(),
        relation: "in".to_owned(),
        canonical: Some(name.to_owned()),
        country: Some("LA".to_owned()),
        admin1: Some(admin1.to_owned()),
        admin2: None,
        lat: None,
        lon: None,
        precision: PlacePrecision::Place,
    }
}

impl ClaimPlace {
    /// With coordinates.
    pub(crate) fn at(self, lat: f64, lon: f64) -> Self {
        Self { lat: Some(lat), lon: Some(lon), ..self }
    }
}

/// Noon of a day of June 2020.
pub(crate) fn noon(day: i8) -> Timestamp {
    june(day).at(12, 0, 0, 0).to_zoned(TimeZone::UTC).unwrap().timestamp()
}

/// A day of June 2020.
pub(crate) fn june(day: i8) -> Date {
    date(2020, 6, day)
}
