//! Names of those who take part, as the registry has them (B-60, B-67).

use super::grammar::{is_plural, with_article};
use crate::model::actor::{ActorKind, Role};
use crate::model::event::{Event, EventActor, Support};
use crate::model::id::FactionId;
use crate::render::desk::Desk;
use crate::render::wording::takes_no_side;

/// Fighters without an organisation.
const FIGHTERS: &[&str] = &[
    "attackers",
    "fighters",
    "forces",
    "gunmen",
    "insurgents",
    "members",
    "men",
    "militants",
    "personnel",
    "soldiers",
    "troops",
];

/// Somebody in a sentence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Name {
    /// With its article.
    pub(crate) text: String,
    /// The registry's id.
    pub(crate) faction: Option<FactionId>,
    /// Takes a plural verb.
    pub(crate) plural: bool,
    /// People without an organisation.
    pub(crate) group: bool,
}

/// Those who have a role in an event, each once.
pub(crate) fn names(desk: &Desk<'_>, event: &Event, role: Role) -> Vec<Name> {
    let mut names: Vec<Name> = Vec::new();
    for actor in told(event, role) {
        let name = name(desk, event, actor);
        if names.iter().all(|known| known.text != name.text) {
            names.push(name);
        }
    }
    names
}

/// Where an organisation is named, its unnamed fighters add nothing; where others are named, a private person does
/// not either.
fn told(event: &Event, role: Role) -> Vec<&EventActor> {
    let all = event.with_role(role).collect::<Vec<_>>();
    let organised = all.iter().any(|actor| actor.faction.is_some());
    let adds = |actor: &&EventActor| {
        let last = actor.name.to_lowercase();
        let last = last.split_whitespace().last().unwrap_or_default();
        let unnamed = actor.faction.is_none() && FIGHTERS.contains(&last);
        let private = actor.faction.is_none() && actor.kind == ActorKind::Person;
        !(organised && unnamed || all.len() > 1 && private)
    };
    let kept = all.iter().copied().filter(adds).collect::<Vec<_>>();
    if kept.is_empty() { all } else { kept }
}

fn name(desk: &Desk<'_>, event: &Event, actor: &EventActor) -> Name {
    let bare = match &actor.faction {
        Some(faction) => dated_name(desk, event, actor, faction),
        None => unlisted_name(event, actor),
    };
    Name {
        plural: is_plural(&bare),
        text: with_article(&bare),
        faction: actor.faction.clone(),
        group: actor.kind == ActorKind::Group,
    }
}

/// The short name; the name of the event's day with the present one beside it where it changed.
fn dated_name(desk: &Desk<'_>, event: &Event, actor: &EventActor, id: &FactionId) -> String {
    let Some(faction) = desk.registry.faction(id) else { return actor.name.clone() };
    let then = faction.name_on(event.last_day());
    if then == faction.name {
        return faction.short_name().to_owned();
    }
    format!("{then} (now {})", faction.short_name())
}

/// A name in no pack. A private person is never named, and a word that takes a side is not repeated.
fn unlisted_name(event: &Event, actor: &EventActor) -> String {
    if actor.kind == ActorKind::Person {
        let several = event.figures.iter().filter_map(|side| side.reports.last());
        let several = several.filter_map(|report| report.figure.min).any(|n| n > 1);
        return if several { "people" } else { "a person" }.to_owned();
    }
    if !takes_no_side(&actor.name) {
        let who = if actor.role == Role::Initiator { "attackers" } else { "people" };
        return format!("unidentified {who}");
    }
    if event.support == Support::OneSide && actor.name.to_lowercase().contains("civilian") {
        return "people".to_owned();
    }
    actor.name.clone()
}

/// The name, unless it takes a side.
pub(crate) fn sided_name(name: &str) -> Option<&str> {
    Some(name).filter(|name| takes_no_side(name))
}

/// The full name of an actor, as a table has it: of a faction the one of the event's day.
pub(crate) fn display_name(desk: &Desk<'_>, event: &Event, actor: &EventActor) -> String {
    let known = actor.faction.as_ref().and_then(|id| desk.registry.faction(id));
    match known {
        Some(faction) => faction.name_on(event.last_day()).to_owned(),
        None if actor.faction.is_some() => actor.name.clone(),
        None => unlisted_name(event, actor),
    }
}

/// The short display name of a faction, or the name given where the registry has none.
pub(crate) fn faction_name(desk: &Desk<'_>, faction: Option<&FactionId>, name: &str) -> String {
    faction
        .and_then(|id| desk.registry.faction(id))
        .map_or_else(|| name.to_owned(), |faction| faction.short_name().to_owned())
}
