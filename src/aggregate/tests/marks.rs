//! Support, dispute, denial and what changes them.

use crate::aggregate::fake::{FakeClaim, claim, event, events, monitor, noon, party};
use crate::model::claim::{DenialScope, Status};
use crate::model::event::{Dispute, Support};

const WIRE: &str = "Fighters attacked an army post at the edge of the town before dawn on Thursday and held it for \
    an hour, residents said, before they withdrew to the hills with two captured trucks and a radio set.";

fn told(id: &str, source: &str) -> FakeClaim {
    claim(id, source).attack("reds", "north-army")
}

#[test]
fn b_40_two_owners_from_outside_one_of_known_alignment_are_independent() {
    let second = told("b", "post").unknown_alignment();
    assert_eq!(event([told("a", "times"), second]).support, Support::Independent(2));
}

#[test]
fn b_40_owners_of_unknown_alignment_alone_are_one_report() {
    let all = [told("a", "times").unknown_alignment(), told("b", "post").unknown_alignment()];
    assert_eq!(event(all).support, Support::One);
}

#[test]
fn b_40_ten_reprints_of_one_wire_are_one_owner() {
    let reprint = |at: usize| told(&format!("c{at}"), &format!("paper{at}")).text(WIRE);
    assert_eq!(event((0..10).map(reprint)).support, Support::One);
    let credited = |at: usize| told(&format!("c{at}"), &format!("paper{at}")).credit("Land Wire");
    let event = event((0..10).map(credited));
    assert_eq!(event.support, Support::One);
    assert_eq!(event.reports[0].counted_owner.as_deref(), Some("land wire"));
}

#[test]
fn b_40_a_copy_that_was_read_a_little_differently_is_no_event_of_its_own() {
    let elsewhere = crate::aggregate::fake::place("Hill", "Upland").at(35.5, 36.0);
    let all = [told("a", "times").text(WIRE), told("b", "post").text(WIRE).at(elsewhere)];
    assert_eq!(event(all).support, Support::One);
}

#[test]
fn b_40_a_repost_of_unknown_origin_adds_no_owner() {
    let event = event([told("a", "times"), told("b", "blog").repost()]);
    assert_eq!((event.support, event.reports[1].counted_owner.clone()), (Support::One, None));
}

#[test]
fn b_40_a_repost_with_a_credit_line_counts_for_the_one_it_credits() {
    let event =
        event([told("a", "times"), told("b", "blog").repost().credit("The Times").credit("times")]);
    assert_eq!(event.reports[1].counted_owner.as_deref(), Some("times"));
    assert_eq!(event.support, Support::One);
}

#[test]
fn b_40_a_party_does_not_count_whether_it_is_a_ministry_or_a_rebel_office() {
    for side in ["north", "reds"] {
        assert_eq!(event([told("a", "times").claimed_by(side)]).support, Support::OneSide);
        let aligned = told("b", "post").aligned(side);
        assert_eq!(event([told("a", "times"), aligned]).support, Support::One);
    }
    assert_eq!(event([told("a", "post").aligned("blues")]).support, Support::One);
}

#[test]
fn b_40_a_copy_of_a_partys_text_is_the_partys_word() {
    let all = [told("a", "Red Voice").text(WIRE).seen(25), told("b", "post").text(WIRE)];
    let event = event(all);
    assert_eq!(event.support, Support::OneSide);
    assert!(event.reports.iter().all(|report| report.by_party));
}

#[test]
fn b_39_a_partys_denial_of_its_part_is_marked_and_lowers_no_support() {
    let denial = told("c", "mail").denied_by(party("reds"));
    let event = event([told("a", "times"), told("b", "post"), denial]);
    assert_eq!(event.support, Support::Independent(2));
    assert_eq!(event.disputes, [Dispute::PartDenied { by: "Reds".to_owned() }]);
    assert!(!event.in_brackets());
}

#[test]
fn b_39_a_raid_that_a_monitor_says_never_happened_is_one_event_in_brackets() {
    let raid = told("a", "Red Voice").claimed_by("reds");
    let denial = told("b", "watch").on(27).seen(27).status(Status::Denied);
    let event = event([raid, denial]);
    assert_eq!(event.reports.len(), 2);
    assert_eq!(event.disputes, [Dispute::OccurrenceDenied { by: "watch".to_owned() }]);
    assert!(event.in_brackets());
    assert_eq!(event.support, Support::OneSide);
}

#[test]
fn b_39_a_denial_seen_before_the_claim_joins_it_all_the_same() {
    let denial = told("a", "watch").seen(25).status(Status::Denied);
    let event = event([denial, told("b", "times").claimed_by("reds").seen(26)]);
    assert!(event.occurrence_denied());
}

#[test]
fn b_39_a_contradiction_within_one_article_is_kept_with_its_speaker() {
    let local = monitor("local sources");
    let claim = told("a", "times").claimed_by("reds").status(Status::Disputed);
    let event = event([claim.contradicted_by(local.clone(), DenialScope::Occurrence)]);
    assert_eq!(event.denials, [(local, DenialScope::Occurrence)]);
    assert_eq!(event.support, Support::OneSide);
}

#[test]
fn a_speaker_who_proves_a_party_by_another_report_is_no_outsider() {
    let army = |claim: FakeClaim| claim.with(|claim| claim.attribution.push(party("north-army")));
    let unnamed = army(claim("a", "times").group("gunmen", crate::model::actor::Role::Initiator));
    let event = event([unnamed, told("b", "post").seen(27)]);
    assert!(event.reports[0].by_party);
    assert_eq!(event.support, Support::One);
}

#[test]
fn changed_at_moves_with_a_new_mark_or_figure_and_not_with_more_of_the_same() {
    let base = || vec![told("a", "times").killed(Some("north-army"), 4).seen(26)];
    let same = told("b", "times").killed(Some("north-army"), 4).seen(27);
    let more = told("c", "times").killed(Some("north-army"), 5).seen(28);
    let with = |claims: Vec<FakeClaim>| event(base().into_iter().chain(claims)).changed_at;
    assert_eq!(with(vec![same.clone()]), noon(26));
    assert_eq!(with(vec![same, more]), noon(28));
    assert_eq!(with(vec![told("b", "post").killed(Some("north-army"), 4).seen(27)]), noon(27));
}

#[test]
fn a_copy_seen_days_later_changes_nothing() {
    let copy =
        |id: &str, day| told(id, "blog").credit("times").killed(Some("north-army"), 4).seen(day);
    let first = told("a", "times").killed(Some("north-army"), 4).seen(26);
    assert_eq!(event([first, copy("b", 27), copy("c", 28)]).changed_at, noon(26));
}

#[test]
fn b_41_an_event_read_with_guesses_only_is_not_sure() {
    use crate::model::claim::Confidence;
    let unsure = told("a", "times").with(|claim| claim.confidence = Confidence::Low);
    assert!(!event([unsure.clone()]).sure);
    assert!(events([unsure, told("b", "post")])[0].sure);
}

#[test]
fn b_39_an_outlet_of_a_faction_without_a_part_in_the_event_is_no_party_though_it_only_claims() {
    let told =
        |by| event([claim("a", "radio").attack("reds", "north-army").claimed_by(by)]).support;
    assert_eq!((told("blues"), told("reds")), (Support::One, Support::OneSide));
}
