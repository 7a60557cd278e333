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
