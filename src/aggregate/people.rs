//! Unarmed people among the actors of an event.

use super::fold::fold;
use super::kin::Kin;
use crate::model::actor::{ActorKind, Role};
use crate::model::casualty::CasualtyGroup;
use crate::model::event::{Event, EventActor};
use crate::model::kind::{EventType, SubType};

/// Words by which reports name unarmed people.
const UNARMED: &[&str] = &[
    "aid workers",
    "children",
    "civilian",
    "civilians",
    "displaced",
    "displaced people",
    "families",
    "farmers",
    "journalist",
    "journalists",
    "medics",
    "people",
    "passengers",
    "protesters",
    "refugees",
    "residents",
    "shepherds",
    "students",
    "teachers",
    "villagers",
    "women",
    "workers",
    "worshippers",
];

/// Whether an actor is unarmed people: registered as such, or named by a word for them.
pub(super) fn is_unarmed(actor: &EventActor, kin: &Kin<'_>) -> bool {
    match &actor.faction {
        Some(faction) => kin.is_civilian(faction),
        None => {
            actor.kind != ActorKind::Organisation && UNARMED.contains(&fold(&actor.name).as_str())
        }
    }
}

/// Whether civilians are the main target: violence against them by kind, or no target but unarmed people, or, where
/// no target is named, none but civilian casualties.
pub(super) fn targets_civilians(event: &Event, kin: &Kin<'_>) -> bool {
    let kind = event.kind.0;
    if kind == SubType::ExcessiveForceAgainstProtesters
        || kind.event_type() == EventType::ViolenceAgainstCivilians
    {
        return true;
    }
    if kind.event_type() != EventType::ExplosionsRemoteViolence {
        return false;
    }
    let mut targets = event.with_role(Role::Target).peekable();
    if targets.peek().is_some() {
        return targets.all(|actor| is_unarmed(actor, kin));
    }
    !event.figures.is_empty()
        && event.figures.iter().all(|figure| figure.group == CasualtyGroup::Civilian)
}
