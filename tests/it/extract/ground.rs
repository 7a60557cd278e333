//! Where it happened, on sentences of our own: a province or the town of its name, namesakes in other wars.

use sitrep::model::place::PlacePrecision;

use super::claims;

fn first(text: &str) -> (String, PlacePrecision) {
    let found = claims(text);
    let place = found.first().and_then(|claim| claim.places.first());
    let place = place.unwrap_or_else(|| panic!("no place in {text}: {found:?}"));
    (place.admin1.clone().unwrap_or_default(), place.precision)
}

#[test]
fn a_name_of_town_and_province_is_the_province_where_the_text_speaks_of_it_widely() {
    for text in [
        "Air strikes hit towns in Idlib province on Thursday.",
        "Air strikes hit the countryside of Idlib on Thursday.",
        "Air strikes hit several towns across Idlib on Thursday.",
        "Air strikes hit villages in Idlib on Thursday.",
        "Air strikes killed 12 people in rebel-held Idlib on Thursday.",
        "Air strikes killed 12 people in southern Idlib on Thursday.",
    ] {
        assert_eq!(first(text), ("Idlib".to_owned(), PlacePrecision::Admin1), "{text}");
    }
    let text = "An air strike hit a market in the city of Idlib on Thursday.";
    assert_eq!(first(text), ("Idlib".to_owned(), PlacePrecision::Place));
}

#[test]
fn a_namesake_is_looked_for_where_the_war_is() {
    assert_eq!(first("Ukrainian drones hit a refinery in Samara on Thursday.").0, "Samara");
    assert_ne!(
        first("Iraqi police said a bomb killed three pilgrims in Samara on Thursday.").0,
        "Samara"
    );
}

#[test]
fn a_town_hit_by_another_states_weapons_needs_no_frame() {
    for (text, admin1) in [
        ("Russian missiles hit Kharkiv on Thursday, killing three people.", "Kharkiv"),
        ("Turkish shells hit Tal Rifaat on Thursday.", "Aleppo"),
    ] {
        assert_eq!(first(text).0, admin1, "{text}");
    }
}
