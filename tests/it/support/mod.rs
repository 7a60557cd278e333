//! What tests stand on: scripted servers, databases, fixed clocks.

pub(crate) mod smtp;
