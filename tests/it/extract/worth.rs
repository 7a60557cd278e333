//! What is no event: matches and accidents told with words of war, rumours, what is to come.

use super::*;

fn titled(title: &str, text: &str) -> Vec<Claim> {
    let mut doc = document(text);
    doc.title = Some(title.to_owned());
    extractor().read(&doc).claims
}

#[test]
fn a_match_told_with_words_of_war_is_none() {
    let found = titled(
        "Rovers reach the cup final",
        "Rovers won the semi-final on Thursday after a late attack. Their captain fired a free kick past the wall and the visitors came under siege.\n\nThe goalkeeper was sent off for a clash with a substitute.",
    );
    assert!(found.is_empty(), "{found:?}");
}

#[test]
fn an_accident_on_the_road_is_none() {
    let found = titled(
        "Five dead as lorry and bus collide",
        "Five people were killed and eight were injured when a lorry and a bus collided near Palmyra on Thursday, traffic police said.\n\nThe lorry struck the bus head-on. The road was blocked for an hour.",
    );
    assert!(found.is_empty(), "{found:?}");
}

#[test]
fn a_party_named_in_the_first_sentence_keeps_an_accident_of_war() {
    let found = titled(
        "Helicopter crash near Palmyra",
        "An army helicopter crashed near Palmyra on Thursday when Islamic State fighters shot it down, killing both pilots in the wreckage.",
    );
    assert!(!found.is_empty());
}

#[test]
fn an_announced_noise_is_none() {
    assert!(claims("Loud explosions will be heard in Ariha on Saturday.").is_empty());
}

#[test]
fn an_agreement_to_stop_fighting_is_no_fighting() {
    let found = claims(
        "Hayat Tahrir al-Sham and Hurras al-Din agreed on Thursday in Ariha to stop fighting each other.",
    );
    let kinds: Vec<SubType> = found.iter().map(|claim| claim.kind.0).collect();
    assert_eq!(kinds, [SubType::Agreement]);
}

#[test]
fn a_rumour_told_with_its_denial_is_none() {
    let found = claims(
        "Users wrote that an attack had killed several soldiers in Ariha on Thursday; there was no attack.",
    );
    assert!(found.is_empty(), "{found:?}");
}

#[test]
fn soldiers_killed_somewhere_are_an_event_whoever_did_it() {
    for text in [
        "Two soldiers were killed in Ariha on Thursday.",
        "A policeman was killed in Ariha on Thursday.",
    ] {
        let found = claims(text);
        assert_eq!(found.len(), 1, "{text}");
        assert_eq!(found[0].kind.0, SubType::ArmedClash, "{text}");
    }
    assert!(
        claims("Two soldiers were killed when their truck overturned near Ariha on Thursday.")
            .is_empty()
    );
    assert!(claims("Three civilians were killed in Ariha on Thursday.").is_empty());
}

#[test]
fn an_attack_in_a_speech_is_none() {
    let text = "The president attacked the army's plan in a speech in Ariha on Thursday.";
    assert!(claims(text).is_empty());
}

#[test]
fn troops_massed_for_an_attack_have_not_attacked() {
    assert!(claims("The army accused Rwanda of massing troops for an attack on Goma.").is_empty());
}

#[test]
fn a_deed_of_years_ago_elsewhere_is_not_dated_today() {
    for past in [
        "Twelve people were killed in the attack on Saraqib in 2015.",
        "The group carried out the attack on a theatre in Paris in 2015 that killed 90 people.",
        "It was the deadliest attack since a bombing killed 40 people in Saraqib in March 2018.",
        "Three years ago a car bomb killed 40 people in Saraqib.",
    ] {
        let found = claims(&format!("Gunmen killed two farmers near Ariha on Thursday. {past}"));
        assert_eq!(found.len(), 1, "{past}: {found:?}");
        assert_eq!(super::place(&found[0]), "Ariha", "{past}");
    }
}

#[test]
fn a_gas_field_is_no_chemical_weapon() {
    let text = "Islamic State fighters killed at least 30 soldiers in an attack on the al-Shaer gas field in Homs on Thursday, a monitor said.";
    let found = claims(text);
    assert_eq!(found.len(), 1, "{found:?}");
    assert_eq!(found[0].kind.0, SubType::ArmedClash);
    assert_eq!(factions(&found[0], Role::Initiator), ["islamic-state"]);
}

#[test]
fn a_hospital_named_after_a_city_abroad_is_not_there() {
    let text = "Air strikes hit Aleppo on Thursday. Doctors at al-Quds hospital said 55 people had been wounded in the attack on the quarter.";
    for claim in claims(text) {
        let abroad = claim.places.iter().find(|place| place.country.as_deref() != Some("SY"));
        assert_eq!(abroad, None);
    }
}
