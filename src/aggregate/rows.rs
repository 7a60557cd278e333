//! Factions by roll-up: what each did and what was done to it (B-20, B-22).

use std::collections::{BTreeMap, HashMap};

use super::family::violent;
use super::kin::Kin;
use super::people::is_unarmed;
use super::regions::Regions;
use crate::model::actor::{ActorKind, Role};
use crate::model::event::{Event, EventActor};
use crate::model::id::FactionId;
use crate::model::situation::{Activity, FactionRow, Tally};

/// The row of events that name no one.
const UNIDENTIFIED: &str = "Unidentified";

/// The rows of the events, most active first. The events stand most important first. `exact`: each faction by itself,
/// without roll-up.
pub(super) fn rows(
    events: &[&Event],
    (regions, columns): (&Regions<'_>, &[String]),
    exact: bool,
    kin: &Kin<'_>,
) -> Vec<FactionRow> {
    let mut rows: Vec<FactionRow> = Vec::new();
    let mut known: HashMap<Key, usize> = HashMap::new();
    for event in events {
        let region = regions.name(event);
        let column = columns.iter().position(|column| column == region);
        for (key, roles) in takers(event, exact, kin) {
            let at = *known.entry(key).or_insert_with_key(|key| {
                rows.push(empty(key, columns.len(), kin));
                rows.len() - 1
            });
            let Some(row) = rows.get_mut(at) else { continue };
            add(row, (counted_role(event, &roles), event.in_brackets()), column);
            row.events.push(event.id.clone());
            if !row.regions.iter().any(|known| known == region) {
                row.regions.push(region.to_owned());
            }
        }
    }
    rows.sort_by_key(|row| std::cmp::Reverse((pairs(&row.activity), row.events.len())));
    rows
}

/// Who stands behind a row: a faction, a group in no pack, or nobody.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
enum Key {
    Faction(FactionId),
    Stranger(String),
    Nobody,
}

/// Who takes part by roll-up, in the order of the actors, with the roles; nobody only where no one is named.
fn takers(event: &Event, exact: bool, kin: &Kin<'_>) -> Vec<(Key, Vec<Role>)> {
    let mut takers: Vec<(Key, Vec<Role>)> = Vec::new();
    for actor in &event.actors {
        let Some(key) = key(actor, event, exact, kin) else { continue };
        match takers.iter_mut().find(|(known, _)| *known == key) {
            Some((_, roles)) => roles.push(actor.role),
            None => takers.push((key, vec![actor.role])),
        }
    }
    if takers.is_empty() && violent(event.kind.0) {
        let armed = event.actors.iter().filter(|actor| !is_unarmed(actor, kin));
        let roles: Vec<Role> = armed.map(|actor| actor.role).collect();
        takers.push((Key::Nobody, if roles.is_empty() { vec![Role::Initiator] } else { roles }));
    }
    takers
}

fn key(actor: &EventActor, event: &Event, exact: bool, kin: &Kin<'_>) -> Option<Key> {
    let named = !actor.generic && actor.kind == ActorKind::Organisation;
    match &actor.faction {
        Some(faction) if exact => Some(Key::Faction(faction.clone())),
        Some(faction) => Some(Key::Faction(kin.line(faction, event.last_day()).top.clone())),
        None => named.then(|| Key::Stranger(actor.name.clone())),
    }
}

/// An event counts once per row: as an attack, as being attacked, or as a clash; fighting within a row is a clash.
fn counted_role(event: &Event, roles: &[Role]) -> Option<Role> {
    let has = |role| roles.contains(&role);
    let role = match (has(Role::Initiator), has(Role::Target)) {
        (true, false) => Role::Initiator,
        (false, true) => Role::Target,
        _ => Role::Participant,
    };
    violent(event.kind.0).then_some(role)
}

fn empty(key: &Key, columns: usize, kin: &Kin<'_>) -> FactionRow {
    let (faction, name) = match key {
        Key::Faction(id) => (Some(id.clone()), kin.registry().name(id).to_owned()),
        Key::Stranger(name) => (None, name.clone()),
        Key::Nobody => (None, UNIDENTIFIED.to_owned()),
    };
    let known = faction.as_ref().and_then(|id| kin.faction(id));
    FactionRow {
        short: known.map_or(name.as_str(), |faction| faction.short_name()).to_owned(),
        in_registry: known.is_some(),
        name,
        faction,
        activity: Activity::default(),
        cells: vec![Activity::default(); columns],
        events: Vec::new(),
        regions: Vec::new(),
    }
}

/// Counts one event in the row and in its column, the last one ("Other") where its region has none.
fn add(row: &mut FactionRow, (role, bracketed): (Option<Role>, bool), column: Option<usize>) {
    let column = column.or(row.cells.len().checked_sub(1));
    let cell = column.and_then(|column| row.cells.get_mut(column));
    for activity in [Some(&mut row.activity), cell].into_iter().flatten() {
        let tally = match role {
            Some(Role::Initiator) => &mut activity.attacked,
            Some(Role::Target) => &mut activity.was_attacked,
            Some(Role::Participant) => &mut activity.clashed,
            None => continue,
        };
        let count = if bracketed { &mut tally.bracketed } else { &mut tally.counted };
        *count += 1;
    }
}

/// The counted (event, row) pairs of an activity, in brackets and outside.
pub(super) fn pairs(activity: &Activity) -> u32 {
    let both = |tally: &Tally| tally.counted + tally.bracketed;
    both(&activity.attacked) + both(&activity.was_attacked) + both(&activity.clashed)
}

/// Distinct armed actors by roll-up: rows that are somebody and not unarmed.
pub(super) fn armed(rows: &[FactionRow], kin: &Kin<'_>) -> u32 {
    let armed = |row: &&FactionRow| match &row.faction {
        Some(faction) => !kin.is_civilian(faction),
        None => row.name != UNIDENTIFIED,
    };
    u32::try_from(rows.iter().filter(armed).count()).unwrap_or(u32::MAX)
}

/// Sums two activities.
pub(super) fn sum(a: &Activity, b: &Activity) -> Activity {
    let both = |a: &Tally, b: &Tally| Tally {
        counted: a.counted + b.counted,
        bracketed: a.bracketed + b.bracketed,
    };
    Activity {
        attacked: both(&a.attacked, &b.attacked),
        was_attacked: both(&a.was_attacked, &b.was_attacked),
        clashed: both(&a.clashed, &b.clashed),
    }
}

/// Events by row, for grouping by faction: each event stands under the first of its rows.
pub(super) fn first_rows(rows: &[FactionRow]) -> BTreeMap<&str, &str> {
    let mut first = BTreeMap::new();
    for row in rows {
        for event in &row.events {
            first.entry(event.as_str()).or_insert(row.name.as_str());
        }
    }
    first
}
