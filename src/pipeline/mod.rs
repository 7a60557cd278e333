//! The only place where the stages meet the store: gather, read, aggregate, close, render, send.
//!
//! Each step can be run by itself and again: what it did is in the store, so a run that was cut short goes on
//! where it stopped.

mod amending;
mod archive;
mod choice;
mod clock;
mod corrections;
mod coverage;
mod decisions;
mod digests;
mod editions;
mod error;
mod events;
mod export;
mod freeze;
mod gather;
pub mod home;
mod intake;
mod late;
mod leaving;
mod letters;
mod lists;
mod mailing;
mod names;
mod notify;
mod ondemand;
pub mod packs;
mod polling;
mod preview;
mod profile;
mod read;
mod reprocess;
mod request;
mod review;
mod send;
mod shelf;
mod signup;
mod silence;
pub mod sources;
pub mod stanza;
mod tell;
mod tries;
mod trying;
mod turns;
mod versions;
mod watch;

use std::sync::Arc;

use crate::config::Config;
use crate::deliver::{Alarm, Mailbox, Mailer, Transport};
use crate::gather::Gatherer;
use crate::model::Clock;
use crate::model::issue::Edition;
use crate::model::source::Source;
use crate::store::Db;

pub use amending::{AmendError, Changes};
pub use archive::{Found, Listed};
pub use clock::clock_warning;
pub use digests::Told;
pub use editions::EditionRun;
pub use error::PipelineError;
pub use export::stored;
pub use gather::{Collector, Gathered, Gathering};
pub use home::Home;
pub use intake::{Intake, IntakeSummary};
pub use leaving::Leaving;
pub use lists::{Sorted, TakenIn};
pub use names::KnownNames;
pub use ondemand::{Answered, OnDemand};
pub use packs::Packs;
pub use read::{ReadSummary, document};
pub use reprocess::{Rehearsed, Reprocessed};
pub use request::{LONGEST_DAYS, Request};
pub use review::{Held, Settled};
pub use send::SendSummary;
pub use signup::Wish;
pub use trying::{
    Listing, LookError, Looked, Tried, headline, id_of, new_source, position_of, try_articles,
};
pub use watch::free_space;

/// Everything that the steps need.
pub struct Pipeline {
    /// State.
    pub db: Db,
    /// The configuration.
    pub config: Arc<Config>,
    /// The time.
    pub clock: Arc<dyn Clock>,
    /// What is known of factions, places and regions.
    pub packs: Packs,
    /// Sources of configuration files; those added by command are in the store.
    pub file_sources: Vec<Source>,
    /// The way out for mail.
    pub transport: Transport,
    /// The mailbox of what comes back, where one is configured.
    pub mailbox: Option<Mailbox>,
    /// Builds and signs messages.
    pub mailer: Arc<Mailer>,
    /// Suppresses who left.
    pub leaving: Leaving,
    /// Where this process runs, against where the database is at home.
    pub home: Home,
    /// The ways to the operator.
    pub alarm: Alarm,
    /// The name under which this process holds leases.
    pub worker: String,
    /// Version of the reader, kept with each claim.
    pub extractor_version: String,
}

impl Pipeline {
    /// The edition `name`, or an error that lists the ones there are.
    pub fn edition(&self, name: &str) -> Result<Edition, PipelineError> {
        self.config.edition.get(name).map(|edition| edition.edition(name)).ok_or_else(|| {
            PipelineError::UnknownEdition {
                name: name.to_owned(),
                known: self.config.edition.keys().cloned().collect::<Vec<_>>().join("`, `"),
            }
        })
    }

    /// A fetcher for one run: it remembers connections and what robots.txt files said, so it is not kept longer.
    pub fn gatherer(&self) -> Result<Gatherer, PipelineError> {
        Ok(Gatherer::new(&self.config.gather, Arc::clone(&self.clock))?)
    }

    /// All sources: those of files first, then those of the store.
    pub async fn sources(&self) -> Result<Vec<Source>, PipelineError> {
        self.collector().sources().await
    }
}
