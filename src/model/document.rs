//! What extraction reads and gives back: the interchange of DESIGN section 3.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::claim::{Claim, Field};

/// One text to read.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Document {
    /// The caller's name for it.
    pub doc_id: String,
    /// The body.
    pub text: String,
    /// The headline.
    #[serde(default)]
    pub title: Option<String>,
    /// The day it was published.
    #[serde(default)]
    pub published: Option<Date>,
    /// The outlet, by id or name.
    #[serde(default)]
    pub source: Option<String>,
    /// Its address.
    #[serde(default)]
    pub url: Option<String>,
    /// Its language, if known.
    #[serde(default)]
    pub lang: Option<String>,
    /// The outlet's own names for parties, to faction ids.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub calls: Vec<(String, String)>,
    /// Whom the outlet speaks for, by faction ids, where its configuration says so.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub aligned_with: Vec<String>,
    /// Packs of the outlet's theatres.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub theatres: Vec<String>,
}

/// What a mention is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum MentionKind {
    /// A faction of the registry.
    Faction,
    /// Any other organisation.
    Organisation,
    /// A place.
    Place,
    /// A date; its value is TIMEX3.
    Date,
    /// A duration.
    Duration,
    /// A time of day.
    Time,
    /// A count.
    Number,
    /// A word that makes a candidate event.
    Trigger,
}

/// Something recognised in the text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mention {
    /// What it is.
    pub kind: MentionKind,
    /// Byte offset of its start in the text.
    pub start: usize,
    /// Byte offset of its end.
    pub end: usize,
    /// The slice itself.
    pub text: String,
    /// What it stands for: a faction id, a place's canonical name, a TIMEX3 value, a count.
    pub value: Option<String>,
}

/// A candidate event that was not kept.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Dropped {
    /// Where it stands.
    pub field: Field,
    /// Byte offset of its start.
    pub start: usize,
    /// Byte offset of its end.
    pub end: usize,
    /// The slice itself.
    pub text: String,
    /// The rule that dropped it.
    pub rule: String,
}

/// Everything read from one document.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Reading {
    /// The day that anchored its dates.
    pub published: Option<Date>,
    /// ISO 639-1 code of its language.
    pub language: Option<String>,
    /// The claims, most important first.
    pub claims: Vec<Claim>,
    /// Everything recognised.
    pub mentions: Vec<Mention>,
    /// Everything not kept.
    pub dropped: Vec<Dropped>,
    /// Why it was not read at all, if it was not.
    pub unread: Option<String>,
}

/// One output line of `sitrep extract --format jsonl`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ExtractLine {
    /// As given.
    pub doc_id: String,
    /// The day that anchored its dates.
    pub published: Option<Date>,
    /// The claims.
    pub events: Vec<Claim>,
    /// Its language, where it is not English.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lang: Option<String>,
    /// Why it was kept unread.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unread: Option<String>,
    /// What is wrong with the document, if it could not be read.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub error: Option<String>,
}

/// One output line of `sitrep explain --format jsonl`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ExplainLine {
    /// What `extract` writes.
    #[serde(flatten)]
    pub extract: ExtractLine,
    /// Everything recognised.
    pub mentions: Vec<Mention>,
    /// Everything not kept.
    pub dropped: Vec<Dropped>,
}

impl ExtractLine {
    /// A line for a document that could not be read.
    pub fn failed(doc_id: String, error: String) -> Self {
        let (published, events, lang, unread) = (None, Vec::new(), None, None);
        Self { doc_id, published, events, lang, unread, error: Some(error) }
    }

    /// The line for what was read of the document `doc_id`.
    pub fn of(doc_id: String, reading: Reading) -> (Self, Vec<Mention>, Vec<Dropped>) {
        let Reading { published, language, claims, mentions, dropped, unread } = reading;
        let lang = language.filter(|language| language != "en");
        (Self { doc_id, published, events: claims, lang, unread, error: None }, mentions, dropped)
    }
}
