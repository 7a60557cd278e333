//! Putting messages into the outbox, and looking them up.

use std::collections::BTreeMap;

use jiff::Timestamp;

use crate::model::delivery::{Delivery, DeliveryState};
use crate::model::id::DeliveryId;

use super::super::codec::{count, word};
use super::super::many::Many;
use super::super::query::{Bind, Tx, binds};
use super::super::{Db, StoreError};
use super::row::DeliveryRow;

static INSERT: Many = Many::new(
    "INSERT INTO outbox (id, kind, reference, subscriber, state, message_id, dated, due_at, \
        expires_at, attempts, reply) VALUES /*rows*/ ON CONFLICT DO NOTHING",
    11,
);

/// Queues messages, all or none, and says how many were new. One that is there (same kind, reference and
/// subscriber) stays as it is, so a run that is repeated queues nothing twice.
pub async fn enqueue(db: &Db, deliveries: &[Delivery]) -> Result<u32, StoreError> {
    let mut tx = db.begin().await?;
    let new = enqueue_in(&mut tx, deliveries).await?;
    tx.commit().await?;
    Ok(count(i64::try_from(new).unwrap_or(i64::MAX)))
}

pub(in crate::store) async fn enqueue_in(
    tx: &mut Tx,
    deliveries: &[Delivery],
) -> Result<u64, StoreError> {
    let mut by_reference: BTreeMap<&str, Vec<&Delivery>> = BTreeMap::new();
    for delivery in deliveries {
        by_reference.entry(&delivery.reference).or_default().push(delivery);
    }
    let mut all = 0;
    for (reference, deliveries) in by_reference {
        let rows = deliveries.into_iter().map(values).collect::<Result<Vec<_>, _>>()?;
        let new = INSERT.run(tx, rows).await?;
        counted(tx, reference, new).await?;
        all += new;
    }
    Ok(all)
}

/// Remembers how many were to get a thing (D-33).
async fn counted(tx: &mut Tx, reference: &str, new: u64) -> Result<(), StoreError> {
    const SQL: &str = "INSERT INTO mailing (reference, candidates) VALUES ($1, $2) \
        ON CONFLICT (reference) DO UPDATE SET candidates = mailing.candidates + excluded.candidates";
    let new = i64::try_from(new).unwrap_or(i64::MAX);
    tx.run(SQL, binds![reference, new]).await.map(drop)
}

fn values(delivery: &Delivery) -> Result<Vec<Bind>, StoreError> {
    Ok(binds![
        delivery.id.to_string(),
        word(delivery.kind)?,
        delivery.reference.as_str(),
        delivery.subscriber.to_string(),
        word(delivery.state)?,
        delivery.message_id.as_str(),
        delivery.dated,
        delivery.due_at,
        delivery.expires_at,
        delivery.attempts,
        delivery.reply.as_deref(),
    ])
}

/// One message.
pub async fn get(db: &Db, id: DeliveryId) -> Result<Option<Delivery>, StoreError> {
    const SQL: &str = "SELECT id, kind, reference, subscriber, state, message_id, dated, due_at, \
        expires_at, attempts, reply FROM outbox WHERE id = $1";
    let found: Option<DeliveryRow> = db.one(SQL, binds![id.to_string()]).await?;
    found.map(Delivery::try_from).transpose()
}

/// Every message that sends one thing: the digest with this id.
pub async fn of_reference(db: &Db, reference: &str) -> Result<Vec<Delivery>, StoreError> {
    const SQL: &str = "SELECT id, kind, reference, subscriber, state, message_id, dated, due_at, \
        expires_at, attempts, reply FROM outbox WHERE reference = $1 ORDER BY id";
    let rows: Vec<DeliveryRow> = db.all(SQL, binds![reference]).await?;
    rows.into_iter().map(Delivery::try_from).collect()
}

/// Queues a message again that failed or expired, until `expires_at`. Says whether it was one.
pub async fn retry(
    db: &Db,
    id: DeliveryId,
    expires_at: Timestamp,
    now: Timestamp,
) -> Result<bool, StoreError> {
    const SQL: &str = "UPDATE outbox SET state = 'queued', due_at = $2, expires_at = $3, \
            settled_at = NULL, worker = NULL, lease_until = NULL, resent = 0, slot = NULL \
        WHERE id = $1 AND state IN ('failed', 'expired')";
    Ok(db.run(SQL, binds![id.to_string(), now, expires_at]).await? > 0)
}

/// Queues a message again that came to its end, also one that was accepted: its reader asks for it once more. The bytes
/// are the same (D-31). Says whether it was one.
pub async fn resend(
    db: &Db,
    id: DeliveryId,
    expires_at: Timestamp,
    now: Timestamp,
) -> Result<bool, StoreError> {
    const SQL: &str = "UPDATE outbox SET state = 'queued', due_at = $2, expires_at = $3, \
            settled_at = NULL, worker = NULL, lease_until = NULL, resent = 0, slot = NULL \
        WHERE id = $1 AND state IN ('failed', 'expired', 'accepted')";
    Ok(db.run(SQL, binds![id.to_string(), now, expires_at]).await? > 0)
}

/// Messages before `before` in the order of ids, the latest first: of all, or of one state.
pub async fn page(
    db: &Db,
    state: Option<DeliveryState>,
    before: Option<DeliveryId>,
    most: u32,
) -> Result<Vec<Delivery>, StoreError> {
    const SQL: &str = "SELECT id, kind, reference, subscriber, state, message_id, dated, due_at, \
        expires_at, attempts, reply FROM outbox WHERE id < $1 AND ($2 = '' OR state = $2) \
        ORDER BY id DESC LIMIT $3";
    let state = state.map(word).transpose()?.unwrap_or_default();
    let rows: Vec<DeliveryRow> = db.all(SQL, binds![bound(before), state, most]).await?;
    rows.into_iter().map(Delivery::try_from).collect()
}

/// Likewise those that send one thing.
pub async fn page_of(
    db: &Db,
    reference: &str,
    state: Option<DeliveryState>,
    before: Option<DeliveryId>,
    most: u32,
) -> Result<Vec<Delivery>, StoreError> {
    const SQL: &str = "SELECT id, kind, reference, subscriber, state, message_id, dated, due_at, \
        expires_at, attempts, reply FROM outbox WHERE reference = $4 AND id < $1 \
            AND ($2 = '' OR state = $2) ORDER BY id DESC LIMIT $3";
    let state = state.map(word).transpose()?.unwrap_or_default();
    let binds = binds![bound(before), state, most, reference];
    let rows: Vec<DeliveryRow> = db.all(SQL, binds).await?;
    rows.into_iter().map(Delivery::try_from).collect()
}

/// An id as text; none sorts after every other.
fn bound(before: Option<DeliveryId>) -> String {
    before.map_or_else(|| "~".to_owned(), |id| id.to_string())
}
