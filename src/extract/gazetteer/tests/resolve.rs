use super::{pack, places, read};
use crate::model::place::PlacePrecision;

/// Canonical name (or `-`), country and division of each mention.
#[track_caller]
fn assert_means(text: &str, expected: &[(&str, &str, &str)]) {
    let places = places();
    let read = read(&places, text);
    let found: Vec<_> = read
        .iter()
        .map(|(_, choice)| {
            let name = choice.place.map_or("-", |place| place.name);
            (name, choice.country.unwrap_or("-"), choice.admin1.unwrap_or("-"))
        })
        .collect();
    assert_eq!(found, expected, "{text}");
}

#[test]
fn the_document_decides_between_places_of_one_name() {
    let syrian = "In Syria, shells hit Tripoli road in Homs.";
    assert_eq!(read(&places(), syrian).last().unwrap().1.admin1, Some("Homs"));
    assert_means(
        "Libyan forces entered Tripoli after clashes near Misrata.",
        &[("Tripoli", "LY", "Tripoli"), ("Misrata", "LY", "Misrata")],
    );
    let lebanese = read_country("Lebanese soldiers were wounded in Tripoli, north of Beirut.");
    assert_eq!(lebanese, "LB");
}

fn read_country(text: &str) -> String {
    read(&places(), text)[0].1.country.unwrap_or("-").to_owned()
}

#[test]
fn the_container_decides_between_places_of_one_name() {
    assert_means(
        "A car bomb went off in Suran in Aleppo province, Syrian activists said.",
        &[("Suran", "SY", "Aleppo"), ("Aleppo", "SY", "Aleppo")],
    );
}

#[test]
fn a_province_is_a_province_and_a_city_a_city() {
    let places = places();
    let text = "In Idlib province two were killed; in the city of Idlib one was wounded.";
    let read = read(&places, text);
    assert_eq!(read[0].1.precision, PlacePrecision::Admin1);
    assert_eq!(read[1].1.precision, PlacePrecision::Place);
}

#[test]
fn an_unknown_village_inherits_its_surroundings() {
    let places = places();
    let read = read(&places, "Syrian jets struck the village of Kfar Shamsin in southern Idlib.");
    let village = &read[0].1;
    assert_eq!(
        (village.country, village.admin1, village.precision),
        (Some("SY"), Some("Idlib"), PlacePrecision::Admin1)
    );
    let place = village.claim_place(&read[0].0);
    assert_eq!((place.name.as_str(), place.canonical, place.lat), ("Kfar Shamsin", None, None));
}

#[test]
fn a_village_is_no_country_of_its_name() {
    let places = pack(
        "[[place]]\nname = \"Binin\"\naliases = [\"Benin\"]\ncountry = \"SY\"\nadmin1 = \"Idlib\"\nkind = \"village\"\n",
    );
    let read = read(&places, "Fighting broke out in the village of Benin in southern Idlib.");
    assert_eq!((read[0].1.place.unwrap().name, read[0].1.country), ("Binin", Some("SY")));
}

#[test]
fn a_likeness_of_names_alone_is_not_believed() {
    let places = places();
    let read =
        read(&places, "Ukrainian troops held positions in Kharkiv and near Khan Sheykhun in Sumy.");
    assert!(read.iter().all(|(_, choice)| choice.country == Some("UA")), "{read:?}");
}

#[test]
fn a_quarter_that_only_another_city_is_known_to_have_lies_where_the_text_says() {
    let quarter =
        "[[place]]\nname = \"Zahriyat\"\ncountry = \"SY\"\nadmin1 = \"Homs\"\nkind = \"quarter\"\n";
    let places = pack(quarter);
    let read = read(&places, "A shell hit the Zahriyat quarter in Aleppo.");
    assert_eq!((read[0].1.place, read[0].1.admin1), (None, Some("Aleppo")));
}

#[test]
fn the_countryside_of_a_city_is_its_province() {
    let places = places();
    let read = read(&places, "Two were killed in the eastern countryside of Homs.");
    assert_eq!((read[0].1.admin1, read[0].1.precision), (Some("Homs"), PlacePrecision::Admin1));
}

#[test]
fn what_lies_outside_a_capital_that_is_a_province_lies_in_the_province_round_it() {
    let places = places();
    let read =
        read(&places, "Shells hit a farm southwest of Damascus; one fell in Damascus itself.");
    let admin1: Vec<_> = read.iter().map(|(_, choice)| choice.admin1).collect();
    assert_eq!(admin1, [Some("Rural Damascus"), Some("Damascus")]);
}

#[test]
fn a_station_named_after_a_far_city_lies_in_the_documents_country() {
    let places = places();
    let text = "In Aleppo a mortar shell fell near Baghdad Station; Syrian medics said three were hurt in Homs.";
    assert_eq!(read(&places, text)[1].1.country, Some("SY"));
}

#[test]
fn a_text_without_places_chooses_nothing() {
    assert_means("The talks will go on next week.", &[]);
}

#[test]
fn theatres_speak_for_their_countries() {
    let places = places();
    let mentions = places.mentions("A patrol was attacked in Ariha.");
    let context = places.context(&[]).with_theatres(&["SY"]);
    assert_eq!(places.resolve(&mentions, &context)[0].country, Some("SY"));
}
