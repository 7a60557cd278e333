//! What editors look at before readers do: an edition as it would close now, an issue that is held, and either by mail.

use jiff::SignedDuration;

use super::digests::whole;
use super::editions::FIRST_WINDOW_HOURS;
use super::review::DRAFT;
use super::{Pipeline, PipelineError, Told};
use crate::model::closing::next_closing;
use crate::model::digest::Digest;
use crate::model::id::{DigestId, IssueId};
use crate::model::issue::{Edition, Issue};
use crate::model::subscriber::Subscriber;
use crate::model::time::Window;
use crate::store::issues;

impl Pipeline {
    /// What an edition would tell if it closed now, from what was gathered so far. Nothing is closed.
    pub async fn preview(&self, edition: &Edition, zone: &str) -> Result<Told, PipelineError> {
        let now = self.clock.now();
        let first = now - SignedDuration::from_hours(FIRST_WINDOW_HOURS);
        let from = issues::last_close(&self.db, &edition.id).await?.unwrap_or(first);
        // Just after a closing the window is all but empty, and still a window.
        let window = Window { from, to: now.max(from + SignedDuration::from_micros(1)) };
        let next = next_closing(&edition.closes, now).ok().flatten();
        let frozen = self.freeze(edition, window, next).await?;
        Ok(self.told_of(&frozen, edition, &whole(edition, zone)))
    }

    /// What an issue tells, whether it is held, went out or was withheld.
    pub async fn draft(&self, id: &IssueId) -> Result<Option<(Issue, Told)>, PipelineError> {
        let Some(issue) = issues::get(&self.db, id).await? else { return Ok(None) };
        let Some(frozen) = issues::frozen(&self.db, id).await? else { return Ok(None) };
        let edition = self.edition_of(&issue);
        let told = self.told_of(&frozen, &edition, &whole(&edition, "UTC"));
        Ok(Some((issue, told)))
    }

    /// Queues the preview of an edition for somebody, marked as a draft. Each call is a mail of its own.
    pub async fn mail_preview(
        &self,
        edition: &Edition,
        to: &Subscriber,
    ) -> Result<u32, PipelineError> {
        let told = self.preview(edition, &to.zone).await?;
        let at = self.clock.now().as_microsecond();
        let id = DigestId::of(&format!("preview/{}/{at}", edition.id), &to.zone);
        let draft = self.rendered(id, None, &told)?;
        let subject = format!("{DRAFT}{}", draft.subject);
        self.enqueue_one(&Digest { subject, ..draft }, to).await
    }
}
