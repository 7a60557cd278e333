//! The actors of an event: those of its claims, each once.

use std::collections::BTreeMap;
use std::rc::Rc;

use jiff::civil::Date;

use super::heard::Heard;
use super::kin::{Kin, Line};
use super::sides::is_named;
use super::voice::Parties;
use crate::model::actor::{Actor, Role};
use crate::model::claim::DenialScope;
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
pub(super) fn actors(
    told: &[&Heard<'_, '_>],
    parties: &Parties<'_>,
    day: Option<Date>,
    kin: &Kin<'_>,
) -> Vec<EventActor> {
    let entries = entries(told, parties, day, kin);
    let keep = |entry: &&Entry<'_>| !entries.iter().any(|other| gives_way(entry, other));
    let mut actors: Vec<EventActor> =
        entries.iter().filter(keep).map(|entry| event_actor(entry, day, kin)).collect();
    actors.sort_by_key(|actor| actor.role);
    actors
}

fn entries<'a>(
    told: &[&Heard<'_, 'a>],
    parties: &Parties<'_>,
    day: Option<Date>,
    kin: &Kin<'_>,
) -> Vec<Entry<'a>> {
    let mut entries: Vec<Entry<'a>> = Vec::new();
    for (heard, actor) in credited(told, parties, kin) {
        let line = kin.actor(actor.faction.as_ref(), shown(actor), day);
        let entry = entry(&mut entries, actor, line);
        *entry.roles.entry(actor.role).or_default() += 1;
        let mut actors = heard.member.reported.claim.actors.iter();
        entry.beside_named |= actors.any(|other| is_named(other) && other.role == actor.role);
    }
    entries
}

/// A claim with one of its actors.
type Part<'h, 'm, 'a> = (&'h Heard<'m, 'a>, &'a Actor);

/// The actors that reports from outside name; those that only parties name where outside nobody is named in their
/// role, but no attacker whom only an opponent or a contradicted accusation names. Where no report comes from
/// outside, all that the parties name: the event stands in brackets.
fn credited<'h, 'm, 'a>(
    told: &[&'h Heard<'m, 'a>],
    parties: &Parties<'_>,
    kin: &Kin<'_>,
) -> Vec<Part<'h, 'm, 'a>> {
    let (party, outside): (Vec<_>, Vec<_>) = told.iter().partition(|heard| heard.by_party);
    if outside.is_empty() {
        return actors_of(&party);
    }
    let (accused, mut credited): (Vec<_>, Vec<_>) =
        actors_of(&outside).into_iter().partition(is_contradicted);
    let backed = accused.into_iter().filter(|part| is_told(part, &credited));
    credited.extend(backed.collect::<Vec<_>>());
    let added = actors_of(&party).into_iter().filter(|part| adds(part, &credited, parties, kin));
    credited.extend(added.collect::<Vec<_>>());
    credited
}

/// Whether the article itself says that this attacker denies it.
fn is_contradicted((heard, actor): &Part<'_, '_, '_>) -> bool {
    let mut denials = heard.member.reported.claim.denials.iter();
    actor.role == Role::Initiator && denials.any(|it| it.scope == DenialScope::Perpetrator)
}

fn is_told((_, actor): &Part<'_, '_, '_>, told: &[Part<'_, '_, '_>]) -> bool {
    told.iter().any(|(_, other)| other.faction == actor.faction && other.role == actor.role)
}

/// Whether a party's word adds an actor: one not told yet, in a role in which nobody is named; an attacker only if
/// the party owns to it.
fn adds(
    (heard, actor): &Part<'_, '_, '_>,
    told: &[Part<'_, '_, '_>],
    parties: &Parties<'_>,
    kin: &Kin<'_>,
) -> bool {
    let line = |actor: &Actor| kin.actor(actor.faction.as_ref(), &actor.name, None);
    let open = told.iter().all(|(_, other)| {
        !is_named(other) || (other.role != actor.role && !line(other).is_kin(&line(actor)))
    });
    open && (actor.role != Role::Initiator || speaks_for(heard, &line(actor), parties))
}

/// Whether the one who tells this claim, or the outlet, speaks for that faction.
fn speaks_for(heard: &Heard<'_, '_>, line: &Line, parties: &Parties<'_>) -> bool {
    let mut lines = parties.origin_lines(&heard.member.origin);
    lines.extend(heard.said.iter().flat_map(|it| parties.speaker_lines(it)));
    lines.iter().any(|speaker| speaker.is_kin(line))
}

fn actors_of<'h, 'm, 'a>(told: &[&'h Heard<'m, 'a>]) -> Vec<Part<'h, 'm, 'a>> {
    let pairs = told.iter().flat_map(|heard| {
        let actors: &'a [Actor] = &heard.member.reported.claim.actors;
        actors.iter().map(move |actor| (*heard, actor))
    });
    pairs.collect()
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

/// The name by which an actor without an id is known: the canonical one ("civilians") where there is one.
fn shown(actor: &Actor) -> &str {
    actor.canonical.as_deref().unwrap_or(&actor.name)
}

fn event_actor(entry: &Entry<'_>, day: Option<Date>, kin: &Kin<'_>) -> EventActor {
    let actor = entry.actor;
    EventActor {
        faction: actor.faction.clone(),
        name: kin.name_on(actor.faction.as_ref(), shown(actor), day),
        kind: actor.kind,
        role: entry.role(),
        generic: actor.generic,
    }
}
