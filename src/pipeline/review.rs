//! Review: an issue is held for its editors, until one releases or withholds it or their time is over.

use jiff::{SignedDuration, Timestamp};

use super::digests::whole;
use super::{Pipeline, PipelineError};
use crate::model::digest::Digest;
use crate::model::id::DigestId;
use crate::model::issue::{Edition, Issue};
use crate::model::review::{Review, ReviewRule, ReviewState, Unreviewed};
use crate::model::situation::Frozen;
use crate::model::subscriber::Address;
use crate::store::{decisions, issues, leases, reviews, subscribers};

/// How long one process may take to settle a review before another tries.
const SETTLING: SignedDuration = SignedDuration::from_mins(5);
/// What the draft's subject begins with.
pub(super) const DRAFT: &str = "Draft: ";

/// Whether an issue that closed goes out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Held {
    /// It does: so many messages are queued.
    Queued(u32),
    /// Editors have time until then.
    Until(Timestamp),
    /// It was withheld.
    Withheld,
}

/// How a review ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Settled {
    /// Released: so many messages are queued.
    Queued(u32),
    /// Withheld.
    Withheld,
}

impl Pipeline {
    /// Queues an issue that closed, or holds it where its edition is reviewed. A second call changes nothing.
    pub(super) async fn pass_or_hold(
        &self,
        edition: &Edition,
        issue: &Issue,
        frozen: &Frozen,
    ) -> Result<Held, PipelineError> {
        let known = reviews::get(&self.db, &issue.id).await?;
        match (known.map(|review| (review.state, review.due_at)), &edition.review) {
            (Some((ReviewState::Held, due_at)), _) => Ok(Held::Until(due_at)),
            (Some((ReviewState::Withheld, _)), _) => Ok(Held::Withheld),
            (None, Some(rule)) => self.hold(edition, issue, frozen, rule).await,
            _ => Ok(Held::Queued(self.enqueue_issue(edition, issue, frozen).await?)),
        }
    }

    async fn hold(
        &self,
        edition: &Edition,
        issue: &Issue,
        frozen: &Frozen,
        rule: &ReviewRule,
    ) -> Result<Held, PipelineError> {
        let due_at = issue.closed_at + SignedDuration::from_secs(rule.seconds);
        self.mail_draft(edition, issue, frozen, rule).await?;
        reviews::hold(&self.db, &issue.id, due_at).await?;
        Ok(Held::Until(due_at))
    }

    /// Queues the draft for each editor who is a subscriber.
    async fn mail_draft(
        &self,
        edition: &Edition,
        issue: &Issue,
        frozen: &Frozen,
        rule: &ReviewRule,
    ) -> Result<(), PipelineError> {
        for editor in &rule.editors {
            let address = editor.parse::<Address>().ok();
            let found = match &address {
                Some(address) => subscribers::find(&self.db, address).await?,
                None => None,
            };
            let Some(reader) = found else {
                tracing::warn!(editor, "an editor who gets drafts is no subscriber");
                continue;
            };
            let told = self.told_of(frozen, edition, &whole(edition, &reader.zone));
            let id = DigestId::of(&format!("draft/{}", issue.id), &reader.zone);
            let draft = self.rendered(id, None, &told)?;
            let subject = format!("{DRAFT}{}", draft.subject);
            self.enqueue_one(&Digest { subject, ..draft }, &reader).await?;
        }
        Ok(())
    }

    /// Sends the issues of an edition that are held to their readers, as editors have corrected them meanwhile. None
    /// where none is held.
    pub async fn release(&self, edition: &Edition) -> Result<Option<Settled>, PipelineError> {
        self.settle_held(edition, ReviewState::Released, None).await
    }

    /// Sends the issues of an edition that are held to nobody.
    pub async fn withhold(
        &self,
        edition: &Edition,
        reason: &str,
    ) -> Result<Option<Settled>, PipelineError> {
        self.settle_held(edition, ReviewState::Withheld, Some(reason)).await
    }

    async fn settle_held(
        &self,
        edition: &Edition,
        state: ReviewState,
        reason: Option<&str>,
    ) -> Result<Option<Settled>, PipelineError> {
        let mut settled = None;
        for review in reviews::held(&self.db).await? {
            if review.edition == edition.id {
                let one = self.end_review(edition, &review, state, reason).await?;
                settled = sum(settled, one);
            }
        }
        Ok(settled)
    }

    /// Settles every review whose time is over, as its edition wants; gives how many there were.
    pub async fn settle_overdue(&self) -> Result<u32, PipelineError> {
        let (mut settled, now) = (0, self.clock.now());
        for review in reviews::held(&self.db).await? {
            let Ok(edition) = self.edition(review.edition.as_str()) else { continue };
            if review.due_at > now {
                continue;
            }
            let rule = edition.review.as_ref().map(|rule| rule.unreviewed);
            let (state, reason) = match rule.unwrap_or_default() {
                Unreviewed::Send => (ReviewState::Released, None),
                Unreviewed::Withhold => (ReviewState::Withheld, Some("nobody reviewed it in time")),
            };
            let one = self.end_review(&edition, &review, state, reason).await?;
            settled += u32::from(one.is_some());
        }
        Ok(settled)
    }

    /// Queues before it notes that it did: a process that dies in between leaves the issue held, and the next try queues
    /// nobody twice. One process at a time, so that nobody releases what another withholds.
    async fn end_review(
        &self,
        edition: &Edition,
        review: &Review,
        state: ReviewState,
        reason: Option<&str>,
    ) -> Result<Option<Settled>, PipelineError> {
        let (name, now) = (format!("review/{}", review.issue), self.clock.now());
        if !leases::take(&self.db, &name, &self.worker, now + SETTLING, now).await? {
            return Ok(None);
        }
        let held = reviews::get(&self.db, &review.issue).await?;
        let held = held.is_some_and(|review| review.state == ReviewState::Held);
        let settled = match (held, state) {
            (false, _) => None,
            (true, ReviewState::Withheld) => Some(Settled::Withheld),
            (true, _) => self.queue_reviewed(edition, review).await?.map(Settled::Queued),
        };
        if settled.is_some() {
            reviews::settle(&self.db, &review.issue, state, reason, now).await?;
        }
        leases::release(&self.db, &name, &self.worker).await?;
        Ok(settled)
    }

    /// Queues a held issue, computed anew where an editor decided something since it closed.
    async fn queue_reviewed(
        &self,
        edition: &Edition,
        review: &Review,
    ) -> Result<Option<u32>, PipelineError> {
        let Some(issue) = issues::get(&self.db, &review.issue).await? else { return Ok(None) };
        let Some(mut frozen) = issues::frozen(&self.db, &issue.id).await? else { return Ok(None) };
        let decided = decisions::list(&self.db).await?;
        if decided.iter().any(|decision| decision.at >= issue.closed_at) {
            frozen = self.freeze(edition, issue.window, frozen.next_close).await?;
            issues::refreeze(&self.db, &issue.id, &frozen).await?;
        }
        Ok(Some(self.enqueue_issue(edition, &issue, &frozen).await?))
    }
}

fn sum(all: Option<Settled>, one: Option<Settled>) -> Option<Settled> {
    match (all, one) {
        (Some(Settled::Queued(a)), Some(Settled::Queued(b))) => Some(Settled::Queued(a + b)),
        (all, one) => one.or(all),
    }
}
