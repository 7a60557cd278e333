//! Section 7: movement and access.

use jiff::Timestamp;

use crate::model::event::Event;
use crate::render::desk::Desk;
use crate::render::sentence::grammar::capitalised;
use crate::render::sentence::{Detail, body, day, one_side, place, refs};
use crate::render::view::{Body, Item, SectionView};

/// The most lines.
const MOST: usize = 4;

/// What is reported of roads, checkpoints, crossings and aid, each with the day of its latest report.
pub(crate) fn access(desk: &Desk<'_>) -> Option<SectionView> {
    let items =
        desk.events(&desk.situation.access).take(MOST).map(|event| item(desk, event)).collect();
    SectionView::new("access", "Movement and access", Body::Items(items))
}

fn item(desk: &Desk<'_>, event: &Event) -> Item {
    let speaker = if event.in_brackets() { one_side(desk, event) } else { None };
    let clause = body(desk, event, speaker.as_ref().and_then(|speaker| speaker.speaks_as()));
    let clause = match speaker {
        Some(speaker) => format!("{} {}", speaker.says(), clause.said().with(None, None)),
        None => clause.with(None, None),
    };
    let reported =
        as_reported(desk, event).map(|at| format!(", as reported {at}")).unwrap_or_default();
    Item {
        lead: capitalised(&place(event, Detail::Under(""))),
        text: format!("{}{reported}; may have changed.", capitalised(&clause)),
        ids: vec![format!("#{}", event.id.short())],
        refs: refs(desk, event),
    }
}

/// The day of the latest report.
pub(super) fn as_reported(desk: &Desk<'_>, event: &Event) -> Option<String> {
    latest_report(event).map(|at| day(desk.date(at), desk.day()))
}

/// When the latest report was published.
pub(super) fn latest_report(event: &Event) -> Option<Timestamp> {
    let articles = event.reports.iter().map(|report| &report.article);
    articles.map(|article| article.published.unwrap_or(article.first_seen)).max()
}
