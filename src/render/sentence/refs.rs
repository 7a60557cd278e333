//! References to the articles that a line rests on.

use crate::model::event::Event;
use crate::render::desk::Desk;
use crate::render::link::Href;

/// The most links of one line (B-29).
const MOST: usize = 3;

/// A reference `[n]`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Ref {
    /// The number of the source in this mail.
    pub(crate) number: u32,
    /// The source's display name.
    pub(crate) name: String,
    /// Where it links to; none for a file.
    pub(crate) href: Option<Href>,
}

/// Up to three references, one for each owner first, in the order of the reports.
pub(crate) fn refs(desk: &Desk<'_>, event: &Event) -> Vec<Ref> {
    let mut owners: Vec<&str> = Vec::new();
    let mut refs: Vec<Ref> = Vec::new();
    for report in &event.reports {
        let Some(source) = desk.source(&report.article.url) else { continue };
        if owners.contains(&report.source.owner.as_str()) || refs.len() == MOST {
            continue;
        }
        owners.push(&report.source.owner);
        refs.push(Ref {
            number: source.number,
            name: source.name.clone(),
            href: Href::parse(&source.url),
        });
    }
    refs
}
