//! How important an event is, by a stated formula (B-12).
//!
//! `score = 10 × severity + support`. Severity is what happened (0 to 4, by kind), one more where civilians are the
//! target, and twice the class of the countable toll: dead, and a quarter of the injured, from 1, 5, 10, 25, 100 and
//! 500 on. Only figures from outside the fighting, or of a side's own losses, make severity: a party cannot make an
//! event important by its word about its opponent. Support is 2 for independent reports, 1 for one report, 0 for one
//! side only. Novelty, the third criterion, depends on the issue and is added where events are ordered.

use std::cmp::Reverse;

use super::kin::Kin;
use super::people::targets_civilians;
use crate::model::claim::Phase;
use crate::model::event::{Event, Measure, Support};
use crate::model::kind::SubType;
use crate::model::time::Window;

/// The toll's classes begin at these numbers.
const CLASSES: &[u32] = &[1, 5, 10, 25, 100, 500];

/// The score of an event.
pub(super) fn score(event: &Event, kin: &Kin<'_>) -> u32 {
    10 * severity(event, kin) + u32::from(support_rank(event.support))
}

fn severity(event: &Event, kin: &Kin<'_>) -> u32 {
    let denied = event.occurrence_denied();
    let low = |measure| event.toll(measure).map_or(0, |(low, _)| low);
    let hurt = low(Measure::Killed).saturating_add(low(Measure::Injured) / 4);
    let class = CLASSES.iter().filter(|from| hurt >= **from && !denied).count();
    gravity(event, kin) + 2 * u32::try_from(class).unwrap_or_default()
}

/// How grave what happened is, whatever the toll: by kind, and one more where civilians are the target.
pub(super) fn gravity(event: &Event, kin: &Kin<'_>) -> u32 {
    kind_weight(event) + u32::from(targets_civilians(event, kin))
}

/// The severity in a score.
pub(super) fn severity_of(score: u32) -> u32 {
    score / 10
}

/// What happened, by itself: 4 for what changes a conflict, 0 for a peaceful protest.
fn kind_weight(event: &Event) -> u32 {
    match event.kind.0 {
        SubType::ChemicalWeapon => 4,
        SubType::Agreement | SubType::Other if event.phase == Some(Phase::Broken) => 4,
        SubType::GovernmentRegainsTerritory
        | SubType::NonStateActorOvertakesTerritory
        | SubType::SexualViolence
        | SubType::Attack
        | SubType::SuicideBomb
        | SubType::ExcessiveForceAgainstProtesters
        | SubType::Agreement
        | SubType::NonViolentTransferOfTerritory => 3,
        SubType::ArmedClash
        | SubType::AirDroneStrike
        | SubType::ShellingArtilleryMissileAttack
        | SubType::RemoteExplosiveLandmineIed
        | SubType::AbductionForcedDisappearance => 2,
        SubType::PeacefulProtest => 0,
        _ => 1,
    }
}

fn support_rank(support: Support) -> u8 {
    match support {
        Support::Independent(_) => 2,
        Support::One => 1,
        Support::OneSide => 0,
    }
}

/// Most important first: by score, denied events last among equals, then what is new in the window, then the later; then by place and first
/// sight, so that equal events keep one order whoever takes part in them.
pub(super) fn in_order<'a>(events: &mut [&'a Event], window: Window) {
    let place = |event: &'a Event| event.places.first().map(|place| place.name.as_str());
    events.sort_by_key(|event| {
        (
            Reverse(event.score),
            event.occurrence_denied(),
            !window.contains(event.first_seen),
            Reverse(event.date.map(|date| date.to)),
            place(event),
            event.first_seen,
            &event.id,
        )
    });
}
