//! A claim as a member of a cluster, with what was worked out about it.

use std::rc::Rc;

use jiff::Timestamp;

use super::kin::Kin;
use super::origins::{Origin, Origins, reported_at};
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
    /// The number of its article: it is looked for in every cluster that may fit.
    pub(super) article: usize,
    /// Numbers that its sentences give as parts of a toll.
    pub(super) parts: Vec<u32>,
    /// A number that all copies of its article's text share.
    pub(super) text: usize,
}

impl<'a> Member<'a> {
    /// Works out what clustering needs of the claim at this position.
    pub(super) fn new(
        position: usize,
        reported: &'a ReportedClaim,
        origins: &Origins,
        kin: &Kin<'_>,
    ) -> Self {
        let (article, origin, text) = origins.of_claim(position);
        let (profile, parts) = (Profile::of(reported, kin), parts_of(reported));
        Self { reported, profile, origin: Rc::clone(origin), article, parts, text }
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
