//! Behaviour that spans several modules: from claims to what a digest says.

mod blame;
mod casualties;
mod changes;
mod digest;
mod found;
mod joining;
mod landmarks;
mod marks;
mod mirror;
mod one_blog;
mod order;
mod overrides;
mod rows;
mod truces;
mod wholes;
