//! One integration binary, a module per stage.
#![expect(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

mod cli;
mod corpus;
mod deliver;
mod demo;
mod extract;
mod gather;
mod imports;
mod mutation;
mod packs;
mod render;
mod schedule;
mod serve;
mod store;
mod support;
