//! One integration binary, a module per stage.
#![expect(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

mod cli;
mod corpus;
mod deliver;
mod demo;
mod editor;
mod extract;
mod gather;
mod imports;
mod languages;
mod long;
mod mutation;
mod names;
mod packs;
mod render;
mod schedule;
mod serve;
mod source;
mod store;
mod support;
mod web;
