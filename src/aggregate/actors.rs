//! The actors of an event: those of its claims, each once.

use std::collections::BTreeMap;
use std::rc::Rc;

use jiff::civil::Date;

use super::kin::{Kin, Line};
use super::member::Member;
use super::sides::is_named;
use crate::model::actor::{Actor, Role};
use crate::model::event::EventActor;

/// An actor with the roles that claims give it.
struct Entry<'a> {
    actor: &'a Actor,
    line: Rc<Line>,
    roles: BTreeMap<Role, u32>,
    /// Whether some claim has it beside a named actor of its role.
    beside_named: bool,
}

impl Entry<'_> {
    /// The role that most claims give it, of equals the first in the order of roles.
    fn role(&self) -> Role {
        let most =
            self.roles.iter().max_by_key(|(role, votes)| (**votes, std::cmp::Reverse(**role)));
        most.map_or(self.actor.role, |(role, _)| *role)
    }
}

/// The actors of the claims, initiators first. Where a service and the government above it stand in one role, the
/// finer one stays; a generic word ("gunmen") gives way to a name in its role.
pub(super) fn actors(members: &[&Member<'_>], day: Option<Date>, kin: &Kin<'_>) -> Vec<EventActor> {
    let entries = entries(members, day, kin);
    let keep = |entry: &&Entry<'_>| !entries.iter().any(|other| gives_way(entry, other));
    let mut actors: Vec<EventActor> =
        entries.iter().filter(keep).map(|entry| event_actor(entry, day, kin)).collect();
    actors.sort_by_key(|actor| actor.role);
    actors
}

fn entries<'a>(members: &[&Member<'a>], day: Option<Date>, kin: &Kin<'_>) -> Vec<Entry<'a>> {
    let mut entries: Vec<Entry<'a>> = Vec::new();
    for member in members {
        let actors: &'a [Actor] = &member.reported.claim.actors;
        for actor in actors {
            let line = kin.actor(actor.faction.as_ref(), &actor.name, day);
            let entry = entry(&mut entries, actor, line);
            *entry.roles.entry(actor.role).or_default() += 1;
            entry.beside_named |=
                actors.iter().any(|other| is_named(other) && other.role == actor.role);
        }
    }
    entries
}

fn entry<'e, 'a>(
    entries: &'e mut Vec<Entry<'a>>,
    actor: &'a Actor,
    line: Rc<Line>,
) -> &'e mut Entry<'a> {
    let at = entries.iter().position(|entry| entry.line.id == line.id).unwrap_or_else(|| {
        entries.push(Entry { actor, line, roles: BTreeMap::new(), beside_named: false });
        entries.len() - 1
    });
    &mut entries[at]
}

fn gives_way(entry: &Entry<'_>, other: &Entry<'_>) -> bool {
    if entry.line.id == other.line.id || entry.role() != other.role() || !is_named(other.actor) {
        return false;
    }
    if is_named(entry.actor) { entry.line.is_above(&other.line) } else { !entry.beside_named }
}

fn event_actor(entry: &Entry<'_>, day: Option<Date>, kin: &Kin<'_>) -> EventActor {
    let actor = entry.actor;
    let name = actor.canonical.as_deref().unwrap_or(&actor.name);
    EventActor {
        faction: actor.faction.clone(),
        name: kin.name_on(actor.faction.as_ref(), name, day),
        kind: actor.kind,
        role: entry.role(),
        generic: actor.generic,
    }
}
