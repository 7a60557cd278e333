//! The list of sources that the references point to.

use std::collections::BTreeSet;

use crate::render::desk::Desk;
use crate::render::link::Href;
use crate::render::sentence::day;

/// One source of the list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct SourceView {
    /// The number of its references.
    pub(crate) number: u32,
    /// Outlet and date.
    pub(crate) name: String,
    /// What a reader should know of it; empty for nothing.
    pub(crate) remark: String,
    /// Its address; none for a file.
    pub(crate) href: Option<Href>,
}

/// The sources that are referred to, by number.
pub(crate) fn sources(desk: &Desk<'_>, used: &BTreeSet<u32>) -> Vec<SourceView> {
    let sources = desk.situation.sources.iter().filter(|source| used.contains(&source.number));
    let view = |source: &crate::model::situation::SourceRef| {
        let date = source.published.map(|at| format!(", {}", day(desk.date(at), desk.day())));
        let mut remarks = Vec::new();
        if source.republishes {
            remarks.push("repost");
        }
        if !source.alignment_known {
            remarks.push("alignment not set");
        }
        SourceView {
            number: source.number,
            name: format!("{}{}", source.name, date.unwrap_or_default()),
            remark: remarks.join(", "),
            href: Href::parse(&source.url),
        }
    };
    sources.map(view).collect()
}
