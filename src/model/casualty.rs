//! Counts: casualties per side, materiel with its fate, objects attacked.

use serde::{Deserialize, Serialize};

use super::id::FactionId;

/// A count as a range. `max: None` is open above; `min: None` means that the text gives no number.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
pub struct Figure {
    /// The smallest count that the text supports.
    pub min: Option<u32>,
    /// The largest.
    pub max: Option<u32>,
    /// The vague word that stood there ("dozens").
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub vague: Option<String>,
}

impl Figure {
    /// Exactly `count`.
    pub fn exact(count: u32) -> Self {
        Self { min: Some(count), max: Some(count), vague: None }
    }

    /// `count` or more.
    pub fn at_least(count: u32) -> Self {
        Self { min: Some(count), max: None, vague: None }
    }
}

/// Whether the dead and hurt were fighters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CasualtyGroup {
    /// People who do not fight.
    Civilian,
    /// Fighters of an armed party.
    Combatant,
    /// The text does not say.
    Unknown,
}

/// The casualties of one side in one claim.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Casualties {
    /// The side's registry id, where the text says whose they are.
    pub faction: Option<FactionId>,
    /// The registry's display name.
    pub canonical: Option<String>,
    /// What the text calls them.
    pub name: String,
    /// Fighters or not.
    pub group: CasualtyGroup,
    /// The dead.
    pub killed: Option<Figure>,
    /// The wounded.
    pub wounded: Option<Figure>,
    /// The captured, arrested or abducted.
    pub captured: Option<Figure>,
    /// Who gives these figures, where it is not who reports the event.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub speakers: Vec<super::claim::Speaker>,
}

/// What became of a thing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Fate {
    /// Destroyed.
    Destroyed,
    /// Damaged.
    Damaged,
    /// Taken by the other side.
    Captured,
    /// Shot down.
    Downed,
    /// Found or confiscated.
    Seized,
    /// Stolen.
    Looted,
    /// Burned.
    Burned,
    /// Given up by its owner.
    Surrendered,
    /// Set up: a checkpoint, a base.
    Established,
    /// Taken away: a checkpoint.
    Removed,
    /// Closed to traffic.
    Closed,
    /// Opened to traffic.
    Opened,
    /// Kept from passing: an aid convoy.
    Blocked,
    /// Struck or attacked; the text does not say with what result.
    Hit,
}

/// Equipment of a side and what became of it.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Materiel {
    /// The owner's registry id.
    pub faction: Option<FactionId>,
    /// The owner's display name.
    pub canonical: Option<String>,
    /// The item in the singular: "battle tank".
    pub item: String,
    /// How many.
    pub count: Option<Figure>,
    /// What became of it.
    pub fate: Fate,
}

/// A physical thing that is nobody's materiel: a school, a road, a checkpoint, an aid convoy.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Object {
    /// What the text calls it.
    pub name: String,
    /// A class: building, school, hospital, market, road, checkpoint, crossing, airport, aid, infrastructure, vehicle …
    pub kind: String,
    /// What became of it.
    pub fate: Option<Fate>,
}
