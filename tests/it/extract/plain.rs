//! Plain sentences of agencies: numbers that count nobody, whose the dead are, where it was, who only stands beside it.

use sitrep::model::actor::Role;
use sitrep::model::casualty::Casualties;
use sitrep::model::claim::{Claim, Phase};
use sitrep::model::kind::SubType;

use super::{claims, factions, killed, place};

/// The one claim of a text.
fn only(text: &str) -> Claim {
    let mut found = claims(text);
    assert_eq!(found.len(), 1, "{text}: {found:?}");
    found.remove(0)
}

/// The dead of a text's one claim, with the faction of each count.
fn dead(text: &str) -> Vec<(Option<u32>, Option<String>)> {
    let counts = only(text).casualties;
    counts.iter().map(|count| (killed(count), side(count))).collect()
}

fn side(count: &Casualties) -> Option<String> {
    count.faction.as_ref().map(ToString::to_string)
}

fn names(claim: &Claim, role: Role) -> Vec<&str> {
    let actors = claim.actors.iter().filter(|actor| actor.role == role);
    actors.map(|actor| actor.name.as_str()).collect()
}

#[test]
fn ages_are_never_counted_as_dead() {
    let text =
        "A boy, aged 7, and two men, 25 and 31, were killed by shelling in Kharkiv on Thursday.";
    let sum: u32 = dead(text).iter().filter_map(|(count, _)| *count).sum();
    assert_eq!(sum, 3);
    let text = "Children aged from four to 10 were killed on Thursday in barrel bomb strikes by regime helicopters on a home in Maarat al-Numan.";
    assert!(dead(text).iter().all(|(count, _)| count.is_none()), "{:?}", dead(text));
}

#[test]
fn who_holds_the_village_beside_it_did_not_strike_it() {
    let claim = only(
        "At least 56 civilians were killed in strikes by the US-led coalition on Thursday near a village held by the Islamic State.",
    );
    assert_eq!(factions(&claim, Role::Initiator), ["us-led-coalition"]);
}

#[test]
fn those_among_whom_others_were_are_the_whole_toll() {
    let text = "They were among 39 people who died in the attack in Homs on Thursday.";
    assert_eq!(dead(text), [(Some(39), None)]);
    let text = "A suicide bomber attacked a school in Homs on Thursday. The governor reported the attack, giving a toll of 31 killed and 74 wounded.";
    assert_eq!(dead(text), [(Some(31), None)]);
}

#[test]
fn most_of_them_is_no_count_of_its_own() {
    let text = "At least 21 people, most of them women and children, were killed in an Israeli strike on a school in Gaza City on Thursday.";
    assert_eq!(dead(text), [(Some(21), None)]);
}

#[test]
fn them_whom_an_army_killed_are_its_enemies() {
    let text = "The Syrian army clashed with Islamic State fighters near Palmyra on Thursday, killing five of them.";
    assert_eq!(dead(text), [(Some(5), Some("islamic-state".to_owned()))]);
    let text = "The army clashed with militants near Palmyra on Thursday, killing two of them.";
    assert_eq!(dead(text), [(Some(2), None)]);
}

#[test]
fn the_dead_of_an_attack_beaten_back_are_the_attackers() {
    for text in [
        "Syrian army units repelled an attack by Hayat Tahrir al-Sham on a post near Saraqib on Thursday, killing 12.",
        "The Syrian army said it had foiled an attack by Hayat Tahrir al-Sham near Saraqib on Thursday, killing 12 of them.",
        "The Syrian army repelled an attack by Hayat Tahrir al-Sham near Saraqib on Thursday and killed 12.",
        "The Syrian army foiled an infiltration attempt by Hayat Tahrir al-Sham near Saraqib on Thursday, killing 12.",
    ] {
        let claim = only(text);
        assert_eq!(claim.phase, Some(Phase::Repelled), "{text}");
        assert_eq!(factions(&claim, Role::Initiator), ["hayat-tahrir-al-sham"], "{text}");
        assert_eq!(dead(text), [(Some(12), Some("hayat-tahrir-al-sham".to_owned()))], "{text}");
    }
}

#[test]
fn a_rank_before_an_offensive_is_a_word_of_another_sense() {
    let found = claims(
        "Government forces killed 50 militants in strikes in Hama on Thursday. The violence follows a major offensive by the Free Syrian Army.",
    );
    let strike = found.iter().find(|claim| claim.kind.0 == SubType::AirDroneStrike).unwrap();
    assert_eq!(factions(strike, Role::Initiator), ["syrian-government-forces"]);
    assert!(strike.casualties.iter().all(|count| side(count).is_none()), "{strike:?}");
}

#[test]
fn suicide_bombers_whom_an_army_killed_are_no_suicide_bombing() {
    let claim = only(
        "Syrian government forces eliminated over 75 Nusra Front militants including suicide bombers in Daraa on Thursday.",
    );
    assert_ne!(claim.kind.0, SubType::SuicideBomb);
}

#[test]
fn part_of_a_country_is_where_and_no_party() {
    let claim = only("Israel struck southern Lebanon on Thursday.");
    assert_eq!(claim.kind.0, SubType::AirDroneStrike);
    assert_eq!(place(&claim), "Lebanon");
    assert!(factions(&claim, Role::Target).is_empty(), "{claim:?}");
    let claim = only("The forces of South Sudan shelled a village near Tambura on Thursday.");
    assert_eq!(claim.places[0].country.as_deref(), Some("SS"));
}

#[test]
fn what_was_left_is_where_it_was() {
    for (text, place_) in [
        ("Ukrainian forces withdrew from Velyka Novosilka on Thursday.", "Velyka Novosilka"),
        ("Nusra Front members kidnapped a priest from Saraqib on Thursday.", "Saraqib"),
    ] {
        assert_eq!(place(&only(text)), place_, "{text}");
    }
}

#[test]
fn an_unknown_name_is_not_cut_to_the_known_word_it_begins_with() {
    let text = "Fighters of the Rapid Support Forces stormed the village of Wad al-Noora on Thursday, killing 100 people.";
    assert_eq!(place(&only(text)), "Wad al-Noora");
}

#[test]
fn a_deed_that_hurt_nobody_took_place() {
    let claim = only("No casualties were reported in the shelling of Belgorod on Thursday.");
    assert_eq!(claim.kind.0, SubType::ShellingArtilleryMissileAttack);
    assert!(claim.casualties.is_empty());
}

#[test]
fn children_who_herd_goats_are_people() {
    let text = "A landmine killed three children herding goats near Taiz on Thursday.";
    assert_eq!(dead(text), [(Some(3), None)]);
}

#[test]
fn an_earlier_loss_of_the_town_does_not_date_its_recapture() {
    let claim = only(
        "The Somali army recaptured the town of Adan Yabaal on Thursday, which it lost to al-Shabaab in January.",
    );
    assert_eq!(claim.date.unwrap().from, jiff::civil::date(2020, 6, 25));
    let found =
        claims("The Somali army recaptured Adan Yabaal, which it lost to al-Shabaab in January.");
    assert_eq!(found.len(), 1, "{found:?}");
}

#[test]
fn what_somebody_is_accused_of_is_not_what_befell_his_house() {
    let found = claims(
        "Israeli forces demolished the home of a Palestinian accused of killing a soldier in Hebron on Thursday.",
    );
    assert!(found.iter().all(|claim| claim.casualties.is_empty()), "{found:?}");
}

#[test]
fn a_former_officer_is_a_civilian() {
    let claim = only("Gunmen killed a former army officer in Tafas on Thursday.");
    assert_eq!(claim.kind.0, SubType::Attack);
    assert_eq!(side(&claim.casualties[0]), None);
}

#[test]
fn settlers_attack_as_a_party_and_die_as_civilians() {
    let claim =
        only("Israeli settlers set fire to cars in the village of Burqa near Nablus on Thursday.");
    assert_eq!(claim.kind.0, SubType::LootingPropertyDestruction);
    assert_eq!(factions(&claim, Role::Initiator), ["israeli-settlers"]);
    let claim =
        only("Three Israeli settlers were killed in a shooting attack near Nablus on Thursday.");
    assert_eq!((claim.kind.0, side(&claim.casualties[0])), (SubType::Attack, None));
}

#[test]
fn aircraft_are_known_by_their_type() {
    for text in [
        "Rebels shot down a MiG-23 near Latakia on Thursday.",
        "Two Su-34 bombers were shot down over Kharkiv on Thursday.",
    ] {
        assert_eq!(only(text).kind.0, SubType::ArmedClash, "{text}");
    }
}

#[test]
fn an_exchange_of_fire_is_a_clash_and_a_truce_that_holds_a_truce() {
    let claim = only(
        "Four civilians were injured in an exchange of fire between the Syrian army and the SDF in Aleppo on Thursday.",
    );
    assert_eq!(claim.kind.0, SubType::ArmedClash);
    let claim = only("A truce between the Syrian army and the SDF held in Hasakah on Thursday.");
    assert_eq!((claim.kind.0, claim.phase), (SubType::Agreement, Some(Phase::InForce)));
}

#[test]
fn whoever_tells_it_right_behind_the_wounded_is_not_wounded() {
    let claim = only(
        "Regime forces shelled Eastern Ghouta on Thursday causing several dozen dead and wounded the Syrian Observatory for Human Rights told an agency.",
    );
    let hit = names(&claim, Role::Target);
    assert!(!hit.iter().any(|name| name.contains("Observatory")), "{hit:?}");
}

#[test]
fn an_army_that_captures_headquarters_takes_ground() {
    let claim = only(
        "The Arakan Army captured the headquarters of the junta's western command in Ann on Thursday.",
    );
    assert_eq!(claim.kind.0, SubType::NonStateActorOvertakesTerritory);
}

#[test]
fn who_seizes_control_of_a_town_is_not_seized() {
    for text in [
        "Sources said that the YPG seized control of Manbij on Thursday.",
        "Islamic State fighters gained control of Palmyra on Thursday.",
    ] {
        let claim = only(text);
        assert_eq!(claim.kind.0, SubType::NonStateActorOvertakesTerritory, "{text}");
        assert_eq!(factions(&claim, Role::Initiator).len(), 1, "{text}");
        assert!(factions(&claim, Role::Target).is_empty(), "{text}");
    }
}

#[test]
fn a_toll_that_was_given_at_first_does_not_replace_the_new_one() {
    let text = "At least 53 civilians died on Thursday when Russian air strikes hit buildings in the village of al-Shafah. The monitor had initially given a death toll of 34 civilians but the number rose after more bodies were recovered.";
    assert_eq!(dead(text), [(Some(53), None)]);
}

#[test]
fn its_troops_are_those_of_the_state_that_says_so() {
    let claim = only(
        "Turkey said its troops had killed 14 \"terrorists\" of the PKK in northern Iraq on Thursday.",
    );
    assert_eq!(factions(&claim, Role::Initiator), ["turkish-armed-forces"]);
    assert_eq!(side(&claim.casualties[0]).as_deref(), Some("pkk"));
}

#[test]
fn a_so_called_army_is_that_army() {
    let text = "Islamic State fighters killed 20 members of the so-called Free Syrian Army (FSA) in Qalamoun on Thursday.";
    assert_eq!(dead(text), [(Some(20), Some("free-syrian-army".to_owned()))]);
}

#[test]
fn a_practice_told_in_passing_is_no_event() {
    let found = claims(
        "The tactics of the Syrian government, which have included the use of chemical weapons, led to investigations.",
    );
    assert!(found.is_empty(), "{found:?}");
}

#[test]
fn soldiers_and_allied_militiamen_did_it_together() {
    let claim =
        only("Syrian soldiers and allied militiamen killed 30 civilians near Homs on Thursday.");
    assert_eq!(factions(&claim, Role::Initiator), ["syrian-army"]);
}
