//! Behaviour that spans several modules: from claims to what a digest says.

mod casualties;
mod digest;
mod joining;
mod marks;
mod mirror;
mod order;
mod truces;
