//! Who gets an issue: one row of the outbox for each subscriber whose day it is.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

use jiff::Timestamp;

use super::{Pipeline, PipelineError};
use crate::deliver::message_id;
use crate::model::closing::Timetable;
use crate::model::delivery::{Delivery, DeliveryKind, DeliveryState};
use crate::model::digest::{DayOutcome, Digest, Variant};
use crate::model::id::{DeliveryId, IssueId};
use crate::model::issue::{Edition, Issue};
use crate::model::situation::Frozen;
use crate::model::subscriber::{Frequency, Subscriber, Subscription};
use crate::model::time::Window;
use crate::model::turn::{Turn, reader_due};
use crate::store::subscriptions::{self, LastIssue};
use crate::store::{digests, outbox};

impl Pipeline {
    /// Queues an issue for everyone who wants it now; a second call queues nothing twice. Gives how many were new.
    pub async fn enqueue_issue(
        &self,
        edition: &Edition,
        issue: &Issue,
        frozen: &Frozen,
    ) -> Result<u32, PipelineError> {
        let mut queued = 0;
        let mut windows: BTreeMap<i64, Frozen> = BTreeMap::new();
        let turn = turn(edition, issue, frozen);
        for (subscription, subscriber) in subscriptions::for_edition(&self.db, &edition.id).await? {
            let due_at = match reader_due(&subscription, &subscriber.zone, turn) {
                Ok(Some(due_at)) => due_at,
                Ok(None) => continue,
                Err(error) => {
                    tracing::error!(subscriber = %subscriber.id, %error, "reader is passed over");
                    continue;
                }
            };
            let window = self.reader_window(&subscription, issue).await?;
            let own = if window == issue.window {
                frozen
            } else {
                self.other_window(&mut windows, edition, window, frozen).await?
            };
            let variant = variant(edition, &subscriber, &subscription);
            let reference =
                IssueId::of(&edition.id, window.from.as_microsecond(), window.to.as_microsecond());
            let digest = self
                .digest_of(&reference, window == issue.window, own, &edition.filter, &variant)
                .await?;
            if !(subscription.skip_quiet && digest.outcome == DayOutcome::Quiet) {
                queued += outbox::enqueue(&self.db, &[self.delivery(&digest, &subscriber, due_at)])
                    .await?;
            }
            let last = LastIssue { issue: issue.id.clone(), until: issue.window.to };
            subscriptions::put_last(&self.db, subscription.id, &last).await?;
        }
        Ok(queued)
    }

    /// Weekly and weekdays-only readers get the events since their own last issue, recomputed, not added up.
    async fn reader_window(
        &self,
        subscription: &Subscription,
        issue: &Issue,
    ) -> Result<Window, PipelineError> {
        if matches!(subscription.frequency, Frequency::Daily | Frequency::EachIssue) {
            return Ok(issue.window);
        }
        let last = subscriptions::last(&self.db, subscription.id).await?;
        let from = last.map_or(issue.window.from, |last| last.until.min(issue.window.from));
        Ok(Window { from, to: issue.window.to })
    }

    async fn other_window<'a>(
        &self,
        made: &'a mut BTreeMap<i64, Frozen>,
        edition: &Edition,
        window: Window,
        issue: &Frozen,
    ) -> Result<&'a Frozen, PipelineError> {
        let key = window.from.as_microsecond();
        Ok(match made.entry(key) {
            Entry::Occupied(made) => made.into_mut(),
            Entry::Vacant(free) => {
                free.insert(self.freeze(edition, window, issue.next_close).await?)
            }
        })
    }

    /// Queues one digest for one subscriber, at once; a digest that is queued for them stays as it is.
    pub async fn enqueue_one(
        &self,
        digest: &Digest,
        to: &Subscriber,
    ) -> Result<u32, PipelineError> {
        digests::insert(&self.db, digest).await?;
        let delivery = self.delivery(digest, to, self.clock.now());
        Ok(outbox::enqueue(&self.db, &[delivery]).await?)
    }

    /// The outbox row of a digest for a subscriber.
    pub fn delivery(&self, digest: &Digest, to: &Subscriber, due_at: Timestamp) -> Delivery {
        let deliver = &self.config.deliver;
        Delivery {
            id: DeliveryId::next(&*self.clock),
            kind: DeliveryKind::Digest,
            reference: digest.id.to_string(),
            subscriber: to.id,
            state: DeliveryState::Queued,
            message_id: message_id(deliver, &digest.id, &to.id),
            dated: self.clock.now(),
            due_at,
            expires_at: due_at + deliver.expire_after.signed(),
            attempts: 0,
            reply: None,
        }
    }
}

/// From the closing to the next; an issue whose window spans missed closings was expected at the first of them.
fn turn(edition: &Edition, issue: &Issue, frozen: &Frozen) -> Turn {
    let closing = issue.window.to;
    let table = Timetable::parse(&edition.closes, 0).ok();
    let first = table.and_then(|table| table.next_after(issue.window.from));
    let expected = first.filter(|at| *at < closing).unwrap_or(closing);
    Turn { expected, closing, next: frozen.next_close }
}

/// The reader's filter; the edition's is applied beside it.
fn variant(edition: &Edition, subscriber: &Subscriber, subscription: &Subscription) -> Variant {
    Variant {
        filter: subscription.filter.clone(),
        grouping: subscription.grouping.unwrap_or(edition.lead),
        language: subscriber.language.clone(),
        zone: subscriber.zone.clone(),
        brief: false,
    }
}
