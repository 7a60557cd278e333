//! What a sentence says beside what happened: why, what a place is known for, what somebody is wont to do, what may be.

use sitrep::model::actor::Role;
use sitrep::model::claim::Claim;
use sitrep::model::kind::SubType;

use super::{claims, factions, killed};

fn only(text: &str) -> Claim {
    let mut found = claims(text);
    assert_eq!(found.len(), 1, "{text}: {found:?}");
    found.remove(0)
}

#[test]
fn what_an_attack_answers_is_told_apart_from_it() {
    let text = "The army shelled Ariha on Thursday in response to a rebel attack on Idlib that killed five soldiers.";
    let found = claims(text);
    assert_eq!(found.len(), 2, "{found:?}");
    assert_eq!(factions(&found[0], Role::Initiator).len(), 1, "{found:?}");
    assert_eq!(factions(&found[1], Role::Initiator), ["syrian-opposition"], "{found:?}");
    assert_eq!(found[1].casualties.iter().filter_map(killed).sum::<u32>(), 5);
}

#[test]
fn what_is_avenged_makes_nobody_the_attacker() {
    let texts = [
        "The army shelled Ariha on Thursday in retaliation for a rebel attack, a monitor said.",
        "In retaliation for a rebel attack, the army shelled Ariha on Thursday, a monitor said.",
    ];
    for text in texts {
        let claim = only(text);
        assert_eq!(claim.kind.0, SubType::ShellingArtilleryMissileAttack, "{text}");
        let rebels = factions(&claim, Role::Initiator);
        assert!(!rebels.contains(&"syrian-opposition".to_owned()), "{text}: {rebels:?}");
    }
    let text =
        "Turkey shelled Tell Rifaat on Thursday to avenge the killing of two soldiers by the SDF.";
    assert_eq!(factions(&claims(text)[0], Role::Initiator), ["turkey"]);
    let text = "Air strikes hit Jayrud on Thursday after the execution of a Syrian air force pilot by al-Nusra Front, residents said.";
    let strike = claims(text).into_iter().find(|claim| claim.kind.0 == SubType::AirDroneStrike);
    assert_eq!(strike.map(|claim| factions(&claim, Role::Initiator)), Some(Vec::new()));
    let text = "Hours of air strikes on Jayrud killed 31 civilians on Thursday in revenge for the execution of a pilot by al-Nusra Front, the Observatory said.";
    let strike = claims(text).into_iter().find(|claim| claim.kind.0 == SubType::AirDroneStrike);
    let strike = strike.unwrap_or_else(|| panic!("{text}"));
    assert_eq!(factions(&strike, Role::Initiator), Vec::<String>::new());
    assert_eq!(strike.casualties.iter().filter_map(killed).sum::<u32>(), 31);
}

#[test]
fn what_a_place_is_known_for_is_not_what_happened_there_now() {
    let text = "At least 13 civilians died on Thursday in regime air strikes around Khan Sheikhun, the site of a deadly chemical attack in April, the Observatory said.";
    assert_eq!(only(text).kind.0, SubType::AirDroneStrike);
}

#[test]
fn what_somebody_is_wont_to_do_is_no_event() {
    for text in [
        "Al-Tukhar lies north of Manbij, a stronghold of the Islamic State that has been repeatedly targeted in raids by the US-led coalition.",
        "The army has repeatedly been accused of targeting and killing civilians in Raqqa.",
        "Russian jets have frequently used cluster munitions to kill civilians in Idlib, a lawyer wrote.",
        "Russia and a US-led coalition are carrying out separate air strikes in Syria.",
    ] {
        assert_eq!(claims(text), [], "{text}");
    }
    let told = "The army has repeatedly shelled Ariha since Wednesday, residents said.";
    assert_eq!(claims(told).len(), 1);
}

#[test]
fn what_would_follow_did_not_happen() {
    let text = "The town lies east of Raqqa city and recapturing it would cut the supply road to the west.";
    assert_eq!(claims(text), []);
}

#[test]
fn a_question_who_did_it_is_no_new_use_of_the_weapon() {
    let text = "The Council will discuss who is responsible for the use of chemical weapons in Idlib during this month.";
    assert_eq!(claims(text), []);
}

#[test]
fn the_dead_of_a_whole_year_are_no_event_of_the_day() {
    for text in [
        "Kilis, just across the border, has been hit by rockets more than 70 times this year. More than 20 people have been killed.",
        "A rights group said on Thursday that 12,679 people died under torture in Syria from March 2011 to June 2016.",
        "More than 3,000 people have been killed in Raqqa during the past month, the Observatory said.",
        "Over 350 people have been killed in east Aleppo since a truce collapsed on May 19, a monitor said on Thursday.",
        "Last month nearly 1200 civilians were killed in Idlib, a rights group said.",
        "Large numbers of people have died in detention in Syria, a rights group said.",
    ] {
        assert_eq!(claims(text), [], "{text}");
    }
    for told in [
        "A bomb killed 40 people in Raqqa on Thursday, the third such attack in the past month.",
        "Twelve soldiers have been killed in Raqqa since Wednesday, the Observatory said.",
    ] {
        assert_eq!(claims(told).len(), 1, "{told}");
    }
}

#[test]
fn what_a_state_protests_against_is_no_demonstration() {
    let text =
        "The American presence in Raqqa has been protested by Damascus, which gave no consent.";
    assert_eq!(claims(text), []);
}

#[test]
fn aircraft_believed_to_be_somebodys_are_his() {
    let text =
        "Jets believed to be Russian struck a market in Idlib on Thursday, killing 18 people.";
    let claim = only(text);
    assert_eq!(claim.kind.0, SubType::AirDroneStrike);
    assert_eq!(factions(&claim, Role::Initiator), ["russian-aerospace-forces"]);
    assert_eq!(claim.casualties.iter().filter_map(killed).sum::<u32>(), 18);
}

#[test]
fn whom_a_downed_aircraft_carried_were_its_side() {
    for text in [
        "The Islamic State shot down a helicopter near Palmyra on Thursday and two Russian pilots were killed.",
        "Two Russian pilots were killed on Thursday after the Islamic State shot down a helicopter near Palmyra.",
    ] {
        let claim = only(text);
        assert_eq!(factions(&claim, Role::Initiator), ["islamic-state"], "{text}");
        assert_eq!(factions(&claim, Role::Target), ["russian-aerospace-forces"], "{text}");
        assert_eq!(claim.casualties.iter().filter_map(killed).sum::<u32>(), 2, "{text}");
    }
}

#[test]
fn mercenaries_from_a_country_are_not_its_forces() {
    let text = "More than 60 mercenaries from Tunisia and Egypt were killed by an air strike south of Raqqa on Thursday.";
    let claim = only(text);
    assert!(claim.casualties.iter().all(|count| count.faction.is_none()), "{claim:?}");
    assert_eq!(claim.casualties.iter().filter_map(killed).sum::<u32>(), 60);
}

#[test]
fn who_was_killed_by_those_who_beat_him_back_attacked() {
    let text = "Over 100 militants were killed on Thursday by the Syrian army, who repelled a major attack on al-Mallah farms north of Aleppo.";
    let claim = only(text);
    let names = |role| -> Vec<&str> {
        let actors = claim.actors.iter().filter(|actor| actor.role == role);
        actors.map(|actor| actor.name.as_str()).collect()
    };
    assert_eq!(names(Role::Initiator), ["militants"], "{claim:?}");
    assert_eq!(names(Role::Target), ["Syrian army"], "{claim:?}");
}

#[test]
fn what_sort_of_deed_it_was_says_not_who_did_it() {
    let text = "A blast killed 44 people in Qamishli on Thursday. Kurdish officials said that the town was quiet. The governor of Hasakeh urged residents to give blood for the victims of the terrorist bombings.";
    for claim in claims(text) {
        assert_eq!(factions(&claim, Role::Initiator), Vec::<String>::new(), "{claim:?}");
    }
}

#[test]
fn whose_activists_say_it_did_not_do_it() {
    for text in [
        "Syrian activists say airstrikes by the US-led coalition killed at least 21 civilians in Manbij on Thursday.",
        "Syrian rights groups say airstrikes by the US-led coalition have killed at least 21 civilians in Manbij.",
    ] {
        assert_eq!(factions(&only(text), Role::Initiator), ["us-led-coalition"], "{text}");
    }
}

#[test]
fn the_militants_are_not_whom_their_own_sentence_names() {
    let text = "The Islamic State holds Manbij. The Syrian Democratic Forces broke into the town on Thursday. The advance of the Syrian Democratic Forces was slowed by suicide attacks that the militants launched in Manbij.";
    for claim in claims(text) {
        let bombers = factions(&claim, Role::Initiator);
        let bombing = claim.kind.0 == SubType::SuicideBomb;
        assert!(!bombing || !bombers.contains(&"sdf".to_owned()), "{claim:?}");
    }
}

#[test]
fn by_what_fighting_is_measured_is_not_today() {
    let text = "Syria is in its worst fighting since the battle for eastern Aleppo last year, aid agencies said on Thursday.";
    assert_eq!(claims(text), []);
}
