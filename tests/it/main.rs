//! One integration binary, a module per stage.

mod gather;
mod support;
