//! One integration binary, a module per stage.
