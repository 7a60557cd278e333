//! The whole view, and what it takes to build it.

use std::collections::BTreeSet;

use super::foreign::Writer;
use super::setting::Setting;
use super::{Body, Masthead, SectionView, SourceView};
use super::{
    access, changes, corrections, events, factions, figures, matrix, method, sources, takeaways,
    talks,
};
use crate::config::look::{LookConfig, SectionName};
use crate::model::digest::DayOutcome;
use crate::model::id::EventId;
use crate::render::desk::Desk;
use crate::render::sentence::Ref;
use crate::render::tongue::Tongue;

/// Everything that both parts say.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct View {
    /// What the templates themselves say, and which way they run.
    pub(crate) page: Setting,
    /// The hidden first line.
    pub(crate) preheader: String,
    /// Section 1.
    pub(crate) masthead: Masthead,
    /// Sections 2 to 11.
    pub(crate) sections: Vec<SectionView>,
    /// What the map before the events shows, in words; none without a map.
    pub(crate) map: Option<String>,
    /// Section 13.
    pub(crate) method: Vec<String>,
    /// The articles referred to.
    pub(crate) sources: Vec<SourceView>,
}

impl View {
    /// The view of a situation, before anything is cut.
    pub(crate) fn new(desk: &Desk<'_>, look: &LookConfig, preheader: String) -> Self {
        let names = match desk.situation.outcome {
            DayOutcome::NoData => &[],
            _ => look.sections.names(),
        };
        let mut view = match desk.tongue {
            None => Self::english(desk, &look.name, names, preheader),
            Some(tongue) => Self::foreign(desk, tongue, &look.name, names, preheader),
        };
        view.settle(desk);
        view
    }

    fn english(desk: &Desk<'_>, name: &str, names: &[SectionName], preheader: String) -> Self {
        let sections = takeaways::takeaways(desk).into_iter();
        let sections = sections.chain(names.iter().filter_map(|name| section(desk, *name)));
        let corrections = corrections::corrections(desk).filter(|_| !names.is_empty());
        Self {
            page: Setting::english(),
            preheader,
            masthead: Masthead::new(desk, name),
            sections: sections.chain(corrections).collect(),
            map: None,
            method: method::method(desk),
            sources: Vec::new(),
        }
    }

    fn foreign(
        desk: &Desk<'_>,
        tongue: &'static Tongue,
        name: &str,
        names: &[SectionName],
        preheader: String,
    ) -> Self {
        let writer = Writer::new(desk, tongue);
        let sections = writer.takeaways().into_iter();
        let sections = sections.chain(names.iter().filter_map(|name| writer.section(*name)));
        let corrections = writer.corrections().filter(|_| !names.is_empty());
        Self {
            page: Setting::of(tongue, desk.language()),
            preheader,
            masthead: writer.masthead(name),
            sections: sections.chain(corrections).collect(),
            map: None,
            method: writer.method(),
            sources: Vec::new(),
        }
    }

    /// Whether events are told one by one: a map stands before them.
    pub(crate) fn has_events(&self) -> bool {
        self.sections.iter().any(|section| section.id == "events")
    }

    /// Brings what depends on the other sections up to date: the disputed events, and the list of sources.
    pub(crate) fn settle(&mut self, desk: &Desk<'_>) {
        let told = self.told_in_full();
        for section in self.sections.iter_mut().filter(|section| section.id == "disputed") {
            let fresh = match desk.tongue {
                None => events::disputed(desk, &told),
                Some(tongue) => Writer::new(desk, tongue).disputed(&told),
            };
            let fresh = fresh.map(|section| section.body);
            section.body = fresh.unwrap_or(Body::Lines(Vec::new()));
        }
        self.sections.retain(|section| section.body != Body::Lines(Vec::new()));
        self.sources = match desk.tongue {
            None => sources::sources(desk, &self.used()),
            Some(tongue) => Writer::new(desk, tongue).sources(&self.used()),
        };
    }

    fn told_in_full(&self) -> BTreeSet<EventId> {
        let groups = self.sections.iter().filter_map(|section| match &section.body {
            Body::Groups(groups) => Some(groups),
            _ => None,
        });
        groups.flatten().flat_map(|group| &group.full).map(|line| line.event.clone()).collect()
    }

    fn used(&self) -> BTreeSet<u32> {
        self.sections.iter().flat_map(|section| refs(&section.body)).map(|one| one.number).collect()
    }
}

fn section(desk: &Desk<'_>, name: SectionName) -> Option<SectionView> {
    match name {
        SectionName::Figures => figures::figures(desk),
        SectionName::Factions => factions::factions(desk),
        SectionName::Matrix => matrix::matrix(desk),
        SectionName::Changes => changes::changes(desk),
        SectionName::Access => access::access(desk),
        SectionName::Talks => talks::talks(desk),
        SectionName::Events => events::events(desk),
        SectionName::Disputed => events::disputed(desk, &BTreeSet::new()),
        SectionName::Earlier => events::earlier(desk),
    }
}

fn refs(body: &Body) -> Vec<&Ref> {
    match body {
        Body::Points { lines, .. } | Body::Lines(lines) => {
            lines.iter().flat_map(|line| &line.refs).collect()
        }
        Body::Groups(groups) => groups
            .iter()
            .flat_map(|group| group.full.iter().chain(&group.short))
            .flat_map(|line| &line.refs)
            .collect(),
        Body::Items(items) => items.iter().flat_map(|item| &item.refs).collect(),
        Body::Facts(_) | Body::Factions { .. } | Body::Matrix(_) => Vec::new(),
    }
}
