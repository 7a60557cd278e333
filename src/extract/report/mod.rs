//! From candidates to claims: merging, places, status, order.

pub mod claim;
pub mod mentions;
pub mod merge;
pub mod status;
