//! The events told one by one, in groups (B-1, section 9).

use std::collections::BTreeMap;

use super::regions::Regions;
use super::rows::first_rows;
use crate::model::event::Event;
use crate::model::filter::Grouping;
use crate::model::situation::{FactionRow, Group};

/// Events told in full, over all groups.
const FULL: usize = 6;
/// Events told in one short line, over all groups.
const SHORT: usize = 10;
/// The group of events that name no faction.
const NO_FACTION: &str = "No faction named";

/// The groups of the events, which stand most important first; so do the groups. `everything`: on demand every
/// event is told in full.
pub(super) fn groups(
    events: &[&Event],
    grouping: Grouping,
    (regions, rows): (&Regions<'_>, &[FactionRow]),
    everything: bool,
) -> Vec<Group> {
    let factions = first_rows(rows);
    let mut groups: Vec<Group> = Vec::new();
    for (at, event) in events.iter().enumerate() {
        let name = match grouping {
            Grouping::Region => regions.name(event).to_owned(),
            Grouping::Faction => faction(event, &factions),
        };
        tell(group(&mut groups, name), event, at, everything);
    }
    groups
}

fn faction(event: &Event, factions: &BTreeMap<&str, &str>) -> String {
    factions.get(event.id.as_str()).map_or(NO_FACTION, |name| name).to_owned()
}

fn group(groups: &mut Vec<Group>, name: String) -> &mut Group {
    let at = groups.iter().position(|group| group.name == name).unwrap_or_else(|| {
        groups.push(Group { name, full: Vec::new(), short: Vec::new(), more: 0 });
        groups.len() - 1
    });
    &mut groups[at]
}

fn tell(group: &mut Group, event: &Event, at: usize, everything: bool) {
    match at {
        _ if everything => group.full.push(event.id.clone()),
        at if at < FULL => group.full.push(event.id.clone()),
        at if at < FULL + SHORT => group.short.push(event.id.clone()),
        _ => group.more += 1,
    }
}
