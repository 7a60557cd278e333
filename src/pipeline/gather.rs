//! Gathering: every source is tried, each outcome is kept, and one bad source ends nothing.

use std::collections::BTreeSet;

use futures::StreamExt as _;
use jiff::{SignedDuration, Timestamp};

use super::{Pipeline, PipelineError};
use crate::gather::{Gatherer, SourceReport};
use crate::model::article::Article;
use crate::model::id::SourceId;
use crate::model::source::{FetchOutcome, FetchState, Source};
use crate::store::{articles, issues, sources};

/// What one source gave.
#[derive(Debug, Clone)]
pub struct Gathering {
    /// Which source.
    pub source: SourceId,
    /// Its display name.
    pub name: String,
    /// How it ended.
    pub outcome: FetchOutcome,
    /// One line: what went wrong and what to do, or what was left out.
    pub message: Option<String>,
    /// What was left out or read worse than it should be, one line each.
    pub skipped: Vec<String>,
    /// Articles that were not known before.
    pub new: u32,
    /// Articles found.
    pub found: u32,
    /// The time that the server said it was, for the check of our own clock.
    pub server_date: Option<Timestamp>,
}

impl Pipeline {
    /// Tries the named sources, or all that are not paused, and keeps what they give.
    pub async fn gather(&self, only: &[SourceId]) -> Result<Vec<Gathering>, PipelineError> {
        let chosen = self.chosen(only).await?;
        let cutoff = self.oldest_open_window().await?;
        let gatherer = self.gatherer()?;
        let mut running = futures::stream::iter(chosen)
            .map(|source| self.gather_one(&gatherer, source, cutoff))
            .buffered(self.config.gather.hosts_at_once.max(1));
        let mut done = Vec::new();
        while let Some(gathering) = running.next().await {
            done.push(gathering?);
        }
        Ok(done)
    }

    async fn chosen(&self, only: &[SourceId]) -> Result<Vec<Source>, PipelineError> {
        let all = self.sources().await?;
        let known: BTreeSet<_> = all.iter().map(|source| source.id.clone()).collect();
        if let Some(missing) = only.iter().find(|id| !known.contains(*id)) {
            return Err(PipelineError::UnknownSource(missing.to_string()));
        }
        let wanted = |source: &Source| {
            if only.is_empty() { !source.paused } else { only.contains(&source.id) }
        };
        Ok(all.into_iter().filter(wanted).collect())
    }

    async fn gather_one(
        &self,
        gatherer: &Gatherer,
        source: Source,
        cutoff: Timestamp,
    ) -> Result<Gathering, PipelineError> {
        let state = sources::fetch_state(&self.db, &source.id).await?;
        let known = articles::known_urls(&self.db, &source.id).await?;
        let report = gatherer.gather(&source, &state, &|url| known.contains(url)).await;
        let found = u32::try_from(report.articles.len()).unwrap_or(u32::MAX);
        let kept = self.keep(&source, &state, &report, cutoff);
        let new = articles::insert_new(&self.db, &kept).await?;
        sources::put_fetch_state(&self.db, &source.id, &report.state).await?;
        log(&source, &report, new);
        Ok(Gathering {
            source: source.id,
            name: source.name,
            outcome: report.outcome,
            message: Some(report.message).filter(|text| !text.is_empty()),
            skipped: report.skipped,
            new,
            found,
            server_date: report.server_date,
        })
    }

    /// On a source's first run, what is older than the oldest open window is kept and read, and never mailed.
    fn keep(
        &self,
        source: &Source,
        state: &FetchState,
        report: &SourceReport,
        cutoff: Timestamp,
    ) -> Vec<Article> {
        let now = self.clock.now();
        let first_run = state.last_read.is_none();
        let article = |found: &crate::model::article::FoundArticle| {
            let old = found.published.is_some_and(|published| published < cutoff);
            Article::new(source.id.clone(), found.clone(), now, !(first_run && old))
        };
        report.articles.iter().map(article).collect()
    }

    /// The start of the oldest window that is still open; a day ago where no edition has closed yet.
    async fn oldest_open_window(&self) -> Result<Timestamp, PipelineError> {
        let day_ago = self.clock.now() - SignedDuration::from_hours(24);
        let mut oldest = day_ago;
        for name in self.config.edition.keys() {
            let last = issues::last_close(&self.db, &name.as_str().into()).await?;
            oldest = oldest.min(last.unwrap_or(day_ago));
        }
        Ok(oldest)
    }
}

fn log(source: &Source, report: &SourceReport, new: u32) {
    let (id, message) = (&source.id, report.message.as_str());
    if report.outcome.is_read() {
        tracing::info!(source = %id, outcome = ?report.outcome, new, "source read");
    } else {
        tracing::warn!(source = %id, outcome = ?report.outcome, message, "source failed");
    }
}
