//! Section 8: truces and talks, by the latest known state.

use super::access::as_reported;
use crate::model::event::Event;
use crate::render::desk::Desk;
use crate::render::sentence::grammar::capitalised;
use crate::render::sentence::{parties, refs, region, span, state};
use crate::render::view::{Body, Item, SectionView};

/// The most lines.
const MOST: usize = 3;

/// Agreements and what became of them.
pub(crate) fn talks(desk: &Desk<'_>) -> Option<SectionView> {
    let items =
        desk.events(&desk.situation.talks).take(MOST).map(|event| item(desk, event)).collect();
    SectionView::new("talks", "Truces and talks", Body::Items(items))
}

fn item(desk: &Desk<'_>, event: &Event) -> Item {
    let as_of = as_reported(desk, event).map(|at| format!(", as of {at}")).unwrap_or_default();
    let kind = crate::render::sentence::agreement_title(event);
    Item {
        lead: format!("{}, {}", who(desk, event), span(event.date, desk.day())),
        text: format!("{kind}: {}{as_of}.", state(event)),
        ids: vec![format!("#{}", event.id.short())],
        refs: refs(desk, event),
    }
}

/// Those who agree, or where nobody is named the region.
pub(super) fn who(desk: &Desk<'_>, event: &Event) -> String {
    let parties = parties(desk, event);
    if parties.is_empty() { region(event) } else { capitalised(&parties.join(" – ")) }
}
