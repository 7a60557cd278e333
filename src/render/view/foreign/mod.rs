//! The view in another language than English: the same sections with the same numbers, in table-like lines (B-70).

mod edges;
mod line;
mod lists;
mod tables;

use std::collections::BTreeSet;

use super::{Body, Masthead, SectionView, SourceView};
use crate::config::look::SectionName;
use crate::model::id::EventId;
use crate::render::desk::Desk;
use crate::render::tongue::Tongue;

pub(crate) use edges::{preheader, subject};

/// Section 12 in another language.
pub(crate) fn corrections(desk: &Desk<'_>, tongue: &'static Tongue) -> Option<SectionView> {
    lists::corrections(&Writer::new(desk, tongue))
}

/// Who writes it.
pub(super) struct Writer<'a> {
    desk: &'a Desk<'a>,
    tongue: &'static Tongue,
}

impl<'a> Writer<'a> {
    pub(super) fn new(desk: &'a Desk<'a>, tongue: &'static Tongue) -> Self {
        Self { desk, tongue }
    }

    pub(super) fn masthead(&self, name: &str) -> Masthead {
        edges::masthead(self, name)
    }

    pub(super) fn method(&self) -> Vec<String> {
        edges::method(self)
    }

    pub(super) fn takeaways(&self) -> Option<SectionView> {
        lists::takeaways(self)
    }

    pub(super) fn corrections(&self) -> Option<SectionView> {
        lists::corrections(self)
    }

    /// What is denied or disputed and not among `told`.
    pub(super) fn disputed(&self, told: &BTreeSet<EventId>) -> Option<SectionView> {
        lists::disputed(self, told)
    }

    pub(super) fn section(&self, name: SectionName) -> Option<SectionView> {
        match name {
            SectionName::Figures => tables::figures(self),
            SectionName::Factions => tables::factions(self),
            SectionName::Matrix => tables::matrix(self),
            SectionName::Changes => lists::changes(self),
            SectionName::Access => lists::access(self),
            SectionName::Talks => lists::talks(self),
            SectionName::Events => lists::events(self),
            SectionName::Disputed => self.disputed(&BTreeSet::new()),
            SectionName::Earlier => lists::earlier(self),
        }
    }

    pub(super) fn sources(&self, used: &BTreeSet<u32>) -> Vec<SourceView> {
        edges::sources(self, used)
    }

    /// A section under the heading of its own id, or none where there is nothing to say.
    fn titled(&self, id: &'static str, body: Body) -> Option<SectionView> {
        SectionView::new(id, self.tongue.word(id), body)
    }
}
