//! Issues that editors see before their readers do.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::id::{EditionId, IssueId};

/// What becomes of an issue that no editor looked at in time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Unreviewed {
    /// It goes out as it is.
    #[default]
    Send,
    /// It does not go out.
    Withhold,
}

/// How an edition's issues are reviewed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReviewRule {
    /// How long after the closing editors have, in seconds.
    pub seconds: i64,
    /// What happens after that.
    pub unreviewed: Unreviewed,
    /// Who gets the draft by mail: addresses of subscribers.
    pub editors: Vec<String>,
}

/// Where the review of an issue stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ReviewState {
    /// Editors may look at it.
    Held,
    /// It went to its readers.
    Released,
    /// It goes to nobody.
    Withheld,
}

/// The review of one issue.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Review {
    /// Which issue.
    pub issue: IssueId,
    /// Of which edition.
    pub edition: EditionId,
    /// Where it stands.
    pub state: ReviewState,
    /// Until when editors have time.
    pub due_at: Timestamp,
    /// When it ended.
    pub settled_at: Option<Timestamp>,
    /// Why it was withheld.
    pub reason: Option<String>,
}
