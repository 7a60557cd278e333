//! A day of which one repost of unknown origin tells everything.

use super::digest::{frozen, of};
use crate::aggregate::fake::{FakeClaim, claim, events, monitor, place};
use crate::model::actor::Role;
use crate::model::casualty::{Fate, Object};
use crate::model::claim::{DenialScope, Phase, Status};
use crate::model::digest::DayOutcome;
use crate::model::event::{Measure, Support};
use crate::model::filter::Filter;
use crate::model::kind::SubType;
use crate::model::situation::Situation;

fn told(id: &str, town: &str, lat: f64) -> FakeClaim {
    let claim = claim(id, "blog").repost().unknown_alignment().article("the-one");
    claim.at(place(town, "Upland").at(lat, 36.0)).on(26)
}

fn digest() -> Situation {
    let checkpoint = Object {
        name: "checkpoints".to_owned(),
        kind: "checkpoint".to_owned(),
        fate: Some(Fate::Established),
    };
    let local = monitor("local sources");
    let claims = [
        told("a", "Ford", 30.0).attack("reds", "blues"),
        told("b", "Well", 31.0)
            .attack("red-brigade", "north-army")
            .killed(Some("north-army"), 2)
            .claimed_by("red-brigade"),
        told("c", "Gate", 32.0)
            .between("blues", "north-army")
            .killed(Some("north-army"), 4)
            .claimed_by("blues")
            .status(Status::Disputed)
            .contradicted_by(local, DenialScope::Occurrence),
        told("d", "Ford", 30.0)
            .kind(SubType::Agreement)
            .phase(Phase::InForce)
            .between("reds", "blues")
            .on(25),
        told("e", "Ford", 30.0)
            .kind(SubType::Other)
            .actor("reds", Role::Initiator)
            .with(|claim| claim.objects.push(checkpoint)),
        told("f", "Mill", 33.0)
            .attack("red-brigade", "north-army")
            .killed(Some("north-army"), 8)
            .on(22),
    ];
    of(&frozen(events(claims)), Filter::default())
}

#[test]
fn nothing_is_corroborated_and_claims_of_parties_stand_in_brackets() {
    let situation = digest();
    assert_eq!((situation.glance.events, situation.glance.bracketed), (1, 2));
    let marks =
        |id| situation.events().find(|event| event.reports[0].claim.as_str() == id).unwrap();
    assert_eq!(marks("a").support, Support::One);
    assert_eq!(marks("b").support, Support::OneSide);
    assert!(marks("c").occurrence_denied());
    assert_eq!(situation.outcome, DayOutcome::Normal);
}

#[test]
fn no_figure_is_from_outside_and_background_is_in_no_total() {
    let situation = digest();
    let killed = &situation.glance.totals[&Measure::Killed];
    assert_eq!(killed.counted, None);
    assert_eq!(killed.one_sided.iter().map(|one| one.low).collect::<Vec<_>>(), [2, 4]);
    assert_eq!(situation.earlier.len(), 1);
}

#[test]
fn the_truce_is_over_and_each_event_stands_in_its_section() {
    let situation = digest();
    assert_eq!(situation.events[&situation.talks[0]].phase, Some(Phase::Broken));
    assert_eq!((situation.access.len(), situation.groups[0].full.len()), (1, 3));
    assert_eq!(situation.sources.len(), 1);
    assert!(situation.is_first_issue());
}
