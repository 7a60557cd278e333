//! A digest: an issue or a request, rendered for one variant.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::filter::{Filter, Grouping};
use super::id::{DigestId, IssueId};

/// What may differ between two readers of one issue.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Variant {
    /// What it is about.
    pub filter: Filter,
    /// How events are grouped.
    pub grouping: Grouping,
    /// ISO 639-1 code.
    pub language: String,
    /// The reader's IANA zone, for the times in the masthead.
    pub zone: String,
    /// Cut to a mail's length although it was asked for on demand, where every event is told.
    #[serde(default)]
    pub brief: bool,
}

impl Variant {
    /// A text that is equal for equal variants, for the digest's id.
    pub fn key(&self) -> String {
        serde_json::to_string(self).unwrap_or_default()
    }
}

/// The four outcomes of a day (B-58).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DayOutcome {
    /// Three events or more, coverage 80 % or more.
    Normal,
    /// Two events or fewer, coverage 80 % or more.
    Quiet,
    /// Coverage under 80 %.
    Partial,
    /// Coverage under 30 %.
    NoData,
}

/// The content id by which the HTML part of a mail names the picture of its map.
pub const MAP_ID: &str = "map@sitrep";

/// A digest as it is stored, once for all who want this one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Digest {
    /// Derived from the issue or request and the variant.
    pub id: DigestId,
    /// The issue; none for an on-demand digest.
    pub issue: Option<IssueId>,
    /// Of a notice of a correction: the digest that told it otherwise.
    #[serde(default)]
    pub replies_to: Option<DigestId>,
    /// The variant.
    pub variant: Variant,
    /// What kind of day it tells.
    pub outcome: DayOutcome,
    /// The subject line.
    pub subject: String,
    /// The HTML part.
    pub html: String,
    /// The text part.
    pub text: String,
    /// The picture of its map as PNG in base 64, which the HTML part names; none without one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub map: Option<String>,
    /// When it was rendered.
    pub rendered_at: Timestamp,
}
