//! Programs that use the API, and what they may.

use std::collections::BTreeSet;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// What a program may do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Scope {
    /// Read sources, events, digests, editions and runs.
    Read,
    /// Have digests made on demand.
    Digests,
    /// Change sources and events, run editions.
    Edit,
    /// Read and change subscribers, and read what was mailed to whom.
    Subscribers,
}

impl Scope {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Read, Self::Digests, Self::Edit, Self::Subscribers];

    /// The word for it.
    pub fn word(self) -> &'static str {
        match self {
            Self::Read => "read",
            Self::Digests => "digests",
            Self::Edit => "edit",
            Self::Subscribers => "subscribers",
        }
    }
}

/// A program that has a token.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Program {
    /// What it is called; the record of changes says so.
    pub name: String,
    /// What it may.
    pub scopes: BTreeSet<Scope>,
    /// Since when.
    pub created_at: Timestamp,
}
