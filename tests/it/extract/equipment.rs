//! Equipment: what was lost, how it was lost and whose it was.

use super::*;

fn lost(claim: &Claim) -> Vec<(&str, Option<u32>, Fate, Option<&str>)> {
    let row = |row: &'_ sitrep::model::casualty::Materiel| {
        (row.count.as_ref().and_then(|count| count.min), row.fate)
    };
    claim
        .materiel
        .iter()
        .map(|item| {
            let (count, fate) = row(item);
            (
                item.item.as_str(),
                count,
                fate,
                item.faction.as_ref().map(sitrep::model::id::FactionId::as_str),
            )
        })
        .collect()
}

#[test]
fn every_item_of_a_list_is_read_with_its_owner() {
    let found = claims(
        "Hayat Tahrir al-Sham attacked a Syrian army post near Ariha on Thursday and destroyed seven armoured vehicles, five pickups and a helicopter.",
    );
    let army = Some("syrian-army");
    assert_eq!(
        lost(&found[0]),
        [
            ("armoured vehicle", Some(7), Fate::Destroyed, army),
            ("pickup", Some(5), Fate::Destroyed, army),
            ("helicopter", Some(1), Fate::Destroyed, army),
        ]
    );
}

#[test]
fn nouns_of_loss_say_the_fate_and_take_no_ground() {
    let found = claims(
        "Rebels ambushed a convoy of the Syrian army near Ariha on Thursday, which led to the burning of two trucks and the seizure of a machine gun.",
    );
    assert_eq!(found[0].kind.0, SubType::ArmedClash);
    let army = Some("syrian-army");
    assert_eq!(
        lost(&found[0]),
        [("truck", Some(2), Fate::Burned, army), ("machine gun", Some(1), Fate::Captured, army)]
    );
}

#[test]
fn what_a_party_lost_was_its_own() {
    let found = claims(
        "The Syrian army lost 20 men, a tank and three armoured vehicles in a clash with Hayat Tahrir al-Sham near Ariha on Thursday.",
    );
    let owners: Vec<Option<&str>> = lost(&found[0]).iter().map(|row| row.3).collect();
    assert_eq!(owners, [Some("syrian-army"); 2], "{found:?}");
    assert_eq!(
        found[0].casualties[0].faction.as_ref().map(sitrep::model::id::FactionId::as_str),
        Some("syrian-army")
    );
}

#[test]
fn weapons_taken_in_a_fight_are_what_it_cost() {
    let found = claims(
        "Security forces killed 61 rebels near Ariha on Thursday, wounded 30 and seized a heavy machine gun and two rifles.",
    );
    assert_eq!(found.len(), 1, "{found:?}");
    assert_eq!(found[0].materiel.len(), 2, "{found:?}");
}

#[test]
fn a_cache_that_held_grenades_is_no_grenade_attack() {
    let found = claims(
        "The army found a cache of weapons in Saraqib on Thursday; it held 40 mines and 11 grenades.",
    );
    assert!(found.iter().all(|claim| claim.kind.0 == SubType::DisruptedWeaponsUse), "{found:?}");
}
