//! Where something happened, as one text says it and as the gazetteer knows it.

use serde::{Deserialize, Serialize};

/// How finely a place is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PlacePrecision {
    /// A town, village, camp, base: a point.
    Place,
    /// A second-order division.
    Admin2,
    /// A first-order division.
    Admin1,
    /// A country.
    Country,
}

/// One place of a claim.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ClaimPlace {
    /// What the text says.
    pub name: String,
    /// How the event lies to it: `in`, `near`, `south of`, `countryside of` …
    pub relation: String,
    /// The gazetteer's or pack's name.
    pub canonical: Option<String>,
    /// ISO 3166-1 alpha-2.
    pub country: Option<String>,
    /// First-order division, the common English name.
    pub admin1: Option<String>,
    /// Second-order division.
    pub admin2: Option<String>,
    /// Latitude in degrees, WGS 84.
    pub lat: Option<f64>,
    /// Longitude in degrees, WGS 84.
    pub lon: Option<f64>,
    /// How finely it is known.
    pub precision: PlacePrecision,
}

impl Eq for ClaimPlace {}

impl std::hash::Hash for ClaimPlace {
    fn hash<H: std::hash::Hasher>(&self, state: &mut H) {
        (&self.name, &self.canonical, &self.country, &self.admin1).hash(state);
    }
}

impl ClaimPlace {
    /// Kilometres along the great circle, where both have coordinates.
    pub fn distance_km(&self, other: &Self) -> Option<f64> {
        let (a, b) = ((self.lat?, self.lon?), (other.lat?, other.lon?));
        Some(great_circle_km(a, b))
    }
}

/// Great-circle distance between two points in degrees, by the haversine formula on a sphere of 6,371 km.
pub fn great_circle_km(a: (f64, f64), b: (f64, f64)) -> f64 {
    let (lat_a, lat_b) = (a.0.to_radians(), b.0.to_radians());
    let half_lat = ((lat_b - lat_a) / 2.0).sin();
    let half_lon = ((b.1 - a.1).to_radians() / 2.0).sin();
    let h = half_lat * half_lat + lat_a.cos() * lat_b.cos() * half_lon * half_lon;
    2.0 * 6371.0 * h.sqrt().min(1.0).asin()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn homs_and_palmyra_lie_about_145_km_apart() {
        let km = great_circle_km((34.73, 36.71), (34.56, 38.27));
        assert!((140.0..150.0).contains(&km), "{km}");
    }
}
