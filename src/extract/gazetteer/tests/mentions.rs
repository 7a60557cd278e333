use super::super::MentionRole::{self, Bare, Dateline, Framed, Institution, Metonym, Modifier};
use super::places;

/// Text, relation and role of each mention.
fn found(text: &str) -> Vec<(String, String, MentionRole)> {
    let places = places();
    places.mentions(text).into_iter().map(|m| (m.text, m.relation, m.role)).collect()
}

#[track_caller]
fn assert_found(text: &str, expected: &[(&str, &str, MentionRole)]) {
    let found = found(text);
    let found: Vec<_> = found
        .iter()
        .map(|(text, relation, role)| (text.as_str(), relation.as_str(), *role))
        .collect();
    assert_eq!(found, expected, "{text}");
}

#[test]
fn prepositions_and_type_words_frame_a_place() {
    assert_found("A convoy was hit near the town of al-Sukhna.", &[("al-Sukhna", "near", Framed)]);
    assert_found(
        "Two posts south of al-Mayadin were raided.",
        &[("al-Mayadin", "south of", Framed)],
    );
    assert_found(
        "Shells fell in the western countryside of Idlib.",
        &[("Idlib", "countryside of", Framed)],
    );
    assert_found("Fighting went on in Hama countryside.", &[("Hama", "countryside of", Framed)]);
    assert_found("The raid took place in Donetsk oblast.", &[("Donetsk", "in", Framed)]);
}

#[test]
fn offsets_are_those_of_the_text() {
    let text = "« Clashes » broke out near Deir ez-Zor’s airport.";
    let places = places();
    let mention = &places.mentions(text)[0];
    assert_eq!(&text[mention.start..mention.end], mention.text);
    assert_eq!(mention.text, "Deir ez-Zor");
}

#[test]
fn the_longest_name_counts() {
    assert_found("They met in Khan Sheikhoun.", &[("Khan Sheikhoun", "in", Framed)]);
    assert_found("They met in South Sudan.", &[("South Sudan", "in", Framed)]);
}

#[test]
fn a_list_shares_its_frame() {
    let expected = [("Ariha", "in", Framed), ("Saraqib", "in", Framed), ("Sarmin", "in", Framed)];
    assert_found("Homes were destroyed in Ariha, Saraqib and Sarmin.", &expected);
}

#[test]
fn a_name_says_where_another_lies() {
    let places = places();
    for text in [
        "Clashes erupted in Ariha, in Idlib's southern countryside.",
        "Clashes erupted in Ariha in Idlib province.",
        "Clashes erupted in Ariha, Idlib governorate.",
    ] {
        let mentions = places.mentions(text);
        assert_eq!((mentions[0].within, mentions[1].container), (Some(1), true), "{text}");
    }
    let owned = places.mentions("Clashes erupted in Syria's Idlib.");
    assert_eq!((owned[1].within, owned[0].container), (Some(0), true));
}

#[test]
fn towns_of_a_list_do_not_hold_one_another() {
    let places = places();
    let mentions = places.mentions("Protests were held in Saraqib, Idlib and Ariha.");
    assert!(mentions.iter().all(|mention| mention.within.is_none()), "{mentions:?}");
}

#[test]
fn governments_organisations_and_adjectives_are_no_places() {
    assert_found("Damascus said on Sunday that it had no comment.", &[("Damascus", "", Metonym)]);
    assert_found("Students of Aleppo University went home.", &[("Aleppo", "", Institution)]);
    assert_found("Turkey-backed fighters left.", &[("Turkey", "", Modifier)]);
    assert_found("The Mosul Operations Command confirmed it.", &[("Mosul", "", Institution)]);
    for text in ["Damascus said no.", "Aleppo University was closed.", "Iran-aligned groups left."]
    {
        assert!(places().mentions(text).iter().all(|mention| !mention.is_location()), "{text}");
    }
}

#[test]
fn the_place_of_filing_is_no_place_of_an_event() {
    let text = "BEIRUT, June 3 (Agency) - Three men were killed in Homs.";
    assert_found(text, &[("BEIRUT", "", Dateline), ("Homs", "in", Framed)]);
}

#[test]
fn words_and_persons_are_not_taken_for_places() {
    assert_found("Police said in March that Ali Hassan was free.", &[]);
    assert_found("General Salim Idris resigned.", &[]);
    assert_found("The US troops left; they told us nothing.", &[("US", "", Bare)]);
}

#[test]
fn a_stop_word_is_a_place_with_a_type_word() {
    assert_found("A mine went off in the town of Hit.", &[("Hit", "in", Framed)]);
    assert_found("A mine went off in Unity State.", &[("Unity State", "in", Framed)]);
}

#[test]
fn a_held_place_is_a_place() {
    assert_found("Jets bombed rebel-held Idlib.", &[("Idlib", "", Bare)]);
}

#[test]
fn unknown_names_in_a_frame_are_places_without_candidates() {
    let places = places();
    for (text, name) in [
        ("Two shepherds were shot in the village of Umm Qutaysha.", "Umm Qutaysha"),
        ("Two shepherds were shot near Tell Barrouq, a hamlet.", "Tell Barrouq"),
        ("Snipers fired on the al-Qashrat neighbourhood.", "al-Qashrat"),
        ("The army launched a raid on Heshkour.", "Heshkour"),
    ] {
        let mentions = places.mentions(text);
        assert_eq!(mentions.len(), 1, "{text}: {mentions:?}");
        assert_eq!((mentions[0].text.as_str(), mentions[0].is_known()), (name, false), "{text}");
    }
}

#[test]
fn unknown_names_go_on_along_a_list_of_villages() {
    let places = places();
    let mentions =
        places.mentions("The villages of Umm Qutaysha, Tell Barrouq and al-Qashrat were hit.");
    let names: Vec<_> = mentions.iter().map(|mention| mention.text.as_str()).collect();
    assert_eq!(names, ["Umm Qutaysha", "Tell Barrouq", "al-Qashrat"]);
}

#[test]
fn a_persons_name_stays_a_persons() {
    let text = "Colonel Hassan Nawa spoke first. Later Nawa left the room.";
    assert_found(text, &[]);
}

#[test]
fn a_facility_belongs_to_the_name() {
    assert_found(
        "Rockets landed near Hama military airport.",
        &[("Hama military airport", "near", Framed)],
    );
}

#[test]
fn nothing_is_found_inside_what_is_taken() {
    let text = "Hayat Tahrir al-Sham attacked near Ariha.";
    let places = places();
    let mentions = places.mentions_outside(text, std::slice::from_ref(&(0..20)));
    assert_eq!(mentions.iter().map(|m| m.text.as_str()).collect::<Vec<_>>(), ["Ariha"]);
}

#[test]
fn a_lost_apostrophe_is_read() {
    let places = places();
    let mentions = places.mentions("Residents left Aleppos eastern districts for Idlib.");
    assert_eq!(mentions[0].text, "Aleppo");
}

#[test]
fn capitals_and_headlines_are_read_with_more_doubt() {
    let places = places();
    let upper = places.mentions("GUERRILLAS ATTACKED A BAR IN SAN SALVADOR AND LEFT BY TANK");
    assert_eq!(upper.iter().map(|m| m.text.as_str()).collect::<Vec<_>>(), ["SAN SALVADOR"]);
    let title = places.mentions("Rebels Seize Hill Near Ariha After Long Fight");
    assert_eq!(title.iter().map(|m| m.text.as_str()).collect::<Vec<_>>(), ["Ariha"]);
}

#[test]
fn odd_input_does_no_harm() {
    for text in [
        "",
        " ",
        "—",
        "al-",
        "’s",
        "A",
        "In",
        "ال",
        "al-al-al",
        "Aleppo’",
        "\u{301}\u{301}",
        "U.S.",
        "🙂 Ariha",
    ] {
        let places = places();
        for mention in places.mentions(text) {
            assert_eq!(&text[mention.start..mention.end], mention.text);
        }
    }
}

#[test]
fn small_words_inside_a_hyphenated_name_belong_to_it() {
    assert_found(
        "Gunmen shot at a convoy in Port-au-Prince on Thursday.",
        &[("Port-au-Prince", "in", Framed)],
    );
}
