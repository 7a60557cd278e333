//! Names of factions and of organisations in no pack.

mod finding;
pub mod organisation;
pub mod outlet;
pub mod person;
pub mod roster;

pub use finding::{Leader, Named, follow_labels, mask};
pub use roster::Roster;
