//! Articles: one text of one source at one version.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::id::{ArticleId, SourceId, joined_hash};

/// An article as it was found, before it has an id.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct FoundArticle {
    /// Its canonical address; for files, their name.
    pub url: String,
    /// The headline.
    pub title: String,
    /// The text, paragraphs parted by blank lines.
    pub text: String,
    /// When its source says it was published.
    pub published: Option<Timestamp>,
    /// Whom the byline names.
    pub author: Option<String>,
    /// The agency of the credit line ("Reuters"), where the text is not the outlet's own.
    pub credit: Option<String>,
    /// ISO 639-1 code of its language.
    pub language: Option<String>,
    /// A hash of how its source lists it: where that changes, the article may have been edited.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub mark: Option<String>,
}

/// An article in the store.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Article {
    /// Derived from source, address and text.
    pub id: ArticleId,
    /// Whose it is.
    pub source: SourceId,
    /// What was found.
    #[serde(flatten)]
    pub found: FoundArticle,
    /// SHA-256 of title and text, hexadecimal.
    pub hash: String,
    /// 1 for the first text at this address, 2 for the next …
    pub version: u32,
    /// When we first saw this version.
    pub first_seen: Timestamp,
    /// False for what a first run or a backfill found that is older than the current window: read, never mailed.
    pub counts: bool,
}

impl Article {
    /// Gives `found` its id and hash as version 1, seen at `now`.
    pub fn new(source: SourceId, found: FoundArticle, now: Timestamp, counts: bool) -> Self {
        let hash = joined_hash(&[&found.title, "\n", &found.text]);
        let id = ArticleId::of(&source, &found.url, &hash, now);
        Self { id, source, found, hash, version: 1, first_seen: now, counts }
    }
}
