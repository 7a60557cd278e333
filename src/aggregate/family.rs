//! Which kinds of happenings can be one and the same, and which are told apart from violence.

use crate::model::casualty::{Fate, Object};
use crate::model::claim::Phase;
use crate::model::event::Event;
use crate::model::kind::{EventType, SubType};

/// Claims of different families are never one event.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Family {
    /// Battles, explosions, violence against civilians: texts often differ in which of them they see.
    Violence,
    /// Protests and riots.
    Demonstration,
    /// Truces and talks.
    Talks,
    /// Any other development, each kind by itself.
    Development(SubType),
}

impl Family {
    /// The family of a claim or event.
    pub(super) fn of(kind: SubType, phase: Option<Phase>, objects: &[Object]) -> Self {
        if is_talks(kind, phase, objects) {
            return Self::Talks;
        }
        match kind.event_type() {
            EventType::Battles
            | EventType::ExplosionsRemoteViolence
            | EventType::ViolenceAgainstCivilians => Self::Violence,
            EventType::Protests | EventType::Riots => Self::Demonstration,
            EventType::StrategicDevelopments => Self::Development(kind),
        }
    }
}

/// An agreement, or a development that only says how far an agreement got ("the truce collapsed").
pub(super) fn is_talks(kind: SubType, phase: Option<Phase>, objects: &[Object]) -> bool {
    let about_a_truce =
        matches!(phase, Some(Phase::Proposed | Phase::InForce | Phase::Broken | Phase::Ended));
    kind == SubType::Agreement || (kind == SubType::Other && about_a_truce && objects.is_empty())
}

/// Whether an event belongs to truces and talks.
pub(super) fn talks(event: &Event) -> bool {
    is_talks(event.kind.0, event.phase, &event.objects)
}

/// What movement depends on.
const WAYS: &[&str] = &[
    "road",
    "highway",
    "bridge",
    "checkpoint",
    "crossing",
    "airport",
    "port",
    "curfew",
    "aid",
    "corridor",
    "convoy",
];

/// Whether an event changes who can move where: a development that is no violence, about a road, checkpoint,
/// crossing, airport, curfew or aid.
pub(super) fn access(event: &Event) -> bool {
    let moved = |fate: Option<Fate>| {
        !matches!(fate, Some(Fate::Hit | Fate::Damaged | Fate::Destroyed | Fate::Burned))
    };
    event.kind.0.event_type() == EventType::StrategicDevelopments
        && !talks(event)
        && event
            .objects
            .iter()
            .any(|object| WAYS.contains(&object.kind.as_str()) && moved(object.fate))
}

/// Whether somebody attacks or clashes: what the matrix counts (B-20). Agreements, developments and peaceful
/// protests stand outside.
pub(super) fn violent(kind: SubType) -> bool {
    match kind.event_type() {
        EventType::Protests => kind == SubType::ExcessiveForceAgainstProtesters,
        EventType::StrategicDevelopments => false,
        _ => true,
    }
}

/// How alike two kinds are: 2 the same, 1 the same sort of violence, 0 only one family. Reports call one attack on a
/// post a clash or an attack; which weapon was used from afar they rarely confuse.
pub(super) fn likeness(a: SubType, b: SubType) -> i32 {
    let remote = a.event_type() == EventType::ExplosionsRemoteViolence;
    let fight = |kind: SubType| kind.event_type() == EventType::Battles || kind == SubType::Attack;
    let one_sort = a.event_type() == b.event_type() && !remote;
    match (a == b, one_sort || (fight(a) && fight(b))) {
        (true, _) => 2,
        (false, true) => 1,
        (false, false) => 0,
    }
}
