//! The locator map (B-56, B-57).

use sitrep::config::look::{LookConfig, MapUse};
use sitrep::model::casualty::Fate;
use sitrep::model::event::Support;
use sitrep::model::kind::SubType;
use sitrep::model::place::PlacePrecision;
use sitrep::model::situation::Situation;
use sitrep::render::{Rendered, digest, map, png, web_digest};

use super::event::{Story, story};
use super::situation::{registry, situation};
use super::{footer, parts, rendered};

/// A clash at a place that is known so finely.
fn at(n: u32, place: &str, point: (f64, f64), precision: PlacePrecision) -> Story {
    let mut story = story(n, SubType::ArmedClash).at("in", place, "Velmar").by("nf");
    let known = &mut story.0.places[0];
    (known.lat, known.lon, known.precision) = (Some(point.0), Some(point.1), precision);
    story.told("wire", &[], "Fighting was reported")
}

/// Three places on the Golan and around, each known otherwise.
pub(super) fn three() -> Situation {
    let one_sided = at(4, "Tull", (33.4, 36.4), PlacePrecision::Place).support(Support::OneSide);
    situation(vec![
        at(1, "Oakham", (33.1, 35.9), PlacePrecision::Place),
        at(2, "Oakham", (33.1, 35.9), PlacePrecision::Place),
        at(3, "Karth", (32.7, 36.2), PlacePrecision::Admin2),
        at(5, "Oshen", (33.8, 36.0), PlacePrecision::Admin1),
        one_sided,
    ])
}

pub(super) fn with_map(situation: &Situation) -> Rendered {
    let look = LookConfig { map: MapUse::Mail, ..LookConfig::default() };
    digest(situation, &registry(), &look, &footer()).unwrap()
}

#[test]
fn b_56_a_mail_has_no_map_unless_its_look_asks_for_one() {
    let plain = rendered(&three());
    assert!(plain.map.is_none() && !plain.html.contains("<img"));
    assert!(with_map(&three()).map.is_some());
}

#[test]
fn b_56_the_picture_has_at_most_60_kb_and_twice_the_size_that_is_shown() {
    let picture = with_map(&three()).map.unwrap();
    assert!(picture.len() <= 60_000, "{}", picture.len());
    assert!(picture.starts_with(b"\x89PNG\r\n\x1a\n"));
    let number = |at: usize| u32::from_be_bytes(picture[at..at + 4].try_into().unwrap());
    assert_eq!((number(16), number(20)), (1200, 600));
}

#[test]
fn b_56_a_map_of_the_world_stays_small_enough_to_mail() {
    let spread = (0..40_u32).map(|n| {
        let point = (f64::from(n % 8) * 12.0 - 30.0, f64::from(n) * 7.0 - 120.0);
        at(n, &format!("Village number {n}"), point, PlacePrecision::Place)
    });
    let drawn = map(&situation(spread.collect())).unwrap().unwrap();
    let picture = png(&drawn.svg).unwrap();
    assert!(picture.len() <= 60_000, "{}", picture.len());
    assert!(drawn.words.contains("28 more places"), "{}", drawn.words);
}

#[test]
fn b_56_the_mail_says_the_same_without_its_map() {
    let (plain, mapped) = (rendered(&three()), with_map(&three()));
    assert_eq!(mapped.text, plain.text);
    assert_eq!(mapped.subject, plain.subject);
    assert_eq!(parts::event_ids(&mapped.html), parts::event_ids(&plain.html));
    assert_eq!(mapped.html.matches("<img").count(), 1);
    assert!(mapped.html.contains("src=\"cid:map@sitrep\" width=\"600\" height=\"300\""));
}

#[test]
fn b_56_its_words_name_each_place_with_its_events() {
    let words = map(&three()).unwrap().unwrap().words;
    assert!(words.starts_with("Map of Ruritania: "), "{words}");
    for place in ["Oakham 2", "Karth district, somewhere in it 1", "Oshen, somewhere in it 1"] {
        assert!(words.contains(place), "{place}: {words}");
    }
    assert!(words.contains("Tull (1)"), "{words}");
    let html = with_map(&three()).html;
    assert!(html.contains(&format!("alt=\"{words}\"")), "{html}");
}

#[test]
fn b_56_disputed_borders_are_dashed_and_countries_have_our_names() {
    let svg = map(&three()).unwrap().unwrap().svg;
    let dashed = svg.lines().find(|line| line.starts_with("<path") && line.contains("dasharray"));
    assert!(dashed.is_some_and(|line| line.contains("fill=\"none\"")), "{svg}");
    assert!(svg.contains(">Lebanon</text>") || svg.contains(">Syria</text>"), "{svg}");
}

#[test]
fn b_56_a_map_loads_nothing_and_comes_out_the_same() {
    let (first, again) = (map(&three()).unwrap().unwrap(), map(&three()).unwrap().unwrap());
    assert_eq!(first, again);
    assert_eq!(png(&first.svg).unwrap(), png(&again.svg).unwrap());
    for outside in ["href", "<image", "url(http", "<script", "@import"] {
        assert!(!first.svg.contains(outside), "{outside}");
    }
    assert_eq!(first.svg.matches("http").count(), 1, "the name space alone");
}

#[test]
fn b_56_the_web_page_has_the_drawing_with_its_list_beside_it() {
    let page = |use_of| {
        let look = LookConfig { map: use_of, ..LookConfig::default() };
        web_digest(&three(), &registry(), &look).unwrap().html.to_string()
    };
    let web = page(MapUse::Web);
    assert!(web.contains("<figure class=\"map\"><svg") && web.contains("<figcaption"), "{web}");
    assert!(!page(MapUse::None).contains("<svg"));
}

#[test]
fn b_56_a_digest_in_arabic_has_a_map_without_english_words() {
    let mut situation = three();
    "ar".clone_into(&mut situation.variant.language);
    let drawn = map(&situation).unwrap().unwrap();
    for word in ["Map of", "somewhere", "district", "disputed"] {
        assert!(!drawn.svg.contains(word) && !drawn.words.contains(word), "{word}");
    }
}

#[test]
fn b_57_a_place_is_a_dot_a_district_a_circle_and_a_region_hatched() {
    let svg = map(&three()).unwrap().unwrap().svg;
    let (marks, _) = svg.split_once("<g font-size").unwrap();
    let circles = |with: &str| marks.lines().filter(|line| line.contains(with)).count();
    assert_eq!(circles("r=\"5.0\" fill=\"#8c2f1b\""), 1, "two events at one place are one dot");
    assert_eq!(circles("r=\"5.0\" fill=\"#f3efe6\""), 1, "one-sided: hollow");
    assert_eq!(circles("r=\"13.0\""), 1);
    assert_eq!(circles("fill=\"url(#hatch)\""), 1);
}

#[test]
fn b_57_what_has_no_point_is_counted_and_not_drawn() {
    let nowhere = || {
        let story = story(9, SubType::ArmedClash).at("in", "Upper Nowhere", "Velmar").by("nf");
        story.told("wire", &[], "Fighting in Upper Nowhere")
    };
    assert_eq!(map(&situation(vec![nowhere()])).unwrap(), None);
    let both = vec![nowhere(), at(1, "Oakham", (33.1, 35.9), PlacePrecision::Place)];
    let drawn = map(&situation(both)).unwrap().unwrap();
    assert!(drawn.words.ends_with("Not on the map: 1."), "{}", drawn.words);
    assert!(!drawn.svg.contains(">Upper Nowhere<"));
}

#[test]
fn b_68_a_school_is_on_no_map() {
    let school = at(1, "Little Hay", (33.1, 35.9), PlacePrecision::Place);
    let school = school.object("girls’ school", "school", Fate::Hit);
    assert_eq!(map(&situation(vec![school])).unwrap(), None);
}

#[test]
fn b_56_a_place_cannot_become_markup() {
    let mut story = at(1, "Oakham", (33.1, 35.9), PlacePrecision::Place);
    story.0.places[0].canonical = Some("<script>\"A\" & B".to_owned());
    let drawn = map(&situation(vec![story])).unwrap().unwrap();
    assert!(!drawn.svg.contains("<script") && png(&drawn.svg).is_ok(), "{}", drawn.svg);
}
