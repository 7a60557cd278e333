//! Who did it and to whom, by the grammar of the sentence, on sentences of our own.

use sitrep::model::actor::Role;
use sitrep::model::claim::Claim;
use sitrep::model::kind::SubType;

use super::{claims, killed, place, rules};

/// The names of a claim's actors in a role, the full name where the text gives one elsewhere.
fn names(claim: &Claim, role: Role) -> Vec<String> {
    let actors = claim.actors.iter().filter(|actor| actor.role == role);
    actors.map(|actor| actor.name.clone()).collect()
}

fn only(text: &str) -> Claim {
    let found = claims(text);
    assert_eq!(found.len(), 1, "{found:?}");
    found.into_iter().next().unwrap()
}

fn objects(claim: &Claim) -> Vec<&str> {
    claim.objects.iter().map(|object| object.name.as_str()).collect()
}

fn dead(claim: &Claim) -> u32 {
    claim.casualties.iter().filter_map(killed).sum()
}

#[test]
fn a_question_is_no_report() {
    let text = "Have gunmen killed the mayor of Ariha?";
    assert!(claims(text).is_empty());
    assert_eq!(rules(text), ["hypothetical"]);
}

#[test]
fn a_person_in_apposition_is_called_by_the_name() {
    let claim = only(
        "Samir Haddad, a street vendor walking through Ariha, was killed by gunmen on Thursday.",
    );
    assert_eq!(names(&claim, Role::Target), ["Samir Haddad"]);
    let claim = only("Gunmen shot dead the mayor of Ariha, Samir Haddad, on Thursday.");
    assert_eq!(names(&claim, Role::Target), ["Samir Haddad"]);
}

#[test]
fn an_age_or_a_short_form_between_commas_is_nobody() {
    let claim = only("Samir Haddad, 46, was killed by gunmen in Ariha on Thursday.");
    assert_eq!((names(&claim, Role::Target), dead(&claim)), (vec!["Samir Haddad".to_owned()], 1));
}

#[test]
fn a_list_with_a_last_comma_names_each() {
    let claim = only(
        "Samir Haddad, Rana Mansour, and Walid Khoury were killed by gunmen in Ariha on Thursday.",
    );
    assert_eq!(names(&claim, Role::Target), ["Samir Haddad", "Rana Mansour", "Walid Khoury"]);
    assert_eq!(dead(&claim), 3);
}

#[test]
fn a_part_of_the_subject_is_not_the_whole() {
    let claim =
        only("Six priests, five of them foreigners, were killed by gunmen in Ariha on Thursday.");
    assert_eq!(dead(&claim), 6);
}

#[test]
fn the_object_of_a_relative_clause_is_not_the_subject() {
    let claim = only(
        "Gunmen raided Ariha on Thursday; a farmer who tried to stop them was hacked to death.",
    );
    assert_eq!(dead(&claim), 1);
}

#[test]
fn violence_between_two_is_fighting() {
    let claim =
        only("Violence between farmers and herders near Ariha left 15 people dead on Thursday.");
    assert_eq!((claim.kind.0, dead(&claim)), (SubType::ArmedClash, 15));
}

#[test]
fn a_surname_alone_is_given_in_full() {
    let claim = only(
        "Gunmen killed Haddad in Ariha on Thursday. Samir Haddad had been a judge, officials said.",
    );
    let actor = claim.actors.iter().find(|actor| actor.role == Role::Target).unwrap();
    assert_eq!(actor.name, "Haddad");
    assert_eq!(actor.canonical.as_deref(), Some("Samir Haddad"));
}

#[test]
fn who_did_it_may_stand_behind_attributed_blamed_and_accused() {
    for text in [
        "The murder of two priests in Ariha on Thursday was attributed to Islamic State.",
        "Officials accused Islamic State of killing two priests in Ariha on Thursday.",
        "Islamic State claimed responsibility for a bomb attack that killed two priests in Ariha on Thursday.",
    ] {
        let claim = only(text);
        assert_eq!(super::factions(&claim, Role::Initiator), ["islamic-state"], "{text}");
    }
}

#[test]
fn the_sort_of_an_attack_is_not_who_did_it() {
    let claim = only("A terrorist attack damaged a school in Ariha on Thursday.");
    assert_eq!(names(&claim, Role::Initiator), Vec::<String>::new());
}

#[test]
fn two_passives_share_their_doer() {
    let found =
        claims("Two farmers were abducted and later murdered by gunmen near Ariha on Thursday.");
    assert!(!found.is_empty());
    for claim in &found {
        assert_eq!(names(claim, Role::Initiator), ["gunmen"], "{claim:?}");
    }
}

#[test]
fn whoever_fires_on_somebody_does_it() {
    let claim = only("Gunmen fired on the senator in Ariha on Thursday.");
    assert_eq!(names(&claim, Role::Initiator), ["Gunmen"]);
    assert_eq!(names(&claim, Role::Target), ["senator"]);
}

#[test]
fn bands_are_what_the_word_before_them_says() {
    let claim = only("Paramilitary groups killed two farmers near Ariha on Thursday.");
    assert_eq!(names(&claim, Role::Initiator), ["Paramilitary groups"]);
}

#[test]
fn who_hands_ground_over_without_a_fight_does_not_lose_it_in_battle() {
    let claim = only(
        "Fighters entered Ariha on Thursday and had not encountered any resistance, residents said.",
    );
    assert_eq!(claim.kind.0, SubType::NonViolentTransferOfTerritory);
    assert_eq!(place(&claim), "Ariha");
}

#[test]
fn police_who_use_tear_gas_intervene() {
    let claim =
        only("Police used a water cannon and tear gas against protesters in Idlib on Thursday.");
    assert_eq!(claim.kind.0, SubType::ProtestWithIntervention);
}

#[test]
fn surrender_in_the_face_of_an_onslaught_is_surrender() {
    let claim = only(
        "More than 150 Islamic State fighters surrendered to the army in the face of an onslaught near Ariha on Thursday.",
    );
    assert_eq!(claim.kind.0, SubType::Agreement);
}

#[test]
fn what_is_blown_up_is_hit_whatever_it_is_called() {
    let claim = only("Rebels blew up five electricity posts near Ariha on Thursday.");
    assert_eq!(objects(&claim), ["electricity posts"]);
    let claim = only("A high school in Ariha was the target of two bomb attacks on Thursday.");
    assert_eq!(objects(&claim), ["high school"]);
    let claim = only("A bomb exploded in a car on Nile street in Ariha on Thursday.");
    assert_eq!(objects(&claim), ["car"]);
}

#[test]
fn what_falls_on_somebody_is_its_owners_deed() {
    let claim = only("A Ukrainian drone crashed into an oil refinery in Belgorod on Thursday.");
    assert_eq!(super::factions(&claim, Role::Initiator), ["ukrainian-armed-forces"]);
}

#[test]
fn aircraft_beside_the_party_that_flies_them_are_none_of_their_own() {
    let claim = only(
        "The Saudi-led coalition bombed Hodeidah on Thursday. The planes killed three people in Hodeidah.",
    );
    assert_eq!(super::factions(&claim, Role::Initiator), ["saudi-led-coalition"]);
    assert_eq!(claim.actors.iter().filter(|actor| actor.role == Role::Initiator).count(), 1);
}
