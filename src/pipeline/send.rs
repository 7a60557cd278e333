//! The sending loop: claim, send, settle, on a few connections at once.

use std::collections::BTreeMap;
use std::sync::Arc;

use jiff::{SignedDuration, Timestamp};

use super::{Pipeline, PipelineError};
use crate::deliver::{DeliverError, Identity, Mail, Session, digest_mail};
use crate::model::delivery::{DeliveryState, SendOutcome};
use crate::model::digest::Digest;
use crate::model::id::{DigestId, EditionId};
use crate::store::outbox::{self, Outgoing};
use crate::store::{digests, issues};

/// Messages that a connection claims at a time.
const BATCH: u32 = 20;

/// Waits between tries, in minutes; after the last, hourly (delivery.md 4.1).
const BACKOFF_MINUTES: &[i64] = &[1, 5, 15, 30, 60, 120];

/// What a run of sending came to.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct SendSummary {
    /// Messages by the state they went to.
    pub by_state: BTreeMap<DeliveryState, u32>,
}

impl SendSummary {
    fn add(&mut self, state: DeliveryState, count: u32) {
        if count > 0 {
            *self.by_state.entry(state).or_default() += count;
        }
    }

    /// How many went to `state`.
    pub fn count(&self, state: DeliveryState) -> u32 {
        self.by_state.get(&state).copied().unwrap_or(0)
    }
}

impl Pipeline {
    /// Sends everything that is due, until nothing is.
    pub async fn send_due(&self) -> Result<SendSummary, PipelineError> {
        let now = self.clock.now();
        let in_doubt = now - self.config.deliver.unknown_after.signed();
        outbox::recover(&self.db, in_doubt, now).await?;
        let streams = (0..self.config.deliver.connections.max(1)).map(|n| self.stream(n));
        let mut all = SendSummary::default();
        for summary in futures::future::join_all(streams).await {
            for (state, count) in summary?.by_state {
                all.add(state, count);
            }
        }
        Ok(all)
    }

    /// One connection's share: messages one after the other, each settled before the next begins.
    async fn stream(&self, number: usize) -> Result<SendSummary, PipelineError> {
        let worker = format!("{}/{number}", self.worker);
        let (mut session, mut summary) = (self.transport.session(), SendSummary::default());
        let mut cache = Cache::default();
        loop {
            let now = self.clock.now();
            let batch = outbox::claim_due(
                &self.db,
                BATCH,
                &worker,
                now + self.config.schedule.lease.signed(),
                now,
            )
            .await?;
            if batch.is_empty() {
                break;
            }
            summary.add(DeliveryState::Suppressed, batch.suppressed);
            summary.add(DeliveryState::Expired, batch.expired);
            for outgoing in batch.ready {
                let state = self.send_one(&worker, &mut session, &mut cache, &outgoing).await?;
                summary.add(state, 1);
            }
        }
        session.close().await;
        Ok(summary)
    }

    /// Sending is committed before the first byte goes out, the outcome before the next message begins (D-30).
    async fn send_one(
        &self,
        worker: &str,
        session: &mut Session,
        cache: &mut Cache,
        outgoing: &Outgoing,
    ) -> Result<DeliveryState, PipelineError> {
        let id = outgoing.delivery.id;
        let marked = outbox::mark_sending(&self.db, id, worker, self.clock.now()).await?;
        if marked != Some(DeliveryState::Sending) {
            return Ok(marked.unwrap_or(DeliveryState::Queued));
        }
        let outcome = match self.mail(cache, outgoing).await? {
            Ok(mail) => session.send(&mail).await,
            Err(error) => SendOutcome::Failed(error),
        };
        let now = self.clock.now();
        let retry_at = now + wait(outgoing);
        outbox::settle(&self.db, id, worker, &outcome, retry_at, now).await?;
        log(outgoing, &outcome);
        Ok(state_after(&outcome, retry_at, outgoing.delivery.expires_at))
    }

    async fn mail(
        &self,
        cache: &mut Cache,
        outgoing: &Outgoing,
    ) -> Result<Result<Mail, String>, PipelineError> {
        let reference = DigestId::new(outgoing.delivery.reference.as_str());
        let Some(body) = self.body(cache, &reference).await? else {
            return Ok(Err(format!("the digest `{reference}` is no longer stored")));
        };
        let (identity, digest) = &*body;
        let config = &self.config.deliver;
        let mail = digest_mail(config, identity, digest, &outgoing.delivery, &outgoing.address);
        Ok(mail.map_err(|error: DeliverError| error.to_string()))
    }

    /// The shared body of a digest; the last few are kept at hand, so that memory stays flat.
    async fn body(&self, cache: &mut Cache, id: &DigestId) -> Result<Option<Body>, PipelineError> {
        if let Some(body) = cache.get(id) {
            return Ok(Some(body));
        }
        let Some(digest) = digests::get(&self.db, id).await? else { return Ok(None) };
        let identity = self.identity(&digest).await?;
        let body = Arc::new((identity, digest));
        cache.put(id.clone(), Arc::clone(&body));
        Ok(Some(body))
    }

    async fn identity(&self, digest: &Digest) -> Result<Identity, PipelineError> {
        let corrected = match &digest.replies_to {
            Some(original) => digests::get(&self.db, original).await?,
            None => None,
        };
        let issue = match corrected.as_ref().unwrap_or(digest).issue.as_ref() {
            Some(id) => issues::get(&self.db, id).await?,
            None => None,
        };
        let list = issue.map_or_else(|| EditionId::new("on-demand"), |issue| issue.edition);
        let configured = self.config.edition.get(list.as_str());
        let title = configured
            .map_or_else(|| list.to_string(), |edition| edition.edition(list.as_str()).title);
        Ok(Identity { list, title })
    }
}

type Body = Arc<(Identity, Digest)>;

/// The bodies used last, newest at the end.
#[derive(Default)]
struct Cache(Vec<(DigestId, Body)>);

impl Cache {
    const SIZE: usize = 8;

    fn get(&self, id: &DigestId) -> Option<Body> {
        self.0.iter().find(|(known, _)| known == id).map(|(_, body)| Arc::clone(body))
    }

    fn put(&mut self, id: DigestId, body: Body) {
        if self.0.len() >= Self::SIZE {
            self.0.remove(0);
        }
        self.0.push((id, body));
    }
}

/// The wait after this try, 20 % shorter or longer by the message's id, so that retries do not come in one burst.
fn wait(outgoing: &Outgoing) -> SignedDuration {
    let tries = usize::try_from(outgoing.delivery.attempts).unwrap_or(usize::MAX);
    let seconds = BACKOFF_MINUTES.get(tries).copied().unwrap_or(60) * 60;
    let spread = i64::from(outgoing.delivery.id.0.as_bytes()[15]) * 40 / 255 - 20;
    SignedDuration::from_secs(seconds + seconds * spread / 100)
}

fn state_after(outcome: &SendOutcome, retry_at: Timestamp, expires_at: Timestamp) -> DeliveryState {
    match outcome {
        SendOutcome::Accepted(_) => DeliveryState::Accepted,
        SendOutcome::Deferred(_) if retry_at >= expires_at => DeliveryState::Expired,
        SendOutcome::Deferred(_) => DeliveryState::Deferred,
        SendOutcome::Failed(_) => DeliveryState::Failed,
        SendOutcome::Unknown(_) => DeliveryState::Unknown,
    }
}

fn log(outgoing: &Outgoing, outcome: &SendOutcome) {
    let to = outgoing.address.redacted();
    match outcome {
        SendOutcome::Accepted(reply) => tracing::info!(%to, reply, "mail accepted"),
        SendOutcome::Deferred(reply) => tracing::warn!(%to, reply, "mail deferred"),
        SendOutcome::Failed(reply) => tracing::warn!(%to, reply, "mail refused"),
        SendOutcome::Unknown(reply) => {
            tracing::warn!(%to, reply, "nobody knows whether mail arrived");
        }
    }
}
