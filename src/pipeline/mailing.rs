//! Who gets an issue: one row of the outbox for each subscriber whose day it is.

use std::collections::btree_map::Entry;
use std::collections::{BTreeMap, HashMap};

use jiff::Timestamp;
use jiff::civil::Time;
use tokio::task::JoinHandle;

use super::{Pipeline, PipelineError};
use crate::model::closing::Timetable;
use crate::model::delivery::{Delivery, DeliveryKind, DeliveryState};
use crate::model::digest::{DayOutcome, Digest, Variant};
use crate::model::id::{DeliveryId, DigestId, IssueId, SubscriptionId};
use crate::model::issue::{Edition, Issue};
use crate::model::situation::Frozen;
use crate::model::subscriber::{Frequency, Subscriber, Subscription};
use crate::model::time::Window;
use crate::model::turn::{Turn, UnknownZone, reader_due};
use crate::store::subscriptions::{self, LastIssue};
use crate::store::{StoreError, digests, issues, outbox};

impl Pipeline {
    /// Queues an issue for everyone who wants it now; a second call queues nothing twice. Gives how many were new.
    pub async fn enqueue_issue(
        &self,
        edition: &Edition,
        issue: &Issue,
        frozen: &Frozen,
    ) -> Result<u32, PipelineError> {
        self.publish(edition, issue, frozen).await?;
        let mut turn = turn(edition, issue, frozen);
        turn.expected = self.made_up_for(edition, issue).await?.unwrap_or(turn.expected);
        let mut made = Made::new(turn);
        let last = LastIssue { issue: issue.id.clone(), until: issue.window.to };
        let (mut queued, mut writing) = (0, None);
        let mut page = self.page(edition, issue, frozen, &mut made, None).await?;
        while let Some(Page { deliveries, served, after }) = page {
            queued += written(writing).await?;
            // Beside the next page, on another core. What was queued, each reader's last issue knows.
            let (db, last) = (self.db.clone(), last.clone());
            writing = Some(tokio::spawn(async move {
                subscriptions::serve(&db, &deliveries, &served, &last).await
            }));
            page = self.page(edition, issue, frozen, &mut made, Some(after)).await?;
        }
        queued += written(writing).await?;
        issues::queued(&self.db, &issue.id, self.clock.now()).await?;
        Ok(queued)
    }

    /// What is queued for the page of readers after `after`; none where there are no more.
    async fn page(
        &self,
        edition: &Edition,
        issue: &Issue,
        frozen: &Frozen,
        made: &mut Made,
        after: Option<SubscriptionId>,
    ) -> Result<Option<Page>, PipelineError> {
        let readers = subscriptions::page(&self.db, &edition.id, after, PAGE).await?;
        let Some((last, _)) = readers.last() else { return Ok(None) };
        let mut page = Page { deliveries: Vec::new(), served: Vec::new(), after: last.id };
        for (subscription, subscriber) in &readers {
            let due_at = match made.due(subscription, subscriber) {
                Ok(Some(due_at)) => due_at,
                Ok(None) => continue,
                Err(error) => {
                    tracing::error!(subscriber = %subscriber.id, %error, "reader is passed over");
                    continue;
                }
            };
            let window = self.reader_window(subscription, issue).await?;
            let variant = variant(edition, subscriber, subscription);
            let (digest, outcome) =
                self.digest_for(edition, issue, frozen, made, window, variant).await?;
            if !(subscription.skip_quiet && outcome == DayOutcome::Quiet) {
                page.deliveries.push(self.delivery(&digest, subscriber, due_at));
            }
            page.served.push(subscription.id);
        }
        Ok(Some(page))
    }

    /// The digest of a window for a variant: looked up or rendered once a run, however many want it.
    async fn digest_for(
        &self,
        edition: &Edition,
        issue: &Issue,
        frozen: &Frozen,
        made: &mut Made,
        window: Window,
        variant: Variant,
    ) -> Result<(DigestId, DayOutcome), PipelineError> {
        let key = (window, variant);
        if let Some(digest) = made.digests.get(&key) {
            return Ok(digest.clone());
        }
        let (window, variant) = key;
        let (from, to) = (window.from.as_microsecond(), window.to.as_microsecond());
        let reference = IssueId::of(&edition.id, from, to);
        let own = if window == issue.window {
            frozen
        } else {
            self.other_window(&mut made.windows, edition, window, frozen).await?
        };
        let stored = window == issue.window;
        let digest = self.digest_of((&reference, stored), own, edition, &variant).await?;
        let digest = (digest.id, digest.outcome);
        made.digests.insert((window, variant), digest.clone());
        Ok(digest)
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
        let delivery = self.delivery(&digest.id, to, self.clock.now());
        Ok(outbox::enqueue(&self.db, &[delivery]).await?)
    }

    /// Queues the messages of one mailing again that failed or expired, with the same bytes; who left is not mailed. Gives
    /// how many messages it has, and how many are queued again.
    pub async fn retry_failed(&self, reference: &str) -> Result<(usize, u32), PipelineError> {
        let found = outbox::of_reference(&self.db, reference).await?;
        let queued = self.retry(&found).await?;
        Ok((found.len(), queued))
    }

    /// Queues those of some messages again that failed or expired. Gives how many.
    pub async fn retry(&self, found: &[Delivery]) -> Result<u32, PipelineError> {
        let ended =
            |one: &&Delivery| matches!(one.state, DeliveryState::Failed | DeliveryState::Expired);
        let (mut queued, now) = (0, self.clock.now());
        let until = now + self.config.deliver.expire_after.signed();
        for delivery in found.iter().filter(ended) {
            queued += u32::from(outbox::retry(&self.db, delivery.id, until, now).await?);
        }
        Ok(queued)
    }

    /// The outbox row of a digest for a subscriber.
    pub fn delivery(&self, digest: &DigestId, to: &Subscriber, due_at: Timestamp) -> Delivery {
        Delivery {
            id: DeliveryId::next(&*self.clock),
            kind: DeliveryKind::Digest,
            reference: digest.to_string(),
            subscriber: to.id,
            state: DeliveryState::Queued,
            message_id: self.mailer.message_id(digest, &to.id),
            dated: self.clock.now(),
            due_at,
            expires_at: due_at + self.config.deliver.expire_after.signed(),
            attempts: 0,
            reply: None,
        }
    }
}

/// Readers that are queued together, in one transaction.
const PAGE: u32 = 4_000;

/// What is queued for a page of readers.
struct Page {
    deliveries: Vec<Delivery>,
    served: Vec<SubscriptionId>,
    /// The last of them.
    after: SubscriptionId,
}

/// How many messages of a page were new, when it is written; none were where there is no page.
async fn written(page: Option<JoinHandle<Result<u32, StoreError>>>) -> Result<u32, PipelineError> {
    match page {
        Some(writing) => Ok(writing.await??),
        None => Ok(0),
    }
}

/// What decides when a reader is due: zone, hour and days.
type Hour = (String, Time, Frequency);

/// What a run has computed, frozen and rendered, so that readers share it.
struct Made {
    turn: Turn,
    due: HashMap<Hour, Result<Option<Timestamp>, UnknownZone>>,
    windows: BTreeMap<i64, Frozen>,
    digests: HashMap<(Window, Variant), (DigestId, DayOutcome)>,
}

impl Made {
    fn new(turn: Turn) -> Self {
        Self { turn, due: HashMap::new(), windows: BTreeMap::new(), digests: HashMap::new() }
    }

    /// When the issue is due at a reader.
    fn due(
        &mut self,
        wanted: &Subscription,
        reader: &Subscriber,
    ) -> Result<Option<Timestamp>, UnknownZone> {
        let turn = self.turn;
        let hour = (reader.zone.clone(), wanted.at, wanted.frequency);
        self.due.entry(hour).or_insert_with(|| reader_due(wanted, &reader.zone, turn)).clone()
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
