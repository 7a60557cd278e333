//! What an editor decided about an event: an override on its claims.
//!
//! An event is made anew from claims at every run, and claims anew from articles when they are read again, so a
//! decision holds on to neither: it names the sentences of the articles that it is about.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::casualty::Figure;
use super::claim::Evidence;
use super::event::{Event, Measure, Report, ReportedClaim};
use super::id::{ArticleId, ClaimId, DecisionId, EventId, FactionId};
use super::kind::SubType;
use super::place::ClaimPlace;
use super::time::DateSpan;

/// One decision of an editor.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Decision {
    /// Its id, in the order of time.
    pub id: DecisionId,
    /// The event that it was made about, as it was called then.
    pub event: EventId,
    /// When.
    pub at: Timestamp,
    /// Why: printed in the next issue for those who were told otherwise.
    pub reason: String,
    /// What.
    pub verdict: Verdict,
}

/// What an editor decided.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "verdict")]
pub enum Verdict {
    /// The event is taken back.
    Retract {
        /// Its claims.
        claims: Vec<Anchor>,
    },
    /// Something about it is otherwise.
    Amend {
        /// Its claims.
        claims: Vec<Anchor>,
        /// What, and how it is.
        amendment: Box<Amendment>,
    },
    /// Two events are one.
    Merge {
        /// The claims of both.
        claims: Vec<Anchor>,
    },
    /// One event is two.
    Split {
        /// The claims that tell another event.
        apart: Vec<Anchor>,
        /// The claims that stay.
        rest: Vec<Anchor>,
    },
}

impl Verdict {
    /// What kind of correction readers are told of.
    pub fn kind(&self) -> CorrectionKind {
        match self {
            Self::Retract { .. } => CorrectionKind::Retracted,
            Self::Amend { .. } => CorrectionKind::Amended,
            Self::Merge { .. } => CorrectionKind::Merged,
            Self::Split { .. } => CorrectionKind::Split,
        }
    }

    /// All claims that it is about.
    pub fn anchors(&self) -> impl Iterator<Item = &Anchor> {
        let (first, second) = match self {
            Self::Retract { claims } | Self::Amend { claims, .. } | Self::Merge { claims } => {
                (claims.as_slice(), &[][..])
            }
            Self::Split { apart, rest } => (apart.as_slice(), rest.as_slice()),
        };
        first.iter().chain(second)
    }
}

/// A claim, by the sentences it rests on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Anchor {
    /// The claim as it was called when the decision was made.
    pub claim: ClaimId,
    /// The article.
    pub article: ArticleId,
    /// The article's address, for a later version of it.
    pub url: String,
    /// What the event was.
    pub kind: SubType,
    /// The sentences.
    pub evidence: Vec<Evidence>,
}

impl Anchor {
    /// The claim of one report of an event.
    pub fn of(report: &Report, event: &Event) -> Self {
        Self {
            claim: report.claim.clone(),
            article: report.article.id.clone(),
            url: report.article.url.clone(),
            kind: event.kind.0,
            evidence: report.evidence.clone(),
        }
    }

    /// Every claim of an event.
    pub fn all(event: &Event) -> Vec<Self> {
        event.reports.iter().map(|report| Self::of(report, event)).collect()
    }

    /// How well a claim is the one that is meant: by how many bytes of evidence they share, then by kind and id.
    /// None where it rests on other sentences. Of another version of the article, whole sentences count.
    pub fn fit(&self, claim: &ReportedClaim) -> Option<(usize, bool, bool)> {
        let shared: usize = if claim.article.id == self.article {
            self.pairs(claim).map(|(a, b)| overlap(a, b)).sum()
        } else if claim.article.url == self.url {
            self.pairs(claim).filter(|(a, b)| a.quote == b.quote).map(|(a, _)| a.quote.len()).sum()
        } else {
            0
        };
        let same_kind = claim.claim.kind.0 == self.kind;
        (shared > 0).then_some((shared, same_kind, claim.id == self.claim))
    }

    fn pairs<'a>(
        &'a self,
        claim: &'a ReportedClaim,
    ) -> impl Iterator<Item = (&'a Evidence, &'a Evidence)> {
        self.evidence.iter().flat_map(|a| claim.claim.evidence.iter().map(move |b| (a, b)))
    }
}

fn overlap(a: &Evidence, b: &Evidence) -> usize {
    let end = a.end.min(b.end);
    if a.field == b.field { end.saturating_sub(a.start.max(b.start)) } else { 0 }
}

/// What is otherwise than the claims of an event say; what is none stays.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Amendment {
    /// What happened.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub kind: Option<SubType>,
    /// When.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub date: Option<DateSpan>,
    /// Where.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub place: Option<ClaimPlace>,
    /// Who began it, in place of those named.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub initiators: Vec<FactionId>,
    /// Whom it was done to, in place of those named.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub targets: Vec<FactionId>,
    /// Figures, in place of those that the claims give for a side.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub figures: Vec<AmendedFigure>,
}

/// A figure that an editor read otherwise.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AmendedFigure {
    /// A faction's id, or the text's word for those concerned.
    pub side: String,
    /// What is counted.
    pub measure: Measure,
    /// How many.
    pub figure: Figure,
}

/// What kind of correction it was.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CorrectionKind {
    /// Taken back.
    Retracted,
    /// Something about it changed.
    Amended,
    /// It was told as two.
    Merged,
    /// It was two that were told as one.
    Split,
}

/// What an editor changed about an event.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Correction {
    /// When.
    pub at: Timestamp,
    /// What kind of change.
    pub kind: CorrectionKind,
    /// Why.
    pub reason: String,
}

impl From<&Decision> for Correction {
    fn from(decision: &Decision) -> Self {
        Self { at: decision.at, kind: decision.verdict.kind(), reason: decision.reason.clone() }
    }
}
