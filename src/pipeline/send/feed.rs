//! What a run's connections take their messages from: claimed rows, admitted by the pace of their domain, with their
//! shared bodies at hand.

use std::collections::{BTreeMap, VecDeque};
use std::sync::Arc;

use jiff::{SignedDuration, Timestamp};
use tokio::sync::Mutex;

use crate::deliver::SharedBody;
use crate::model::delivery::DeliveryState;
use crate::model::id::DigestId;
use crate::pipeline::{Pipeline, PipelineError};
use crate::store::outbox::{self, Outgoing, Pace};

use super::SendSummary;
use super::pace::{ALL, admitted, interval, is_provider, mail_domain};

/// Messages that are claimed at a time.
const BATCH: u32 = 200;
/// How much of the shared bodies is kept at hand, in bytes.
const BODIES: usize = 32 << 20;

/// A run's supply.
pub(super) struct Feed<'a> {
    pipeline: &'a Pipeline,
    inner: Mutex<Inner>,
}

#[derive(Default)]
struct Inner {
    waiting: VecDeque<Outgoing>,
    paces: BTreeMap<String, Pace>,
    /// Under which name a domain is paced, where that was found out on the way to its servers.
    lanes: BTreeMap<String, String>,
    bodies: Bodies,
    summary: SendSummary,
    /// The run is counted as one that sent mail.
    departed: bool,
    ended: bool,
}

impl<'a> Feed<'a> {
    pub(super) fn new(pipeline: &'a Pipeline) -> Self {
        Self { pipeline, inner: Mutex::default() }
    }

    /// The next message that may go out now; none when nothing is due any more.
    pub(super) async fn next(&self) -> Result<Option<Outgoing>, PipelineError> {
        let mut inner = self.inner.lock().await;
        loop {
            while let Some(outgoing) = inner.waiting.pop_front() {
                if self.admit(&inner, &outgoing).await? {
                    inner.summary.touch(&outgoing.delivery.reference);
                    return Ok(Some(outgoing));
                }
                inner.summary.touch(&outgoing.delivery.reference);
            }
            if inner.ended || !self.claim(&mut inner).await? {
                return Ok(None);
            }
        }
    }

    /// Claims more. Says whether there was any.
    async fn claim(&self, inner: &mut Inner) -> Result<bool, PipelineError> {
        let (pipeline, now) = (self.pipeline, self.pipeline.clock.now());
        let lease = now + pipeline.config.schedule.lease.signed();
        let batch = outbox::claim_due(&pipeline.db, BATCH, &pipeline.worker, lease, now).await?;
        if batch.is_empty() {
            inner.ended = true;
            return Ok(false);
        }
        if !inner.departed && !batch.ready.is_empty() {
            pipeline.home.depart(&pipeline.db).await?;
            inner.departed = true;
        }
        inner.summary.add(DeliveryState::Suppressed, batch.suppressed);
        inner.summary.add(DeliveryState::Expired, batch.expired);
        let domains = batch.ready.iter().map(|one| one.address.domain().to_owned()).collect();
        inner.lanes = pipeline.transport.lanes(domains).await;
        inner.paces = outbox::paces(&pipeline.db).await?;
        inner.waiting.extend(batch.ready);
        Ok(true)
    }

    /// Whether a message may go out now; one that may not waits for its time in the outbox.
    async fn admit(&self, inner: &Inner, outgoing: &Outgoing) -> Result<bool, PipelineError> {
        let (pipeline, now) = (self.pipeline, self.pipeline.clock.now());
        let (domain, lane) = (outgoing.address.domain(), inner.lane(outgoing));
        let pace = inner.paces.get(&lane).copied();
        let paused = pace.map(|pace| pace.paused_until).filter(|until| *until > now);
        if paused.is_none() && outgoing.has_slot {
            return Ok(true);
        }
        let config = &pipeline.config.deliver;
        let mut slot = paused.unwrap_or(now);
        if let Some(every) = interval(config.pace, 0) {
            slot = slot.max(outbox::reserve(&pipeline.db, ALL, every, now).await?);
        }
        let rate = config.pace_of(domain, &lane, is_provider(&lane));
        if let Some(every) = interval(rate, pace.map_or(0, |pace| pace.lately(now))) {
            slot = outbox::reserve(&pipeline.db, &lane, every, slot).await?;
        }
        if admitted(slot, now) {
            return Ok(true);
        }
        let id = outgoing.delivery.id;
        outbox::postpone(&pipeline.db, id, &pipeline.worker, slot, paused.is_none()).await?;
        Ok(false)
    }

    /// The name under which a message's domain is paced.
    pub(super) async fn lane(&self, outgoing: &Outgoing) -> String {
        self.inner.lock().await.lane(outgoing)
    }

    /// Leaves a domain alone for the others of this run too.
    pub(super) async fn pause(&self, domain: &str, until: Timestamp, pauses: u32) {
        let mut inner = self.inner.lock().await;
        inner.paces.insert(domain.to_owned(), Pace { paused_until: until, pauses });
    }

    /// How often a domain asked for a pause lately.
    pub(super) async fn pauses(&self, domain: &str) -> u32 {
        let now = self.pipeline.clock.now();
        self.inner.lock().await.paces.get(domain).map_or(0, |pace| pace.lately(now))
    }

    /// Ends the run: what was claimed goes back.
    pub(super) async fn stop(&self) -> Result<(), PipelineError> {
        let mut inner = self.inner.lock().await;
        inner.ended = true;
        let (pipeline, now) = (self.pipeline, self.pipeline.clock.now());
        for outgoing in std::mem::take(&mut inner.waiting) {
            let (id, slot) = (outgoing.delivery.id, outgoing.has_slot);
            outbox::postpone(&pipeline.db, id, &pipeline.worker, now, slot).await?;
        }
        Ok(())
    }

    /// The shared body of a digest.
    pub(super) async fn body(
        &self,
        id: &DigestId,
    ) -> Result<Option<Arc<SharedBody>>, PipelineError> {
        if let Some(body) = self.inner.lock().await.bodies.get(id) {
            return Ok(Some(body));
        }
        let Some(body) = self.pipeline.shared_body(id).await? else { return Ok(None) };
        let body = Arc::new(body);
        self.inner.lock().await.bodies.put(id.clone(), Arc::clone(&body));
        Ok(Some(body))
    }

    /// What was settled without being sent.
    pub(super) fn summary(self) -> SendSummary {
        self.inner.into_inner().summary
    }
}

impl Inner {
    fn lane(&self, outgoing: &Outgoing) -> String {
        let domain = mail_domain(outgoing.address.domain());
        let found = self.lanes.get(outgoing.address.domain());
        found.cloned().unwrap_or(domain)
    }
}

impl Pace {
    /// The pauses that still count: those of the last day.
    fn lately(self, now: Timestamp) -> u32 {
        let day_ago = now - SignedDuration::from_hours(24);
        if self.paused_until > day_ago { self.pauses } else { 0 }
    }
}

/// The bodies used last, so that memory stays flat however many variants there are.
#[derive(Default)]
struct Bodies {
    known: BTreeMap<DigestId, Arc<SharedBody>>,
    order: VecDeque<DigestId>,
    bytes: usize,
}

impl Bodies {
    fn get(&self, id: &DigestId) -> Option<Arc<SharedBody>> {
        self.known.get(id).map(Arc::clone)
    }

    fn put(&mut self, id: DigestId, body: Arc<SharedBody>) {
        self.bytes += body.size();
        if self.known.insert(id.clone(), body).is_none() {
            self.order.push_back(id);
        }
        while self.bytes > BODIES && self.order.len() > 1 {
            let oldest = self.order.pop_front().and_then(|id| self.known.remove(&id));
            self.bytes -= oldest.map_or(0, |body| body.size());
        }
    }
}
