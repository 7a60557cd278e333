//! Packs: the files that hold what is known of a theatre's factions, places and regions.

use serde::{Deserialize, Serialize};

use super::faction::Faction;
use super::id::{FactionId, RegionId};

/// The head of a pack file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PackHead {
    /// A slug; sources and editions name theatres by it.
    pub id: String,
    /// The display name.
    pub name: String,
    /// ISO 3166-1 alpha-2 codes of the countries it is about.
    #[serde(default)]
    pub countries: Vec<String>,
    /// Other states whose forces fight or have fought there: what their ministries and agencies say of it is a party's word.
    #[serde(default)]
    pub belligerents: Vec<FactionId>,
}

/// Theatre-wide words that mean one faction ("government troops").
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct GenericWords {
    /// The words, lower case.
    pub words: Vec<String>,
    /// Whom they mean; none says that they name no one.
    #[serde(default)]
    pub faction: Option<FactionId>,
    /// The country in whose context they mean that.
    #[serde(default)]
    pub country: Option<String>,
}

/// A place of a pack; only name and country are required, and coordinates are never invented.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PackPlace {
    /// The common English name.
    pub name: String,
    /// Other spellings, in any script.
    #[serde(default)]
    pub aliases: Vec<String>,
    /// ISO 3166-1 alpha-2.
    pub country: String,
    /// First-order division.
    #[serde(default)]
    pub admin1: Option<String>,
    /// Second-order division.
    #[serde(default)]
    pub admin2: Option<String>,
    /// Latitude in degrees.
    #[serde(default)]
    pub lat: Option<f64>,
    /// Longitude in degrees.
    #[serde(default)]
    pub lon: Option<f64>,
    /// city town village camp base crossing road mountain river region …
    #[serde(default)]
    pub kind: Option<String>,
}

/// How a digest groups places.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Region {
    /// A slug.
    pub id: RegionId,
    /// The display name.
    pub name: String,
    /// `CC`, `CC/Admin1` or `CC/Admin1/Admin2`.
    pub includes: Vec<String>,
}

impl Region {
    /// Whether a place with these divisions lies in the region.
    pub fn holds(&self, country: &str, admin1: Option<&str>, admin2: Option<&str>) -> bool {
        self.includes.iter().any(|area| {
            let mut parts = area.split('/');
            let same = |part: Option<&str>, value: Option<&str>| {
                part.is_none_or(|part| value.is_some_and(|value| value.eq_ignore_ascii_case(part)))
            };
            same(parts.next(), Some(country))
                && same(parts.next(), admin1)
                && same(parts.next(), admin2)
        })
    }
}

/// One pack file.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Pack {
    /// Its head.
    pub pack: PackHead,
    /// Its factions.
    #[serde(default, rename = "faction")]
    pub factions: Vec<Faction>,
    /// Its theatre-wide words.
    #[serde(default, rename = "generic")]
    pub generics: Vec<GenericWords>,
    /// Its places.
    #[serde(default, rename = "place")]
    pub places: Vec<PackPlace>,
    /// Its regions.
    #[serde(default, rename = "region")]
    pub regions: Vec<Region>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_region_holds_what_its_areas_name_and_no_more() {
        let region = Region {
            id: RegionId::new("greater-idlib"),
            name: "Greater Idlib".to_owned(),
            includes: vec!["SY/Idlib".to_owned(), "SY/Hama/As Suqaylibiyah".to_owned()],
        };
        assert!(region.holds("SY", Some("Idlib"), None));
        assert!(!region.holds("SY", Some("Hama"), None));
        assert!(region.holds("SY", Some("Hama"), Some("As Suqaylibiyah")));
    }
}
