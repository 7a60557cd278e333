//! One integration binary, a module per stage.

mod schedule;
mod store;
mod support;
