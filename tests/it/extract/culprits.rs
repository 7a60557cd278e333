//! Who is said to have done what another clause tells, and what came to harm by it, on sentences of our own.

use sitrep::model::actor::Role;
use sitrep::model::claim::Claim;
use sitrep::model::kind::SubType;

use super::{claims, factions, killed, place, rules};

fn only(text: &str) -> Claim {
    let found = claims(text);
    assert_eq!(found.len(), 1, "{text}: {found:?}");
    found.into_iter().next().unwrap()
}

fn initiators(claim: &Claim) -> Vec<&str> {
    let actors = claim.actors.iter().filter(|actor| actor.role == Role::Initiator);
    actors.map(|actor| actor.name.as_str()).collect()
}

fn objects(claim: &Claim) -> Vec<&str> {
    claim.objects.iter().map(|object| object.name.as_str()).collect()
}

#[test]
fn who_is_held_responsible_did_it() {
    for text in [
        "A judge was murdered in Ariha on Thursday. The governor held Islamic State responsible for the murder.",
        "A bomb destroyed a bank in Ariha on Thursday. Islamic State is responsible for the attack, residents said.",
        "Two farmers were shot dead in Ariha on Thursday. Islamic State was found guilty of the murder.",
    ] {
        assert_eq!(factions(&only(text), Role::Initiator), ["islamic-state"], "{text}");
    }
}

#[test]
fn who_is_not_responsible_did_not_do_it() {
    let claim = only(
        "A judge was murdered in Ariha on Thursday. Islamic State is not responsible for the murder, residents said.",
    );
    assert!(factions(&claim, Role::Initiator).is_empty());
}

#[test]
fn who_is_arrested_over_an_attack_is_held_to_have_done_it() {
    let found = claims(
        "Three members of Islamic State were arrested in Ariha on Thursday in connection with the attack on senator Samir Haddad.",
    );
    let attack = found.iter().find(|claim| claim.kind.0 == SubType::Attack).unwrap();
    assert_eq!(factions(attack, Role::Initiator), ["islamic-state"]);
}

#[test]
fn who_is_accused_speaks_not() {
    let claim = only("A soldier accused of murdering two judges in Ariha was tried on Thursday.");
    assert_eq!(initiators(&claim), ["soldier"]);
    assert!(claim.attribution.is_empty(), "{:?}", claim.attribution);
}

#[test]
fn who_carried_it_out_may_stand_far_behind() {
    for (text, name) in [
        (
            "The attack in which 20 people were killed was carried out on Thursday by militants near Ariha.",
            "militants",
        ),
        (
            "Eleven people were kidnapped in Ariha on Thursday. The kidnapping was planned and carried out by gunmen.",
            "gunmen",
        ),
        ("Two judges were abducted by heavily armed men in Ariha on Thursday.", "armed men"),
    ] {
        assert_eq!(initiators(&only(text)), [name], "{text}");
    }
}

#[test]
fn what_a_bomb_damages_is_hit() {
    for (text, object) in [
        ("A bomb destroyed a bank in Ariha on Thursday.", "bank"),
        (
            "An explosion caused serious damage to the Turkish consulate in Ariha on Thursday.",
            "Turkish consulate",
        ),
        (
            "A bomb exploded in Ariha on Thursday. The office of the mayor was the objective of the attack.",
            "office",
        ),
        (
            "A bomb which shattered the windows of the offices of a bank exploded in Ariha on Thursday.",
            "offices",
        ),
    ] {
        let claim = only(text);
        assert_eq!(claim.kind.0, SubType::RemoteExplosiveLandmineIed, "{text}");
        assert_eq!(objects(&claim), [object], "{text}");
    }
}

#[test]
fn a_bomb_that_was_found_has_hit_nothing() {
    let found = claims("A bomb was found and defused near a bank in Ariha on Thursday.");
    assert!(found.iter().all(|claim| claim.kind.0 != SubType::RemoteExplosiveLandmineIed));
}

#[test]
fn what_is_destroyed_is_hit_though_no_list_knows_it() {
    let claim = only("Islamic State destroyed the Omar oil terminal near Ariha on Thursday.");
    assert_eq!(objects(&claim), ["Omar oil terminal"]);
}

#[test]
fn what_is_set_on_fire_may_stand_between() {
    let claim = only("Masked men came to Ariha on Thursday and set the club on fire.");
    assert_eq!(claim.kind.0, SubType::LootingPropertyDestruction);
    assert_eq!(objects(&claim), ["club"]);
    let claim = only("Militants stopped a bus in Ariha on Thursday and burned it.");
    assert_eq!(objects(&claim), ["bus"]);
}

#[test]
fn two_deeds_of_one_phrase_have_the_same_victims() {
    let found =
        claims("The kidnapping and murder of five students in Ariha on Thursday was condemned.");
    assert_eq!(found.len(), 2);
    for claim in found {
        assert!(claim.actors.iter().any(|actor| actor.name == "students"), "{claim:?}");
    }
}

#[test]
fn the_murders_of_two_people_are_two() {
    let found = claims(
        "Gunmen murdered judge Samir Haddad in Ariha on Thursday. It happened a month after the murder of judge Walid Khoury.",
    );
    assert_eq!(found.len(), 2, "{found:?}");
}

#[test]
fn what_people_do_every_day_is_no_event() {
    assert!(
        claims("They took money from the relatives of the people they kidnap in Ariha.").is_empty()
    );
    assert!(
        rules("The militants who attack army positions near Ariha live in Idlib.")
            .contains(&"hypothetical".to_owned())
    );
}

#[test]
fn an_attack_that_is_suspended_is_none() {
    let found = claims("The rebels announced on Thursday a suspension of attacks on Ariha.");
    assert!(found.is_empty(), "{found:?}");
}

#[test]
fn explosions_heard_are_the_noise_of_what_is_told() {
    let claim = only(
        "Rebels attacked an army post in Ariha on Thursday. Explosions could still be heard in the morning.",
    );
    assert_eq!(place(&claim), "Ariha");
}

#[test]
fn casualties_carried_away_are_no_captives() {
    let found = claims(
        "Rebels ambushed a patrol near Ariha on Thursday. The soldiers took away three casualties.",
    );
    assert!(found.iter().all(|claim| claim.kind.0 != SubType::AbductionForcedDisappearance));
}

#[test]
fn an_event_without_a_place_lies_in_the_country_of_the_text() {
    let claim = only("Syrian rebels killed four Syrian soldiers on Thursday.");
    assert_eq!(claim.places.first().and_then(|place| place.country.as_deref()), Some("SY"));
}

#[test]
fn people_beside_a_participle_do_what_the_verb_after_it_says() {
    for (text, name) in [
        ("Men wearing army uniforms killed five farmers near Ariha on Thursday.", "Men"),
        (
            "Unidentified gunmen riding a motorcycle shot and killed judge Samir Haddad in Ariha on Thursday.",
            "Unidentified gunmen",
        ),
        ("Gunmen opened fire from a car at judge Samir Haddad in Ariha on Thursday.", "Gunmen"),
    ] {
        assert_eq!(initiators(&only(text)), [name], "{text}");
    }
}

#[test]
fn men_who_kill_priests_are_not_the_priests() {
    let claim = only("Two priests were abducted by heavily armed men in Ariha on Thursday.");
    let targets = claim.actors.iter().filter(|actor| actor.role == Role::Target);
    assert_eq!(targets.map(|actor| actor.name.as_str()).collect::<Vec<_>>(), ["priests"]);
}

#[test]
fn who_is_found_dead_with_bullets_was_killed() {
    for (text, dead) in [
        (
            "Judge Samir Haddad was found dead in Ariha on Thursday with four bullets in his head.",
            1,
        ),
        ("The bodies of three farmers with signs of torture were found in Ariha on Thursday.", 3),
    ] {
        let claim = only(text);
        assert_eq!((claim.kind.0, killed(&claim.casualties[0])), (SubType::Attack, Some(dead)));
    }
}

#[test]
fn those_whom_a_relative_clause_tells_of_are_its_object() {
    let claim = only("The rebels freed two engineers whom they had abducted in Ariha on 12 June.");
    assert!(claim.actors.iter().any(|actor| actor.name == "engineers"), "{claim:?}");
}

#[test]
fn what_somebody_would_go_on_doing_is_no_event() {
    assert!(claims("Islamic State said it would go on attacking banks.").is_empty());
}

#[test]
fn offices_in_several_towns_are_hit_themselves() {
    let claim = only(
        "The party offices in Ariha, Saraqib, and Idlib were the target of bomb attacks on Thursday.",
    );
    assert_eq!(objects(&claim), ["party offices"]);
}

#[test]
fn what_falls_from_a_partys_helicopters_is_its_deed() {
    let claim = only(
        "Barrel bombs dropped from Syrian army helicopters on Ariha killed four people on Thursday.",
    );
    assert!(!factions(&claim, Role::Initiator).is_empty(), "{claim:?}");
}

#[test]
fn bombers_of_a_suicide_attack_are_no_aircraft() {
    let found = claims(
        "Suicide bombers killed nine people in Ariha on Thursday. The bombers hit a market in Ariha.",
    );
    assert!(found.iter().all(|claim| claim.kind.0 != SubType::AirDroneStrike), "{found:?}");
}

#[test]
fn clashes_that_broke_out_between_two_name_both() {
    let claim =
        only("Clashes broke out between the army and Islamic State near Ariha on Thursday.");
    assert_eq!(factions(&claim, Role::Participant), ["syrian-army", "islamic-state"]);
}

#[test]
fn jets_that_back_troops_take_no_hills() {
    let claim = only(
        "Syrian government forces backed by Russian jets seized two hills near Ariha from rebels on Thursday.",
    );
    assert_eq!(claim.kind.0, SubType::GovernmentRegainsTerritory);
}

#[test]
fn who_accuses_the_dead_is_no_speaker() {
    let claim = only(
        "Militants beheaded two men in Ariha on Thursday after accusing them of spying for the army.",
    );
    assert_eq!(initiators(&claim), ["Militants"]);
    assert!(claim.attribution.is_empty());
}
