//! All SQL of the program, for SQLite and PostgreSQL.
//!
//! A query is one text for both engines; the few words that differ are in `dialect`. Functions take the time as
//! an argument. A look-up gives `Option`: not to find something is no error. Work that several processes share is
//! claimed by lease, so that a dead worker's share is taken over when its lease runs out.

pub mod api;
pub mod articles;
pub mod claims;
mod codec;
pub mod coverage;
mod db;
pub mod decisions;
mod dialect;
pub mod digests;
mod error;
pub mod events;
pub mod installation;
pub mod issues;
pub mod jobs;
pub mod leases;
pub mod limits;
pub mod local;
mod log;
pub mod mailboxes;
mod many;
pub mod notices;
pub mod outbox;
pub mod pauses;
mod query;
pub mod readings;
pub mod requests;
pub mod reviews;
pub mod robots;
pub mod schedules;
pub mod signups;
pub mod snapshot;
pub mod source_days;
pub mod sources;
pub mod staff;
pub mod status;
pub mod subscribers;
pub mod subscriptions;
pub mod suppressions;
pub mod terms;

pub use db::{Db, SqlitePools};
pub use error::StoreError;
