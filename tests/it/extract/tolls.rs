//! Tolls: how many were killed, wounded and captured, on which side, and who says so.

use super::*;

/// The losses of a side: killed, wounded, captured.
fn losses(claim: &Claim, side: &str) -> [Option<u32>; 3] {
    let of = |row: &&Casualties| {
        let faction = row.faction.as_ref().map_or("", |faction| faction.as_str());
        faction == side
            || faction.is_empty() && (row.name == side || row.canonical.as_deref() == Some(side))
    };
    let Some(row) = claim.casualties.iter().find(of) else { return [None; 3] };
    [&row.killed, &row.wounded, &row.captured]
        .map(|figure| figure.as_ref().and_then(|figure| figure.min))
}

#[test]
fn a_reckoning_gives_the_number_to_what_it_names() {
    let found = claims(
        "Hayat Tahrir al-Sham attacked a Syrian army post near Ariha on Thursday. A doctor put the army's losses at four dead and six wounded.",
    );
    assert_eq!(losses(&found[0], "syrian-army"), [Some(4), Some(6), None], "{found:?}");
}

#[test]
fn people_of_trades_unknown_are_people_and_beasts_are_not() {
    let found = claims(
        "Army jets bombed a farm near Ariha on Thursday, killing two beekeepers and 22 of their goats.",
    );
    let counts: Vec<Option<u32>> = found[0].casualties.iter().map(killed).collect();
    assert_eq!(counts, [Some(2)], "{found:?}");
}

#[test]
fn an_aside_that_parts_the_dead_is_not_added() {
    let found = claims(
        "In Ariha, three workers, two Indians and an Egyptian, were killed in an air strike on Thursday.",
    );
    let counts: Vec<Option<u32>> = found[0].casualties.iter().map(killed).collect();
    assert_eq!(counts, [Some(3)], "{found:?}");
}

#[test]
fn no_soldier_hurt_is_no_figure() {
    let found =
        claims("Rebels shelled an army post near Ariha on Thursday and no soldier was hurt.");
    assert!(found[0].casualties.is_empty(), "{found:?}");
}

#[test]
fn attackers_are_those_who_began_it_in_the_sentence_before() {
    let found = claims(
        "Gunmen believed to belong to Islamic State attacked a post of the National Defence Forces near al-Mayadin on Thursday. Two of the attackers were killed.",
    );
    assert_eq!(losses(&found[0], "islamic-state"), [Some(2), None, None], "{found:?}");
    assert_eq!(factions(&found[0], Role::Target), ["national-defence-forces"]);
}

#[test]
fn fighters_of_the_government_are_the_militia_that_was_attacked() {
    let found = claims(
        "Six pro-government fighters were killed when Islamic State attacked a post of the National Defence Forces near Palmyra on Thursday.",
    );
    assert_eq!(losses(&found[0], "national-defence-forces"), [Some(6), None, None], "{found:?}");
    assert_eq!(factions(&found[0], Role::Target), ["national-defence-forces"]);
}

#[test]
fn its_fighters_are_of_a_party_that_has_fighters() {
    let found = claims(
        "The army took Ariha from Hayat Tahrir al-Sham on Thursday. The group did not comment. An army officer said that dozens of its fighters were killed.",
    );
    assert_eq!(losses(&found[0], "hayat-tahrir-al-sham")[0], Some(12), "{found:?}");
}

#[test]
fn the_object_of_killing_is_not_who_killed() {
    let found = claims(
        "Islamic State killed 40 gunmen and members of their families near Raqqa on Thursday.",
    );
    assert_eq!(losses(&found[0], "unknown")[0], Some(40), "{found:?}");
    assert_eq!(found[0].casualties.len(), 1);
}

#[test]
fn those_on_board_belong_to_what_was_shot_down() {
    let found = claims(
        "Rebels shot down a Russian helicopter near Saraqib on Thursday. All five people on board were killed.",
    );
    assert_eq!(found[0].casualties.len(), 1);
    assert!(
        found[0].casualties[0]
            .faction
            .as_ref()
            .is_some_and(|side| side.as_str().starts_with("russian"))
    );
}

#[test]
fn people_taken_from_their_homes_are_captured() {
    let found =
        claims("Armed men took a teacher and a farmer from their homes in Tafas on Thursday.");
    assert_eq!(found[0].kind.0, SubType::AbductionForcedDisappearance);
    let taken = found[0].casualties[0].captured.as_ref().and_then(|figure| figure.min);
    assert_eq!(taken, Some(2));
}

#[test]
fn each_figure_keeps_who_gives_it() {
    let found = claims(
        "Hayat Tahrir al-Sham attacked a Syrian army post near Ariha on Thursday. A hospital doctor said that six soldiers were killed. Hayat Tahrir al-Sham said that three of its fighters were killed.",
    );
    let row = |id: &str| {
        found[0]
            .casualties
            .iter()
            .find(|row| row.faction.as_ref().is_some_and(|side| side.as_str() == id))
            .map(|row| row.speakers.iter().map(|speaker| speaker.name.as_str()).collect::<Vec<_>>())
    };
    assert_eq!(row("hayat-tahrir-al-sham"), Some(vec!["Hayat Tahrir al-Sham"]), "{found:?}");
    assert!(row("syrian-army").is_some_and(|names| names != ["Hayat Tahrir al-Sham"]));
}

#[test]
fn an_outlets_common_noun_is_the_party_named_beside_it() {
    let targets = |text: &str| {
        let mut doc = document(text);
        doc.calls = vec![("terrorists".to_owned(), "syrian-opposition".to_owned())];
        let claims = extractor().read(&doc).claims;
        claims.last().map(|claim| factions(claim, Role::Target)).unwrap_or_default()
    };
    let near = "On Thursday, Syrian and Russian warplanes bombed dugouts used by Islamic State near al-Sukhna. The strikes killed 20 terrorists.";
    assert_eq!(targets(near), ["islamic-state"]);
    let alone = "On Thursday, Russian warplanes killed 20 terrorists near Ariha.";
    assert_eq!(targets(alone), ["syrian-opposition"]);
}

#[test]
fn two_demonyms_share_the_head_after_them() {
    let found = claims("Syrian and Russian jets bombed al-Bara on Thursday.");
    assert_eq!(
        factions(&found[0], Role::Initiator),
        ["syrian-air-force", "russian-aerospace-forces"]
    );
}

#[test]
fn a_running_total_holds_the_death_told_beside_it() {
    let found = claims(
        "Shells killed four people in Ariha on Thursday. A woman died of her wounds in the night, which brings the number to five.",
    );
    let counts: Vec<Option<u32>> = found[0].casualties.iter().map(killed).collect();
    assert_eq!(counts, [Some(5)], "{found:?}");
}

#[test]
fn its_own_men_are_those_of_the_party_that_speaks() {
    let found = claims(
        "Hayat Tahrir al-Sham attacked a Syrian army post near Ariha on Thursday. The army said that 15 militants died. Hayat Tahrir al-Sham said that it lost only three of its own men.",
    );
    let rows = losses(&found[0], "hayat-tahrir-al-sham");
    assert_eq!(rows[0], Some(3), "{found:?}");
}

#[test]
fn lives_lost_without_a_verb_of_killing_are_counted() {
    for (text, killed, wounded) in [
        (
            "Seven shoppers lost their lives when shells hit a market in Ariha on Thursday.",
            Some(7),
            None,
        ),
        ("Rebels raided Ariha on Thursday; 20 villagers were burned to death.", Some(20), None),
        ("Shells fell on Ariha on Thursday and a baker was hit in the leg.", None, Some(1)),
        (
            "Rockets hit Ariha on Thursday, and four residents were treated for burns.",
            None,
            Some(4),
        ),
    ] {
        let found = claims(text);
        let sum = |which: fn(&Casualties) -> Option<u32>| {
            found.iter().flat_map(|claim| &claim.casualties).find_map(which)
        };
        let hurt = |row: &Casualties| row.wounded.as_ref().and_then(|figure| figure.min);
        assert_eq!((sum(super::killed), sum(hurt)), (killed, wounded), "{text}");
    }
}

#[test]
fn the_dead_of_the_attacker_are_not_those_of_a_former_member() {
    let found = claims(
        "Hayat Tahrir al-Sham fighters stormed posts held by Ansar al-Din and Hurras al-Din outside Armanaz on Thursday. Six fighters were killed, four from HTS and two from Hurras al-Din.",
    );
    assert_eq!(losses(&found[0], "hayat-tahrir-al-sham")[0], Some(4), "{found:?}");
    assert_eq!(losses(&found[0], "hurras-al-din")[0], Some(2), "{found:?}");
}

#[test]
fn a_word_at_the_end_is_that_of_all_before_it() {
    let found = claims(
        "Clashes between the army and Islamic State near Ariha on Thursday left seven soldiers and nine militants dead.",
    );
    let mut dead: Vec<u32> = found[0].casualties.iter().filter_map(killed).collect();
    dead.sort_unstable();
    assert_eq!(dead, [7, 9]);
}

#[test]
fn a_part_between_commas_does_not_hide_the_whole() {
    let found = claims(
        "Three people were killed and five others, including two children, injured by a landmine near Ariha on Thursday.",
    );
    let wounded = found[0].casualties.iter().filter_map(|row| row.wounded.as_ref()?.min);
    assert_eq!(wounded.sum::<u32>(), 5);
    let found = claims(
        "Twenty-one people, most of them women and children, were killed in a raid on Ariha on Thursday.",
    );
    assert_eq!(found[0].casualties.iter().filter_map(killed).sum::<u32>(), 21);
}

#[test]
fn counts_of_two_speakers_are_not_added() {
    let found = claims(
        "Islamic State said it killed 20 soldiers in an ambush near Ariha on Thursday, but the army said only three had died.",
    );
    assert!(
        found.iter().flat_map(|claim| &claim.casualties).filter_map(killed).all(|dead| dead != 23)
    );
}

#[test]
fn a_headlines_word_for_the_dead_names_nobody() {
    let found = claims(
        "Thirty Killed in Raids on Ariha. Thirty civilians were killed on Thursday in air raids on Ariha.",
    );
    let dead: Vec<u32> =
        found.iter().flat_map(|claim| &claim.casualties).filter_map(killed).collect();
    assert_eq!(dead, [30], "{found:?}");
}
