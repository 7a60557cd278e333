//! What changed since the previous issue (B-36).

use std::collections::BTreeMap;
use std::sync::Arc;

use super::family::talks;
use super::kin::Kin;
use super::rank::gravity;
use crate::model::decision::CorrectionKind;
use crate::model::event::{Event, SideFigure, Standing, Support};
use crate::model::id::ClaimId;
use crate::model::situation::{Change, Corrected};
use crate::model::time::Window;

/// The changes of these events against those of the previous issue: what was taken back and revised first, what is
/// new last.
pub(super) fn changes(
    events: &[&Event],
    previous: &[Arc<Event>],
    corrections: &[Corrected],
    (window, kin): (Window, &Kin<'_>),
) -> Vec<Change> {
    let told = by_claim(previous);
    let (mut changes, mut new) = (retractions(corrections, previous), Vec::new());
    for event in events {
        let mut claims = event.reports.iter().map(|report| &report.claim);
        match claims.find_map(|claim| told.get(claim)) {
            Some(before) => changes.extend(between(before, event, kin)),
            None if window.contains(event.first_seen) => {
                new.push(Change::New { event: event.id.clone() });
            }
            None => {}
        }
    }
    changes.extend(new);
    changes
}

/// The events of an issue by the claims that they were told from: an id changes when events are merged or split,
/// claims stay.
fn by_claim(events: &[Arc<Event>]) -> BTreeMap<&ClaimId, &Event> {
    let pairs = events
        .iter()
        .flat_map(|event| event.reports.iter().map(move |report| (&report.claim, &**event)));
    pairs.collect()
}

/// What the previous issue told and an editor took back.
fn retractions(corrections: &[Corrected], previous: &[Arc<Event>]) -> Vec<Change> {
    let taken_back =
        corrections.iter().filter(|it| it.correction.kind == CorrectionKind::Retracted);
    let told = taken_back.filter(|it| previous.iter().any(|event| event.id == it.told.id));
    told.map(|it| Change::Retracted { event: it.told.id.clone() }).collect()
}

fn between(before: &Event, now: &Event, kin: &Kin<'_>) -> Vec<Change> {
    let event = || now.id.clone();
    let mut changes: Vec<Change> =
        now.figures.iter().filter_map(|figure| revised(before, now, figure)).collect();
    if let Some(phase) = now.phase.filter(|phase| talks(now) && before.phase != Some(*phase)) {
        changes.push(Change::TalksChanged { event: event(), now: phase });
    } else if gravity(now, kin) > gravity(before, kin) && !now.in_brackets() {
        changes.push(Change::Escalated { event: event() });
    }
    if now.occurrence_denied() && !before.occurrence_denied() {
        changes.push(Change::NowDenied { event: event() });
    }
    match (before.support, now.support) {
        (Support::OneSide | Support::One, Support::Independent(_)) => {
            changes.push(Change::NowCorroborated { event: event() });
        }
        (Support::OneSide, Support::One) => {
            changes.push(Change::NowFromOutside { event: event() });
        }
        _ => {}
    }
    changes
}

/// A counted figure that is another now, with the speaker of the newest countable report.
fn revised(before: &Event, now: &Event, figure: &SideFigure) -> Option<Change> {
    let old = before.figures.iter().find(|old| same_side(old, figure))?;
    let (was, is) = (bounds(old)?, bounds(figure)?);
    let countable = figure.reports.iter().filter(|report| report.standing != Standing::Opponent);
    let newest = countable.max_by_key(|report| (report.at, &report.claim))?;
    (was != is).then(|| Change::FigureRevised {
        event: now.id.clone(),
        measure: figure.measure,
        side: figure.side.clone(),
        was,
        now: is,
        by: newest.speaker.clone(),
    })
}

/// One side is recognised by what its figures share: a claim; else by faction and group.
fn same_side(a: &SideFigure, b: &SideFigure) -> bool {
    let shares = a.reports.iter().any(|x| b.reports.iter().any(|y| x.claim == y.claim));
    let same = a.faction == b.faction && (a.group == b.group || shares);
    let named_since = shares && (a.faction.is_none() || b.faction.is_none());
    a.measure == b.measure && (same || named_since)
}

fn bounds(figure: &SideFigure) -> Option<(u32, u32)> {
    let counted = figure.counted.as_ref()?;
    let low = counted.min?;
    Some((low, counted.max.unwrap_or(low)))
}
