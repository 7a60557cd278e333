//! What tests stand on: scripted servers, databases, samples, fixed clocks.

pub(crate) mod db;
pub(crate) mod dns;
pub(crate) mod folder_desk;
pub(crate) mod imap;
pub(crate) mod newsdesk;
pub(crate) mod program;
pub(crate) mod raw;
pub(crate) mod samples;
pub(crate) mod smtp;
pub(crate) mod tls_front;
pub(crate) mod webdesk;
pub(crate) mod website;

pub(crate) use db::{TestDb, contract};
