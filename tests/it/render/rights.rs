//! Neutral wording and do no harm: what a digest never says, names or locates (B-54 to B-68).

use std::sync::Arc;

use sitrep::model::actor::ActorKind;
use sitrep::model::claim::{Speaker, SpeakerKind};
use sitrep::model::event::Support;
use sitrep::model::kind::SubType;
use sitrep::model::place::PlacePrecision;
use sitrep::render::{csv, discreet, geojson, json};

use super::event::{Story, story};
use super::situation::{registry, situation};
use super::{all, cases, parts, rendered};

fn text_of(story: Story) -> String {
    rendered(&situation(vec![story])).text.replace("\n    ", " ").replace("\n  ", " ")
}

#[test]
fn b_54_no_trend_is_drawn() {
    for (name, digest) in all() {
        let bars = |c: char| ('\u{2581}'..='\u{2588}').contains(&c);
        assert!(!digest.html.contains(bars) && !digest.text.contains(bars), "{name}");
        assert!(!digest.html.contains("<img") && !digest.html.contains("cid:"), "{name}");
    }
}

#[test]
fn b_57_an_unresolved_place_keeps_its_name_and_gets_no_point() {
    let mut story = story(80, SubType::ArmedClash).at("in", "Upper Nowhere", "Velmar").by("nf");
    story.0.places[0].canonical = None;
    let situation = situation(vec![story.told("wire", &[], "Fighting in Upper Nowhere")]);
    assert!(rendered(&situation).text.contains("Upper Nowhere"));
    let map: serde_json::Value =
        serde_json::from_str(&geojson(&situation, &registry()).unwrap()).unwrap();
    assert_eq!(map["features"][0]["geometry"], serde_json::Value::Null);
    assert_eq!(map["features"][0]["properties"]["location"], "Upper Nowhere");
}

#[test]
fn b_57_a_point_is_given_only_of_a_place_known_to_the_point() {
    let at = |precision| {
        let mut story = story(81, SubType::ArmedClash).at("in", "Tull", "Velmar").by("nf");
        story.0.places[0].precision = precision;
        (story.0.places[0].lat, story.0.places[0].lon) = (Some(47.5), Some(16.25));
        let map = geojson(&situation(vec![story]), &registry()).unwrap();
        let map: serde_json::Value = serde_json::from_str(&map).unwrap();
        map["features"][0]["geometry"]["coordinates"].clone()
    };
    assert_eq!(at(PlacePrecision::Place), serde_json::json!([16.25, 47.5]));
    assert_eq!(at(PlacePrecision::Admin1), serde_json::Value::Null);
}

#[test]
fn b_59_a_correction_is_told_with_its_reason_and_named_in_the_preheader() {
    let digest = rendered(&cases::correction());
    let (_, corrections) = digest.text.split_once("== CORRECTIONS ==").unwrap();
    let (corrections, _) = corrections.split_once("\n== ").unwrap();
    let corrections = corrections.replace("\n  ", " ");
    assert!(corrections.contains("Border Post took its report back."), "{corrections}");
    assert_eq!(parts::event_ids(&corrections).len(), 2);
    assert!(digest.preheader.starts_with("Retracted: Attack, near Sorrel"), "{}", digest.preheader);
    let changes = parts::section(&digest.html, "changes");
    assert!(changes.contains("Retracted:"), "{changes}");
}

#[test]
fn b_64_a_place_has_our_name_whatever_the_source_calls_it() {
    let story = story(82, SubType::ArmedClash).at("in", "Tull", "Velmar").spelled("Free Tull");
    let text = text_of(story.by("nf").told("wire", &[], "Fighting in Free Tull"));
    let (key_points, _) = text.split_once("== AT A GLANCE").unwrap();
    assert!(key_points.contains("Tull") && !key_points.contains("Free Tull"), "{key_points}");
    assert!(text.contains("Tull (source: “Free Tull”)"), "{text}");
}

#[test]
fn b_65_a_sources_headline_is_never_ours() {
    for (name, digest) in all() {
        for part in [&digest.subject, &digest.text, &digest.html] {
            assert!(!part.contains("A day in Ruritania"), "{name}");
        }
    }
}

/// A one-sided event whose sentence names people who are in no pack.
fn named(quote: &str) -> Story {
    story(83, SubType::Attack).at("in", "Tull", "Velmar").by("nf").support(Support::OneSide).told(
        "front",
        &[],
        quote,
    )
}

#[test]
fn b_67_a_quotation_is_cut_around_the_name_of_a_private_person() {
    let text = text_of(named("Fighters of the Front took a car from resident Ana Private at noon"));
    assert!(
        text.contains("“Fighters of the Front took a car from resident”") || !text.contains('“'),
        "{text}"
    );
    assert!(!text.contains("Private"), "{text}");
    let text = text_of(named("Omar Zed, 12, died when shells of the army fell on the market"));
    assert!(!text.contains("Zed"), "{text}");
    let text =
        text_of(named("Fighters stopped the convoy of Governor Ivo Marek on the road near Tull"));
    assert!(text.contains("Governor Ivo Marek"), "an office-holder may be named: {text}");
}

#[test]
fn b_67_a_witness_and_a_victim_have_no_name_in_any_format() {
    let mut story = named("Ana Private was taken from her house, her uncle Ivo Private told us");
    story.0.actors.push(sitrep::model::event::EventActor {
        faction: None,
        name: "Ana Private".to_owned(),
        kind: ActorKind::Person,
        role: sitrep::model::actor::Role::Target,
        generic: false,
    });
    let witness =
        Speaker { name: "Ivo Private".to_owned(), faction: None, kind: SpeakerKind::Witness };
    story.0.reports[0].speakers.push(witness);
    Arc::make_mut(&mut story.0.reports[0].article).title = "The story of Ana Private".to_owned();
    let situation = situation(vec![story]);
    let digest = rendered(&situation);
    let registry = registry();
    let shown = [
        digest.subject,
        digest.text,
        digest.html,
        csv(&situation, &registry),
        geojson(&situation, &registry).unwrap(),
        json(&situation, &registry).unwrap(),
    ];
    for part in shown {
        assert!(!part.contains("Private"), "{part}");
    }
}

#[test]
fn b_68_a_school_has_no_point_and_no_name_of_its_place_in_any_format() {
    let mut situation = cases::normal();
    for event in situation.events.values_mut().map(Arc::make_mut) {
        for place in &mut event.places {
            (place.lat, place.lon) = (Some(47.5), Some(16.25));
        }
    }
    let registry = registry();
    let formats = [csv(&situation, &registry), json(&situation, &registry).unwrap()];
    for part in formats {
        assert!(!part.contains("Little Hay"), "{part}");
    }
    let shown = discreet(&situation, &registry);
    let school = shown.events().find(|event| event.objects.iter().any(|it| it.kind == "school"));
    assert_eq!(school.unwrap().places[0].lat, None);
}
