//! From candidates to claims: merging, places, status, order.

pub mod claim;
mod join;
mod likeness;
pub mod mentions;
pub mod merge;
mod refers;
pub mod sides;
mod span;
pub mod status;

pub(super) use likeness::meet;
