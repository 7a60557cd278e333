//! How the sources fared in a window: the honest line under the masthead.

use std::collections::BTreeMap;

use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp, ToSpan as _};

use super::freeze::BASELINE_DAYS;
use super::{Pipeline, PipelineError};
use crate::model::id::SourceId;
use crate::model::situation::Coverage;
use crate::model::source::{FetchOutcome, FetchState, Source};
use crate::model::time::Window;
use crate::store::coverage::{self, Gathered};
use crate::store::{source_days, sources};

impl Pipeline {
    /// What was read in `window`, and which sources could not be read at their last try.
    pub(super) async fn coverage(&self, window: Window) -> Result<Coverage, PipelineError> {
        let gathered = coverage::gathered(&self.db, window).await?;
        self.covered(window, &gathered).await
    }

    /// What was published in a span that is asked for, whenever it was found.
    pub(super) async fn coverage_of_span(&self, span: Window) -> Result<Coverage, PipelineError> {
        let published = coverage::published(&self.db, span).await?;
        self.covered(span, &published).await
    }

    async fn covered(
        &self,
        window: Window,
        gathered: &Gathered,
    ) -> Result<Coverage, PipelineError> {
        let states = sources::fetch_states(&self.db).await?;
        let sources = self.sources().await?;
        let active: Vec<&Source> = sources.iter().filter(|source| !source.paused).collect();
        let mut result = Coverage {
            articles: gathered.articles.values().sum(),
            unread: gathered.unread.clone(),
            read_since: gathered.read_since,
            read_before: self.read_before(window.from).await?,
            sources_changed: added(&active, &states, window)
                || self.removed(&active, window).await?,
            method_changed: self.method_changed(window.from).await?,
            ..Coverage::default()
        };
        for source in active {
            count(&mut result, source, states.get(&source.id), gathered);
        }
        Ok(result)
    }

    /// Whether an article of the baseline's days was read by other rules or packs than those of today.
    async fn method_changed(&self, from: Timestamp) -> Result<bool, PipelineError> {
        let oldest = from - SignedDuration::from_hours(24 * BASELINE_DAYS);
        let (extractor, packs) = (&self.extractor_version, &self.packs.now().version);
        let baseline = Window { from: oldest, to: from };
        Ok(coverage::read_otherwise(&self.db, baseline, extractor, packs).await?)
    }

    /// Whether a source was removed or paused inside the window (B-53): it was still read on the last day before, which
    /// may lie long back where nothing was gathered for days.
    async fn removed(&self, active: &[&Source], window: Window) -> Result<bool, PipelineError> {
        let day = |at: Timestamp| at.to_zoned(TimeZone::UTC).date();
        let read = source_days::read_about(&self.db, day(window.from), day(window.to)).await?;
        Ok(read.iter().any(|id| active.iter().all(|source| source.id != *id)))
    }

    /// How many sources were read on each of the days in UTC before the one of `from`, newest first, as far back as
    /// there is a record and not further than the baseline of trends.
    async fn read_before(&self, from: Timestamp) -> Result<Vec<u32>, PipelineError> {
        let today = from.to_zoned(TimeZone::UTC).date();
        let oldest = today.saturating_sub(BASELINE_DAYS.days());
        let read = source_days::read_on(&self.db, oldest, today).await?;
        let Some(first) = read.keys().next().copied() else { return Ok(Vec::new()) };
        let days = today.series(-1.day()).skip(1).take_while(|day| *day >= first);
        Ok(days.map(|day| read.get(&day).copied().unwrap_or(0)).collect())
    }
}

/// Whether a source was added inside the window (B-53). In the first window of all every source is new, and nothing is
/// compared.
fn added(active: &[&Source], states: &BTreeMap<SourceId, FetchState>, window: Window) -> bool {
    let first = |state: &FetchState| state.first_tried.or(state.last_read);
    let old = |state: &FetchState| first(state).is_some_and(|at| at < window.from);
    let added = |source: &&Source| {
        states.get(&source.id).and_then(first).is_some_and(|at| window.contains(at))
    };
    states.values().any(old) && active.iter().any(added)
}

fn count(
    coverage: &mut Coverage,
    source: &Source,
    state: Option<&FetchState>,
    gathered: &Gathered,
) {
    let outcome = state.and_then(|state| state.outcome);
    if gathered.articles.get(&source.id).copied().unwrap_or(0) > 0 {
        coverage.sources_read += 1;
    } else if outcome.is_some_and(FetchOutcome::is_read) {
        coverage.sources_empty += 1;
    } else {
        let why = state.and_then(|state| state.message.clone());
        let why = why.unwrap_or_else(|| "not tried yet".to_owned());
        coverage.failed.push((source.name.clone(), why));
    }
}
