//! Who is a side and who is not, on sentences of our own: leaders and their forces, countries that are only named, weapons
//! that carry a nationality, helpers of nobody.

use sitrep::model::actor::Role;
use sitrep::model::claim::{Claim, Status};
use sitrep::model::kind::SubType;

use super::{claims, factions, killed, place};

fn only(text: &str) -> Claim {
    let found = claims(text);
    assert_eq!(found.len(), 1, "{text}: {found:?}");
    found.into_iter().next().unwrap()
}

fn parties(claim: &Claim) -> Vec<String> {
    claim
        .actors
        .iter()
        .filter_map(|actor| actor.faction.as_ref())
        .map(ToString::to_string)
        .collect()
}

#[test]
fn forces_that_go_by_a_leaders_name_are_those_of_his_state_or_group() {
    for (doer, faction) in [
        ("Assads forces", "syrian-government-forces"),
        ("Assad's soldiers", "syrian-army"),
        ("The Assad army", "syrian-army"),
        ("Putins troops", "russian-armed-forces"),
        ("Troops loyal to Vladimir Putin", "russian-armed-forces"),
        ("Hemedti's fighters", "rapid-support-forces"),
        ("Burhan's forces", "sudanese-armed-forces"),
        ("The army of Benjamin Netanyahu", "israel-defense-forces"),
        ("Haftar's forces", "libyan-national-army"),
    ] {
        let claim = only(&format!("{doer} shelled Saraqib on Thursday."));
        assert_eq!(factions(&claim, Role::Initiator), [faction], "{doer}");
    }
}

#[test]
fn a_leader_alone_is_no_side() {
    assert!(claims("President Assad attacked the rebels in a speech on Thursday.").is_empty());
    let claim = only("Rebels shelled Saraqib on Thursday, Assad said.");
    assert_eq!(parties(&claim), ["syrian-opposition"]);
    assert_eq!(claim.status, Status::Claimed);
}

#[test]
fn a_country_that_only_says_where_is_no_side() {
    for text in [
        "Air strikes hit Syria's Ghouta on Thursday, killing 12 people.",
        "Air strikes hit Syrias Ghouta on Thursday, killing 12 people.",
        "A car bomb killed ten Syria evacuees near Rashideen on Thursday.",
        "A Houthi sniper killed a boy in Taiz in Yemen on Thursday.",
    ] {
        let found = parties(&only(text));
        assert!(
            !found.contains(&"syria".to_owned()) && !found.contains(&"yemen".to_owned()),
            "{text}"
        );
    }
}

#[test]
fn a_lake_or_a_sea_is_not_the_country_of_its_name() {
    let claim = only("Boko Haram fighters clashed with ISWAP on Lake Chad on Thursday.");
    assert!(!parties(&claim).contains(&"chad".to_owned()), "{claim:?}");
}

#[test]
fn the_nationality_of_a_weapon_is_that_of_who_fires_it() {
    for (weapon, faction) in [
        ("A Russian guided bomb", "russian-aerospace-forces"),
        ("A Russian glide bomb", "russian-aerospace-forces"),
        ("A Ukrainian drone", "ukrainian-air-force"),
        ("An Israeli missile", "israel-defense-forces"),
    ] {
        let claim = only(&format!("{weapon} hit a block of flats in Kharkiv on Thursday."));
        assert_eq!(factions(&claim, Role::Initiator), [faction], "{weapon}");
    }
}

#[test]
fn what_is_fired_is_not_what_is_hit() {
    let claim = only("The army fired rockets and drones at rebel bases near Ariha on Thursday.");
    assert!(claim.actors.iter().all(|actor| actor.name != "drones"), "{claim:?}");
    assert_eq!(factions(&claim, Role::Target), ["syrian-opposition"]);
}

#[test]
fn an_army_that_is_new_is_not_the_group_called_new_army() {
    let claim = only("Rebels attacked the new Syrian army near Ariha on Thursday.");
    assert_eq!(factions(&claim, Role::Target), ["syrian-army"]);
}

#[test]
fn peacekeepers_of_a_mission_are_not_the_army_of_the_place() {
    let claim = only("Gunmen killed two peacekeepers of the UN mission near Kidal on Thursday.");
    assert_eq!(factions(&claim, Role::Target), Vec::<String>::new());
}

#[test]
fn unknown_gunmen_are_not_the_state_that_struck_before() {
    let found = claims(
        "Russian warplanes bombed caves north of Palmyra on Thursday. In Tafas, unidentified gunmen shot dead two former rebels.",
    );
    assert_eq!(found.len(), 2, "{found:?}");
    assert_eq!(factions(&found[1], Role::Initiator), Vec::<String>::new());
    assert_eq!(place(&found[1]), "Tafas");
}

#[test]
fn a_member_of_an_alliance_fights_for_itself() {
    let claim = only(
        "The army clashed with Hayat Tahrir al-Sham and Hurras al-Din, a member of Fa Ithbatu, around the town of Darkush on Thursday.",
    );
    let found = parties(&claim);
    assert!(found.contains(&"hurras-al-din".to_owned()), "{found:?}");
    assert!(!found.contains(&"fa-ithbatu".to_owned()), "{found:?}");
}

#[test]
fn our_forces_in_a_partys_words_are_its_own() {
    let claim = only(
        "A Turkish drone struck a vehicle of our forces near Ain Issa on Thursday, killing two fighters, the Syrian Democratic Forces said.",
    );
    assert_eq!(factions(&claim, Role::Target), ["sdf"]);
    assert_eq!(claim.casualties.iter().filter_map(killed).sum::<u32>(), 2);
    assert_eq!(
        claim.casualties[0].faction.as_ref().map(ToString::to_string).as_deref(),
        Some("sdf")
    );
}

#[test]
fn gunmen_of_one_and_soldiers_of_another_are_two() {
    let claim = only(
        "Soldiers of the Tatmadaw and fighters of the Arakan Army clashed near Ann on Thursday.",
    );
    let mut found = parties(&claim);
    found.sort();
    assert_eq!(found, ["arakan-army", "myanmar-armed-forces"]);
}

#[test]
fn who_fights_before_taking_a_town_takes_part() {
    let found = parties(&only(
        "M23 rebels entered Goma on Thursday after days of fighting with the Congolese army.",
    ));
    assert!(found.contains(&"m23".to_owned()) && found.contains(&"fardc".to_owned()), "{found:?}");
}

#[test]
fn an_occupied_town_is_occupied_by_nobody_in_the_sentence() {
    let claim = only(
        "Israeli troops shot dead a 14-year-old boy in the occupied West Bank city of Hebron on Thursday.",
    );
    assert_eq!(factions(&claim, Role::Initiator), ["israel-defense-forces"]);
    assert_eq!(claim.kind.0, SubType::Attack);
}

#[test]
fn a_capital_that_owns_forces_is_its_government() {
    let claim = only("Kyiv's forces shelled a depot in Toropets on Thursday.");
    assert_eq!(parties(&claim), ["ukraine"]);
    assert_eq!(place(&claim), "Toropets");
}

#[test]
fn who_claims_responsibility_for_nothing_named_did_what_was_told_last() {
    let claim = only(
        "A suicide bomber killed 20 people in Mogadishu on Thursday. Al-Shabaab claimed responsibility.",
    );
    assert_eq!(factions(&claim, Role::Initiator), ["al-shabaab"]);
    let claim = only(
        "A suicide bomber killed 20 people in Mogadishu on Thursday. No group claimed responsibility.",
    );
    assert_eq!(factions(&claim, Role::Initiator), Vec::<String>::new());
}

#[test]
fn those_hit_are_not_those_who_hit_them() {
    let found = claims(
        "Units of the Syrian Arab Army destroyed two launching pads near al-Bara on Thursday, killing a number of them.",
    );
    let sides = found.iter().flat_map(|claim| &claim.casualties);
    assert!(sides.into_iter().all(|side| side.faction.is_none()), "{found:?}");
}

#[test]
fn a_governments_strikes_are_its_own_and_not_those_of_whom_it_answers() {
    let claim = only(
        "At least 25 civilians were killed by government airstrikes near Hama on Thursday as government forces responded to a major rebel offensive in the area.",
    );
    assert!(
        !factions(&claim, Role::Initiator).contains(&"syrian-opposition".to_owned()),
        "{claim:?}"
    );
}

#[test]
fn drones_shot_down_are_those_of_who_launched_them() {
    let claim =
        only("Ukraine's air force shot down 31 drones launched by Russia near Sumy on Thursday.");
    assert_eq!(
        claim.materiel[0].faction.as_ref().map(ToString::to_string).as_deref(),
        Some("russia")
    );
}
