//! What the tests of all stages share.

pub(crate) mod db;
pub(crate) mod samples;

pub(crate) use db::{TestDb, contract};
