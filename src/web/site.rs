//! What every page needs.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, AtomicU64, Ordering};

use jiff::Timestamp;

use super::WebError;
use super::busy::Busy;
use super::cache::Cache;
use super::counter::Counter;
use super::page::{Shell, Style};
use super::pages::archive::Made;
use super::tally::Tally;
use crate::config::Config;
use crate::deliver::token::Tokens;
use crate::pipeline::Pipeline;

/// Seconds between two questions for what editors added.
const INFORMED: i64 = 30;

/// The site: the pipeline, and what is kept in memory between requests.
pub struct Site {
    pub(super) pipeline: Arc<Pipeline>,
    pub(super) counter: Counter,
    pub(super) tally: Tally,
    pub(super) style: Style,
    /// Issues as they were made for a page.
    pub(super) issues: Cache<Made>,
    pub(super) busy: Busy,
    /// When it was last asked what editors added to the packs, in seconds.
    informed_at: AtomicI64,
    /// Passwords that were hashed.
    pub(super) hashes: AtomicU64,
}

impl Site {
    /// A site over a pipeline. It must be made within a runtime: what forms ask for is carried out beside the requests.
    ///
    /// # Errors
    ///
    /// When the style sheet cannot be written.
    pub fn new(pipeline: Arc<Pipeline>) -> Result<Arc<Self>, WebError> {
        let style = Style::of(&pipeline.config.look)?;
        let counter = Counter::open(Arc::clone(&pipeline));
        Ok(Arc::new(Self {
            pipeline,
            counter,
            tally: Tally::default(),
            style,
            issues: Cache::default(),
            busy: Busy::default(),
            informed_at: AtomicI64::new(0),
            hashes: AtomicU64::new(0),
        }))
    }

    /// Waits until everything that forms asked for so far is carried out.
    pub async fn settled(&self) {
        self.counter.settled().await;
    }

    /// How many passwords were hashed since the start (S-10).
    pub fn hashes(&self) -> &AtomicU64 {
        &self.hashes
    }

    /// Takes up what editors added to the packs on another machine, at most twice a minute.
    pub(super) async fn keep_informed(&self) {
        let (now, last) = (self.now().as_second(), self.informed_at.load(Ordering::Relaxed));
        let is_ours = now - last >= INFORMED
            && self
                .informed_at
                .compare_exchange(last, now, Ordering::Relaxed, Ordering::Relaxed)
                .is_ok();
        if !is_ours {
            return;
        }
        if let Err(error) = self.pipeline.renew_packs().await {
            tracing::warn!(%error, "what editors added to the packs could not be asked for");
        }
    }

    pub(super) fn config(&self) -> &Config {
        &self.pipeline.config
    }

    pub(super) fn tokens(&self) -> &Tokens {
        self.pipeline.mailer.tokens()
    }

    pub(super) fn now(&self) -> Timestamp {
        self.pipeline.clock.now()
    }

    /// Whether people may join by themselves: the letter that they confirm by must be able to link to us.
    pub(super) fn has_signup(&self) -> bool {
        self.config().web.signup
            && self.config().web.site().is_some()
            && !self.config().edition.is_empty()
    }

    /// What is around every page.
    pub(super) fn shell(&self, title: &str) -> Shell<'_> {
        Shell {
            name: &self.config().look.name,
            title: title.to_owned(),
            style: &self.style.href,
            signup: self.has_signup(),
            letters: self.config().web.site().is_some(),
        }
    }
}
