//! A claim as a member of a cluster, with what was worked out about it.

use std::rc::Rc;

use jiff::Timestamp;

use super::fold::hash;
use super::kin::Kin;
use super::origins::{Origin, Origins, reported_at, words};
use super::part::parts;
use super::profile::Profile;
use crate::model::claim::Status;
use crate::model::event::ReportedClaim;

/// One claim of an event.
#[derive(Debug)]
pub(super) struct Member<'a> {
    /// The claim.
    pub(super) reported: &'a ReportedClaim,
    /// How the matcher sees it.
    pub(super) profile: Profile<'a>,
    /// Whose report it is.
    pub(super) origin: Rc<Origin>,
    /// A hash of its article's id: it is looked for in every cluster that may fit.
    pub(super) article: u64,
    /// Numbers that its sentences give as parts of a toll.
    pub(super) parts: Vec<u32>,
    /// A number that all copies of its article's text share.
    pub(super) text: Option<usize>,
}

impl<'a> Member<'a> {
    /// Works out what clustering needs.
    pub(super) fn new(reported: &'a ReportedClaim, origins: &Origins<'_>, kin: &Kin<'_>) -> Self {
        let found = origins.get(&reported.article.id);
        let unknown = || {
            let name = reported.source.name.clone();
            let words = words(&name);
            Rc::new(Origin { owner: None, name, words, voice: Vec::new(), known: false })
        };
        let origin = found.map_or_else(unknown, |(origin, _)| Rc::clone(origin));
        let article = hash(reported.article.id.as_str().as_bytes());
        let text = found.map(|(_, text)| *text);
        let parts = parts_of(reported);
        Self { reported, profile: Profile::of(reported, kin), origin, article, parts, text }
    }

    /// When it was reported.
    pub(super) fn at(&self) -> Timestamp {
        reported_at(&self.reported.article)
    }

    /// When we first saw it.
    pub(super) fn seen(&self) -> Timestamp {
        self.reported.article.first_seen
    }

    /// Whether it reports the event rather than only its denial.
    pub(super) fn supports(&self) -> bool {
        self.reported.claim.status != Status::Denied
    }
}

fn parts_of(reported: &ReportedClaim) -> Vec<u32> {
    if reported.claim.casualties.is_empty() {
        return Vec::new();
    }
    parts(reported.claim.evidence.iter().map(|evidence| evidence.quote.as_str()))
}

/// The members that report the event; all of them where there is only its denial.
pub(super) fn telling<'m, 'a>(members: &'m [Member<'a>]) -> Vec<&'m Member<'a>> {
    let telling: Vec<_> = members.iter().filter(|member| member.supports()).collect();
    if telling.is_empty() { members.iter().collect() } else { telling }
}
