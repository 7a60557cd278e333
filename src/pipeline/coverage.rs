//! How the sources fared in a window: the honest line under the masthead.

use super::{Pipeline, PipelineError};
use crate::model::situation::Coverage;
use crate::model::source::{FetchOutcome, FetchState, Source};
use crate::model::time::Window;
use crate::store::coverage::{self, Gathered};
use crate::store::sources;

impl Pipeline {
    /// What was read in `window`, and which sources could not be read at their last try.
    pub(super) async fn coverage(&self, window: Window) -> Result<Coverage, PipelineError> {
        let gathered = coverage::gathered(&self.db, window).await?;
        let states = sources::fetch_states(&self.db).await?;
        let mut result = Coverage {
            articles: gathered.articles.values().sum(),
            unread: gathered.unread.clone(),
            read_since: gathered.read_since,
            ..Coverage::default()
        };
        for source in self.sources().await?.iter().filter(|source| !source.paused) {
            count(&mut result, source, states.get(&source.id), &gathered);
        }
        Ok(result)
    }
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
