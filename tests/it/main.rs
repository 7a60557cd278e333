//! One integration binary, a module per stage.
#![expect(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

mod deliver;
mod imports;
mod render;
mod support;
