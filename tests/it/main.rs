//! One integration binary, a module per stage.

#![expect(clippy::unwrap_used, reason = "what cannot be had ends the test")]

mod schedule;
mod store;
mod support;
