//! Agreements that did not hold: later fighting between the same parties ends what was in force.

use std::collections::{BTreeSet, HashMap};

use jiff::Timestamp;
use jiff::ToSpan;
use jiff::civil::Date;

use super::family::{talks, violent};
use super::kin::Kin;
use super::nearness::same_division;
use super::rank::score;
use crate::model::actor::{ActorKind, Role};
use crate::model::claim::Phase;
use crate::model::event::{Event, EventActor};
use crate::model::id::FactionId;
use crate::model::time::DateSpan;

/// Fighting later than this many days after an agreement says nothing of it.
const DAYS: i64 = 30;

fn is_party(actor: &EventActor) -> bool {
    actor.faction.is_some() || (!actor.generic && actor.kind == ActorKind::Organisation)
}

/// A later happening between two parties that shows what became of their agreement.
struct Sign {
    event: usize,
    day: Date,
    seen: Timestamp,
    phase: Phase,
}

type Pair = (FactionId, FactionId);

/// Sets the latest phase of each agreement in force: fighting between its parties on a later day that is neither
/// one-sided nor denied, or a later report that it broke or ended, in the same division where both tell it.
pub(super) fn settle(events: &mut [Event], kin: &Kin<'_>) {
    if !events.iter().any(holds) {
        return;
    }
    let signs = signs(events, kin);
    let settled: Vec<(usize, Outcome)> =
        (0..events.len()).filter_map(|at| Some((at, outcome(events, at, &signs, kin)?))).collect();
    for (at, outcome) in settled {
        if let Some(event) = events.get_mut(at) {
            event.phase = Some(outcome.phase);
            event.changed_at = event.changed_at.max(outcome.seen);
            event.date = event.date.map(|date| DateSpan { to: date.to.max(outcome.day), ..date });
            event.score = score(event, kin);
        }
    }
}

/// What became of an agreement.
struct Outcome {
    phase: Phase,
    /// The first day of it.
    day: Date,
    /// When it was first seen.
    seen: Timestamp,
}

/// Whether an event is an agreement in force that fighting would end.
fn holds(event: &Event) -> bool {
    talks(event) && event.phase == Some(Phase::InForce) && !event.agreement().is_exchange()
}

/// What became of an agreement in force.
fn outcome(
    events: &[Event],
    at: usize,
    signs: &HashMap<Pair, Vec<Sign>>,
    kin: &Kin<'_>,
) -> Option<Outcome> {
    let event = events.get(at).filter(|it| holds(it))?;
    let agreed = event.date?.to;
    let pairs = all_pairs(event, kin);
    let told: Vec<&Sign> = pairs
        .iter()
        .filter_map(|pair| signs.get(pair))
        .flatten()
        .filter(|sign| sign.event != at && follows(sign, agreed))
        .filter(|sign| {
            events
                .get(sign.event)
                .is_some_and(|other| same_division(event.places.first(), other.places.first()))
        })
        .collect();
    let phase = told.iter().max_by_key(|sign| (sign.day, sign.seen, sign.event))?.phase;
    let such = || told.iter().filter(|sign| sign.phase == phase);
    let day = such().map(|sign| sign.day).min()?;
    Some(Outcome { phase, day, seen: such().map(|sign| sign.seen).min()? })
}

fn follows(sign: &Sign, agreed: Date) -> bool {
    let last = agreed.checked_add(DAYS.days()).unwrap_or(agreed);
    agreed < sign.day && sign.day <= last
}

fn signs(events: &[Event], kin: &Kin<'_>) -> HashMap<Pair, Vec<Sign>> {
    let mut signs: HashMap<Pair, Vec<Sign>> = HashMap::new();
    for (event, happening) in events.iter().enumerate() {
        let (Some(phase), Some(date)) = (sign_phase(happening), happening.date) else { continue };
        for pair in opponents(happening, kin) {
            let seen = happening.first_seen;
            signs.entry(pair).or_default().push(Sign { event, day: date.from, seen, phase });
        }
    }
    signs
}

fn sign_phase(event: &Event) -> Option<Phase> {
    if event.is_retracted() {
        return None;
    }
    if talks(event) {
        return event.phase.filter(|phase| matches!(phase, Phase::Broken | Phase::Ended));
    }
    (violent(event.kind.0) && !event.in_brackets()).then_some(Phase::Broken)
}

/// All pairs of an event's parties, each in one order.
pub(super) fn all_pairs(event: &Event, kin: &Kin<'_>) -> BTreeSet<Pair> {
    pairs(event, kin, |_, _| true)
}

/// The pairs that are on different sides: who attacks whom, who clashes with whom; in talks all.
fn opponents(event: &Event, kin: &Kin<'_>) -> BTreeSet<Pair> {
    let together = talks(event);
    pairs(event, kin, |a, b| together || a != b || a == Role::Participant)
}

fn pairs(event: &Event, kin: &Kin<'_>, apart: impl Fn(Role, Role) -> bool) -> BTreeSet<Pair> {
    let day = event.last_day();
    let top = |actor: &EventActor| kin.actor(actor.faction.as_ref(), &actor.name, day).top.clone();
    let named: Vec<_> = event.actors.iter().filter(|actor| is_party(actor)).collect();
    let mut pairs = BTreeSet::new();
    for (at, a) in named.iter().enumerate() {
        for b in named.iter().skip(at + 1).filter(|b| apart(a.role, b.role)) {
            let (x, y) = (top(a), top(b));
            if x != y {
                pairs.insert(if x < y { (x, y) } else { (y, x) });
            }
        }
    }
    pairs
}
