//! One integration binary, a module per stage.

mod render;
