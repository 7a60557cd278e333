//! Factions: the registry entries of packs.

use std::collections::BTreeMap;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::id::FactionId;

/// What a faction is, by ACLED's actor types.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FactionKind {
    /// A state, its government forces and their services.
    StateForces,
    /// An organisation that fights a government.
    Rebel,
    /// A militia with political aims, pro-government ones included.
    PoliticalMilitia,
    /// A militia of a people, tribe or place.
    IdentityMilitia,
    /// Forces outside their own country, coalitions, missions.
    ExternalForces,
    /// Unarmed people organised under a name.
    Civilians,
}

/// A name that a faction had before.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FormerName {
    /// The display name of that time.
    pub name: String,
    /// Other spellings.
    #[serde(default)]
    pub aliases: Vec<String>,
    /// The last day of that name.
    #[serde(default)]
    pub until: Option<Date>,
}

/// Membership of a coalition, in dates; both bounds inclusive and open when absent.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Membership {
    /// The coalition.
    pub id: FactionId,
    /// First day.
    #[serde(default)]
    pub since: Option<Date>,
    /// Last day.
    #[serde(default)]
    pub until: Option<Date>,
}

impl Membership {
    /// Whether it holds on `day`; without a day, whether it holds at all.
    pub fn holds_on(&self, day: Option<Date>) -> bool {
        let Some(day) = day else { return true };
        self.since.is_none_or(|since| since <= day) && self.until.is_none_or(|until| day <= until)
    }
}

/// A party to a conflict.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Faction {
    /// A slug, unique over all packs.
    pub id: FactionId,
    /// The neutral display name.
    pub name: String,
    /// A short form for tables and subjects.
    #[serde(default)]
    pub short: Option<String>,
    /// Display names in other languages, by ISO 639-1 code: `names = { ar = "…" }`.
    #[serde(default)]
    pub names: BTreeMap<String, String>,
    /// Other names and spellings, in any script.
    #[serde(default)]
    pub aliases: Vec<String>,
    /// Aliases that count only where a word of `context` is near.
    #[serde(default)]
    pub ambiguous_aliases: Vec<String>,
    /// The words that make an ambiguous alias this faction.
    #[serde(default)]
    pub context: Vec<String>,
    /// Names it had before.
    #[serde(default)]
    pub former: Vec<FormerName>,
    /// What it is.
    pub kind: FactionKind,
    /// ISO 3166-1 alpha-2 of its home.
    #[serde(default)]
    pub country: Option<String>,
    /// The organisation it belongs to; for government forces, the state.
    #[serde(default)]
    pub parent: Option<FactionId>,
    /// What it counts under in matrix and totals; the default is the topmost parent below the state.
    #[serde(default)]
    pub rollup: Option<FactionId>,
    /// Coalitions.
    #[serde(default)]
    pub member_of: Vec<Membership>,
    /// A free id of the side for theatre-wide words.
    #[serde(default)]
    pub side: Option<String>,
    /// For a state: words that mean its people or forces ("Russian").
    #[serde(default)]
    pub demonyms: Vec<String>,
    /// Persons by whose name its people go: "Assads forces", "troops loyal to Putin". The person alone is no party.
    #[serde(default)]
    pub leaders: Vec<String>,
    /// Existence: first day.
    #[serde(default)]
    pub since: Option<Date>,
    /// Existence: last day.
    #[serde(default)]
    pub until: Option<Date>,
    /// What it became.
    #[serde(default)]
    pub successor: Option<FactionId>,
    /// Media that speak for it.
    #[serde(default)]
    pub outlets: Vec<String>,
}

impl Faction {
    /// The short form where there is one, else the name.
    pub fn short_name(&self) -> &str {
        self.short.as_deref().unwrap_or(&self.name)
    }

    /// The name valid on `day`: a former name until its last day.
    pub fn name_on(&self, day: Option<Date>) -> &str {
        let Some(day) = day else { return &self.name };
        self.former
            .iter()
            .filter(|former| former.until.is_some_and(|until| day <= until))
            .min_by_key(|former| former.until)
            .map_or(&self.name, |former| &former.name)
    }
}
