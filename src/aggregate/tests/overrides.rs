//! What editors decide outlives another aggregation and another reading of the articles.

use super::digest::{frozen, of, shared, spot, told};
use crate::aggregate::cluster::decided;
use crate::aggregate::fake::{FakeClaim, claim, events, june, noon, registry};
use crate::model::FixedClock;
use crate::model::casualty::Figure;
use crate::model::decision::{
    AmendedFigure, Amendment, Anchor, Correction, CorrectionKind, Decision, Verdict,
};
use crate::model::event::{Event, Measure, ReportedClaim};
use crate::model::filter::Filter;
use crate::model::id::{ClaimId, DecisionId};
use crate::model::kind::SubType;
use crate::model::situation::{Change, Corrected, Frozen};
use crate::model::time::DateSpan;

fn decision(event: &Event, verdict: Verdict) -> Decision {
    let at = noon(27).checked_sub(jiff::SignedDuration::from_hours(1)).unwrap();
    let id = DecisionId::next(&FixedClock::new(at));
    Decision { id, event: event.id.clone(), at, reason: "misread".to_owned(), verdict }
}

fn with(claims: impl IntoIterator<Item = FakeClaim>, decisions: &[Decision]) -> Vec<Event> {
    let claims: Vec<ReportedClaim> = claims.into_iter().map(|fake| fake.0).collect();
    decided(&claims, decisions, &registry())
}

/// Two reports of one clash, and another far away.
fn day() -> [FakeClaim; 3] {
    [
        told("a").killed(Some("north-army"), 8),
        claim("b", "post").attack("reds", "north-army").killed(Some("north-army"), 8),
        told("c").at(spot(1)),
    ]
}

fn quoted(quote: &str, start: usize) -> impl FnOnce(&mut crate::model::claim::Claim) {
    move |claim| {
        let evidence = &mut claim.evidence[0];
        (evidence.start, evidence.end) = (start, start + quote.len());
        quote.clone_into(&mut evidence.quote);
    }
}

#[test]
fn b_59_a_retracted_event_is_kept_and_told_nowhere() {
    let before = events(day());
    let verdict = Verdict::Retract { claims: Anchor::all(&before[0]) };
    let after = with(day(), &[decision(&before[0], verdict)]);
    assert_eq!(after.iter().filter(|event| event.is_retracted()).count(), 1);
    let retracted = after.iter().find(|event| event.is_retracted()).unwrap();
    assert_eq!(retracted.changed_at, retracted.corrections[0].at);
    let situation = of(&frozen(after.clone()), Filter::default());
    assert_eq!(situation.glance.events, 1);
    assert!(!situation.events.contains_key(&retracted.id));
}

#[test]
fn b_59_an_amendment_outlives_another_reading_that_numbers_claims_otherwise() {
    let reading = |first: &str, second: &str| {
        [
            told(first).article("one").at(spot(1)).with(quoted("Shells hit the hill", 0)),
            told(second).article("one").at(spot(2)).with(quoted("Later fighting spread", 40)),
        ]
    };
    let before = events(reading("a", "b"));
    let second = before.iter().find(|event| event.places[0].name == "Place 2").unwrap();
    let amendment = Amendment {
        kind: Some(SubType::AirDroneStrike),
        date: Some(DateSpan::day(june(24))),
        place: Some(spot(5)),
        initiators: vec!["blues".into()],
        ..Amendment::default()
    };
    let verdict = Verdict::Amend { claims: Anchor::all(second), amendment: Box::new(amendment) };
    let decisions = [decision(second, verdict)];
    // The claim that was `b` is now called `a`, and the other way round.
    for claims in [reading("a", "b"), reading("b", "a")] {
        let after = with(claims, &decisions);
        let amended = after.iter().find(|event| !event.corrections.is_empty()).unwrap();
        assert_eq!(amended.kind.0, SubType::AirDroneStrike);
        assert_eq!(amended.date, Some(DateSpan::day(june(24))));
        assert_eq!(amended.places[0].name, "Place 5");
        let by: Vec<_> = amended.actors.iter().map(|actor| actor.name.as_str()).collect();
        assert_eq!(by, ["Blues", "Northern Army"]);
        let other = after.iter().find(|event| event.corrections.is_empty()).unwrap();
        assert_eq!(other.places[0].name, "Place 1");
    }
}

#[test]
fn b_59_an_amended_figure_takes_the_place_of_the_one_that_was_read() {
    let before = events(day());
    let figure = AmendedFigure {
        side: "north-army".to_owned(),
        measure: Measure::Killed,
        figure: Figure::exact(3),
    };
    let amendment = Box::new(Amendment { figures: vec![figure], ..Amendment::default() });
    let verdict = Verdict::Amend { claims: Anchor::all(&before[0]), amendment };
    let after = with(day(), &[decision(&before[0], verdict)]);
    assert_eq!(after[0].toll(Measure::Killed), Some((3, 3)));
}

#[test]
fn b_59_merged_events_stay_one_and_split_ones_two() {
    let before = events(day());
    assert_eq!(before.len(), 2);
    let claims = [Anchor::all(&before[0]), Anchor::all(&before[1])].concat();
    let merged = decision(&before[0], Verdict::Merge { claims });
    let after = with(day(), std::slice::from_ref(&merged));
    assert_eq!((after.len(), after[0].reports.len()), (1, 3));

    let (apart, rest): (Vec<Anchor>, Vec<Anchor>) =
        Anchor::all(&before[0]).into_iter().partition(|anchor| anchor.claim == ClaimId::new("b"));
    let split = decision(&before[0], Verdict::Split { apart, rest });
    let after = with(day(), &[split]);
    assert_eq!(after.len(), 3);
    assert_eq!(after.iter().filter(|event| event.corrections.len() == 1).count(), 2);
}

#[test]
fn b_59_a_correction_is_told_to_those_whose_issue_told_the_event() {
    let told_then = events(day());
    let verdict = Verdict::Retract { claims: Anchor::all(&told_then[0]) };
    let made = decision(&told_then[0], verdict);
    let corrected = Corrected {
        told: told_then[0].clone(),
        told_at: noon(26),
        key_point: true,
        correction: Correction::from(&made),
    };
    let now = Frozen {
        previous: Some(shared(told_then.clone())),
        corrected: vec![corrected],
        ..frozen(with(day(), &[made]))
    };
    let everyone = of(&now, Filter::default());
    assert_eq!(everyone.corrections.len(), 1);
    assert_eq!(everyone.corrections[0].correction.kind, CorrectionKind::Retracted);
    let retracted = Change::Retracted { event: told_then[0].id.clone() };
    assert!(everyone.changes.unwrap().contains(&retracted));
    let elsewhere = Filter { regions: vec!["LA/Division 1".into()], ..Filter::default() };
    assert_eq!(of(&now, elsewhere).corrections, []);
}
