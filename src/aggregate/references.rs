//! The numbered articles that a mail refers to.

use rustc_hash::FxHashSet;

use super::kin::Kin;
use crate::model::event::{Event, Report};
use crate::model::situation::SourceRef;

/// Each article once, numbered in the order in which the events are read.
pub(super) fn references<'a>(
    events: impl Iterator<Item = &'a Event>,
    kin: &Kin<'_>,
) -> Vec<SourceRef> {
    let (mut seen, mut references) = (FxHashSet::default(), Vec::new());
    for report in events.flat_map(|event| &event.reports) {
        if seen.insert((&report.source.id, &report.article.id)) {
            let number = u32::try_from(references.len() + 1).unwrap_or(u32::MAX);
            references.push(reference(report, number, kin));
        }
    }
    references
}

fn reference(report: &Report, number: u32, kin: &Kin<'_>) -> SourceRef {
    let (source, article) = (&report.source, &report.article);
    SourceRef {
        number,
        id: source.id.clone(),
        name: source.name.clone(),
        title: article.title.clone(),
        url: article.url.clone(),
        published: article.published,
        alignment_known: source.aligned_with.is_some() || !kin.outlet(&source.name).is_empty(),
        republishes: source.republishes,
    }
}
