//! The contract of the store: one story per group of tables, told on both engines.

mod articles;
mod database;
mod decisions;
mod delivery;
mod events;
mod finding;
mod issues;
mod joining;
mod local;
mod mailboxes;
mod outbox;
mod programs;
mod readers;
mod recovery;
mod reviews;
mod sources;
mod staff;
mod timetable;
