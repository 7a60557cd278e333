//! The configuration: one file per section, typed, unknown keys refused.

pub mod deliver;
pub mod extract;
pub mod gather;
pub mod look;
pub mod packs;
