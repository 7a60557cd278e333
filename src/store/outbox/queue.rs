//! Putting messages into the outbox, and looking them up.

use jiff::Timestamp;

use crate::model::delivery::Delivery;
use crate::model::id::DeliveryId;

use super::super::codec::{count, word};
use super::super::query::{Tx, binds};
use super::super::{Db, StoreError};
use super::row::DeliveryRow;

/// Queues messages, all or none, and says how many were new. One that is there (same kind, reference and
/// subscriber) stays as it is, so a run that is repeated queues nothing twice.
pub async fn enqueue(db: &Db, deliveries: &[Delivery]) -> Result<u32, StoreError> {
    let mut tx = db.begin().await?;
    let mut new = 0;
    for delivery in deliveries {
        new += insert(&mut tx, delivery).await?;
    }
    tx.commit().await?;
    Ok(count(i64::try_from(new).unwrap_or(i64::MAX)))
}

async fn insert(tx: &mut Tx, delivery: &Delivery) -> Result<u64, StoreError> {
    const SQL: &str = "INSERT INTO outbox (id, kind, reference, subscriber, state, message_id, dated, \
            due_at, expires_at, attempts, reply) \
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11) \
        ON CONFLICT (kind, reference, subscriber) DO NOTHING";
    let binds = binds![
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
    ];
    tx.run(SQL, binds).await
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
            settled_at = NULL, worker = NULL, lease_until = NULL, resent = 0 \
        WHERE id = $1 AND state IN ('failed', 'expired')";
    Ok(db.run(SQL, binds![id.to_string(), now, expires_at]).await? > 0)
}
