//! Running an edition: everything from gathering to the outbox, and the issue that comes of it.

use jiff::{SignedDuration, Timestamp};

use super::review::Held;
use super::{Gathered, Pipeline, PipelineError, ReadSummary};
use crate::model::issue::{Edition, Issue};
use crate::model::situation::Frozen;
use crate::model::time::Window;
use crate::store::issues::{self, Closing};

/// How far back the first window of an edition begins, in hours.
pub(super) const FIRST_WINDOW_HOURS: i64 = 24;

/// What running an edition came to.
#[derive(Debug, Clone)]
pub struct EditionRun {
    /// What was still to be read.
    pub read: ReadSummary,
    /// The issue; none when its window was closed before.
    pub issue: Option<Issue>,
    /// Whether it goes out; none without an issue.
    pub held: Option<Held>,
}

impl EditionRun {
    /// Messages queued.
    pub fn queued(&self) -> u32 {
        match self.held {
            Some(Held::Queued(queued)) => queued,
            _ => 0,
        }
    }
}

impl Pipeline {
    /// Gathers, reads and aggregates.
    pub async fn prepare(&self) -> Result<(Gathered, ReadSummary), PipelineError> {
        let gathered = self.gather(&[]).await?;
        let read = self.read_pending().await?;
        self.refresh_events().await?;
        Ok((gathered, read))
    }

    /// Gathers what is due by its timetable, and reads and aggregates where something was new.
    pub async fn keep_up(&self) -> Result<Gathered, PipelineError> {
        let gathered = self.gather_due().await?;
        if self.read_pending().await? != ReadSummary::default() {
            self.refresh_events().await?;
        }
        Ok(gathered)
    }

    /// Closes the edition at `close_at` over what was gathered before, and queues the issue for its readers or holds it
    /// for its editors.
    pub async fn close_and_queue(
        &self,
        edition: &Edition,
        close_at: Timestamp,
        next_close: Option<Timestamp>,
    ) -> Result<EditionRun, PipelineError> {
        let read = self.read_pending().await?;
        self.refresh_events().await?;
        let issue = self.close(edition, close_at, next_close).await?;
        let held = match &issue {
            Some((issue, frozen)) => Some(self.pass_or_hold(edition, issue, frozen).await?),
            None => None,
        };
        Ok(EditionRun { read, issue: issue.map(|(issue, _)| issue), held })
    }

    /// Closes the window that is open, at `close_at`. None when that instant lies in a window that was closed; an
    /// issue that was closed before but perhaps not queued to the end is given again.
    pub async fn close(
        &self,
        edition: &Edition,
        close_at: Timestamp,
        next_close: Option<Timestamp>,
    ) -> Result<Option<(Issue, Frozen)>, PipelineError> {
        let first = close_at - SignedDuration::from_hours(FIRST_WINDOW_HOURS);
        let from = issues::open_edition(&self.db, &edition.id, first).await?;
        if from >= close_at {
            return self.closed_before(edition, close_at).await;
        }
        let window = Window { from, to: close_at };
        let frozen = self.freeze(edition, window, next_close).await?;
        let issue = Issue::new(edition.id.clone(), window, self.clock.now());
        match issues::insert(&self.db, &issue, &frozen).await? {
            Closing::New => Ok(Some((issue, frozen))),
            Closing::Already | Closing::NotNext { .. } => {
                self.closed_before(edition, close_at).await
            }
        }
    }

    async fn closed_before(
        &self,
        edition: &Edition,
        close_at: Timestamp,
    ) -> Result<Option<(Issue, Frozen)>, PipelineError> {
        let Some(issue) = issues::closed_at(&self.db, &edition.id, close_at).await? else {
            return Ok(None);
        };
        let frozen = issues::frozen(&self.db, &issue.id).await?;
        Ok(frozen.map(|frozen| (issue, frozen)))
    }
}
