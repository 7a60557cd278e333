//! What of the world a digest is about.

use serde::{Deserialize, Serialize};

use super::actor::Role;
use super::id::{FactionId, RegionId};
use super::kind::KindName;

/// A role by which an on-demand digest picks a faction.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FilterRole {
    /// It began the event.
    Initiator,
    /// It was the target.
    Target,
    /// It speaks about the event.
    Speaker,
}

impl FilterRole {
    /// The role of an actor that it asks for; a speaker is no actor.
    pub fn actor_role(self) -> Option<Role> {
        match self {
            Self::Initiator => Some(Role::Initiator),
            Self::Target => Some(Role::Target),
            Self::Speaker => None,
        }
    }
}

/// Which events a digest holds; an empty list does not restrict.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Filter {
    /// Packs: events in their countries.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub theatres: Vec<String>,
    /// Factions, in any role and with those that roll up to them.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub factions: Vec<FactionId>,
    /// Restricts the factions to a role.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub role: Option<FilterRole>,
    /// Regions of packs, or `CC` and `CC/Admin1`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub regions: Vec<RegionId>,
    /// Types and sub-types.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub types: Vec<KindName>,
    /// Only what is at least so severe: 0 to 17, by the formula of `aggregate::rank`.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub min_severity: u32,
    /// Takes and counts each faction by itself, without those that roll up to it (B-20).
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub exact_faction: bool,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde hands a reference")]
fn is_zero(number: &u32) -> bool {
    *number == 0
}

impl Filter {
    /// This filter with what `inner` asks for in its place, key by key: what a reader leaves open, the edition decides.
    #[must_use]
    pub fn narrowed(&self, inner: &Self) -> Self {
        Self {
            theatres: chosen(&inner.theatres, &self.theatres),
            factions: chosen(&inner.factions, &self.factions),
            role: inner.role.or(self.role),
            regions: chosen(&inner.regions, &self.regions),
            types: chosen(&inner.types, &self.types),
            min_severity: if inner.min_severity > 0 {
                inner.min_severity
            } else {
                self.min_severity
            },
            exact_faction: inner.exact_faction || self.exact_faction,
        }
    }
}

fn chosen<T: Clone>(inner: &[T], outer: &[T]) -> Vec<T> {
    if inner.is_empty() { outer.to_vec() } else { inner.to_vec() }
}

/// How events are grouped.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, Hash, Default, PartialOrd, Ord, Serialize, Deserialize,
)]
#[serde(rename_all = "snake_case")]
pub enum Grouping {
    /// By region.
    #[default]
    Region,
    /// By faction.
    Faction,
}
