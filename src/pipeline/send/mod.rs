//! The sending loop: claim, send, settle, on a few connections at once.

mod brake;
mod committer;
mod feed;
mod pace;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use jiff::{SignedDuration, Timestamp};

use super::{Pipeline, PipelineError};
use crate::deliver::{Identity, Mail, Session, SharedBody};
use crate::model::delivery::{DeliveryState, SendOutcome};
use crate::model::digest::Digest;
use crate::model::id::{DigestId, EditionId};
use crate::model::reply::ReplyClass;
use crate::store::outbox::{self, Outgoing, Settled, Turn};
use crate::store::{digests, issues, limits, mailboxes};
use committer::{Turns, committer};
use feed::Feed;

/// What a run of sending came to.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct SendSummary {
    /// Messages by the state they went to.
    pub by_state: BTreeMap<DeliveryState, u32>,
    /// The digests whose messages were touched.
    pub references: BTreeSet<String>,
}

impl SendSummary {
    fn add(&mut self, state: DeliveryState, count: u32) {
        if count > 0 {
            *self.by_state.entry(state).or_default() += count;
        }
    }

    fn touch(&mut self, reference: &str) {
        if !self.references.contains(reference) {
            self.references.insert(reference.to_owned());
        }
    }

    fn merge(&mut self, other: Self) {
        for (state, count) in other.by_state {
            self.add(state, count);
        }
        self.references.extend(other.references);
    }

    /// How many went to `state`.
    pub fn count(&self, state: DeliveryState) -> u32 {
        self.by_state.get(&state).copied().unwrap_or(0)
    }
}

/// A message that is built and waits for its turn.
struct Ready {
    outgoing: Outgoing,
    mail: Result<Mail, String>,
}

impl Pipeline {
    /// Sends everything that is due, until nothing is. From a database that is not at home here nothing is sent.
    pub async fn send_due(&self) -> Result<SendSummary, PipelineError> {
        self.be_at_home().await?;
        let now = self.clock.now();
        let in_doubt = now - self.config.deliver.unknown_after.signed();
        outbox::recover(&self.db, in_doubt, now).await?;
        let (feed, (writer, turns)) = (Feed::new(self), committer());
        let count = self.config.deliver.connections.max(1);
        let streams: Vec<_> = (0..count).map(|_| self.stream(&feed, turns.clone())).collect();
        drop(turns);
        let (written, streams) =
            tokio::join!(writer.run(&self.db, &self.clock), futures::future::join_all(streams));
        written?;
        let mut all = SendSummary::default();
        for summary in streams {
            all.merge(summary?);
        }
        all.merge(feed.summary());
        self.account(&all).await?;
        Ok(all)
    }

    /// Forgets servers' words after 30 days, and who received what after 90 (D-43).
    pub async fn forget_old(&self) -> Result<u64, PipelineError> {
        let before = |days: i64| self.clock.now() - SignedDuration::from_hours(24 * days);
        limits::forget(&self.db, before(31)).await?;
        self.forget_requests().await?;
        mailboxes::forget_taken(&self.db, before(400)).await?;
        Ok(outbox::prune(&self.db, before(30), before(90)).await?)
    }

    /// One connection's share: each message is settled before the next begins, and the next is built meanwhile.
    async fn stream(&self, feed: &Feed<'_>, turns: Turns) -> Result<SendSummary, PipelineError> {
        let (mut session, mut summary) = (self.transport.session(), SendSummary::default());
        let mut settled = None;
        let mut next = self.ready(feed).await?;
        while let Some(ready) = next {
            let id = ready.outgoing.delivery.id;
            let turn = Turn { settled: settled.take(), next: Some((id, self.worker.clone())) };
            let state = turns.take(turn).await;
            if state == Some(DeliveryState::Sending) {
                let (sent, following) =
                    tokio::join!(self.send_one(feed, &mut session, ready), self.ready(feed));
                let (done, state) = sent?;
                summary.add(state, 1);
                settled = Some(done);
                next = following?;
                if session.is_down() {
                    feed.stop().await?;
                }
            } else {
                summary.add(state.unwrap_or(DeliveryState::Queued), 1);
                next = self.ready(feed).await?;
            }
        }
        if settled.is_some() {
            turns.take(Turn { settled, next: None }).await;
        }
        session.close().await;
        Ok(summary)
    }

    /// The next message, built on another thread: signing takes a millisecond.
    async fn ready(&self, feed: &Feed<'_>) -> Result<Option<Ready>, PipelineError> {
        let Some(outgoing) = feed.next().await? else { return Ok(None) };
        let reference = DigestId::new(outgoing.delivery.reference.as_str());
        let body = match self.letter(&outgoing.delivery)? {
            Some(letter) => Some(Arc::new(letter)),
            None => feed.body(&reference).await?,
        };
        let Some(body) = body else {
            let mail = Err(format!("the digest `{reference}` is no longer stored"));
            return Ok(Some(Ready { outgoing, mail }));
        };
        let mailer = Arc::clone(&self.mailer);
        let build = move || {
            let mail = mailer.mail(&body, &outgoing.delivery, &outgoing.address);
            Ready { outgoing, mail: mail.map_err(|error| error.to_string()) }
        };
        Ok(Some(tokio::task::spawn_blocking(build).await?))
    }

    /// Sending is committed before the first byte goes out, the outcome before the next message begins (D-30).
    async fn send_one(
        &self,
        feed: &Feed<'_>,
        session: &mut Session,
        ready: Ready,
    ) -> Result<(Settled, DeliveryState), PipelineError> {
        let Ready { outgoing, mail } = ready;
        let outcome = match mail {
            Ok(mail) => session.send(&mail).await,
            Err(error) => SendOutcome::Failed(error),
        };
        let now = self.clock.now();
        let class = ReplyClass::of(&outcome);
        let paused = self.heed(feed, &outgoing, class).await?;
        let retry_at = (now + pace::wait(&outgoing)).max(paused.unwrap_or(now));
        log(&outgoing, &outcome);
        let state = state_after(&outcome, retry_at, outgoing.delivery.expires_at);
        let (id, worker) = (outgoing.delivery.id, self.worker.clone());
        Ok((Settled { id, worker, outcome, retry_at }, state))
    }

    /// Acts on what a reply says beyond its message: pauses its domain, notes a strike, brakes. Gives until when the
    /// domain is left alone.
    async fn heed(
        &self,
        feed: &Feed<'_>,
        outgoing: &Outgoing,
        class: ReplyClass,
    ) -> Result<Option<Timestamp>, PipelineError> {
        let now = self.clock.now();
        match class {
            ReplyClass::Throttled | ReplyClass::Policy => {
                let domain = feed.lane(outgoing).await;
                let before = feed.pauses(&domain).await;
                let steps = if class == ReplyClass::Policy { u32::MAX } else { before };
                let until = now + pace::pause(steps);
                outbox::pause(&self.db, &domain, until, now).await?;
                feed.pause(&domain, until, before + 1).await;
                self.brake_if_needed(feed).await?;
                Ok(Some(until))
            }
            ReplyClass::BadAddress | ReplyClass::Soft => {
                self.leaving.strike(outgoing.delivery.subscriber, class, now).await?;
                self.brake_if_needed(feed).await?;
                Ok(None)
            }
            _ => Ok(None),
        }
    }

    /// The encoded body that all who get a digest share.
    async fn shared_body(&self, id: &DigestId) -> Result<Option<SharedBody>, PipelineError> {
        let Some(digest) = digests::get(&self.db, id).await? else { return Ok(None) };
        let identity = self.identity(&digest).await?;
        Ok(Some(self.mailer.body(identity, &digest)))
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
