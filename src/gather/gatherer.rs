//! The gatherer: from a source to its report.

use std::sync::Arc;
use std::time::Duration;

use url::Url;

use super::feed::Feed;
use super::http::{Answer, Conditions, Document, FetchError, HttpClient, HttpConfigError, What};
use super::reading::Reading;
use super::report::SourceReport;
use super::{decode, feed_source, file_source, limit, page};
use crate::config::gather::GatherConfig;
use crate::model::Clock;
use crate::model::source::{FetchState, Source, SourceKind};

/// Why nothing can be gathered at all. A source that fails is a [`SourceReport`].
#[derive(Debug, thiserror::Error)]
pub enum GatherError {
    /// The `[gather]` section keeps us from fetching.
    #[error(transparent)]
    Http(#[from] HttpConfigError),
}

/// Tells whether an address is known already.
pub type Known<'a> = &'a (dyn Fn(&str) -> bool + Sync);

/// Reads sources. Holds the connections and what robots.txt files said: make one for each run.
pub struct Gatherer {
    pub(super) http: HttpClient,
    pub(super) config: GatherConfig,
    pub(super) clock: Arc<dyn Clock>,
}

impl Gatherer {
    /// A gatherer by the configuration.
    ///
    /// # Errors
    /// Where the configuration keeps us from fetching.
    pub fn new(config: &GatherConfig, clock: Arc<dyn Clock>) -> Result<Self, GatherError> {
        Ok(Self { http: HttpClient::new(config)?, config: config.clone(), clock })
    }

    /// Reads a source. `state` is what the last report said to remember; articles whose address is `known` are
    /// counted and left out.
    pub async fn gather(
        &self,
        source: &Source,
        state: &FetchState,
        known: Known<'_>,
    ) -> SourceReport {
        match kind_of(source) {
            SourceKind::Feed => feed_source::gather(self, source, state, known).await,
            SourceKind::Files => file_source::gather(self, source, state, known).await,
        }
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

    /// Fetches a feed and reads it.
    ///
    /// # Errors
    /// One line that says what went wrong and what to do.
    pub async fn read_feed(&self, address: &str) -> Result<Feed, String> {
        let url = Url::parse(address).map_err(|_| format!("`{address}` is no address"))?;
        let document =
            self.document(&url, What::Feed).await.map_err(|e| format!("`{address}`: {e}"))?;
        feed_source::parse(document, self.page_limit())
            .await
            .1
            .map_err(|e| format!("`{address}`: {e}"))
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
        let limit = self.page_limit();
        let read = move || {
            let html = decode::decode(&document.body, document.content_type.as_deref());
            if super::challenge::is_challenge(&html) {
                return Err(page::PageError::Challenge);
            }
            page::read(html, Some(document.url), limit)
        };
        let failed = page::PageError::Limit(limit::LimitError::Failed);
        tokio::task::spawn_blocking(read).await.unwrap_or(Err(failed))
    }

    pub(super) fn page_limit(&self) -> Duration {
        self.config.page_timeout.duration()
    }
}

/// How a source is read: as configured, else by its address.
fn kind_of(source: &Source) -> SourceKind {
    let web = source.url.starts_with("http:") || source.url.starts_with("https:");
    source.kind.unwrap_or(if web { SourceKind::Feed } else { SourceKind::Files })
}
