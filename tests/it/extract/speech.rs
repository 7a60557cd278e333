//! Who says it: offices without a country, a group's own speakers, bulletins, and what that makes of a claim.

use super::*;

use sitrep::model::claim::{Speaker, SpeakerKind};

fn speaker<'a>(claim: &'a Claim, name: &str) -> &'a Speaker {
    let found = claim.attribution.iter().find(|speaker| speaker.name == name);
    found.unwrap_or_else(|| panic!("no `{name}` in {:?}", claim.attribution))
}

fn faction_of(claim: &Claim, name: &str) -> String {
    speaker(claim, name).faction.as_ref().map(ToString::to_string).unwrap_or_default()
}

#[test]
fn a_military_source_speaks_for_the_forces_of_the_country() {
    let found = claims(
        "Army units shelled rebel positions near Ariha in Idlib province on Thursday and killed six fighters, a military source said.",
    );
    assert_eq!(faction_of(&found[0], "military source"), "syrian-army");
    assert_eq!(found[0].status, Status::Claimed);
}

#[test]
fn a_ministry_of_a_country_that_took_no_part_asserts() {
    let found = claims(
        "A roadside bomb killed four people in Ariha on Thursday, the Norwegian foreign ministry said.",
    );
    assert_eq!(found[0].status, Status::Asserted);
}

#[test]
fn a_groups_own_wing_speaks_for_the_group() {
    let found = claims(
        "Hayat Tahrir al-Sham stormed an army post near Ariha on Thursday and killed nine soldiers, the group's military wing said.",
    );
    assert_eq!(
        faction_of(&found[0], "Hayat Tahrir al-Sham's military wing"),
        "hayat-tahrir-al-sham"
    );
    assert_eq!(found[0].status, Status::Claimed);
}

#[test]
fn the_group_after_a_monitor_is_the_monitor() {
    let found = claims(
        "Army jets bombed a bakery in Ariha on Thursday and killed five people, a monitoring group said. The group said that two children were among the dead.",
    );
    assert_eq!(found[0].status, Status::Asserted);
    assert!(found[0].attribution.iter().all(|speaker| speaker.kind == SpeakerKind::Monitor));
}

#[test]
fn more_of_a_report_in_the_next_sentence_is_no_voice_of_its_own() {
    let found = claims(
        "Islamic State attacked an army convoy near Palmyra on Thursday, the group said. Nine soldiers were killed.",
    );
    assert_eq!(found.len(), 1);
    assert_eq!(found[0].status, Status::Claimed);
}

#[test]
fn our_fighters_outside_quotation_marks_make_a_bulletin() {
    let bulletin = claims(
        "Our fighters attacked a barracks of the Syrian Army near Ariha on Thursday and killed six soldiers.",
    );
    assert_eq!(bulletin[0].status, Status::Claimed);
    let report = claims(
        "Rebels attacked a barracks of the Syrian Army near Ariha on Thursday and killed six soldiers. \"We saw our fighters go,\" a farmer said.",
    );
    assert_eq!(report[0].status, Status::Asserted);
}

#[test]
fn who_speaks_at_the_end_of_a_list_says_all_of_it() {
    let found = claims(
        "Hezbollah carried out two operations on Thursday: at 10:15 it shelled a post of Israeli soldiers in Metula. At 17:00 it fired rockets at a barracks of the Israeli army in Shtula, Hezbollah said.",
    );
    assert!(!found.is_empty());
    assert!(found.iter().all(|claim| claim.status == Status::Claimed), "{found:?}");
}

#[test]
fn a_speaker_is_called_by_a_name_that_stands_alone() {
    for (text, name) in [
        (
            "Hayat Tahrir al-Sham stormed a base of the army near Ariha on Thursday, the group's military wing said.",
            "Hayat Tahrir al-Sham's military wing",
        ),
        (
            "The National Front for Liberation said that the army shelled Ariha on Thursday.",
            "National Front for Liberation",
        ),
        (
            "Shells killed five people in Ariha on Thursday, according to a monitoring group's count.",
            "monitoring group",
        ),
        (
            "A bomb killed four people in Afrin on Thursday, the police of the Syrian National Army, the Turkish-backed force in the town, said.",
            "police of the Syrian National Army",
        ),
    ] {
        let found = claims(text);
        let names: Vec<&str> =
            found[0].attribution.iter().map(|speaker| speaker.name.as_str()).collect();
        assert_eq!(names, [name], "{text}");
    }
}

#[test]
fn units_posted_at_a_place_say_nothing() {
    let found = claims(
        "Shells hit a market in Ariha on Thursday. Residents said that the rounds were fired by army units posted at Kafr Nabl.",
    );
    assert_eq!(place(&found[0]), "Ariha");
    assert_eq!(found[0].attribution.len(), 1, "{:?}", found[0].attribution);
}

#[test]
fn where_a_speaker_sits_is_no_place_of_the_event() {
    let found = claims("Rebels shelled Saraqib on Thursday, a lecturer of Aleppo University said.");
    let places: Vec<&str> = found[0].places.iter().map(|place| place.name.as_str()).collect();
    assert_eq!(places, ["Saraqib"]);
    let found = claims("Rebels shelled Saraqib on Thursday, an army spokesman in Damascus said.");
    let places: Vec<&str> = found[0].places.iter().map(|place| place.name.as_str()).collect();
    assert_eq!(places, ["Saraqib"]);
}

#[test]
fn nobody_has_claimed_it_is_no_speaker() {
    let found = claims(
        "A car bomb killed three people in Ariha on Thursday, police said. Nobody has claimed the attack.",
    );
    assert_eq!(found[0].status, Status::Asserted);
    assert!(found[0].denials.is_empty(), "{:?}", found[0].denials);
}

#[test]
fn an_area_does_not_speak_and_its_holder_does_not_speak_for_it() {
    for text in [
        "Opposition-held territory said on Thursday that the army had shelled Ariha.",
        "The army shelled Ariha on Thursday, according to rebel-held territory.",
    ] {
        assert!(claims(text).iter().all(|claim| claim.attribution.is_empty()), "{text}");
    }
}

#[test]
fn the_word_before_a_speakers_name_is_none_of_it() {
    let claim =
        &claims("In a Friday move Zarif said was a warning, Iranian drones attacked Erbil.")[0];
    assert_eq!(claim.attribution[0].name, "Zarif");
}

#[test]
fn a_chain_of_speakers_is_kept_whole() {
    for (text, chain) in [
        (
            "The army shelled Ariha on Thursday, killing four people, the Observatory quoted medics as saying, according to Reuters.",
            vec!["Observatory", "medics", "Reuters"],
        ),
        (
            "State television, citing a commander in the field, said that militants had attacked Ariha on Thursday.",
            vec!["State television", "commander"],
        ),
    ] {
        let found = claims(text);
        let names: Vec<&str> =
            found[0].attribution.iter().map(|speaker| speaker.name.as_str()).collect();
        assert_eq!(names, chain, "{text}");
    }
}

#[test]
fn a_party_that_tells_of_itself_at_the_end_of_a_sentence_claims() {
    let claim = &claims(
        "Sudan's army has retaken the town of Bara from the Rapid Support Forces, it said on Thursday.",
    )[0];
    assert_eq!(claim.status, Status::Claimed);
}

#[test]
fn a_health_ministry_speaks_for_no_side_whoever_runs_it() {
    let claim = &claims(
        "Congolese warplanes struck a market near Goma on Thursday, killing 74 people, the M23-run health department said.",
    )[0];
    assert_eq!((claim.status, claim.attribution[0].faction.as_ref()), (Status::Asserted, None));
}
