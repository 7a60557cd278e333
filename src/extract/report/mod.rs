//! From candidates to claims: merging, places, status, order.

pub mod claim;
mod likeness;
pub mod mentions;
pub mod merge;
mod refers;
pub mod sides;
pub mod status;

pub(super) use likeness::meet;
