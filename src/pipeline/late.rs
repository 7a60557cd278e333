//! A day without data: the full issue follows when data arrive, three hours later at most (B-58).

use jiff::{SignedDuration, Timestamp};

use super::{EditionRun, Pipeline, PipelineError};
use crate::model::issue::{Edition, Issue};
use crate::model::time::Window;
use crate::store::{digests, issues, outbox};

/// What arrives later than this is for the next regular issue.
const LATEST: SignedDuration = SignedDuration::from_hours(3);
/// Below this share of sources there is no data, in percent.
const NO_DATA: u32 = 30;

impl Pipeline {
    /// Closes an edition once more where its last issue had next to nothing to tell and sources can be read again. Who
    /// has not got the notice of that yet gets the full issue alone.
    pub async fn make_up(&self, edition: &Edition) -> Result<Option<EditionRun>, PipelineError> {
        let now = self.clock.now();
        let Some(last) = issues::last(&self.db, &edition.id).await? else { return Ok(None) };
        let close = last.window.to;
        if now <= close || now.duration_since(close) > LATEST || !self.is_empty_day(&last).await? {
            return Ok(None);
        }
        let window = Window { from: close, to: now };
        let coverage = self.coverage(window).await?;
        if coverage.articles == 0 || coverage.percent() < NO_DATA {
            return Ok(None);
        }
        let frozen = issues::frozen(&self.db, &last.id).await?;
        let next = frozen.and_then(|frozen| frozen.next_close);
        for notice in digests::of_issue(&self.db, &last.id).await? {
            outbox::withdraw(&self.db, notice.id.as_str(), now).await?;
        }
        Ok(Some(self.close_and_queue(edition, now, next).await?))
    }

    /// When the closing was for which an issue makes up; none for one that makes up for nothing.
    pub(super) async fn made_up_for(
        &self,
        edition: &Edition,
        issue: &Issue,
    ) -> Result<Option<Timestamp>, PipelineError> {
        let Window { from, to } = issue.window;
        if to.duration_since(from) > LATEST {
            return Ok(None);
        }
        let before = issues::closed_at(&self.db, &edition.id, from).await?;
        Ok(match before {
            Some(before) if self.is_empty_day(&before).await? => Some(from),
            _ => None,
        })
    }

    async fn is_empty_day(&self, issue: &Issue) -> Result<bool, PipelineError> {
        let frozen = issues::frozen(&self.db, &issue.id).await?;
        Ok(frozen.is_some_and(|frozen| frozen.coverage.percent() < NO_DATA))
    }
}
