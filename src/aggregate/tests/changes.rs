//! What changed since the previous issue.

use super::digest::{frozen, of, shared, spot, told};
use crate::aggregate::fake::{claim, events, monitor, noon};
use crate::model::claim::Phase;
use crate::model::event::Support;
use crate::model::filter::Filter;
use crate::model::kind::SubType;
use crate::model::situation::{Change, Frozen};

#[test]
fn b_36_a_revised_figure_is_told_with_both_ranges_and_who_revised_it() {
    let first = || told("a").killed(Some("north-army"), 8).seen(25);
    let second =
        || claim("b", "post").attack("reds", "north-army").killed(Some("north-army"), 12).seen(25);
    let newer =
        claim("c", "post").attack("reds", "north-army").killed(Some("north-army"), 23).seen(27);
    let newer = newer.seen_at(noon(27).checked_sub(jiff::SignedDuration::from_hours(2)).unwrap());
    let previous = Some(shared(events([first(), second()])));
    let now = Frozen { previous, ..frozen(events([first(), second(), newer])) };
    let changes = of(&now, Filter::default()).changes.unwrap();
    let Change::FigureRevised { was, now, by, .. } = &changes[0] else { panic!("{changes:?}") };
    assert_eq!((*was, *now, by.as_str()), ((8, 12), (8, 23), "post"));
    assert_eq!(changes.len(), 1);
}

#[test]
fn b_36_what_is_graver_by_its_kind_has_escalated() {
    let hour = noon(27).checked_sub(jiff::SignedDuration::from_hours(2)).unwrap();
    let taken = |id: &str| {
        claim(id, "post")
            .kind(crate::model::kind::SubType::NonStateActorOvertakesTerritory)
            .attack("reds", "north-army")
            .seen_at(hour)
    };
    let old = || events([told("a").seen(25)]);
    let all = events([told("a").seen(25), taken("b"), taken("c")]);
    let now = Frozen { previous: Some(shared(old())), ..frozen(all) };
    let changes = of(&now, Filter::default()).changes.unwrap();
    let escalated = changes.iter().any(|change| matches!(change, Change::Escalated { .. }));
    assert!(escalated, "{changes:?}");
    let again = Frozen { previous: Some(shared(old())), ..frozen(old()) };
    let changes = of(&again, Filter::default()).changes.unwrap();
    assert!(!changes.iter().any(|change| matches!(change, Change::Escalated { .. })));
}

#[test]
fn b_36_denied_corroborated_and_new_events_are_told() {
    let hour = noon(27).checked_sub(jiff::SignedDuration::from_hours(2)).unwrap();
    let old = || vec![told("a").seen(25), told("b").at(spot(1)).claimed_by("reds").seen(25)];
    let mut all = old();
    all.push(
        claim("c", "watch").attack("reds", "north-army").denied_by(monitor("Watch")).seen_at(hour),
    );
    all.push(claim("d", "post").attack("reds", "north-army").at(spot(1)).seen_at(hour));
    all.push(told("e").at(spot(2)).seen_at(hour));
    let now = Frozen { previous: Some(shared(events(old()))), ..frozen(events(all)) };
    let changes = of(&now, Filter::default()).changes.unwrap();
    let has = |wanted: fn(&Change) -> bool| changes.iter().filter(|change| wanted(change)).count();
    assert_eq!(has(|change| matches!(change, Change::NowDenied { .. })), 1);
    assert_eq!(has(|change| matches!(change, Change::NowFromOutside { .. })), 1);
    assert_eq!(has(|change| matches!(change, Change::New { .. })), 1);
}

#[test]
fn what_is_now_corroborated_bears_the_mark_of_independent_reports() {
    let hour = noon(27).checked_sub(jiff::SignedDuration::from_hours(2)).unwrap();
    let second = claim("b", "post").attack("reds", "north-army").seen_at(hour);
    let old = || events([told("a").seen(25)]);
    let now =
        Frozen { previous: Some(shared(old())), ..frozen(events([told("a").seen(25), second])) };
    let situation = of(&now, Filter::default());
    let changes = situation.changes.as_ref().unwrap();
    let [Change::NowCorroborated { event }] = changes.as_slice() else { panic!("{changes:?}") };
    assert_eq!(situation.event(event).unwrap().support, Support::Independent(2));
}

#[test]
fn b_36_a_truce_that_broke_is_told_as_such_and_not_as_an_escalation() {
    let hour = noon(27).checked_sub(jiff::SignedDuration::from_hours(2)).unwrap();
    let truce = |id: &str| claim(id, "times").kind(SubType::Agreement).between("reds", "blues");
    let agreed = || truce("a").phase(Phase::InForce).on(25).seen(25);
    let broken = truce("b").phase(Phase::Broken).on(26).seen_at(hour);
    let now =
        Frozen { previous: Some(shared(events([agreed()]))), ..frozen(events([agreed(), broken])) };
    let changes = of(&now, Filter::default()).changes.unwrap();
    let [Change::TalksChanged { now, .. }] = changes.as_slice() else { panic!("{changes:?}") };
    assert_eq!(*now, Phase::Broken);
}

#[test]
fn what_fell_silent_is_told_and_counted_nowhere() {
    let silent = events([told("a").seen(20), told("b").at(spot(1)).seen(20)]);
    let now = Frozen { previous: Some(Vec::new()), silent: silent.clone(), ..frozen(Vec::new()) };
    let situation = of(&now, Filter::default());
    let changes = situation.changes.as_ref().unwrap();
    assert!(changes.iter().all(|change| matches!(change, Change::NoFurtherReports { .. })));
    assert_eq!((changes.len(), situation.silent.len(), situation.events.len()), (2, 2, 0));
    assert_eq!(situation.glance.events, 0);
    let first = Frozen { previous: None, silent, ..frozen(Vec::new()) };
    assert!(of(&first, Filter::default()).changes.is_none());
}
