//! The gatherer: from a source to its report.

use std::sync::Arc;
use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use url::Url;

use super::discovery::{self, Found};
use super::feed::{Feed, FeedError};
use super::http::{Answer, Conditions, Document, FetchError, HttpClient, HttpConfigError, What};
use super::known::Shelf;
use super::reading::Reading;
use super::report::SourceReport;
use super::shape::Shape;
use super::{decode, entries, file_source, limit, links, page, web_source};
use crate::config::gather::GatherConfig;
use crate::model::Clock;
use crate::model::article::FoundArticle;
use crate::model::source::{FetchOutcome, FetchState, RobotsFile, Source};

/// Why nothing can be gathered at all. A source that fails is a [`SourceReport`].
#[derive(Debug, thiserror::Error)]
pub enum GatherError {
    /// The `[gather]` section keeps us from fetching.
    #[error(transparent)]
    Http(#[from] HttpConfigError),
}

/// What is known already.
pub type Known<'a> = &'a dyn Shelf;

/// Reads sources. Holds the connections and what robots.txt files say: make one for each run.
pub struct Gatherer {
    pub(super) http: HttpClient,
    pub(super) config: GatherConfig,
    pub(super) clock: Arc<dyn Clock>,
    /// A backfill reads archives back to here.
    pub(super) since: Option<Timestamp>,
}

impl Gatherer {
    /// A gatherer by the configuration.
    ///
    /// # Errors
    /// Where the configuration keeps us from fetching.
    pub fn new(config: &GatherConfig, clock: Arc<dyn Clock>) -> Result<Self, GatherError> {
        let http = HttpClient::new(config, Arc::clone(&clock))?;
        Ok(Self { http, config: config.clone(), clock, since: None })
    }

    /// Looks whether a gatherer can be made by the configuration.
    ///
    /// # Errors
    /// What of it keeps us from fetching.
    pub fn check(config: &GatherConfig) -> Result<(), GatherError> {
        Ok(HttpClient::check(config)?)
    }

    /// The gatherer for a backfill: it reads archives back to `since`, as many pages of a source as there are.
    #[must_use]
    pub fn back_to(mut self, since: Timestamp) -> Self {
        self.since = Some(since);
        self.config.pages_per_source = usize::MAX;
        self
    }

    /// By how much each host that answered was ahead of our clock.
    pub fn clock_offsets(&self) -> Vec<SignedDuration> {
        self.http.clock_offsets()
    }

    /// Takes note of robots.txt files that an earlier run read, so that they are not asked for again.
    pub fn keep_robots(&self, files: Vec<RobotsFile>) {
        self.http.keep_robots(files);
    }

    /// The robots.txt of the source's origin that this run read, once, for later runs.
    pub fn take_robots(&self, source: &Source) -> Option<RobotsFile> {
        self.http.take_robots(&source.origin()?)
    }

    /// Reads a source. `state` is what the last report said to remember; articles whose address is `known` are
    /// counted and left out.
    pub async fn gather(
        &self,
        source: &Source,
        state: &FetchState,
        known: Known<'_>,
    ) -> SourceReport {
        if let Some(refused) = self.introduce(source, state) {
            return refused;
        }
        let mut report = match Shape::of(source) {
            Shape::Files => file_source::gather(self, source, state, known).await,
            shape => web_source::gather(self, source, &shape, state, known).await,
        };
        if !report.articles.is_empty() {
            report.state.last_changed = Some(self.clock.now());
        }
        if !matches!(report.outcome, FetchOutcome::NotModified) && report.outcome.is_read() {
            report.state.moved_to.clone_from(&report.moved_to);
        }
        report
    }

    /// Makes requests to the source's origin carry what it says they should.
    fn introduce(&self, source: &Source, state: &FetchState) -> Option<SourceReport> {
        let url = Url::parse(&source.url).ok().filter(Url::has_host)?;
        let wrong = self.http.carry(&url, &source.request).err()?;
        let now = self.clock.now();
        Some(SourceReport::new(source, state, now, FetchOutcome::Forbidden, &wrong))
    }

    /// Fetches a page and reads the article on it.
    ///
    /// # Errors
    /// One line that says what went wrong and what to do.
    pub async fn read_page(&self, address: &str) -> Result<Reading, String> {
        let url = Url::parse(address).map_err(|_| format!("`{address}` is no address"))?;
        let document =
            self.document(&url, What::Page).await.map_err(|e| format!("`{address}`: {e}"))?;
        self.page(document).await.map_err(|e| format!("`{address}`: {e}"))
    }

    /// Reads what a source lists, without the pages behind its entries.
    ///
    /// # Errors
    /// One line that says what went wrong and what to do.
    pub async fn list(&self, source: &Source) -> Result<Feed, String> {
        let address = links::shown(&source.url);
        let shape = Shape::of(source);
        if shape == Shape::Files {
            return file_source::list(self, source).await;
        }
        let url = Url::parse(&source.url).map_err(|_| format!("`{address}` is no address"))?;
        self.http.carry(&url, &source.request).map_err(|why| format!("`{}`: {why}", source.id))?;
        let document = self.document(&url, shape.what()).await;
        let document = document.map_err(|e| format!("`{address}`: {e}"))?;
        let (_, feed) = entries::read(self, document, &shape).await;
        feed.map_err(|e| format!("`{address}`: {e}"))
    }

    /// Reads what a saved document lists, as `source` would be read.
    ///
    /// # Errors
    /// Why it cannot be read.
    pub fn list_saved(&self, bytes: &[u8], source: &Source) -> Result<Feed, FeedError> {
        entries::saved(bytes, &Shape::of(source), self.feed_limit())
    }

    /// The articles behind the first `most` entries that a source lists, and notes on what could not be read.
    pub async fn articles(
        &self,
        source: &Source,
        feed: &Feed,
        most: usize,
    ) -> (Vec<FoundArticle>, Vec<String>) {
        web_source::first_articles(self, source, feed, most).await
    }

    /// Finds what can be read at the address of a site, the best first; never empty.
    ///
    /// # Errors
    /// One line that says what was looked for and what to do.
    pub async fn discover(&self, address: &str) -> Result<Vec<Found>, String> {
        discovery::discover(self, address).await
    }

    /// Fetches a document without conditions.
    pub(super) async fn document(&self, url: &Url, what: What) -> Result<Document, FetchError> {
        match self.http.fetch(url, what, &Conditions::default()).await? {
            Answer::Document(document) => Ok(*document),
            Answer::NotModified { .. } => {
                Err(FetchError::Status { status: 304, retry_after: None })
            }
        }
    }

    /// Reads the article of a page that was fetched.
    pub(super) async fn page(&self, document: Document) -> Result<Reading, page::PageError> {
        self.page_at(document, page::Told::default()).await
    }

    /// Reads the article of a page that was fetched, with what is known of it.
    pub(super) async fn page_at(
        &self,
        document: Document,
        told: page::Told,
    ) -> Result<Reading, page::PageError> {
        let read = move || {
            let html = decode::decode(&document.body, document.content_type.as_deref());
            if super::challenge::is_challenge(&html) {
                return Err(page::PageError::Challenge);
            }
            page::read_unlimited(&html, Some(&document.url), &told)
        };
        limit::apart(self.page_limit(), read).await.map_err(page::PageError::Limit)?
    }

    pub(super) fn page_limit(&self) -> Duration {
        self.config.page_timeout.duration()
    }

    /// How much a packed document may unpack to, in bytes.
    pub(super) fn feed_limit(&self) -> usize {
        usize::try_from(self.config.feed_limit << 20).unwrap_or(usize::MAX)
    }
}
