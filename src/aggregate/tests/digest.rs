//! What a digest says of a window's events.

use std::sync::Arc;

use crate::aggregate::fake::{FakeClaim, claim, events, june, monitor, noon, place, registry};
use crate::aggregate::situation::{counted, situation};
use crate::aggregate::sums::totals;
use crate::model::actor::Role;
use crate::model::casualty::{Fate, Object};
use crate::model::claim::{Confidence, Phase};
use crate::model::digest::{DayOutcome, Variant};
use crate::model::event::{Event, Measure};
use crate::model::filter::{Filter, FilterRole, Grouping};
use crate::model::kind::SubType;
use crate::model::situation::{Coverage, Frozen, Situation};
use crate::model::time::{DateSpan, Window};

/// Events as issues hold them.
pub(super) fn shared(events: Vec<Event>) -> Vec<Arc<Event>> {
    events.into_iter().map(Arc::new).collect()
}

/// The issue of 26 to 27 June, noon to noon, first of its edition, all ten sources read.
pub(super) fn frozen(events: Vec<Event>) -> Frozen {
    Frozen {
        title: "Land".to_owned(),
        window: Window { from: noon(26), to: noon(27) },
        by_event_date: false,
        events: shared(events),
        previous: None,
        daily_counts: Vec::new(),
        coverage: Coverage { sources_read: 10, ..Coverage::default() },
        next_close: None,
        silent: Vec::new(),
        corrected: Vec::new(),
        setting: None,
    }
}

pub(super) fn variant() -> Variant {
    Variant {
        filter: Filter::default(),
        grouping: Grouping::Region,
        language: "en".to_owned(),
        zone: "Asia/Damascus".to_owned(),
        brief: false,
    }
}

pub(super) fn digest(claims: impl IntoIterator<Item = FakeClaim>) -> Situation {
    of(&frozen(events(claims)), Filter::default())
}

pub(super) fn of(frozen: &Frozen, filter: Filter) -> Situation {
    situation(frozen, &Variant { filter, ..variant() }, &registry(), &Filter::default())
}

pub(super) fn told(id: &str) -> FakeClaim {
    claim(id, "times").attack("reds", "north-army")
}

/// The `at`th place of a row of places far from one another, in a division of its own.
pub(super) fn spot(at: u8) -> crate::model::place::ClaimPlace {
    place(&format!("Place {at}"), &format!("Division {at}")).at(30.0 + f64::from(at), 36.0)
}

#[test]
fn b_5_every_total_can_be_computed_again_from_the_events() {
    let situation = digest([
        told("a").killed(Some("north-army"), 4),
        claim("b", "post").attack("reds", "north-army").killed(Some("north-army"), 7),
        told("c").at(spot(1)).killed(Some("reds"), 3).claimed_by("north"),
        told("d").at(spot(2)).on(10).killed(Some("north-army"), 50),
        claim("e", "mail").kind(SubType::Agreement).phase(Phase::InForce).between("reds", "blues"),
    ]);
    let json = serde_json::to_string(&situation).unwrap();
    let again: Situation = serde_json::from_str(&json).unwrap();
    assert_eq!(totals(counted(&again)), situation.glance.totals);
    assert_eq!(situation.glance.totals[&Measure::Killed].counted, Some((4, 7)));
    let outside = counted(&again).filter(|event| !event.in_brackets()).count();
    assert_eq!((outside, situation.glance.bracketed), (1, 1));
    assert_eq!(situation.glance.events, 1);
}

#[test]
fn b_6_what_ended_48_hours_before_the_window_is_told_apart_and_counted_nowhere() {
    let situation = digest([told("a"), told("b").at(spot(1)).on(23), told("c").at(spot(2)).on(24)]);
    assert_eq!((situation.earlier.len(), situation.glance.events), (1, 2));
    assert!(situation.factions.iter().all(|row| !row.events.contains(&situation.earlier[0])));
}

#[test]
fn b_6_an_on_demand_digest_selects_by_event_date_and_has_no_background() {
    let all = events([told("a").on(5), told("b").on(12).at(spot(1))]);
    let window = Window { from: noon(1), to: noon(8) };
    let situation = of(&Frozen { window, by_event_date: true, ..frozen(all) }, Filter::default());
    assert_eq!((situation.glance.events, situation.earlier.len()), (1, 0));
}

#[test]
fn on_demand_every_event_is_told_in_full_unless_it_is_asked_to_be_brief() {
    let all = events((0..20).map(|at| told(&format!("c{at:02}")).at(spot(at))));
    let frozen = Frozen {
        by_event_date: true,
        window: Window { from: noon(1), to: noon(28) },
        ..frozen(all)
    };
    let full = |brief| {
        let variant = Variant { brief, ..variant() };
        let situation = situation(&frozen, &variant, &registry(), &Filter::default());
        situation.groups.iter().map(|group| group.full.len()).sum::<usize>()
    };
    assert_eq!((full(false), full(true)), (20, 6));
}

#[test]
fn b_11_a_denied_event_never_leads_and_b_41_an_unsure_one_is_no_key_point() {
    let situation = digest([
        told("a").killed(Some("north-army"), 80),
        claim("b", "watch").attack("reds", "north-army").denied_by(monitor("Watch")),
        told("c")
            .at(spot(1))
            .killed(Some("north-army"), 90)
            .with(|c| c.confidence = Confidence::Low),
        told("d").at(spot(2)),
    ]);
    let lead = situation.event(situation.lead.as_ref().unwrap()).unwrap();
    assert_eq!(lead.places[0].name, "Place 2");
    assert_eq!(situation.key_points.len(), 2);
}

#[test]
fn b_12_severity_then_support_decide_what_comes_first() {
    let situation = digest([
        told("a").at(spot(1)).killed(Some("north-army"), 3),
        told("b").at(spot(2)).killed(Some("north-army"), 3),
        claim("c", "post").attack("reds", "north-army").at(spot(2)).killed(Some("north-army"), 3),
        told("d").at(spot(3)).killed(Some("north-army"), 30),
    ]);
    let places = situation.key_points.iter().map(|id| situation.events[id].places[0].name.as_str());
    assert_eq!(places.collect::<Vec<_>>(), ["Place 3", "Place 2", "Place 1"]);
}

#[test]
fn b_1_six_events_are_told_in_full_ten_in_short_and_the_rest_counted() {
    let many = |at: u8| told(&format!("c{at:02}")).at(spot(at));
    let situation = digest((0..20).map(many));
    let sum = |of: fn(&crate::model::situation::Group) -> usize| {
        situation.groups.iter().map(of).sum::<usize>()
    };
    assert_eq!(sum(|group| group.full.len()), 6);
    assert_eq!(sum(|group| group.short.len()), 10);
    assert_eq!(situation.groups.iter().map(|group| group.more).sum::<u32>(), 4);
}

#[test]
fn roads_and_checkpoints_are_movement_and_agreements_are_talks_and_neither_is_counted() {
    let object = Object {
        name: "the bridge".to_owned(),
        kind: "bridge".to_owned(),
        fate: Some(Fate::Closed),
    };
    let road = claim("a", "times").kind(SubType::Other).actor("reds", Role::Initiator);
    let situation = digest([
        road.with(|claim| claim.objects.push(object)),
        claim("b", "times").kind(SubType::Agreement).phase(Phase::InForce).between("reds", "blues"),
    ]);
    assert_eq!((situation.access.len(), situation.talks.len()), (1, 1));
    assert_eq!((situation.glance.events, situation.is_quiet()), (0, true));
}

#[test]
fn filters_pick_by_roll_up_role_speaker_region_and_theatre() {
    let all = frozen(events([
        told("a"),
        claim("b", "times").attack("blues", "red-brigade").at(spot(1)).claimed_by("blues"),
    ]));
    let count = |filter: Filter| of(&all, filter).events.len();
    let faction = |id: &str, role| Filter { factions: vec![id.into()], role, ..Filter::default() };
    let region = |id: &str| Filter { regions: vec![id.into()], ..Filter::default() };
    let theatre = |id: &str| Filter { theatres: vec![id.to_owned()], ..Filter::default() };
    assert_eq!(count(faction("reds", None)), 2);
    assert_eq!(count(faction("reds", Some(FilterRole::Initiator))), 1);
    assert_eq!(count(faction("north", Some(FilterRole::Target))), 1);
    assert_eq!(count(faction("blues", Some(FilterRole::Speaker))), 1);
    assert_eq!((count(region("LA/Upland")), count(region("LA")), count(region("XX"))), (1, 2, 0));
    assert_eq!((count(theatre("land")), count(theatre("sea"))), (2, 0));
}

#[test]
fn filters_pick_by_type_sub_type_severity_and_a_faction_by_itself() {
    let all = frozen(events([
        told("a").killed(Some("north-army"), 30),
        claim("b", "times").attack("red-brigade", "blues").at(spot(1)),
        claim("c", "times").kind(SubType::PeacefulProtest).group("people", Role::Initiator),
    ]));
    let count = |filter: Filter| of(&all, filter).events.len();
    let types = |name: &str| Filter { types: vec![name.parse().unwrap()], ..Filter::default() };
    assert_eq!((count(types("battles")), count(types("peaceful_protest"))), (2, 1));
    let severe = |min_severity| Filter { min_severity, ..Filter::default() };
    assert_eq!((count(severe(0)), count(severe(1)), count(severe(9))), (3, 2, 1));
    let reds = |exact_faction| Filter {
        factions: vec!["reds".into()],
        exact_faction,
        ..Filter::default()
    };
    assert_eq!((count(reds(false)), count(reds(true))), (2, 1));
}

#[test]
fn b_20_exact_factions_have_rows_of_their_own() {
    let all = frozen(events([claim("b", "times").attack("red-brigade", "north-army")]));
    let rows = |exact_faction| {
        let situation = of(&all, Filter { exact_faction, ..Filter::default() });
        let names = situation.factions.into_iter().map(|row| row.name);
        names.collect::<std::collections::BTreeSet<_>>()
    };
    assert!(rows(false).contains("Reds") && rows(false).contains("Northern government forces"));
    assert!(rows(true).contains("Red Brigade") && rows(true).contains("Northern Army"));
}

#[test]
fn a_span_before_is_compared_only_where_sources_were_read_from_its_start() {
    let held = |read_since| {
        let coverage = Coverage { read_since: Some(read_since), ..frozen(Vec::new()).coverage };
        let before = Frozen { coverage, ..frozen(events([told("a").killed(Some("reds"), 2)])) };
        crate::aggregate::situation::held(&of(&before, Filter::default())).held
    };
    let known = held(noon(20)).unwrap();
    assert_eq!((known.events.counted, known.killed), (1, Some((2, 2))));
    assert_eq!(held(noon(27)), None);
}

#[test]
fn b_58_the_four_outcomes_of_a_day() {
    let three = || events([told("a"), told("b").at(spot(1)), told("c").at(spot(2))]);
    let outcome = |events, read: u32| {
        let failed = vec![("x".to_owned(), "no answer".to_owned()); 10 - read as usize];
        let coverage = Coverage { sources_read: read, failed, ..Coverage::default() };
        of(&Frozen { coverage, ..frozen(events) }, Filter::default()).outcome
    };
    assert_eq!(outcome(three(), 10), DayOutcome::Normal);
    assert_eq!(outcome(events([told("a")]), 8), DayOutcome::Quiet);
    assert_eq!(outcome(three(), 7), DayOutcome::Partial);
    assert_eq!(outcome(three(), 2), DayOutcome::NoData);
}

#[test]
fn every_article_has_one_number_in_the_order_of_reading() {
    let situation = digest([
        told("a").article("one").killed(Some("north-army"), 40),
        told("b").article("one").at(spot(1)),
        claim("c", "post").attack("reds", "north-army").at(spot(2)),
    ]);
    let numbers: Vec<_> =
        situation.sources.iter().map(|source| (source.number, source.name.as_str())).collect();
    assert_eq!(numbers, [(1, "times"), (2, "post")]);
}

#[test]
fn a_month_told_vaguely_is_background_by_its_middle() {
    use crate::model::time::DatePrecision;
    let week = DateSpan { from: june(20), to: june(26), precision: DatePrecision::Week };
    let situation = digest([told("a").with(|claim| claim.date = Some(week))]);
    assert_eq!(situation.earlier.len(), 1);
}
