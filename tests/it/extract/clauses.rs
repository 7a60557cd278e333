//! Clauses of one sentence: where one deed ends and the next begins, and whose each is.

use sitrep::model::actor::Role;
use sitrep::model::id::FactionId;
use sitrep::model::kind::SubType;

use super::{claims, factions, killed, place};

#[test]
fn clauses_that_and_joins_are_two_events_each_with_its_doer_and_place() {
    let found =
        claims("Rebels shelled Hama on Wednesday and government forces shelled Homs on Thursday.");
    assert_eq!(found.len(), 2, "{found:?}");
    assert_eq!((place(&found[0]), place(&found[1])), ("Hama", "Homs"));
    assert_eq!(factions(&found[0], Role::Initiator), ["syrian-opposition"]);
    assert_eq!(factions(&found[1], Role::Initiator), ["syrian-government-forces"]);
    assert!(factions(&found[0], Role::Target).is_empty());
}

#[test]
fn the_dead_of_the_second_clause_are_not_those_of_the_first() {
    let found = claims(
        "Ukrainian drones struck a fuel store in Belgorod and Russian missiles hit a clinic in Kharkiv on Friday, killing two nurses.",
    );
    let dead = |place: &str| {
        let claim = found.iter().find(|claim| claim.places.iter().any(|p| p.name == place));
        claim.map(|claim| claim.casualties.iter().filter_map(killed).sum::<u32>())
    };
    assert_eq!((dead("Belgorod"), dead("Kharkiv")), (Some(0), Some(2)));
}

#[test]
fn the_arrests_of_the_police_are_none_of_the_rebels_targets() {
    let found = claims("Rebels attacked the army and police arrested ten men in Homs on Thursday.");
    let kinds: Vec<SubType> = found.iter().map(|claim| claim.kind.0).collect();
    assert_eq!(kinds, [SubType::ArmedClash, SubType::Arrests]);
    assert_eq!(factions(&found[0], Role::Target), ["syrian-army"]);
    assert_eq!(factions(&found[1], Role::Initiator), ["syrian-police"]);
}

#[test]
fn two_parties_that_are_bombed_do_not_do_the_killing() {
    let found = claims(
        "Syrian warplanes bombed Hayat Tahrir al-Sham and Ahrar al-Sham positions near Saraqib on Thursday, killing four fighters.",
    );
    assert_eq!(factions(&found[0], Role::Initiator), ["syrian-air-force"]);
    assert_eq!(factions(&found[0], Role::Target), ["hayat-tahrir-al-sham", "ahrar-al-sham"]);
}

#[test]
fn rockets_that_are_fired_are_shelling() {
    let found =
        claims("Hezbollah fired 20 rockets at Kiryat Shmona on Thursday, wounding two people.");
    assert_eq!(found[0].kind.0, SubType::ShellingArtilleryMissileAttack);
}

#[test]
fn soldiers_of_another_states_convoy_are_that_states() {
    for text in [
        "Rebels ambushed a Turkish military convoy near Saraqib in Syria on Thursday, killing two soldiers.",
        "The Syrian army shelled a Turkish post near Saraqib on Thursday, killing two soldiers.",
    ] {
        let found = claims(text);
        assert_eq!(found.len(), 1, "{found:?}");
        let sides: Vec<_> = found[0].casualties.iter().map(|row| row.faction.as_ref()).collect();
        assert_eq!(sides[0].map(FactionId::as_str), Some("turkish-armed-forces"), "{text}");
        assert_eq!(factions(&found[0], Role::Target), ["turkish-armed-forces"], "{text}");
    }
}

#[test]
fn soldiers_stay_their_own_armys_where_it_was_hit_beside_another_states() {
    let found = claims(
        "Rebels attacked Syrian army and Russian positions near Saraqib in Syria on Thursday, killing two soldiers.",
    );
    let side = found[0].casualties[0].faction.as_ref().map(FactionId::as_str);
    assert_eq!(side, Some("syrian-army"));
}

#[test]
fn who_is_shot_at_is_the_target() {
    let found = claims("Gunmen shot at a Turkish patrol near Saraqib in Syria on Thursday.");
    assert_eq!(factions(&found[0], Role::Target), ["turkish-armed-forces"]);
}

#[test]
fn ground_that_a_foreign_army_takes_is_not_regained_by_a_government() {
    let kind = |text: &str| claims(text)[0].kind.0;
    let taken = kind("Russian forces captured the village of Novoselivka in Ukraine on Thursday.");
    assert_eq!(taken, SubType::NonStateActorOvertakesTerritory);
    let regained = kind("The Sudanese army recaptured the town of Rabak on Thursday.");
    assert_eq!(regained, SubType::GovernmentRegainsTerritory);
}

#[test]
fn government_troops_are_told_once_not_beside_their_state() {
    let found = claims(
        "Ethiopian government troops and Fano fighters clashed in Debre Birhan on Thursday.",
    );
    assert_eq!(factions(&found[0], Role::Participant), ["ethiopian-armed-forces", "fano"]);
}

#[test]
fn soldiers_who_are_taken_prisoner_are_their_armys() {
    let found = claims("Rebels took three soldiers prisoner near Saraqib in Syria on Thursday.");
    let rows: Vec<_> = found.iter().flat_map(|claim| &claim.casualties).collect();
    assert_eq!(rows.len(), 1, "{rows:?}");
    assert_eq!(rows[0].faction.as_ref().map(FactionId::as_str), Some("syrian-army"));
    assert_eq!(rows[0].captured.as_ref().and_then(|figure| figure.min), Some(3));
}
