//! The B- requirements of a digest as a whole: sections, length, subject, outcomes, wording.

use std::sync::Arc;

use sitrep::config::look::LookConfig;
use sitrep::render::digest;
use sitrep::render::wording::{Rule, violations};

use super::lines::event_lines;
use super::situation::registry;
use super::{all, cases, footer, parts, rendered, stories};

const ORDER: [&str; 15] = [
    "preheader",
    "masthead",
    "takeaways",
    "figures",
    "factions",
    "matrix",
    "changes",
    "access",
    "talks",
    "events",
    "disputed",
    "earlier",
    "corrections",
    "method",
    "footer",
];

#[test]
fn b_1_sections_stand_in_the_order_of_the_briefing_in_both_parts() {
    for (name, digest) in all() {
        let html = parts::html_sections(&digest.html);
        let places =
            html.iter().map(|id| ORDER.iter().position(|known| known == id).expect("a known id"));
        let places = places.collect::<Vec<_>>();
        assert!(places.is_sorted_by(|a, b| a < b), "{name}: {html:?}");
        let inner =
            html.iter().filter(|id| !["preheader", "masthead", "footer"].contains(&id.as_str()));
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
    let score =
        |id: &String| situation.events().find(|event| *id == format!("#{}", event.id.short()));
    let lowest = told.iter().filter_map(score).map(|event| event.score).min().unwrap();
    let higher = situation.events().filter(|event| event.score >= lowest);
    let missing = higher.filter(|event| !told.contains(&format!("#{}", event.id.short())));
    assert_eq!(missing.map(|event| event.score).collect::<Vec<_>>(), [0_u32; 0]);
    assert!(digest.text.contains(" more in "));
}

#[test]
fn b_2_a_denied_event_is_never_cut() {
    let mut denied = stories::denied();
    denied.0.score = 0;
    let mut full = cases::sixty();
    full.groups[0].full.push(denied.0.id.clone());
    full.disputed.push(denied.0.id.clone());
    full.events.insert(denied.0.id.clone(), Arc::new(denied.0));
    let text = rendered(&full).text.replace("\n    ", " ");
    assert!(text.contains("residents say it did not happen"));
}

/// That they end above 1,600 px at 390 px width, `tests/checkers/axe.mjs` measures in a browser.
#[test]
fn b_3_key_points_and_figures_stand_before_everything_else() {
    for (name, digest) in all().filter(|(name, _)| !["no_data", "empty"].contains(name)) {
        let sections = parts::html_sections(&digest.html);
        let first = ["preheader", "masthead", "takeaways", "figures"];
        assert_eq!(sections[..4], first, "{name}");
        let (begin, _) = digest.text.split_once("== BY FACTION ==").unwrap_or((&digest.text, ""));
        assert!(parts::words(begin) <= 400, "{name}: {}", parts::words(begin));
    }
}

#[test]
fn b_4_every_item_of_sections_2_to_11_names_its_event() {
    let digest = rendered(&cases::normal());
    for id in
        ["takeaways", "figures", "factions", "changes", "access", "talks", "events", "earlier"]
    {
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
    situation.lead = Some(id(stories::denied()));
    situation.key_points = vec![id(stories::denied()), id(stories::ambush())];
    assert_eq!(rendered(&situation).subject, "Sitrep 22 Nov: Karth: attack, Front Media says");
    Arc::make_mut(situation.events.get_mut(&id(stories::ambush())).unwrap()).sure = false;
    assert_eq!(rendered(&situation).subject, "Sitrep 22 Nov: 4 events");
}

#[test]
fn b_11_a_subject_has_no_exclamation_no_shouting_and_no_reply_prefix() {
    for (name, digest) in all() {
        assert!(!digest.subject.contains('!') && !digest.subject.contains("Re:"), "{name}");
        let shouted = digest
            .subject
            .split(' ')
            .find(|word| word.len() > 3 && word.chars().all(|c| c.is_ascii_uppercase()));
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
fn b_50_b_52_a_trend_is_told_in_words_with_its_mean() {
    let text = rendered(&cases::normal()).text;
    assert!(text.contains("▲ above normal; 7-day mean 4.3; highest since 3 Nov"));
}

#[test]
fn b_51_without_a_baseline_there_is_no_arrow() {
    let text = rendered(&cases::first_issue()).text;
    assert!(text.contains("No baseline yet (day 1 of 28)") && !text.contains('▲'));
}

#[test]
fn b_58_a_first_issue_says_that_there_is_nothing_to_compare_with() {
    assert!(rendered(&cases::first_issue()).text.contains("First issue: nothing to compare with."));
}

#[test]
fn b_36_a_revised_figure_shows_the_old_one_and_who_revised_it() {
    assert!(
        rendered(&cases::normal())
            .text
            .replace("\n  ", " ")
            .contains("8–12 (was 8), Karth Monitor says")
    );
}

/// The words of every golden digest that break a rule.
fn broken(rule: Rule) -> Vec<(&'static str, String)> {
    let parts = all().flat_map(|(name, digest)| {
        let parts = [digest.subject, digest.preheader, digest.text, parts::visible(&digest.html)];
        parts.map(|part| (name, part))
    });
    parts
        .flat_map(|(name, part)| violations(&part).into_iter().map(move |found| (name, found)))
        .filter(|(_, found)| found.rule == rule)
        .map(|(name, found)| (name, found.word))
        .collect()
}

#[test]
fn b_42_no_digest_says_that_anything_was_verified() {
    assert_eq!(broken(Rule::Verified), []);
}

#[test]
fn b_43_no_digest_says_how_likely_anything_is() {
    assert_eq!(broken(Rule::Likelihood), []);
}

#[test]
fn b_61_no_digest_has_a_word_that_takes_a_side() {
    assert_eq!(broken(Rule::Banned), []);
}

#[test]
fn b_66_no_digest_says_how_large_anything_is_without_a_number() {
    assert_eq!(broken(Rule::Scale), []);
}

#[test]
fn b_44_the_key_of_marks_has_at_most_70_words() {
    let (_, method) = rendered(&cases::normal())
        .text
        .split_once("== HOW TO READ THIS ==")
        .map(|(a, b)| (a.to_owned(), b.to_owned()))
        .unwrap();
    let key = method.split("\n\n").next().unwrap();
    assert!(parts::words(key) <= 70, "{}", parts::words(key));
}

#[test]
fn b_34_without_a_countable_figure_it_is_said_and_never_0() {
    let text = rendered(&cases::denied_and_truce()).text;
    assert!(text.contains("Killed: no figure from outside the fighting\n"));
    assert!(!text.contains("Killed: 0"));
}
