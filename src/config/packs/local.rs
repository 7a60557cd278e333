//! The pack of what editors add on the site: read by the code that reads the files of packs.

use std::path::Path;

use super::{PackFile, parse};
use crate::config::ConfigError;
use crate::model::faction::FactionKind;
use crate::model::pack::Pack;

/// The pack's name wherever a file would be named.
pub const LOCAL: &str = "added on the site";
/// Its head: no theatre of its own, so it speaks for no countries.
const HEAD: &str = "[pack]\nid = \"site\"\nname = \"Added on the site\"\n";
/// The longest entry, in bytes.
const LONGEST: usize = 8_000;

/// One faction, place or region, as it would stand in the file of a pack.
#[derive(Debug, Clone, PartialEq)]
pub struct LocalEntry {
    /// `faction/ID`, `region/ID`, `place/CC/ADMIN1/NAME`.
    pub key: String,
    /// Its display name.
    pub name: String,
    /// Its text: TOML, with what was written beside it.
    pub text: String,
}

/// The pack of these entries.
pub fn pack<'a>(texts: impl IntoIterator<Item = &'a str>) -> Result<PackFile, ConfigError> {
    PackFile::parse(Path::new(LOCAL), whole(texts))
}

/// The text of the pack of these entries, as a file that `[extract] packs` and `--pack` take.
pub fn whole<'a>(texts: impl IntoIterator<Item = &'a str>) -> String {
    let entries: Vec<&str> = texts.into_iter().map(str::trim).collect();
    format!("{HEAD}\n{}\n", entries.join("\n\n"))
}

/// Reads one entry, or says what is wrong with it.
pub fn entry(text: &str) -> Result<LocalEntry, String> {
    if text.len() > LONGEST {
        return Err(format!("an entry has at most {LONGEST} bytes"));
    }
    let text = text.replace("\r\n", "\n").trim().to_owned();
    // The head comes last, so that lines are counted as they are written.
    let pack: Pack =
        parse(Path::new(LOCAL), &format!("{text}\n{HEAD}")).map_err(|error| told(&error))?;
    let Pack { factions, places, regions, generics, .. } = &pack;
    if !generics.is_empty() || factions.len() + places.len() + regions.len() != 1 {
        return Err("write one [[faction]], one [[place]] or one [[region]]".to_owned());
    }
    let (key, name) = known(&pack)?;
    Ok(LocalEntry { key, name, text })
}

/// The same entry with another kind, where it is a faction.
pub fn of_kind(text: &str, kind: FactionKind) -> String {
    let word = serde_json::to_string(&kind).unwrap_or_default();
    let is_kind = |line: &str| {
        let rest = line.trim_start().strip_prefix("kind").map(str::trim_start);
        rest.is_some_and(|rest| rest.starts_with('='))
    };
    let lines = text
        .lines()
        .map(|line| if is_kind(line) { format!("kind = {word}") } else { line.to_owned() });
    lines.collect::<Vec<_>>().join("\n")
}

/// Under what the one entry of a pack is known, and its name.
fn known(pack: &Pack) -> Result<(String, String), String> {
    if let Some(faction) = pack.factions.first() {
        is_id(faction.id.as_str())?;
        is_name(&faction.name)?;
        faction.country.as_deref().map_or(Ok(()), is_country)?;
        return Ok((format!("faction/{}", faction.id), faction.name.clone()));
    }
    if let Some(place) = pack.places.first() {
        is_name(&place.name)?;
        is_country(&place.country)?;
        let is_within = |at: Option<f64>, most: f64| at.is_none_or(|at| at.abs() <= most);
        if !is_within(place.lat, 90.0) || !is_within(place.lon, 180.0) {
            return Err("`lat` is -90 to 90 and `lon` -180 to 180, in degrees".to_owned());
        }
        if place.lat.is_some() != place.lon.is_some() {
            return Err("give both `lat` and `lon`, or neither".to_owned());
        }
        let area = place.admin1.as_deref().unwrap_or_default();
        return Ok((format!("place/{}/{area}/{}", place.country, place.name), place.name.clone()));
    }
    let region = pack.regions.first().ok_or("nothing is written")?;
    is_id(region.id.as_str())?;
    is_name(&region.name)?;
    if region.includes.is_empty() {
        return Err("`includes` names the areas, as SY/Idlib".to_owned());
    }
    for area in &region.includes {
        is_country(area.split('/').next().unwrap_or_default())?;
    }
    Ok((format!("region/{}", region.id), region.name.clone()))
}

fn is_id(id: &str) -> Result<(), String> {
    let is_letter = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
    if (1..=80).contains(&id.len()) && id.chars().all(is_letter) {
        return Ok(());
    }
    Err("`id` is of small letters, digits and dashes, at most 80".to_owned())
}

fn is_name(name: &str) -> Result<(), String> {
    let length = name.trim().chars().count();
    if (1..=120).contains(&length) && !name.chars().any(char::is_control) {
        return Ok(());
    }
    Err("`name` has 1 to 120 characters".to_owned())
}

fn is_country(code: &str) -> Result<(), String> {
    if code.len() == 2 && code.bytes().all(|byte| byte.is_ascii_uppercase()) {
        return Ok(());
    }
    Err(format!("`{code}` is no country; write two capital letters, as SY"))
}

/// What is wrong, by line, without the name of a file that is none.
fn told(error: &ConfigError) -> String {
    error.to_string().replace(&format!("`{LOCAL}` "), "")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_entry_is_read_as_it_would_be_in_the_file_of_a_pack() {
        let text = "# seen twice\n[[faction]]\nid = \"qalat-brigade\"\nname = \"Qalat Brigade\"\nkind = \"rebel\"\ncountry = \"SY\"";
        let read = entry(text).unwrap();
        assert_eq!(
            (read.key.as_str(), read.name.as_str()),
            ("faction/qalat-brigade", "Qalat Brigade")
        );
        assert!(read.text.starts_with("# seen twice"));
        let place = "[[place]]\nname = \"Tell Bahra\"\ncountry = \"SY\"\nadmin1 = \"Homs\"\nlat = 34.5\nlon = 38.1";
        assert_eq!(entry(place).unwrap().key, "place/SY/Homs/Tell Bahra");
        let region = "[[region]]\nid = \"badia\"\nname = \"Badia\"\nincludes = [\"SY/Homs\"]";
        assert_eq!(entry(region).unwrap().key, "region/badia");
        let all = [text, place, region];
        let file = pack(all).unwrap();
        assert_eq!(
            (file.pack.factions.len(), file.pack.places.len(), file.pack.regions.len()),
            (1, 1, 1)
        );
        assert!(
            of_kind(text, FactionKind::PoliticalMilitia).contains("kind = \"political_militia\"")
        );
    }

    #[test]
    fn what_is_wrong_with_an_entry_is_told_with_its_line() {
        for (text, expected) in [
            ("[[faction]]\nid = \"a\"\nname = \"A\"\nkind = \"rebels\"", "line 4"),
            (
                "[[faction]]\nid = \"a\"\nname = \"A\"\nkind = \"rebel\"\nalias = [\"B\"]",
                "did you mean `aliases`?",
            ),
            ("[[faction]]\nid = \"A b\"\nname = \"A\"\nkind = \"rebel\"", "`id` is"),
            ("[[place]]\nname = \"A\"", "country"),
            ("[[place]]\nname = \"A\"\ncountry = \"Syria\"", "two capital letters"),
            ("[[place]]\nname = \"A\"\ncountry = \"SY\"\nlat = 95.0\nlon = 0.0", "-90 to 90"),
            ("[[place]]\nname = \"A\"\ncountry = \"SY\"\nlat = 5.0", "or neither"),
            ("[[region]]\nid = \"a\"\nname = \"A\"\nincludes = []", "`includes`"),
            ("", "write one"),
            (
                "[[place]]\nname = \"A\"\ncountry = \"SY\"\n[[place]]\nname = \"B\"\ncountry = \"SY\"",
                "write one",
            ),
            (
                "[pack]\nid = \"mine\"\nname = \"Mine\"\n[[place]]\nname = \"A\"\ncountry = \"SY\"",
                "line",
            ),
            ("[[place]]\nname = \"A", "line 2"),
        ] {
            let told = entry(text).unwrap_err();
            assert!(told.contains(expected), "{expected}: {told}");
        }
    }
}
