//! Settling: what a try came to.

use jiff::Timestamp;

use crate::model::delivery::{DeliveryState, SendOutcome};
use crate::model::id::DeliveryId;

use super::super::codec::word;
use super::super::query::binds;
use super::super::{Db, StoreError};

/// Records what a try of `worker` came to. A deferred message waits until `retry_at`; it expires at once when that
/// is too late for it. Says whether the row took it.
///
/// That a server accepted a message is recorded even when the row has been taken over meanwhile: better to know
/// that it arrived than to send it again. Everything else counts only from the worker that was sending.
pub async fn settle(
    db: &Db,
    id: DeliveryId,
    worker: &str,
    outcome: &SendOutcome,
    retry_at: Timestamp,
    now: Timestamp,
) -> Result<bool, StoreError> {
    const SQL: &str = "UPDATE outbox SET reply = $4, worker = NULL, lease_until = NULL, \
            state = CASE WHEN $3 = 'deferred' AND expires_at <= $5 THEN 'expired' ELSE $3 END, \
            due_at = CASE WHEN $3 = 'deferred' THEN $5 ELSE due_at END, \
            settled_at = CASE WHEN $3 IN ('accepted', 'failed') \
                OR ($3 = 'deferred' AND expires_at <= $5) THEN $6 END \
        WHERE id = $1 AND ((state = 'sending' AND worker = $2) \
            OR ($3 = 'accepted' AND state IN ('queued', 'deferred', 'sending', 'unknown')))";
    let (state, reply) = parts(outcome);
    let binds = binds![id.to_string(), worker, word(state)?, reply, retry_at, now];
    Ok(db.run(SQL, binds).await? > 0)
}

fn parts(outcome: &SendOutcome) -> (DeliveryState, &str) {
    match outcome {
        SendOutcome::Accepted(reply) => (DeliveryState::Accepted, reply),
        SendOutcome::Deferred(reply) => (DeliveryState::Deferred, reply),
        SendOutcome::Failed(reply) => (DeliveryState::Failed, reply),
        SendOutcome::Unknown(reply) => (DeliveryState::Unknown, reply),
    }
}
