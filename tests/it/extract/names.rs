//! Names that mislead: modifiers that name no party, capitals that speak, places that sound or look like something else.

use super::*;

#[test]
fn led_and_controlled_by_name_no_actor() {
    let found = claims(
        "Aircraft of the Saudi-led coalition bombed a depot near Houthi-controlled Hodeidah on Thursday.",
    );
    assert_eq!(factions(&found[0], Role::Initiator), ["saudi-led-coalition"]);
    assert!(factions(&found[0], Role::Target).is_empty(), "{found:?}");
}

#[test]
fn artillery_without_an_owner_is_an_unknown_party() {
    let found = claims("Shells landed on a school in Ariha on Thursday, wounding four pupils.");
    assert_eq!(found[0].kind.0, SubType::ShellingArtilleryMissileAttack);
    assert!(factions(&found[0], Role::Initiator).is_empty(), "{found:?}");
}

#[test]
fn a_capital_that_speaks_is_not_where_it_happened() {
    let found = claims("Damascus said on Thursday that rebels shelled Saraqib.");
    let places: Vec<&str> = found[0].places.iter().map(|place| place.name.as_str()).collect();
    assert_eq!(places, ["Saraqib"]);
}

#[test]
fn the_same_nickname_means_opposite_parties_in_opposite_outlets() {
    let initiators = |party: &str| {
        let mut doc = document("The terrorists shelled Ariha on Thursday and killed two women.");
        doc.calls = vec![("the terrorists".to_owned(), party.to_owned())];
        factions(&extractor().read(&doc).claims[0], Role::Initiator)
    };
    assert_eq!(initiators("syrian-opposition"), ["syrian-opposition"]);
    assert_eq!(initiators("syrian-army"), ["syrian-army"]);
}

#[test]
fn the_headline_repeats_the_event_of_the_text() {
    let mut doc =
        document("Nine people were killed in an air strike on Ariha on Thursday, residents said.");
    doc.title = Some("Air strike kills nine in Ariha".to_owned());
    assert_eq!(extractor().read(&doc).claims.len(), 1);
}

#[test]
fn a_groups_name_is_not_a_place() {
    let found = claims("Fighters of Ahrar al-Sham attacked an army post near Ariha on Thursday.");
    let places: Vec<&str> = found[0].places.iter().map(|place| place.name.as_str()).collect();
    assert_eq!(places, ["Ariha"]);
    assert_eq!(factions(&found[0], Role::Initiator), ["ahrar-al-sham"]);
}

#[test]
fn al_bab_and_raqqa_are_the_syrian_towns() {
    for (text, name, admin1) in [
        ("Shells fell on al-Bab on Thursday and wounded two people.", "al-Bab", "Aleppo"),
        ("A mine killed a farmer near Raqqa on Thursday.", "Raqqa", "Ar-Raqqa"),
    ] {
        let found = claims(text);
        let at = &found[0].places[0];
        assert_eq!((at.name.as_str(), at.country.as_deref()), (name, Some("SY")), "{text}");
        assert_eq!(at.admin1.as_deref(), Some(admin1), "{text}");
    }
}

#[test]
fn an_outlets_word_means_the_party_that_the_text_calls_by_it() {
    let mut doc = document(
        "An explosive device planted by the Daesh terrorist organisation blew up under an army bus near al-Sukhna on Wednesday. On Thursday, Syrian warplanes bombed caves near al-Sukhna, a military source said. The strikes killed 20 terrorists.",
    );
    doc.calls = vec![("terrorists".to_owned(), "syrian-opposition".to_owned())];
    let found = extractor().read(&doc).claims;
    let strike = found.iter().find(|claim| claim.kind.0 == SubType::AirDroneStrike);
    assert_eq!(strike.map(sides), Some(vec!["islamic-state".to_owned()]), "{found:?}");
}

#[test]
fn soldiers_of_a_group_are_not_those_of_the_state() {
    for (text, side) in [
        (
            "Rebels killed two soldiers of the Syrian National Army in Afrin on Thursday.",
            "syrian-national-army",
        ),
        (
            "Gunmen killed two policemen of the Syrian Democratic Forces in Manbij on Thursday.",
            "sdf",
        ),
    ] {
        assert_eq!(sides(&claims(text)[0]), [side], "{text}");
    }
}

#[test]
fn the_wider_name_of_the_dead_is_the_militia_that_was_attacked() {
    let found = claims(
        "Islamic State attacked a National Defence Forces post near al-Mayadin on Thursday. Six pro-government fighters were killed.",
    );
    assert_eq!(sides(&found[0]), ["national-defence-forces"]);
}

/// The factions that lost people.
fn sides(claim: &Claim) -> Vec<String> {
    let factions = claim.casualties.iter().filter_map(|row| row.faction.as_ref());
    factions.map(ToString::to_string).collect()
}
