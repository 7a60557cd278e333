//! One happening as one article reports it: the interchange of DESIGN section 3.
//!
//! The serialised form is a published contract: keys may be added, none may change.

use serde::{Deserialize, Serialize};

use super::actor::Actor;
use super::casualty::{Casualties, Materiel, Object};
use super::id::FactionId;
use super::kind::Kind;
use super::place::ClaimPlace;
use super::time::DateSpan;

/// How a claim stands in its article.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Status {
    /// In the article's own voice, or said by someone who is no party to the event.
    Asserted,
    /// Only a party to the event, or an outlet that speaks for one, says it.
    Claimed,
    /// The article reports only the denial.
    Denied,
    /// The article carries a contradiction on occurrence, perpetrator or figures.
    Disputed,
}

/// What somebody who speaks is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SpeakerKind {
    /// A party to a conflict, or media that speak for one.
    Party,
    /// A state's office.
    Official,
    /// A monitoring group.
    Monitor,
    /// A body of the United Nations.
    Un,
    /// A non-governmental organisation, rescuers and medics included.
    Ngo,
    /// A news outlet.
    Media,
    /// Residents, witnesses, activists, unnamed local sources.
    Witness,
}

/// Somebody to whom a text attributes what it says.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Speaker {
    /// What the text calls them.
    pub name: String,
    /// The faction that they are or speak for.
    pub faction: Option<FactionId>,
    /// What they are.
    pub kind: SpeakerKind,
}

/// What a contradiction is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DenialScope {
    /// That it happened at all.
    Occurrence,
    /// That the accused did it.
    Perpetrator,
    /// The numbers.
    Figures,
}

/// A contradiction that the article itself carries.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Denial {
    /// Who contradicts.
    pub by: Speaker,
    /// What.
    pub scope: DenialScope,
}

/// How far something got, where that differs from "it happened".
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Phase {
    /// Offered, not agreed.
    Proposed,
    /// Agreed and holding.
    InForce,
    /// Agreed and since broken: fighting resumed.
    Broken,
    /// Ended by its terms or by announcement.
    Ended,
    /// An attack that was beaten back.
    Repelled,
    /// An attempt that came to nothing.
    Foiled,
    /// Going on at the time of the report.
    Ongoing,
}

/// How sure the reading is; says nothing about whether the report is true.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Confidence {
    /// Several slots were guessed.
    Low,
    /// A slot was carried over from another sentence.
    Medium,
    /// Every slot stands in the clause itself.
    High,
}

/// Which text of the article evidence is taken from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Field {
    /// The headline.
    Title,
    /// The body.
    Text,
}

/// The exact sentence or clause that a claim rests on.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Evidence {
    /// Where it stands.
    pub field: Field,
    /// Byte offset of its start in that field.
    pub start: usize,
    /// Byte offset of its end.
    pub end: usize,
    /// The slice itself.
    pub quote: String,
}

/// One happening as one article reports it.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Claim {
    /// `type` and `sub_type`.
    #[serde(flatten)]
    pub kind: Kind,
    /// When, if the text or the article's date tells.
    pub date: Option<DateSpan>,
    /// Where; the first is the event's place.
    pub places: Vec<ClaimPlace>,
    /// Who.
    pub actors: Vec<Actor>,
    /// Dead, wounded, captured, per side.
    pub casualties: Vec<Casualties>,
    /// Equipment and its fate.
    pub materiel: Vec<Materiel>,
    /// Things attacked that are nobody's materiel; roads, checkpoints, aid.
    pub objects: Vec<Object>,
    /// Who says so, outermost first.
    pub attribution: Vec<Speaker>,
    /// Who contradicts it in the same article.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub denials: Vec<Denial>,
    /// How it stands.
    pub status: Status,
    /// How far it got.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub phase: Option<Phase>,
    /// How sure the reading is.
    pub confidence: Confidence,
    /// What it rests on.
    pub evidence: Vec<Evidence>,
}
