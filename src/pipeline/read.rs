//! Reading: stored articles become stored claims, on every core, a lease at a time.

use std::sync::Arc;

use jiff::SignedDuration;
use jiff::tz::TimeZone;
use rayon::prelude::*;

use super::packs::Knowledge;
use super::profile::alignment;
use super::{Pipeline, PipelineError};
use crate::aggregate::duplicates;
use crate::extract::Extractor;
use crate::model::article::Article;
use crate::model::document::{Document, Reading};
use crate::model::registry::Registry;
use crate::model::source::Source;
use crate::store::readings::{self, ReadingResult, StoredReading};

/// Articles claimed at a time.
const BATCH: u32 = 64;

/// What a run of reading came to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct ReadSummary {
    /// Articles read.
    pub read: u32,
    /// Kept unread: a language that is not read yet, no text.
    pub unread: u32,
    /// Claims found.
    pub claims: u32,
}

impl Pipeline {
    /// Reads every article that waits.
    pub async fn read_pending(&self) -> Result<ReadSummary, PipelineError> {
        self.renew_packs().await?;
        let (sources, known) = (Arc::new(self.sources().await?), self.packs.now());
        let mut summary = ReadSummary::default();
        loop {
            let now = self.clock.now();
            let until = now
                + SignedDuration::try_from(self.config.schedule.lease.duration())
                    .unwrap_or_default();
            let batch =
                readings::claim_for_extraction(&self.db, BATCH, &self.worker, until, now).await?;
            if batch.is_empty() {
                return Ok(summary);
            }
            self.read_batch(batch, Arc::clone(&sources), &known, &mut summary).await?;
        }
    }

    async fn read_batch(
        &self,
        batch: Vec<Article>,
        sources: Arc<Vec<Source>>,
        known: &Knowledge,
        summary: &mut ReadSummary,
    ) -> Result<(), PipelineError> {
        let (extractor, registry) = (known.extractor()?, Arc::clone(&known.registry));
        let readings = tokio::task::spawn_blocking(move || {
            let read = |article: &Article| {
                let source = sources.iter().find(|source| source.id == article.source);
                read(&extractor, &document(article, source, &registry))
            };
            let all: Vec<_> = batch.par_iter().map(read).collect();
            batch.into_iter().zip(all).collect::<Vec<_>>()
        })
        .await?;
        for (article, (reading, fingerprint)) in readings {
            self.keep_reading(&article, reading, fingerprint, &known.version, summary).await?;
        }
        Ok(())
    }

    async fn keep_reading(
        &self,
        article: &Article,
        reading: Reading,
        fingerprint: Vec<u32>,
        packs: &str,
        summary: &mut ReadSummary,
    ) -> Result<(), PipelineError> {
        let claims = u32::try_from(reading.claims.len()).unwrap_or(u32::MAX);
        let result = if let Some(why) = reading.unread {
            summary.unread += 1;
            ReadingResult::Unread(why)
        } else {
            summary.read += 1;
            summary.claims += claims;
            ReadingResult::Read(reading.claims)
        };
        let stored = StoredReading {
            result,
            language: reading.language,
            fingerprint,
            extractor: self.extractor_version.clone(),
            packs: packs.to_owned(),
        };
        readings::put_reading(&self.db, &article.id, &stored).await?;
        Ok(())
    }
}

/// What an article says, and the fingerprint of its text.
pub(super) fn read(extractor: &Extractor, document: &Document) -> (Reading, Vec<u32>) {
    (extractor.read(document), duplicates::fingerprint(&document.text))
}

/// The article as extraction takes it: dated by its source's day in UTC, with the outlet's own names for parties and
/// whom it speaks for.
pub fn document(article: &Article, source: Option<&Source>, registry: &Registry) -> Document {
    let speaks_for = source.and_then(|source| alignment(source, registry)).unwrap_or_default();
    let found = &article.found;
    let published = found.published.map(|at| at.to_zoned(TimeZone::UTC).date());
    Document {
        doc_id: article.id.to_string(),
        text: found.text.clone(),
        title: Some(found.title.clone()).filter(|title| !title.is_empty()),
        published,
        source: Some(
            source.map_or(article.source.as_str(), |source| source.name.as_str()).to_owned(),
        ),
        url: Some(found.url.clone()),
        lang: found.language.clone(),
        calls: source
            .map(|source| source.calls.iter().map(|(k, v)| (k.clone(), v.clone())).collect())
            .unwrap_or_default(),
        aligned_with: speaks_for.iter().map(ToString::to_string).collect(),
        theatres: source.map(|source| source.theatres.clone()).unwrap_or_default(),
    }
}
