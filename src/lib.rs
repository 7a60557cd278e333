//! `sitrep`: gathers the day's articles about armed conflicts, reads the events they report as claims with
//! evidence, aggregates them by faction and region, renders briefings and mails them.
//!
//! Data flows one way: source, article, claim, event, situation, digest, delivery. `docs/ARCHITECTURE.md` walks
//! one article through the house; `tests/it/imports.rs` holds who may import whom.

pub mod aggregate;
pub mod app;
pub mod cli;
pub mod config;
pub mod deliver;
pub mod extract;
pub mod gather;
pub mod model;
pub mod pipeline;
pub mod render;
pub mod schedule;
pub mod store;
pub mod telemetry;

/// Reading news is a great many small strings: this allocator takes a tenth off the time of a reading. Without huge
/// pages (`no_thp`), which would double the memory of a short run.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;
