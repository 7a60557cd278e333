//! The B- requirements that rendering answers for.

use sitrep::config::look::LookConfig;
use sitrep::model::casualty::{CasualtyGroup, Fate};
use sitrep::model::claim::{DenialScope, Phase};
use sitrep::model::event::{Event, Measure, Standing, Support};
use sitrep::model::kind::SubType;
use sitrep::render::digest;
use sitrep::render::wording::violations;

use super::event::story;
use super::situation::{registry, situation};
use super::{all, cases, footer, parts, rendered};

const ORDER: [&str; 14] = [
    "preheader", "masthead", "takeaways", "figures", "factions", "matrix", "changes", "access", "talks", "events",
    "disputed", "earlier", "method", "footer",
];

/// The paragraphs of event lines: lead and body, without the marks below them.
fn event_lines(text: &str) -> Vec<String> {
    let (_, events) = text.split_once("== BY REGION ==").expect("events");
    let events = events.split("\n== ").next().unwrap_or_default();
    let joined = events.replace("\n    ", " ");
    joined.lines().filter(|line| line.starts_with("  ")).map(|line| line.trim().to_owned()).collect()
}

fn line_of(event: Event) -> String {
    let digest = rendered(&situation(vec![super::event::Story(event)]));
    event_lines(&digest.text).remove(0)
}

#[test]
fn b_1_sections_stand_in_the_order_of_the_briefing_in_both_parts() {
    for (name, digest) in all() {
        let html = parts::html_sections(&digest.html);
        let places = html.iter().map(|id| ORDER.iter().position(|known| known == id).expect("a known id"));
        let places = places.collect::<Vec<_>>();
        assert!(places.is_sorted_by(|a, b| a < b), "{name}: {html:?}");
        let inner = html.iter().filter(|id| !["preheader", "masthead", "footer"].contains(&id.as_str()));
        assert_eq!(inner.collect::<Vec<_>>(), parts::text_sections(&digest.text), "{name}");
        for id in ["preheader", "masthead", "takeaways", "method", "footer"] {
            assert!(html.iter().any(|known| known == id), "{name} has no {id}");
        }
    }
}

#[test]
fn b_1_a_look_moves_and_leaves_out_sections() {
    let look: LookConfig = toml::from_str("sections = [\"events\", \"figures\"]").unwrap();
    let digest = digest(&cases::normal(), &registry(), &look, &footer()).unwrap();
    assert_eq!(parts::text_sections(&digest.text), ["takeaways", "events", "figures", "method"]);
}

#[test]
fn b_2_a_normal_day_has_at_most_1400_words_and_the_masthead_tells_how_many() {
    for (name, digest) in all() {
        let words = parts::words(&digest.text);
        assert!(words <= 1400, "{name}: {words} words");
        assert_eq!(words, digest.words, "{name}");
        let minutes = words.div_ceil(240);
        assert!(digest.text.contains(&format!("{minutes} min · ")), "{name}");
    }
}

#[test]
fn b_2_sixty_events_are_cut_by_lowest_score_and_the_rest_is_counted() {
    let situation = cases::sixty();
    let digest = rendered(&situation);
    let told = parts::event_ids(parts::section(&digest.html, "events"));
    let score = |id: &String| situation.events.values().find(|event| *id == format!("#{}", event.id.short()));
    let lowest = told.iter().filter_map(score).map(|event| event.score).min().unwrap();
    let higher = situation.events.values().filter(|event| event.score >= lowest);
    let missing = higher.filter(|event| !told.contains(&format!("#{}", event.id.short())));
    assert_eq!(missing.map(|event| event.score).collect::<Vec<_>>(), [0_u32; 0]);
    assert!(digest.text.contains(" more in "));
}

#[test]
fn b_2_a_denied_event_is_never_cut() {
    let mut denied = cases::denied();
    denied.0.score = 0;
    let mut full = cases::sixty();
    full.groups[0].full.push(denied.0.id.clone());
    full.disputed.push(denied.0.id.clone());
    full.events.insert(denied.0.id.clone(), denied.0);
    let text = rendered(&full).text.replace("\n    ", " ");
    assert!(text.contains("residents say it did not happen"));
}

#[test]
fn b_4_every_item_of_sections_2_to_11_names_its_event() {
    let digest = rendered(&cases::normal());
    for id in ["takeaways", "figures", "factions", "changes", "access", "talks", "events", "earlier"] {
        assert!(!parts::event_ids(parts::section(&digest.html, id)).is_empty(), "{id}");
    }
    for line in event_lines(&digest.text) {
        assert_eq!(parts::event_ids(&line).len(), 1, "{line}");
    }
}

#[test]
fn b_10_a_subject_has_at_most_50_characters_and_begins_with_date_and_lead() {
    for (name, digest) in all() {
        assert!(digest.subject.chars().count() <= 50, "{name}: {}", digest.subject);
        assert!(digest.subject.starts_with("Sitrep"), "{name}");
    }
    let subject = |situation| rendered(&situation).subject;
    assert_eq!(subject(cases::normal()), "Sitrep 22 Nov: Tolmin: mine or device explosion");
    assert_eq!(subject(cases::quiet()), "Sitrep 22 Nov: quiet, 2 events");
    assert_eq!(subject(cases::partial()), "Sitrep 22 Nov: partial (4 of 6 sources)");
    assert_eq!(subject(cases::on_demand()), "Sitrep: NF in Velmar, 15–21 Nov");
}

#[test]
fn b_11_a_denied_or_unsure_event_never_leads_and_a_one_sided_one_names_its_speaker() {
    let mut situation = cases::denied_and_truce();
    let id = |story: super::event::Story| story.0.id;
    situation.lead = Some(id(cases::denied()));
    situation.key_points = vec![id(cases::denied()), id(cases::ambush())];
    assert_eq!(rendered(&situation).subject, "Sitrep 22 Nov: Karth: attack, Front Media says");
    situation.events.get_mut(&id(cases::ambush())).unwrap().sure = false;
    assert_eq!(rendered(&situation).subject, "Sitrep 22 Nov: 4 events");
}

#[test]
fn b_11_a_subject_has_no_exclamation_no_shouting_and_no_reply_prefix() {
    for (name, digest) in all() {
        assert!(!digest.subject.contains('!') && !digest.subject.contains("Re:"), "{name}");
        let shouted = digest.subject.split(' ').find(|word| {
            word.len() > 3 && word.chars().all(|c| c.is_ascii_uppercase())
        });
        assert_eq!(shouted, None, "{name}");
    }
}

#[test]
fn b_15_a_preheader_has_40_to_85_characters_and_is_first_in_both_parts() {
    for (name, digest) in all() {
        let length = digest.preheader.chars().count();
        assert!((40..=85).contains(&length), "{name}: {length}");
        assert!(digest.text.starts_with(&digest.preheader), "{name}");
        assert!(parts::visible(&digest.html).trim_start().starts_with(&digest.preheader), "{name}");
        assert!(!digest.preheader.contains(&digest.subject), "{name}");
    }
}

#[test]
fn b_20_a_matrix_has_at_most_eight_rows_and_four_regions() {
    let digest = rendered(&cases::sixty());
    let matrix = parts::section(&digest.html, "matrix");
    assert!(matrix.matches("scope=\"row\"").count() <= 8);
    assert!(matrix.matches("scope=\"col\"").count() <= 1 + 4);
}

#[test]
fn b_21_the_matrix_is_a_data_table() {
    let digest = rendered(&cases::normal());
    let matrix = parts::section(&digest.html, "matrix");
    let table = &matrix[matrix.find("<table").unwrap()..];
    assert!(!table[..table.find('>').unwrap()].contains("role="));
    assert!(table.contains("<caption") && table.contains("scope=\"col\""));
}

#[test]
fn b_22_a_group_in_no_pack_has_a_row_that_says_so() {
    let mut situation = cases::normal();
    let row = situation.factions.first_mut().unwrap();
    (row.faction, row.in_registry, row.name) = (None, false, "Hill Watch".to_owned());
    assert!(rendered(&situation).text.contains("Hill Watch (not in registry)"));
}

#[test]
fn b_25_a_line_has_at_most_45_words_and_two_sentences() {
    for case in [cases::normal(), cases::denied_and_truce(), cases::sixty()] {
        for line in event_lines(&rendered(&case).text) {
            let words = parts::words(&line) - line.matches(" [").count() - line.matches(" #").count();
            assert!(words <= 45, "{words} words: {line}");
        }
    }
}

#[test]
fn b_25_the_sources_spelling_stands_beside_ours_where_it_differs() {
    assert!(line_of(cases::denied().0).contains("Binnow (source: “Bennow”): "));
}

#[test]
fn b_25_an_initiators_losses_never_read_as_the_targets() {
    let event = story(50, SubType::ArmedClash)
        .at("in", "Tull", "Velmar")
        .by("nf")
        .on("army")
        .hurt(("nf", CasualtyGroup::Combatant), Measure::Killed, (5, 5), ("x", Standing::Outside))
        .told("wire", &[], "Five attackers died");
    let line = line_of(event.0);
    assert!(line.contains("NF attacked the Ruritanian Army. 5 NF personnel killed."), "{line}");
}

#[test]
fn b_26_what_is_not_reported_is_said_in_words() {
    let line = line_of(story(51, SubType::AirDroneStrike).told("wire", &[], "A strike was heard").0);
    assert!(line.contains("place not reported"), "{line}");
    assert!(line.contains("An air or drone strike reported; by whom is not reported"), "{line}");
    assert!(line.contains("Casualties not reported"), "{line}");
}

#[test]
fn b_27_quotations_are_slices_of_at_most_15_words_for_one_sided_events_only() {
    for case in [cases::normal(), cases::denied_and_truce()] {
        let text = rendered(&case).text.replace("\n    ", " ").replace("\n  ", " ");
        let quoted = regex::Regex::new("(?:ONLY|denied) “([^”]*)”").unwrap();
        let evidence = case.events.values().filter(|event| event.in_brackets());
        let evidence = evidence.flat_map(|event| &event.reports).flat_map(|report| &report.evidence);
        let evidence = evidence.map(|evidence| evidence.quote.clone()).collect::<Vec<_>>();
        for quote in quoted.captures_iter(&text) {
            assert!(quote[1].split_whitespace().count() <= 15, "{}", &quote[1]);
            assert!(evidence.iter().any(|text| text.contains(&quote[1])), "{}", &quote[1]);
        }
    }
}

#[test]
fn b_27_a_quotation_with_a_banned_word_is_left_out() {
    let event = story(52, SubType::ArmedClash)
        .at("in", "Tull", "Velmar")
        .by("army")
        .on("nf")
        .support(Support::OneSide)
        .told("state", &[], "Our heroic forces destroyed the terrorists at Tull");
    assert!(!line_of(event.0).contains('“'));
}

#[test]
fn b_28_a_quotation_in_another_language_keeps_its_direction() {
    let html = rendered(&cases::denied_and_truce()).html;
    let isolated = regex::Regex::new(r#"<bdi><span [^>]*dir="rtl" lang="ar""#).unwrap();
    assert!(isolated.is_match(&html));
}

#[test]
fn b_29_a_line_has_at_most_three_links() {
    for line in event_lines(&rendered(&cases::normal()).text) {
        assert!(line.matches(" [").count() <= 3, "{line}");
    }
}

#[test]
fn b_32_an_opponents_figure_is_shown_with_its_speaker_and_not_added() {
    let text = rendered(&cases::normal()).text;
    assert!(text.contains("Said by one side of its opponent, not added: 3 Ruritanian Army"));
    assert!(line_of(cases::ambush().0).contains("killed and 1 injured"));
    assert!(line_of(cases::ambush().0).contains("Front Media says."));
}

#[test]
fn b_34_without_a_countable_figure_it_is_said_and_never_0() {
    let text = rendered(&cases::denied_and_truce()).text;
    assert!(text.contains("Killed: no figure from outside the fighting\n"));
    assert!(!text.contains("Killed: 0"));
}

#[test]
fn b_36_a_revised_figure_shows_the_old_one_and_who_revised_it() {
    assert!(rendered(&cases::normal()).text.replace("\n  ", " ").contains("8–12 (was 8), Karth Monitor says"));
}

#[test]
fn b_39_a_one_sided_event_begins_with_its_speaker() {
    assert!(line_of(cases::ambush().0).contains(": Front Media, cited by Border Post, says NF attacked"));
    assert!(line_of(cases::denied().0).contains(": NF, cited by Border Post, says it repelled an attack by"));
}

#[test]
fn b_42_b_43_b_61_b_66_no_digest_has_a_word_that_it_must_not_have() {
    for (name, digest) in all() {
        let parts = [digest.subject, digest.preheader, digest.text, parts::visible(&digest.html)];
        for part in parts {
            assert_eq!(violations(&part), [], "{name}");
        }
    }
}

#[test]
fn b_44_the_key_of_marks_has_at_most_70_words() {
    let (_, method) = rendered(&cases::normal()).text.split_once("== HOW TO READ THIS ==").map(|(a, b)| (a.to_owned(), b.to_owned())).unwrap();
    let key = method.split("\n\n").next().unwrap();
    assert!(parts::words(key) <= 70, "{}", parts::words(key));
}

#[test]
fn b_45_two_factions_exchanged_give_the_digest_with_their_names_exchanged() {
    let day = |one: &str, other: &str, outlet: &str| {
        let event = story(60, SubType::ArmedClash)
            .at("in", "Tull", "Velmar")
            .by(one)
            .on(other)
            .hurt((other, CasualtyGroup::Combatant), Measure::Killed, (3, 3), (outlet, Standing::Opponent))
            .support(Support::OneSide)
            .told("post", &[(outlet, Some(one))], "Three opponents were killed at Tull on Saturday, it said");
        rendered(&situation(vec![event])).text
    };
    let swapped = day("vb", "nf", "NF radio").replace("NF radio", "@r");
    let swapped = swapped.replace("Northern Front", "@n").replace("Valley Brigades", "Northern Front");
    let swapped = swapped.replace("@n", "Valley Brigades").replace("NF", "@").replace("VB", "NF");
    let swapped = swapped.replace("@r", "VB radio").replace("@ ", "VB ").replace("@)", "VB)").replace("@.", "VB.").replace("@\n", "VB\n");
    assert_eq!(day("nf", "vb", "VB radio"), swapped);
}

#[test]
fn b_58_four_outcomes_have_four_texts() {
    let text = |situation| rendered(&situation).text.replace("\n  ", " ");
    assert!(!text(cases::normal()).contains("Quiet:"));
    assert!(text(cases::empty()).contains("Quiet: no qualifying events in 24 articles from 5 sources."));
    assert!(text(cases::partial()).contains("Missing: Karth Radio and Tolmin News."));
    let none = text(cases::no_data());
    assert!(none.contains("No data: only 1 of 5 sources could be read."));
    assert!(!none.contains("AT A GLANCE"));
}

#[test]
fn b_58_a_first_issue_says_that_there_is_nothing_to_compare_with() {
    assert!(rendered(&cases::first_issue()).text.contains("First issue: nothing to compare with."));
}

#[test]
fn b_60_a_renamed_group_has_the_name_of_the_day_with_the_present_one_beside_it() {
    let event = story(53, SubType::ArmedClash)
        .days((2026, 1, 10), (2026, 1, 10))
        .at("in", "Tull", "Velmar")
        .by("vb")
        .told("wire", &[], "An attack at Tull");
    assert!(line_of(event.0).contains("Valley Guard (now VB) attacked"));
}

#[test]
fn b_61_a_name_that_takes_a_side_is_not_repeated() {
    let event = story(54, SubType::Attack).at("in", "Tull", "Velmar").by("terrorists").on("villagers");
    let line = line_of(event.told("wire", &[], "An attack at Tull").0);
    assert!(line.contains("Unidentified attackers attacked villagers"), "{line}");
}

#[test]
fn b_62_verbs_are_the_same_for_every_faction() {
    let sentence = |who: &str, name: &str| {
        let line = |kind: &SubType| {
            let event = story(55, *kind).at("in", "Tull", "Velmar").by(who).on("people");
            line_of(event.told("wire", &[], "Something happened at Tull").0).replace(name, "X")
        };
        SubType::ALL.iter().map(line).collect::<Vec<_>>()
    };
    assert_eq!(sentence("nf", "NF"), sentence("zembla", "ZEF"));
}

#[test]
fn b_63_people_are_called_civilians_only_by_somebody_outside_the_fighting() {
    let line = |standing| {
        let event = story(56, SubType::AirDroneStrike)
            .at("in", "Tull", "Velmar")
            .by("air")
            .hurt(("civilians", CasualtyGroup::Civilian), Measure::Killed, (2, 2), ("NF", standing));
        line_of(event.told("wire", &[], "Two people were killed at Tull").0)
    };
    assert!(line(Standing::Outside).contains("2 civilians killed"));
    assert!(line(Standing::Opponent).contains("2 people killed, NF says"));
}

#[test]
fn b_67_a_private_person_is_never_named() {
    let mut event = story(57, SubType::AbductionForcedDisappearance).at("in", "Tull", "Velmar").by("nf");
    event = event.on("Ana Private").support(Support::OneSide);
    event.0.actors[1].kind = sitrep::model::actor::ActorKind::Person;
    let event = event.told("front", &[], "Fighters took Ana Private from a house in Tull at night");
    assert!(!rendered(&situation(vec![event])).text.contains("Private"));
}

#[test]
fn b_68_a_school_is_located_no_finer_than_its_district() {
    let event = story(58, SubType::ShellingArtilleryMissileAttack)
        .at("in", "Little Hay", "Tolmin")
        .object("school", "school", Fate::Damaged)
        .phase(Phase::Ongoing)
        .denied("NF", DenialScope::Perpetrator);
    let text = rendered(&situation(vec![event.told("wire", &[], "A school was hit")])).text;
    assert!(text.contains("Tolmin East district") && !text.contains("Little Hay"), "{text}");
}
