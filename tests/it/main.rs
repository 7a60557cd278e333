//! One integration binary, a module per stage.
#![expect(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

mod deliver;
mod gather;
mod imports;
mod render;
mod schedule;
mod store;
mod support;
