//! The B- requirements of one event line: who, what, where, figures, quotations, names.

use sitrep::model::casualty::{CasualtyGroup, Fate};
use sitrep::model::claim::{DenialScope, Phase};
use sitrep::model::event::{Event, Measure, Standing, Support};
use sitrep::model::kind::SubType;

use super::event::story;
use super::situation::situation;
use super::{cases, parts, rendered, stories};

/// The paragraphs of event lines: lead and body, without the marks below them.
pub(super) fn event_lines(text: &str) -> Vec<String> {
    let (_, events) = text.split_once("== BY REGION ==").unwrap();
    let events = events.split("\n== ").next().unwrap_or_default();
    let joined = events.replace("\n    ", " ");
    joined
        .lines()
        .filter(|line| line.starts_with("  "))
        .map(|line| line.trim().to_owned())
        .collect()
}

fn line_of(event: Event) -> String {
    let digest = rendered(&situation(vec![super::event::Story(event)]));
    event_lines(&digest.text).remove(0)
}

#[test]
fn b_25_a_line_has_at_most_45_words_and_two_sentences() {
    for case in [cases::normal(), cases::denied_and_truce(), cases::sixty()] {
        for line in event_lines(&rendered(&case).text) {
            let words =
                parts::words(&line) - line.matches(" [").count() - line.matches(" #").count();
            assert!(words <= 45, "{words} words: {line}");
        }
    }
}

#[test]
fn b_25_the_sources_spelling_stands_beside_ours_where_it_differs() {
    assert!(line_of(stories::denied().0).contains("Binnow (source: “Bennow”): "));
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
    let line =
        line_of(story(51, SubType::AirDroneStrike).told("wire", &[], "A strike was heard").0);
    assert!(line.contains("place not reported"), "{line}");
    assert!(line.contains("An air or drone strike reported; by whom is not reported"), "{line}");
    assert!(line.contains("Casualties not reported"), "{line}");
}

#[test]
fn b_27_quotations_are_slices_of_at_most_15_words_for_one_sided_events_only() {
    for case in [cases::normal(), cases::denied_and_truce()] {
        let text = rendered(&case).text.replace("\n    ", " ").replace("\n  ", " ");
        let quoted = parts::found("(?:ONLY|denied) “([^”]*)”", &text);
        let evidence = case.events().filter(|event| event.in_brackets());
        let evidence =
            evidence.flat_map(|event| &event.reports).flat_map(|report| &report.evidence);
        let evidence = evidence.map(|evidence| evidence.quote.clone()).collect::<Vec<_>>();
        for quote in quoted {
            assert!(quote.split_whitespace().count() <= 15, "{quote}");
            assert!(evidence.iter().any(|text| text.contains(quote.as_str())), "{quote}");
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
fn b_61_a_quotation_in_another_language_with_a_banned_word_is_left_out() {
    let line = |quote: &str| {
        let event = story(59, SubType::ArmedClash).at("in", "Tull", "Velmar").by("army").on("nf");
        line_of(event.support(Support::OneSide).told("state", &[], quote).0)
    };
    assert!(line("قصفت مدفعية الجيش أطراف بلدة تول صباح السبت ولم تقع إصابات").contains('“'));
    assert!(!line("قتلت قواتنا الباسلة عشرات الإرهابيين قرب بلدة تول صباح السبت").contains('“'));
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
    assert!(line_of(stories::ambush().0).contains("killed and 1 injured"));
    assert!(line_of(stories::ambush().0).contains("Front Media says."));
}

#[test]
fn b_39_a_one_sided_event_begins_with_its_speaker() {
    assert!(
        line_of(stories::ambush().0)
            .contains(": Front Media, cited by Border Post, says NF attacked")
    );
    assert!(
        line_of(stories::denied().0)
            .contains(": NF, cited by Border Post, says it repelled an attack by")
    );
}

/// Dead and injured of the Front, which alone tells of a strike on itself.
fn own_losses(n: u32, dead: u32) -> super::event::Story {
    let lost = ("nf", CasualtyGroup::Combatant);
    story(n, SubType::AirDroneStrike)
        .at("east of", "Upper Sorrel Salt Works", "Karth")
        .by("zembla")
        .on("nf")
        .hurt(lost, Measure::Killed, (dead, dead), ("Northern Front", Standing::Own))
        .hurt(lost, Measure::Injured, (1, 1), ("Northern Front", Standing::Own))
        .support(Support::OneSide)
        .told(
            "post",
            &[("Northern Front", Some("nf"))],
            "A drone hit a car of ours, the Front said",
        )
}

#[test]
fn b_32_a_short_line_of_one_side_takes_in_the_dead_that_its_teller_gives() {
    let mut situation = situation(vec![own_losses(61, 2)]);
    let group = &mut situation.groups[0];
    group.short = std::mem::take(&mut group.full);
    let line = event_lines(&rendered(&situation).text).remove(0);
    assert!(line.contains("NF says"), "{line}");
    assert!(line.contains("from the air, 2 NF personnel killed"), "{line}");
    assert!(parts::words(&line) <= 26, "{line}");
}

#[test]
fn b_31_own_losses_that_only_their_side_tells_are_those_of_all_its_events() {
    let text = rendered(&situation(vec![own_losses(61, 2), own_losses(62, 3)])).text;
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(
        text.contains("Losses, Northern Front says: 5 of its own killed and 2 of its own injured"),
        "{text}"
    );
}

#[test]
fn b_45_two_factions_exchanged_give_the_digest_with_their_names_exchanged() {
    let day = |one: &str, other: &str, outlet: &str| {
        let event = story(60, SubType::ArmedClash)
            .at("in", "Tull", "Velmar")
            .by(one)
            .on(other)
            .hurt(
                (other, CasualtyGroup::Combatant),
                Measure::Killed,
                (3, 3),
                (outlet, Standing::Opponent),
            )
            .support(Support::OneSide)
            .told(
                "post",
                &[(outlet, Some(one))],
                "Three opponents were killed at Tull on Saturday, it said",
            );
        rendered(&situation(vec![event])).text
    };
    let swapped = day("vb", "nf", "NF radio").replace("NF radio", "@r");
    let swapped =
        swapped.replace("Northern Front", "@n").replace("Valley Brigades", "Northern Front");
    let swapped = swapped.replace("@n", "Valley Brigades").replace("NF", "@").replace("VB", "NF");
    let swapped = swapped
        .replace("@r", "VB radio")
        .replace("@ ", "VB ")
        .replace("@)", "VB)")
        .replace("@.", "VB.")
        .replace("@\n", "VB\n");
    assert_eq!(day("nf", "vb", "VB radio"), swapped);
}

#[test]
fn b_58_four_outcomes_have_four_texts() {
    let text = |situation| rendered(&situation).text.replace("\n  ", " ");
    assert!(!text(cases::normal()).contains("Quiet:"));
    assert!(
        text(cases::empty()).contains("Quiet: no qualifying events in 24 articles from 5 sources.")
    );
    assert!(text(cases::partial()).contains("Missing: Karth Radio and Tolmin News."));
    let none = text(cases::no_data());
    assert!(none.contains("No data: only 1 of 5 sources could be read."));
    assert!(!none.contains("AT A GLANCE"));
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
    let event =
        story(54, SubType::Attack).at("in", "Tull", "Velmar").by("terrorists").on("villagers");
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
        let event = story(56, SubType::AirDroneStrike).at("in", "Tull", "Velmar").by("air").hurt(
            ("civilians", CasualtyGroup::Civilian),
            Measure::Killed,
            (2, 2),
            ("NF", standing),
        );
        line_of(event.told("wire", &[], "Two people were killed at Tull").0)
    };
    assert!(line(Standing::Outside).contains("2 civilians killed"));
    assert!(line(Standing::Opponent).contains("2 people killed, NF says"));
}

#[test]
fn b_67_a_private_person_is_never_named() {
    let mut event =
        story(57, SubType::AbductionForcedDisappearance).at("in", "Tull", "Velmar").by("nf");
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

#[test]
fn a_speaker_that_is_no_name_is_told_with_its_article() {
    let event = story(70, SubType::AirDroneStrike)
        .at("in", "Tull", "Velmar")
        .by("air")
        .on("nf")
        .on("fighters")
        .told("wire", &[("Commander", None)], "A commander said that aircraft struck Tull");
    let line = line_of(event.0);
    assert!(line.contains("struck NF from the air, a commander says."), "{line}");
}

#[test]
fn a_mark_stands_once_however_many_deny() {
    let event = stories::denied().denied("NGO", DenialScope::Occurrence);
    assert_eq!(line_of(event.0).matches("occurrence denied").count(), 1);
}

#[test]
fn a_key_point_tells_the_dead_before_that_nobody_is_named_and_what_the_marks_say() {
    let event = story(52, SubType::RemoteExplosiveLandmineIed)
        .at("in", "Tull", "Velmar")
        .on("people")
        .hurt(
            ("civilians", CasualtyGroup::Civilian),
            Measure::Killed,
            (3, 4),
            ("x", Standing::Outside),
        )
        .hurt(
            ("civilians", CasualtyGroup::Civilian),
            Measure::Injured,
            (10, 13),
            ("x", Standing::Outside),
        )
        .told("wire", &[], "A bomb went off near a bakery")
        .told("monitor", &[], "Three people died")
        .support(Support::Independent(2))
        .denied("Northern Front", DenialScope::Perpetrator);
    let text = rendered(&situation(vec![event])).text.replace("\n  ", " ");
    let point = text.lines().find(|line| line.starts_with("1. ")).unwrap();
    assert!(point.contains("3–4 civilians killed"), "{point}");
    assert!(point.contains("2 INDEPENDENT REPORTS · NF denies"), "{point}");
    assert!(!point.contains("by whom"), "{point}");
}

#[test]
fn an_exchange_of_prisoners_is_told_as_one_and_its_line_begins_with_a_capital() {
    let event = story(53, SubType::Agreement)
        .at("in", "Tull", "Velmar")
        .with("army")
        .with("nf")
        .phase(Phase::InForce)
        .told("wire", &[], "The two sides exchanged prisoners at the crossing");
    let text = rendered(&situation(vec![event])).text.replace("\n  ", " ");
    let (_, talks) = text.split_once("== TRUCES AND TALKS ==\n").unwrap();
    let line = talks.lines().next().unwrap();
    assert!(line.starts_with("The Ruritanian Army – NF"), "{line}");
    assert!(line.contains(": Prisoner exchange: carried out"), "{line}");
}

#[test]
fn b_26_people_who_had_to_leave_fled() {
    let event = story(53, SubType::Other).by("residents").object("houses", "building", Fate::Hit);
    let line = line_of(event.told("wire", &[], "Many residents left their houses").0);
    assert!(line.contains(" fled"), "{line}");
    assert!(!line.contains("hit houses"), "{line}");
}
