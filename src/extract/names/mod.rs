//! Names of factions and of organisations in no pack.

pub mod organisation;
pub mod outlet;
pub mod roster;

pub use roster::{Named, Roster};
