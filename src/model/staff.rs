//! Those who edit, and what they may.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// What somebody may do; each may what those before it may.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum StaffRole {
    /// See how everything stands.
    Viewer,
    /// Change sources and events.
    Editor,
    /// See who subscribes, and who did what.
    Admin,
}

impl StaffRole {
    /// The word for it.
    pub fn word(self) -> &'static str {
        match self {
            Self::Viewer => "viewer",
            Self::Editor => "editor",
            Self::Admin => "admin",
        }
    }
}

/// Somebody who edits.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Staff {
    /// The name that they sign in with.
    pub name: String,
    /// What they may.
    pub role: StaffRole,
    /// Since when.
    pub created_at: Timestamp,
}

/// Something that somebody changed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Deed {
    /// When.
    pub at: Timestamp,
    /// Who.
    pub who: String,
    /// What: `pause source`.
    pub what: String,
    /// Of what: an id, never an address.
    pub subject: String,
    /// The reason, or what else is to be known.
    pub detail: String,
}
