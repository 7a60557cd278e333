//! Settling: what a try came to, written down with the server's words.

use jiff::Timestamp;

use crate::model::delivery::{DeliveryState, SendOutcome};
use crate::model::id::{DeliveryId, SubscriberId};
use crate::model::reply::ReplyClass;

use super::super::codec::{At, word};
use super::super::query::{Tx, binds};
use super::super::{Db, StoreError};
use super::claim::mark_in;
use super::many::{MOST, Many, padded};

/// What a try of `worker` came to.
#[derive(Debug, Clone)]
pub struct Settled {
    /// Which message.
    pub id: DeliveryId,
    /// Who tried.
    pub worker: String,
    /// What came of it.
    pub outcome: SendOutcome,
    /// When a deferred message is tried again.
    pub retry_at: Timestamp,
}

/// The turn of one connection: what became of its last message, and which is its next.
#[derive(Debug, Clone, Default)]
pub struct Turn {
    /// What is to be recorded.
    pub settled: Option<Settled>,
    /// The message that is to go out, and the worker that holds it.
    pub next: Option<(DeliveryId, String)>,
}

/// Takes the turns of several connections in one transaction, so that they share one write to disk (D-30). Gives for
/// each the state of its next message, as [`super::mark_sending`] does.
pub async fn take_turns(
    db: &Db,
    turns: &[Turn],
    now: Timestamp,
) -> Result<Vec<Option<DeliveryState>>, StoreError> {
    let mut states = Vec::with_capacity(turns.len());
    for turns in turns.chunks(MOST) {
        let mut tx = db.begin().await?;
        let settled: Vec<_> = turns.iter().filter_map(|turn| turn.settled.as_ref()).collect();
        settle_in(&mut tx, &settled, now).await?;
        let next: Vec<_> = turns.iter().filter_map(|turn| turn.next.as_ref()).collect();
        let marked = mark_in(&mut tx, &next, now).await?;
        tx.commit().await?;
        let state = |turn: &Turn| turn.next.as_ref().and_then(|(id, _)| marked.get(id).copied());
        states.extend(turns.iter().map(state));
    }
    Ok(states)
}

/// Takes back the messages of a digest that nobody has begun to send; gives how many.
pub async fn withdraw(db: &Db, reference: &str, now: Timestamp) -> Result<u64, StoreError> {
    const SQL: &str = "UPDATE outbox SET state = 'expired', settled_at = $2, \
            reply = 'overtaken by the full issue' \
        WHERE reference = $1 AND state = 'queued' AND worker IS NULL";
    db.run(SQL, binds![reference, now]).await
}

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
    let settled = Settled { id, worker: worker.to_owned(), outcome: outcome.clone(), retry_at };
    let mut tx = db.begin().await?;
    let taken = settle_in(&mut tx, &[&settled], now).await? > 0;
    tx.commit().await?;
    Ok(taken)
}

static SETTLE: Many = Many::new(
    (
        "UPDATE outbox SET reply = v.column4, class = v.column6, worker = NULL, lease_until = NULL, \
            slot = NULL, \
            state = CASE WHEN v.column3 = 'deferred' AND expires_at <= v.column5 THEN 'expired' \
                ELSE v.column3 END, \
            due_at = CASE WHEN v.column3 = 'deferred' THEN v.column5 ELSE due_at END, \
            settled_at = CASE WHEN v.column3 IN ('accepted', 'failed') \
                OR (v.column3 = 'deferred' AND expires_at <= v.column5) THEN $1 END \
        FROM (",
        ") AS v WHERE outbox.id = v.column1 \
            AND ((outbox.state = 'sending' AND outbox.worker = v.column2) OR (v.column3 = 'accepted' \
                AND outbox.state IN ('queued', 'deferred', 'sending', 'unknown')))",
    ),
    (1, 6),
);

static TRIES: Many = Many::new(
    ("INSERT INTO delivery_try (delivery, at, class, reply) ", " ON CONFLICT DO NOTHING"),
    (0, 4),
);

/// Says how many rows took what was settled.
async fn settle_in(tx: &mut Tx, settled: &[&Settled], now: Timestamp) -> Result<u64, StoreError> {
    if settled.is_empty() {
        return Ok(0);
    }
    let (sql, size) = SETTLE.of(settled.len());
    let mut rows = binds![now];
    for one in padded(settled, size) {
        let ((state, reply), class) = (parts(&one.outcome), ReplyClass::of(&one.outcome));
        rows.extend(binds![
            one.id.to_string(),
            one.worker.as_str(),
            word(state)?,
            reply,
            one.retry_at,
            word(class)?,
        ]);
    }
    let taken = tx.run(sql, rows).await?;
    let (sql, size) = TRIES.of(settled.len());
    let mut rows = binds![];
    for one in padded(settled, size) {
        let ((_, reply), class) = (parts(&one.outcome), ReplyClass::of(&one.outcome));
        rows.extend(binds![one.id.to_string(), now, word(class)?, reply]);
    }
    tx.run(sql, rows).await?;
    Ok(taken)
}

/// Records that a message which a server took came back. Gives its reader; none when there is no such message, or it
/// came back before.
pub async fn bounced(
    db: &Db,
    id: DeliveryId,
    class: ReplyClass,
    words: &str,
    now: Timestamp,
) -> Result<Option<SubscriberId>, StoreError> {
    const SQL: &str = "UPDATE outbox SET state = 'failed', class = $2, reply = $3, settled_at = $4 \
        WHERE id = $1 AND state IN ('accepted', 'unknown') RETURNING subscriber";
    const TRY: &str = "INSERT INTO delivery_try (delivery, at, class, reply) \
        VALUES ($1, $2, $3, $4) ON CONFLICT (delivery, at) DO NOTHING";
    let (key, class) = (id.to_string(), word(class)?);
    let words = format!("came back: {words}");
    let mut tx = db.begin().await?;
    let rows: Vec<(String,)> =
        tx.all(SQL, binds![key.as_str(), class.as_str(), words.as_str(), now]).await?;
    tx.run(TRY, binds![key.as_str(), now, class, words]).await?;
    tx.commit().await?;
    let at = At { table: "outbox", row: &key };
    rows.first().map(|(id,)| at.word("subscriber", id)).transpose()
}

fn parts(outcome: &SendOutcome) -> (DeliveryState, &str) {
    match outcome {
        SendOutcome::Accepted(reply) => (DeliveryState::Accepted, reply),
        SendOutcome::Deferred(reply) => (DeliveryState::Deferred, reply),
        SendOutcome::Failed(reply) => (DeliveryState::Failed, reply),
        SendOutcome::Unknown(reply) => (DeliveryState::Unknown, reply),
    }
}
