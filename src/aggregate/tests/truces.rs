//! Agreements and what becomes of them.

use crate::aggregate::fake::{FakeClaim, claim, event, events, june, noon};
use crate::model::claim::Phase;
use crate::model::event::Event;
use crate::model::kind::SubType;

fn truce(id: &str, source: &str) -> FakeClaim {
    claim(id, source)
        .kind(SubType::Agreement)
        .phase(Phase::InForce)
        .between("reds", "blues")
        .on(20)
        .seen(21)
}

fn the_truce(events: &[Event]) -> &Event {
    events.iter().find(|event| event.kind.0 == SubType::Agreement).unwrap()
}

#[test]
fn a_truce_and_a_later_report_of_its_collapse_are_one_matter_and_the_last_phase_wins() {
    let broken = claim("b", "post").kind(SubType::Other).phase(Phase::Broken);
    let event = event([truce("a", "times"), broken.between("blues", "reds").on(26).seen(27)]);
    assert_eq!((event.phase, event.changed_at), (Some(Phase::Broken), noon(27)));
    let date = event.date.unwrap();
    assert_eq!((date.from, date.to), (june(20), june(26)));
}

#[test]
fn later_fighting_between_the_parties_ends_a_truce_in_force() {
    let fight = claim("b", "post").attack("red-brigade", "blues").on(23).seen(24);
    let next = claim("c", "post").attack("red-brigade", "blues").on(26).seen(27);
    let events = events([truce("a", "times"), fight, next]);
    assert_eq!(events.len(), 3);
    let truce = the_truce(&events);
    assert_eq!((truce.phase, truce.changed_at), (Some(Phase::Broken), noon(24)));
    assert_eq!(truce.date.unwrap().to, june(23));
}

#[test]
fn a_truce_stands_against_older_foreign_or_one_sided_fighting() {
    let older = claim("b", "post").attack("reds", "blues").on(20);
    let others = claim("c", "post").attack("reds", "north-army").on(23);
    let one_sided = claim("d", "post").attack("reds", "blues").on(24).claimed_by("blues");
    let events = events([truce("a", "times"), older, others, one_sided]);
    assert_eq!(the_truce(&events).phase, Some(Phase::InForce));
}

#[test]
fn allies_that_fight_side_by_side_break_no_agreement_of_theirs() {
    use crate::model::actor::Role;
    let joint =
        claim("b", "post").attack("reds", "north-army").actor("blues", Role::Initiator).on(23);
    assert_eq!(the_truce(&events([truce("a", "times"), joint])).phase, Some(Phase::InForce));
}

#[test]
fn one_truce_told_from_two_places_of_a_province_is_one() {
    let far = crate::aggregate::fake::place("Mill", "Upland").at(35.0, 36.0);
    assert_eq!(events([truce("a", "times"), truce("b", "post").at(far)]).len(), 1);
}

#[test]
fn a_new_truce_after_a_broken_one_is_a_new_event() {
    let broken = truce("b", "post").phase(Phase::Broken).on(23).seen(24);
    let renewed = truce("c", "mail").on(26).seen(27);
    assert_eq!(events([truce("a", "times"), broken, renewed]).len(), 2);
}

#[test]
fn of_one_day_a_report_from_outside_says_what_became_of_a_truce() {
    let broken = truce("b", "post").phase(Phase::Broken).on(26).seen(26);
    let ended = truce("c", "reds-radio").phase(Phase::Ended).on(26).seen(27).claimed_by("reds");
    let event = event([truce("a", "times"), broken, ended]);
    assert_eq!(event.phase, Some(Phase::Broken));
}

#[test]
fn an_exchange_of_prisoners_is_no_truce_and_fighting_does_not_end_it() {
    let exchange = truce("b", "post").quoting("They exchanged prisoners at the crossing").on(22);
    let fight = claim("c", "post").attack("reds", "blues").on(23).seen(24);
    let events = events([truce("a", "times"), exchange, fight]);
    let phases: Vec<_> = events
        .iter()
        .filter(|event| event.kind.0 == SubType::Agreement)
        .map(|event| (event.agreement().is_exchange(), event.phase))
        .collect();
    assert_eq!(phases, [(false, Some(Phase::Broken)), (true, Some(Phase::InForce))]);
}
