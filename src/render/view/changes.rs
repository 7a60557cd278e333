//! Section 6: what changed since the reader's last issue.

use super::talks;
use crate::model::claim::Phase;
use crate::model::event::{Event, SideFigure};
use crate::model::id::EventId;
use crate::model::situation::Change;
use crate::render::desk::Desk;
use crate::render::sentence::grammar::{counted, range};
use crate::render::sentence::{
    Ref, agreement_title, refs, says, short_name, side_noun, span, state,
};
use crate::render::view::{Body, SectionView};

/// The most items.
const MOST: usize = 8;

/// The most ids of new events.
const MOST_IDS: usize = 3;

/// A short item: a bold beginning, a sentence, ids, references.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Item {
    /// Its beginning; empty for none.
    pub(crate) lead: String,
    /// The sentence.
    pub(crate) text: String,
    /// The events.
    pub(crate) ids: Vec<String>,
    /// References.
    pub(crate) refs: Vec<Ref>,
}

impl Item {
    fn plain(text: &str) -> Self {
        Self { lead: String::new(), text: text.to_owned(), ids: Vec::new(), refs: Vec::new() }
    }
}

/// The changes; a first issue says that there is nothing to compare with, an on-demand digest has no such section.
pub(crate) fn changes(desk: &Desk<'_>) -> Option<SectionView> {
    let items = match &desk.situation.changes {
        None if desk.situation.by_event_date => return None,
        None => vec![Item::plain("First issue: nothing to compare with.")],
        Some(changes) if changes.is_empty() => vec![Item::plain("No change in tracked events.")],
        Some(changes) => told(desk, changes),
    };
    SectionView::new("changes", "Since your last issue", Body::Items(items))
}

/// What changed in known events first, then the new ones in one item.
fn told(desk: &Desk<'_>, changes: &[Change]) -> Vec<Item> {
    let mut items =
        changes.iter().filter_map(|change| item(desk, change)).take(MOST).collect::<Vec<_>>();
    let new = changes.iter().filter_map(|change| match change {
        Change::New { event } => Some(event),
        _ => None,
    });
    items.extend(new_events(&new.collect::<Vec<_>>()));
    items.extend(silent(desk));
    items
}

/// What nothing more was reported of, in one item.
fn silent(desk: &Desk<'_>) -> Option<Item> {
    let silent = &desk.situation.silent;
    let names: Vec<String> = silent.iter().map(|event| short_name(desk, event)).collect();
    (!names.is_empty()).then(|| Item {
        lead: "No further reports (3 days)".to_owned(),
        text: format!("{}.", names.join("; ")),
        ids: silent.iter().map(|event| format!("#{}", event.id.short())).collect(),
        refs: Vec::new(),
    })
}

/// `Truce ended`, with who agreed on it and what became of it.
fn talks_changed(desk: &Desk<'_>, event: &Event, now: Phase) -> (String, String) {
    let what = agreement_title(event);
    let lead = match now {
        Phase::Broken | Phase::Ended => format!("{what} ended"),
        _ => format!("{what}, new state"),
    };
    let who = talks::who(desk, event);
    (lead, format!("{who}, {}: {}.", span(event.date, desk.day()), state(event)))
}

fn new_events(new: &[&EventId]) -> Option<Item> {
    let n = u32::try_from(new.len()).ok().filter(|n| *n > 0)?;
    let among = if new.len() > MOST_IDS { ", among them" } else { "" };
    let ids = new.iter().take(MOST_IDS).map(|id| format!("#{}", id.short())).collect();
    Some(Item {
        lead: "New".to_owned(),
        text: format!("{}{among}:", counted(n, "event")),
        ids,
        refs: Vec::new(),
    })
}

fn named(desk: &Desk<'_>, event: &EventId) -> Option<String> {
    Some(format!("{}.", short_name(desk, desk.event(event)?)))
}

fn item(desk: &Desk<'_>, change: &Change) -> Option<Item> {
    let (lead, id, text) = match change {
        Change::New { .. } | Change::NoFurtherReports { .. } => return None,
        Change::TalksChanged { event, now } => {
            let told = desk.event(event)?;
            let (lead, text) = talks_changed(desk, told, *now);
            let ids = vec![format!("#{}", event.short())];
            return Some(Item { lead, text, ids, refs: refs(desk, told) });
        }
        Change::FigureRevised { event, measure, side, was, now, by } => {
            let what = format!("{measure:?}").to_lowercase();
            let (told, highest) = (desk.event(event)?, now.1);
            let (was, now) = (range(was.0, was.1), range(now.0, now.1));
            let name = short_name(desk, told);
            let of = |figure: &&SideFigure| figure.side == *side && figure.measure == *measure;
            let side = told.figures.iter().find(of).map(|figure| side_noun(desk, figure, highest));
            let side = side.unwrap_or_else(|| "people".to_owned());
            (
                "Figure revised",
                event,
                format!("{name}: {side} {what} {now} (was {was}), {}.", says(by)),
            )
        }
        Change::Escalated { event } => ("Escalated", event, named(desk, event)?),
        Change::Retracted { event } => {
            let told = desk.told(event).or_else(|| desk.event(event))?;
            let (lead, text) = ("Retracted".to_owned(), format!("{}.", short_name(desk, told)));
            let ids = vec![format!("#{}", event.short())];
            return Some(Item { lead, text, ids, refs: Vec::new() });
        }
        Change::NowDenied { event } => ("Now denied", event, named(desk, event)?),
        Change::NowCorroborated { event } => ("Now corroborated", event, named(desk, event)?),
        Change::NowFromOutside { event } => {
            ("Now also told from outside the fighting", event, named(desk, event)?)
        }
    };
    let refs = refs(desk, desk.event(id)?);
    Some(Item { lead: lead.to_owned(), text, ids: vec![format!("#{}", id.short())], refs })
}
