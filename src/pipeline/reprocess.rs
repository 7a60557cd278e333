//! Reading stored articles again with the rules and packs of today.

use std::sync::Arc;

use jiff::Timestamp;
use rayon::prelude::*;

use super::read::{document, read};
use super::{Pipeline, PipelineError, ReadSummary};
use crate::model::article::Article;
use crate::model::claim::Claim;
use crate::model::id::ArticleId;
use crate::store::readings;

/// Articles read at a time when nothing is kept.
const BATCH: u32 = 64;

/// What reading again came to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Reprocessed {
    /// Articles read again, and the claims found in them.
    pub read: ReadSummary,
    /// Events that are new or say something else.
    pub events: u32,
}

/// What reading again would change.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Rehearsed {
    /// Articles read.
    pub articles: u32,
    /// Of them those that would tell something else.
    pub differing: u32,
    /// Claims that are stored of them.
    pub claims_before: u32,
    /// Claims that would be.
    pub claims_after: u32,
}

impl Pipeline {
    /// Reads every stored article first seen at or after `since` again. What editors decided holds on to the sentences
    /// that it is about; every event that says something else is a new version; issues and digests stay as they were
    /// sent, and nothing is mailed: an event belongs to the issue in whose window its reports came in.
    pub async fn reprocess(&self, since: Timestamp) -> Result<Reprocessed, PipelineError> {
        readings::reopen(&self.db, since).await?;
        let read = self.read_pending().await?;
        let events = self.refresh_since(since).await?;
        Ok(Reprocessed { read, events })
    }

    /// The same without keeping anything: what it would change.
    pub async fn rehearse(&self, since: Timestamp) -> Result<Rehearsed, PipelineError> {
        let (mut all, mut after) = (Rehearsed::default(), ArticleId::new(""));
        loop {
            let batch = readings::stored_since(&self.db, since, &after, BATCH).await?;
            let Some(last) = batch.last() else { return Ok(all) };
            after = last.id.clone();
            for (article, claims) in self.read_only(batch).await? {
                let stored = readings::claims_of(&self.db, &article.id).await?;
                all.articles += 1;
                all.differing += u32::from(stored != claims);
                all.claims_before += number(stored.len());
                all.claims_after += number(claims.len());
            }
        }
    }

    /// Reads articles on every core and keeps nothing.
    async fn read_only(
        &self,
        batch: Vec<Article>,
    ) -> Result<Vec<(Article, Vec<Claim>)>, PipelineError> {
        self.renew_packs().await?;
        let known = self.packs.now();
        let (extractor, registry) = (known.extractor()?, Arc::clone(&known.registry));
        let sources = self.sources().await?;
        let work = move || {
            let claims = |article: &Article| {
                let source = sources.iter().find(|source| source.id == article.source);
                read(&extractor, &document(article, source, &registry)).0.claims
            };
            let all: Vec<_> = batch.par_iter().map(claims).collect();
            batch.into_iter().zip(all).collect()
        };
        Ok(tokio::task::spawn_blocking(work).await?)
    }
}

fn number(count: usize) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}
