//! Section 12: what editors corrected of what this reader was sent (B-59).

use crate::model::decision::CorrectionKind;
use crate::model::situation::Corrected;
use crate::render::desk::Desk;
use crate::render::sentence::{day, short_name};
use crate::render::view::{Body, Item, SectionView};

/// Every correction since the last issue; none is ever cut.
pub(crate) fn corrections(desk: &Desk<'_>) -> Option<SectionView> {
    let items = desk.situation.corrections.iter().map(|corrected| item(desk, corrected)).collect();
    SectionView::new("corrections", "Corrections", Body::Items(items))
}

fn item(desk: &Desk<'_>, corrected: &Corrected) -> Item {
    let Corrected { told, told_at, correction, .. } = corrected;
    let reason = correction.reason.trim_end_matches('.');
    let at = day(desk.date(*told_at), desk.day());
    Item {
        lead: word(correction.kind).to_owned(),
        text: format!("{}, told on {at}: {reason}.", short_name(desk, told)),
        ids: vec![format!("#{}", told.id.short())],
        refs: Vec::new(),
    }
}

/// What was done, in a word or two.
pub(crate) fn word(kind: CorrectionKind) -> &'static str {
    match kind {
        CorrectionKind::Retracted => "Retracted",
        CorrectionKind::Amended => "Corrected",
        CorrectionKind::Merged => "Told as two, is one",
        CorrectionKind::Split => "Told as one, is two",
    }
}
