//! From chunks to candidate events: deeds, roles, effects, places, dates.

pub mod build;
pub mod candidate;
pub mod clause;
pub mod effects;
pub mod entity;
pub mod kind;
pub mod roles;
pub mod segment;
pub mod things;
