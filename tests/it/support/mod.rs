//! What tests stand on.

pub mod website;
