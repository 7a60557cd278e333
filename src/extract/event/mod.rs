//! From chunks to candidate events: deeds, roles, effects, places, dates.

pub mod build;
pub mod candidate;
pub mod clause;
pub mod effects;
pub mod entity;
mod fitting;
pub mod group;
mod harm;
pub mod kind;
mod loss;
pub mod memory;
pub mod party;
pub mod phrase;
mod reckoning;
pub mod roles;
mod scene;
pub mod segment;
pub mod things;
mod toll;
pub mod trigger;
mod when;
