//! What an event is found by. Names of persons are no terms: nobody is to be looked up by who they are (B-67).

use std::collections::BTreeSet;

use super::actor::ActorKind;
use super::event::Event;
use super::text::fold::plain;

/// The term of every event.
pub const ANY: &str = "*";
/// The shortest word that is a term, in characters.
const SHORTEST: usize = 2;

/// The terms of an event: its factions and areas by id, and the words of its kind, places, organisations and outlets.
pub fn terms(event: &Event) -> BTreeSet<String> {
    let mut all = BTreeSet::from([ANY.to_owned()]);
    all.extend(words(&event.kind.0.to_string().replace('_', " ")));
    all.extend(words(&format!("{:?}", event.kind.0.event_type())));
    for place in &event.places {
        if let Some(country) = &place.country {
            all.insert(region(country, None));
            all.extend(place.admin1.iter().map(|admin1| region(country, Some(admin1))));
        }
        let names = [Some(&place.name), place.canonical.as_ref()];
        let areas = [place.admin1.as_ref(), place.admin2.as_ref()];
        all.extend(names.into_iter().chain(areas).flatten().flat_map(|name| words(name)));
    }
    for actor in &event.actors {
        all.extend(actor.faction.iter().map(|id| faction(id.as_str())));
        if actor.kind != ActorKind::Person {
            all.extend(words(&actor.name));
        }
    }
    all.extend(event.reports.iter().flat_map(|report| words(&report.source.name)));
    all
}

/// The term of a faction.
pub fn faction(id: &str) -> String {
    format!("f:{id}")
}

/// The term of a country, or of its first-order division.
pub fn region(country: &str, admin1: Option<&str>) -> String {
    match admin1 {
        Some(admin1) => format!("r:{country}/{admin1}"),
        None => format!("r:{country}"),
    }
}

/// The words of a text as terms have them.
pub fn words(text: &str) -> Vec<String> {
    let plain = plain(text);
    let words = plain.split(|c: char| !c.is_alphanumeric());
    words.filter(|word| word.chars().count() >= SHORTEST).map(str::to_owned).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_found_however_they_are_marked() {
        assert_eq!(words("Ma‘arrat an-Nu‘mān"), words("maarrat an numan"));
        assert_eq!(words("a #b c4"), ["c4"]);
    }

    #[test]
    fn areas_and_factions_are_no_words() {
        assert_eq!(region("SY", Some("Aleppo")), "r:SY/Aleppo");
        assert!(words(&faction("syrian-army")).iter().all(|word| !word.contains(':')));
    }
}
