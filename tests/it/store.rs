//! The contract of the store: one story per group of tables, told on both engines.

mod articles;
mod database;
mod decisions;
mod delivery;
mod events;
mod issues;
mod outbox;
mod readers;
mod recovery;
mod reviews;
mod sources;
mod timetable;
