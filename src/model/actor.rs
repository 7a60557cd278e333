//! Who takes part in an event, as one text says it.

use serde::{Deserialize, Serialize};

use super::id::FactionId;

/// What an actor is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ActorKind {
    /// A named organisation.
    Organisation,
    /// A named or single individual.
    Person,
    /// People without an organisation: gunmen, civilians, students.
    Group,
}

/// What an actor does in an event.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// Began it.
    Initiator,
    /// It was done to.
    Target,
    /// Took part on equal terms: a symmetric clash, an agreement.
    Participant,
}

/// One actor of a claim.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Actor {
    /// The registry's id, where a pack knows the name.
    pub faction: Option<FactionId>,
    /// The registry's display name.
    pub canonical: Option<String>,
    /// What the text says.
    pub name: String,
    /// What it is.
    pub kind: ActorKind,
    /// What it does.
    pub role: Role,
    /// True where no particular organisation is named.
    pub generic: bool,
}
