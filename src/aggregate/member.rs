//! A claim as a member of a cluster, with what was worked out about it.

use jiff::Timestamp;

use super::fold::hash;
use super::kin::Kin;
use super::origins::{Origin, Origins, reported_at};
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
    pub(super) origin: Origin,
    /// A hash of its article's id: it is looked for in every cluster that may fit.
    pub(super) article: u64,
    /// A number that all copies of its article's text share.
    pub(super) text: Option<usize>,
}

impl<'a> Member<'a> {
    /// Works out what clustering needs.
    pub(super) fn new(reported: &'a ReportedClaim, origins: &Origins, kin: &Kin<'_>) -> Self {
        let origin = origins.get(&reported.article.id).cloned();
        let origin = origin.unwrap_or_else(|| Origin {
            owner: None,
            name: reported.source.name.clone(),
            voice: Vec::new(),
            known: false,
        });
        let text = origins.text(&reported.article.id);
        let article = hash(reported.article.id.as_str().as_bytes());
        Self { reported, profile: Profile::of(reported, kin), origin, article, text }
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

/// The members that report the event; all of them where there is only its denial.
pub(super) fn telling<'m, 'a>(members: &'m [Member<'a>]) -> Vec<&'m Member<'a>> {
    let telling: Vec<_> = members.iter().filter(|member| member.supports()).collect();
    if telling.is_empty() { members.iter().collect() } else { telling }
}
