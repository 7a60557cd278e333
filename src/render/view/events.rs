//! Section 9: the events, by region or by faction; with sections 10 and 11, which tell events too.

use std::collections::{BTreeMap, BTreeSet};

use crate::model::filter::Grouping;
use crate::model::id::EventId;
use crate::model::kind::SubType;
use crate::model::situation::Group;
use crate::render::desk::Desk;
use crate::render::sentence::grammar::{counted, joined};
use crate::render::sentence::{Line, Shape, verb, write};
use crate::render::view::{Body, SectionView};

/// The events of one region or faction.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct GroupView {
    /// The region or faction.
    pub(crate) name: String,
    /// Why it matters: how many events, of what kinds.
    pub(crate) reason: String,
    /// Told in full.
    pub(crate) full: Vec<Line>,
    /// Told shortly.
    pub(crate) short: Vec<Line>,
    /// Only counted.
    pub(crate) more: u32,
    /// How that is said, with `{n}` and `{name}`.
    pub(crate) more_form: String,
}

impl GroupView {
    /// `14 more in Sahel`; empty where all are told.
    pub(crate) fn more_line(&self) -> String {
        if self.more == 0 {
            return String::new();
        }
        self.more_form.replace("{n}", &self.more.to_string()).replace("{name}", &self.name)
    }
}

/// The groups.
pub(crate) fn events(desk: &Desk<'_>) -> Option<SectionView> {
    let heading = match desk.situation.variant.grouping {
        Grouping::Region => "By region",
        Grouping::Faction => "Events by faction",
    };
    let mut told = BTreeSet::new();
    let groups = desk.situation.groups.iter().map(|group| view(desk, group, &mut told));
    SectionView::new("events", heading, Body::Groups(groups.collect()))
}

/// An event that stands under two factions is told in full under the first (B-2).
fn view(desk: &Desk<'_>, group: &Group, told: &mut BTreeSet<EventId>) -> GroupView {
    let (first, again): (Vec<_>, Vec<_>) =
        desk.events(&group.full).partition(|event| told.insert(event.id.clone()));
    let full = first.iter().map(|event| write(desk, event, Shape::Full(&group.name)));
    let short = again.into_iter().chain(desk.events(&group.short));
    GroupView {
        name: group.name.clone(),
        reason: reason(desk, group),
        full: full.collect(),
        short: short.map(|event| write(desk, event, Shape::Short(&group.name))).collect(),
        more: group.more,
        more_form: "{n} more in {name}.".to_owned(),
    }
}

/// `5 events: 3 armed clashes, 2 air or drone strikes`.
fn reason(desk: &Desk<'_>, group: &Group) -> String {
    let mut kinds: BTreeMap<SubType, u32> = BTreeMap::new();
    for event in desk.events(&group.full).chain(desk.events(&group.short)) {
        *kinds.entry(event.kind.0).or_default() += 1;
    }
    let listed = kinds.values().sum::<u32>();
    let mut kinds = kinds.into_iter().collect::<Vec<_>>();
    kinds.sort_by_key(|(kind, n)| (std::cmp::Reverse(*n), *kind));
    let named = kinds.iter().take(2).map(|(kind, n)| {
        let verb = verb(*kind);
        format!("{n} {}", if *n == 1 { verb.one } else { verb.many })
    });
    let all = counted(listed + group.more, "event");
    if kinds.is_empty() {
        return all;
    }
    let among = if group.more > 0 || kinds.len() > 2 { ", among them" } else { ":" };
    format!("{all}{among} {}", joined(&named.collect::<Vec<_>>()))
}

/// What is denied or disputed and not told in full by the sections before, which have told `told`.
pub(crate) fn disputed(desk: &Desk<'_>, told: &BTreeSet<EventId>) -> Option<SectionView> {
    let left = desk.events(&desk.situation.disputed).filter(|event| !told.contains(&event.id));
    let lines = left.map(|event| write(desk, event, Shape::Full(""))).collect();
    SectionView::new("disputed", "Denied and disputed", Body::Lines(lines))
}

/// Background that was first reported now: in no total, matrix or trend.
pub(crate) fn earlier(desk: &Desk<'_>) -> Option<SectionView> {
    let events = desk.events(&desk.situation.earlier).take(5);
    let lines = events.map(|event| write(desk, event, Shape::Full(""))).collect();
    SectionView::new("earlier", "Earlier, reported now", Body::Lines(lines))
}
