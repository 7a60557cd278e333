//! Events: the claims of several articles that describe one happening, reconciled.

use std::sync::Arc;

use jiff::Timestamp;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::actor::{ActorKind, Role};
use super::agreement::AgreementKind;
use super::casualty::{CasualtyGroup, Figure, Materiel, Object};
use super::claim::{Claim, DenialScope, Evidence, Phase, Speaker};
use super::decision::{Correction, CorrectionKind};
use super::id::{ArticleId, ClaimId, EventId, FactionId, SourceId};
use super::kind::Kind;
use super::place::ClaimPlace;
use super::source::SourceRole;
use super::time::DateSpan;

/// The source of a claim, as far as support and dispute need it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SourceProfile {
    /// Its id.
    pub id: SourceId,
    /// Its display name.
    pub name: String,
    /// Its owner: independence is counted by owner.
    pub owner: String,
    /// What it is.
    pub role: SourceRole,
    /// Factions or states it speaks for or leans to; none when unknown.
    pub aligned_with: Option<Vec<FactionId>>,
    /// Reposts others.
    pub republishes: bool,
}

/// The article of a claim, as far as a digest needs it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ArticleHead {
    /// Its id.
    pub id: ArticleId,
    /// Its address.
    pub url: String,
    /// Its headline.
    pub title: String,
    /// When its source says it was published.
    pub published: Option<Timestamp>,
    /// When we first saw it.
    pub first_seen: Timestamp,
    /// When we first saw the version that this is of, where it says something else than an earlier one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub revised_at: Option<Timestamp>,
    /// The agency of its credit line.
    pub credit: Option<String>,
    /// ISO 639-1 code.
    pub language: Option<String>,
}

/// A claim with everything around it that aggregation needs.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ReportedClaim {
    /// Its id.
    pub id: ClaimId,
    /// What it says.
    pub claim: Claim,
    /// Where it stands; one for all claims of an article.
    pub article: Arc<ArticleHead>,
    /// The near-duplicate fingerprint that `aggregate::duplicates` made of the article's text; empty when not made.
    #[serde(default)]
    pub fingerprint: Arc<[u32]>,
    /// Who published it; one for all claims of a source.
    pub source: Arc<SourceProfile>,
}

/// One article's report of an event.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Report {
    /// The claim.
    pub claim: ClaimId,
    /// The article.
    pub article: Arc<ArticleHead>,
    /// The source.
    pub source: Arc<SourceProfile>,
    /// The owner that this report counts for: of the wire's original for a copy; none when the origin is unknown.
    pub counted_owner: Option<Arc<str>>,
    /// Whether the one who says it is a party to this event.
    pub by_party: bool,
    /// Who says so, outlet excluded, outermost first.
    pub speakers: Vec<Speaker>,
    /// What it rests on.
    pub evidence: Vec<Evidence>,
}

/// One actor of an event.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct EventActor {
    /// The registry's id.
    pub faction: Option<FactionId>,
    /// The display name valid at the event's date, or the text's name.
    pub name: String,
    /// What it is.
    pub kind: ActorKind,
    /// What it did.
    pub role: Role,
    /// True where no particular organisation is named.
    pub generic: bool,
}

/// What is counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Measure {
    /// The dead.
    Killed,
    /// The wounded.
    Injured,
    /// The captured, arrested or abducted.
    Captured,
}

/// How the one who gives a figure stands to the event.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Standing {
    /// No party to the event.
    Outside,
    /// The side whose losses they are.
    Own,
    /// A party, about its opponent: shown with the speaker, never added (B-32).
    Opponent,
}

/// One figure as one speaker gives it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FigureReport {
    /// The figure.
    pub figure: Figure,
    /// Who gives it: a display name.
    pub speaker: String,
    /// How they stand to the event.
    pub standing: Standing,
    /// The claim that carries it.
    pub claim: ClaimId,
    /// When it was reported; a later figure of one speaker replaces the earlier.
    pub at: Timestamp,
}

/// What is known of one measure on one side of an event.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SideFigure {
    /// The side's registry id.
    pub faction: Option<FactionId>,
    /// The side's display name, or the text's word ("civilians", "people").
    pub side: String,
    /// Fighters or not.
    pub group: CasualtyGroup,
    /// What is counted.
    pub measure: Measure,
    /// Low to high over the countable figures (B-31); none when no figure is countable.
    pub counted: Option<Figure>,
    /// Every figure given, in the order of report.
    pub reports: Vec<FigureReport>,
}

/// The mark of support (B-39, B-40).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "mark", content = "owners")]
pub enum Support {
    /// So many owners, none a party to the event, one of them of known alignment.
    Independent(u32),
    /// One owner that is no party, several that copy one wire, or only owners of unknown alignment.
    One,
    /// Only parties to the event say so.
    OneSide,
}

/// A mark of dispute.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "dispute")]
pub enum Dispute {
    /// Figures differ by more than 2 times and more than 10, or on the same fact.
    FiguresDiffer,
    /// A party denies its part.
    PartDenied {
        /// Who denies.
        by: String,
    },
    /// Someone denies that it happened.
    OccurrenceDenied {
        /// Who denies.
        by: String,
    },
}

/// The claims of several articles that describe one happening.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Event {
    /// Derived from the first claim that reported it, so it stays when others join.
    pub id: EventId,
    /// What happened.
    #[serde(flatten)]
    pub kind: Kind,
    /// When.
    pub date: Option<DateSpan>,
    /// Where; the first is the event's place.
    pub places: Vec<ClaimPlace>,
    /// Who.
    pub actors: Vec<EventActor>,
    /// Casualties by side and measure.
    pub figures: Vec<SideFigure>,
    /// Equipment and its fate, with who says so.
    pub materiel: Vec<ReportedMateriel>,
    /// Things attacked, roads, checkpoints, aid.
    pub objects: Vec<Object>,
    /// How far it got.
    pub phase: Option<Phase>,
    /// The articles that report it, in the order first seen.
    pub reports: Vec<Report>,
    /// Contradictions: who, about what.
    pub denials: Vec<(Speaker, DenialScope)>,
    /// The mark of support.
    pub support: Support,
    /// The marks of dispute.
    pub disputes: Vec<Dispute>,
    /// Whether the reading is sure enough for key points and subject (B-41).
    pub sure: bool,
    /// When its first report was first seen.
    pub first_seen: Timestamp,
    /// When it last changed materially: a figure, a side, a mark.
    pub changed_at: Timestamp,
    /// A stated score: severity, then support (B-12).
    pub score: u32,
    /// What editors changed about it, in order.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub corrections: Vec<Correction>,
}

/// Equipment with the one who says so.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReportedMateriel {
    /// The items.
    #[serde(flatten)]
    pub materiel: Materiel,
    /// Who says so: a display name.
    pub speaker: Option<String>,
}

impl Event {
    /// Whether someone denies that it happened.
    pub fn occurrence_denied(&self) -> bool {
        self.disputes.iter().any(|dispute| matches!(dispute, Dispute::OccurrenceDenied { .. }))
    }

    /// Whether it stands in brackets in every count (B-39).
    pub fn in_brackets(&self) -> bool {
        self.support == Support::OneSide || self.occurrence_denied()
    }

    /// Whether an editor took it back: it is kept and told nowhere but among the corrections.
    pub fn is_retracted(&self) -> bool {
        self.corrections.iter().any(|correction| correction.kind == CorrectionKind::Retracted)
    }

    /// The last day on which it can have happened.
    pub fn last_day(&self) -> Option<Date> {
        self.date.map(|date| date.to)
    }

    /// What its parties agree on, by the sentences that it rests on.
    pub fn agreement(&self) -> AgreementKind {
        let evidence = self.reports.iter().flat_map(|report| &report.evidence);
        AgreementKind::of(evidence.map(|evidence| evidence.quote.as_str()))
    }

    /// The actors with a role.
    pub fn with_role(&self, role: Role) -> impl Iterator<Item = &EventActor> {
        self.actors.iter().filter(move |actor| actor.role == role)
    }
}
