use super::super::{Match, PlaceKind};
use super::{pack, places};

#[test]
fn spellings_of_one_town_lead_to_it() {
    let places = places();
    for name in
        ["Deir ez-Zor", "Deir Ezzor", "Dayr az Zawr", "Deir al-Zour", "Deir Ezzour", "دير الزور"]
    {
        let best = places.lookup(name)[0];
        assert_eq!((best.name, best.country), ("Deir ez-Zor", "SY"), "{name}");
    }
}

#[test]
fn towns_have_their_common_english_names_and_divisions() {
    let places = places();
    for (name, common, admin1) in [
        ("Halab", "Aleppo", "Aleppo"),
        ("Hims", "Homs", "Homs"),
        ("Tadmur", "Palmyra", "Homs"),
        ("Ayn al-Arab", "Kobani", "Aleppo"),
        ("Artemivsk", "Bakhmut", "Donetsk"),
        ("Al Fashir", "El Fasher", "North Darfur"),
        ("Goma", "Goma", "North Kivu"),
        ("Douma", "Douma", "Rural Damascus"),
        ("Mosul", "Mosul", "Nineveh"),
    ] {
        let best = places.lookup(name)[0];
        assert_eq!((best.name, best.admin1), (common, admin1), "{name}");
    }
}

#[test]
fn countries_and_divisions_are_places_too() {
    let places = places();
    assert_eq!(places.lookup("DRC")[0].name, "Democratic Republic of Congo");
    let north_kivu = places.lookup("Nord-Kivu")[0];
    assert_eq!((north_kivu.name, north_kivu.kind), ("North Kivu", PlaceKind::Admin1));
    assert_eq!(places.lookup("Rif Dimashq")[0].admin1, "Rural Damascus");
}

#[test]
fn a_pack_wins_over_the_gazetteer_and_is_filled_from_it() {
    let places = pack(
        "[[place]]\nname = \"Ariha\"\naliases = [\"Riha\"]\ncountry = \"SY\"\nadmin1 = \"Idlib\"\n",
    );
    let best = places.lookup("Ariha")[0];
    assert!(best.pack && best.at.is_some());
    assert_eq!(places.lookup("Ariha").iter().filter(|place| place.country == "SY").count(), 1);
    assert_eq!(places.lookup("Riha")[0].name, "Ariha");
}

#[test]
fn a_pack_place_with_its_city_in_brackets_is_found_by_its_name() {
    let places = pack(
        "[[place]]\nname = \"Karm (Aleppo)\"\ncountry = \"SY\"\nadmin1 = \"Aleppo\"\nkind = \"quarter\"\n",
    );
    assert!(places.lookup("Karm").iter().any(|place| place.pack));
}

#[test]
fn a_name_that_sounds_near_is_found_only_where_no_exact_one_is() {
    let places = places();
    let found = places.lookup("Khan Sheykhun");
    assert_eq!(found[0].name, "Khan Sheikhoun");
    assert!(matches!(found[0].matched, Match::Folded(_)));
}

#[test]
fn nothing_is_found_for_a_name_that_nobody_knows() {
    assert_eq!(places().lookup("Wolkenkuckucksheim"), []);
    assert_eq!(places().lookup(""), []);
}
