//! One integration binary, a module per stage.
#![expect(clippy::unwrap_used, reason = "in tests a failure is to panic")]

mod gather;
mod support;
