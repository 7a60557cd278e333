//! Key points, changes, access, talks, events, corrections.

use std::collections::BTreeSet;

use super::Writer;
use crate::model::decision::CorrectionKind;
use crate::model::digest::DayOutcome;
use crate::model::event::Event;
use crate::model::filter::Grouping;
use crate::model::id::EventId;
use crate::model::situation::{Change, Corrected, Group};
use crate::render::sentence::refs;
use crate::render::view::access::latest_report;
use crate::render::view::{Body, GroupView, Item, SectionView, outcome};

/// The most key points, changes, ids of new events, lines of access, of talks and of background.
const MOST: (usize, usize, usize, usize, usize, usize) = (5, 8, 3, 4, 3, 5);

pub(super) fn takeaways(writer: &Writer<'_>) -> Option<SectionView> {
    let desk = writer.desk;
    let sure = desk.events(&desk.situation.key_points).filter(|event| event.sure);
    let lines = sure.take(MOST.0).map(|event| writer.line(event, true)).collect();
    writer.titled("takeaways", Body::Points { note: note(writer), lines })
}

/// The day's outcome where it is not a normal one (B-58).
fn note(writer: &Writer<'_>) -> Vec<String> {
    let (tongue, desk) = (writer.tongue, writer.desk);
    let (read, all) = outcome::read_of_all(desk);
    let failed = desk.situation.coverage.failed.iter().map(|(name, _)| tongue.apart(name));
    let names = tongue.list(&failed.collect::<Vec<_>>());
    let (read, all) = (tongue.number(read), tongue.number(all));
    let gaps = [("read", read.as_str()), ("all", &all), ("names", &names)];
    match desk.situation.outcome {
        DayOutcome::Normal => Vec::new(),
        DayOutcome::Quiet => {
            let (events, articles) = (outcome::events(desk), desk.situation.coverage.articles);
            let (events, articles) = (tongue.number(events), tongue.number(articles));
            let gaps = [("n", events.as_str()), ("articles", &articles), ("sources", &read)];
            vec![tongue.fill("quiet", &gaps)]
        }
        DayOutcome::Partial => vec![tongue.fill("partial", &gaps)],
        DayOutcome::NoData => {
            vec![tongue.fill("no_data", &gaps), tongue.word("no_data_means").to_owned()]
        }
    }
}

pub(super) fn changes(writer: &Writer<'_>) -> Option<SectionView> {
    let plain = |key| {
        let text = writer.tongue.word(key).to_owned();
        vec![Item { lead: String::new(), text, ids: Vec::new(), refs: Vec::new() }]
    };
    let items = match &writer.desk.situation.changes {
        None if writer.desk.situation.by_event_date => return None,
        None => plain("first_issue"),
        Some(changes) if changes.is_empty() => plain("no_change"),
        Some(changes) => told(writer, changes),
    };
    writer.titled("changes", Body::Items(items))
}

fn told(writer: &Writer<'_>, changes: &[Change]) -> Vec<Item> {
    let known = changes.iter().filter_map(|change| change_item(writer, change));
    let mut items: Vec<Item> = known.take(MOST.1).collect();
    let new = changes.iter().filter_map(|change| match change {
        Change::New { event } => Some(event),
        _ => None,
    });
    let new: Vec<&EventId> = new.collect();
    if let Ok(n @ 1..) = u32::try_from(new.len()) {
        let text = writer.tongue.fill("count", &[("n", &writer.tongue.number(n))]);
        let ids = new.iter().take(MOST.2).map(|id| writer.printed(id)).collect();
        let lead = writer.tongue.word("new").to_owned();
        items.push(Item { lead, text, ids, refs: Vec::new() });
    }
    items.extend(silent(writer));
    items
}

/// What nothing more was reported of, in one item.
fn silent(writer: &Writer<'_>) -> Option<Item> {
    let silent = &writer.desk.situation.silent;
    let names: Vec<String> = silent.iter().map(|event| writer.mention(event)).collect();
    (!names.is_empty()).then(|| Item {
        lead: writer.tongue.word("no_further_reports").to_owned(),
        text: format!("{}.", names.join(" · ")),
        ids: silent.iter().map(|event| writer.printed(&event.id)).collect(),
        refs: Vec::new(),
    })
}

/// The state that an agreement is in now.
fn state(writer: &Writer<'_>, event: &EventId) -> String {
    let event = writer.desk.event(event);
    event.map(|event| format!(" · {}", writer.state(event))).unwrap_or_default()
}

fn change_item(writer: &Writer<'_>, change: &Change) -> Option<Item> {
    let tongue = writer.tongue;
    let (key, id, more) = match change {
        Change::New { .. } | Change::NoFurtherReports { .. } => return None,
        Change::FigureRevised { event, measure, was, now, by, .. } => {
            let label = tongue.word(super::line::measure(*measure));
            let was = tongue.fill("was", &[("was", &tongue.range(was.0, was.1))]);
            let by = tongue.fill("according", &[("who", &writer.speaker(by))]);
            let now = tongue.range(now.0, now.1);
            ("figure_revised", event, format!(" · {label}: {now} {was} · {by}"))
        }
        Change::NowDenied { event } => ("now_denied", event, String::new()),
        Change::NowCorroborated { event } => ("now_corroborated", event, String::new()),
        Change::NowFromOutside { event } => ("now_from_outside", event, String::new()),
        Change::TalksChanged { event, .. } => ("talks_changed", event, state(writer, event)),
        Change::Escalated { event } => ("escalated", event, String::new()),
        Change::Retracted { event } => ("retracted", event, String::new()),
    };
    let event = writer.desk.event(id).or_else(|| writer.desk.told(id))?;
    Some(Item {
        lead: tongue.word(key).to_owned(),
        text: format!("{}{more}.", writer.mention(event)),
        ids: vec![writer.printed(id)],
        refs: refs(writer.desk, event),
    })
}

pub(super) fn access(writer: &Writer<'_>) -> Option<SectionView> {
    let desk = writer.desk;
    let events = desk.events(&desk.situation.access).take(MOST.3);
    let items = events.map(|event| writer.item(event, writer.cast(event), "may_change"));
    writer.titled("access", Body::Items(items.collect()))
}

pub(super) fn talks(writer: &Writer<'_>) -> Option<SectionView> {
    let desk = writer.desk;
    let events = desk.events(&desk.situation.talks).take(MOST.4);
    let state = |event: &Event| format!("{}: {}", writer.kind(event), writer.state(event));
    let items = events.map(|event| {
        let lead = writer.tongue.list(&[writer.cast(event), writer.date(event)]);
        Item { lead, ..writer.item(event, state(event), "told_on") }
    });
    writer.titled("talks", Body::Items(items.collect()))
}

pub(super) fn events(writer: &Writer<'_>) -> Option<SectionView> {
    let heading = match writer.desk.situation.variant.grouping {
        Grouping::Region => "by_region",
        Grouping::Faction => "by_faction",
    };
    let mut seen = BTreeSet::new();
    let groups = writer.desk.situation.groups.iter().map(|group| view(writer, group, &mut seen));
    SectionView::new("events", writer.tongue.word(heading), Body::Groups(groups.collect()))
}

/// Each event once: what stands under two factions is told under the first (B-2).
fn view(writer: &Writer<'_>, group: &Group, seen: &mut BTreeSet<EventId>) -> GroupView {
    let lines = |ids: &[EventId], seen: &mut BTreeSet<EventId>| {
        let new = writer.desk.events(ids).filter(|event| seen.insert(event.id.clone()));
        new.map(|event| writer.line(event, false)).collect::<Vec<_>>()
    };
    let listed = u32::try_from(group.full.len() + group.short.len()).unwrap_or(u32::MAX);
    let all = writer.tongue.number(listed.saturating_add(group.more));
    GroupView {
        name: writer.column(&group.name),
        reason: writer.tongue.fill("count", &[("n", &all)]),
        full: lines(&group.full, seen),
        short: lines(&group.short, seen),
        more: group.more,
        more_form: writer.tongue.word("more").to_owned(),
    }
}

pub(super) fn disputed(writer: &Writer<'_>, told: &BTreeSet<EventId>) -> Option<SectionView> {
    let desk = writer.desk;
    let left = desk.events(&desk.situation.disputed).filter(|event| !told.contains(&event.id));
    let lines = left.map(|event| writer.line(event, false)).collect();
    writer.titled("disputed", Body::Lines(lines))
}

pub(super) fn earlier(writer: &Writer<'_>) -> Option<SectionView> {
    let events = writer.desk.events(&writer.desk.situation.earlier).take(MOST.5);
    let lines = events.map(|event| writer.line(event, false)).collect();
    writer.titled("earlier", Body::Lines(lines))
}

pub(super) fn corrections(writer: &Writer<'_>) -> Option<SectionView> {
    let item = |corrected: &Corrected| {
        let Corrected { told, told_at, correction, .. } = corrected;
        let at = writer.tongue.day(writer.desk.date(*told_at), writer.desk.day());
        let at = writer.tongue.fill("told_on", &[("at", &at)]);
        let reason = writer.tongue.apart(correction.reason.trim_end_matches('.'));
        Item {
            lead: writer.tongue.word(correction_key(correction.kind)).to_owned(),
            text: format!("{} · {at} · {reason}.", writer.mention(told)),
            ids: vec![writer.printed(&told.id)],
            refs: Vec::new(),
        }
    };
    let items = writer.desk.situation.corrections.iter().map(item).collect();
    writer.titled("corrections", Body::Items(items))
}

/// The word for a correction.
pub(super) fn correction_key(kind: CorrectionKind) -> &'static str {
    match kind {
        CorrectionKind::Retracted => "retracted",
        CorrectionKind::Amended => "amended",
        CorrectionKind::Merged => "merged",
        CorrectionKind::Split => "split",
    }
}

impl Writer<'_> {
    fn date(&self, event: &Event) -> String {
        self.tongue.span(event.date, self.desk.day())
    }

    /// An event that is told elsewhere.
    pub(super) fn mention(&self, event: &Event) -> String {
        let kind = self.kind(event).to_owned();
        self.tongue.list(&[kind, self.place(event), self.date(event)])
    }

    /// Place, what is told, and as of when.
    fn item(&self, event: &Event, told: String, as_of: &'static str) -> Item {
        let at = latest_report(event).map(|at| {
            let day = self.tongue.day(self.desk.date(at), self.desk.day());
            self.tongue.fill(as_of, &[("at", &day)])
        });
        let kind = self.tongue.kind(event.kind.0).to_owned();
        let mut parts = vec![told];
        parts.extend((as_of == "may_change").then_some(kind));
        parts.extend(at);
        Item {
            lead: self.place(event),
            text: format!("{}.", parts.join(" · ")),
            ids: vec![self.printed(&event.id)],
            refs: refs(self.desk, event),
        }
    }
}
