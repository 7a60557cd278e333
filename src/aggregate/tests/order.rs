//! The order in which claims arrive makes no difference.

use jiff::SignedDuration;
use proptest::prelude::*;

use crate::aggregate::cluster::events;
use crate::aggregate::fake::{FakeClaim, claim, event, noon, registry};
use crate::aggregate::sums::totals;
use crate::model::event::ReportedClaim;

fn any_claim() -> impl Strategy<Value = FakeClaim> {
    let parties =
        prop::sample::select(vec![("reds", "north-army"), ("blues", "reds"), ("north", "blues")]);
    let source = prop::sample::select(vec!["times", "post", "Red Voice", "mail"]);
    (parties, source, 20_i8..28, 0_u32..40, 0_i8..3, any::<bool>()).prop_map(
        |((a, b), source, day, dead, delay, denied)| {
            let claim =
                claim("x", source).attack(a, b).on(day).killed(Some(b), dead).seen(day + delay);
            if denied { claim.claimed_by(a) } else { claim }
        },
    )
}

fn claims() -> impl Strategy<Value = Vec<ReportedClaim>> {
    let numbered = |(at, mut fake): (usize, FakeClaim)| {
        fake.0.id = format!("c{at:02}").as_str().into();
        fake.article(&format!("article-{at}")).0
    };
    prop::collection::vec(any_claim(), 1..14)
        .prop_map(move |claims| claims.into_iter().enumerate().map(numbered).collect())
}

proptest! {
    #[test]
    fn events_and_totals_do_not_depend_on_the_order_of_claims(
        (all, mixed) in claims().prop_flat_map(|all| (Just(all.clone()), Just(all).prop_shuffle())),
    ) {
        let registry = registry();
        let (a, b) = (events(&all, &registry), events(&mixed, &registry));
        prop_assert_eq!(totals(&a), totals(&b));
        prop_assert_eq!(a, b);
    }

    #[test]
    fn every_claim_stands_in_one_event_and_first_sight_never_follows_change(all in claims()) {
        let events = events(&all, &registry());
        prop_assert_eq!(events.iter().map(|event| event.reports.len()).sum::<usize>(), all.len());
        prop_assert!(events.iter().all(|event| event.first_seen <= event.changed_at));
    }
}

#[test]
fn the_last_change_of_an_event_with_many_reports_is_found() {
    let seen = |n: i64| noon(26) + SignedDuration::from_mins(n);
    let told = |n: i64| {
        let claim = claim(&format!("c{n:02}"), &format!("paper-{n}")).attack("reds", "north-army");
        claim.killed(Some("north-army"), if n < 20 { 4 } else { 7 }).seen_at(seen(n))
    };
    for last in [21, 25, 40, 60] {
        assert_eq!(event((0..last).map(told)).changed_at, seen(20), "{last} reports");
    }
}
