//! Claiming messages that are due, and the step into *sending*. Both statements look at suppression themselves
//! (D-6, D-16): nobody who left is mailed because somebody looked a moment earlier.

use std::collections::BTreeMap;

use jiff::Timestamp;

use crate::model::delivery::{Delivery, DeliveryState};
use crate::model::id::DeliveryId;
use crate::model::subscriber::Address;

use super::super::codec::At;
use super::super::query::{Tx, binds};
use super::super::{Db, StoreError};
use super::many::{Many, padded};
use super::row::DeliveryRow;

/// A message that a worker holds, and where it goes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outgoing {
    /// The row.
    pub delivery: Delivery,
    /// The subscriber's address.
    pub address: Address,
    /// Whether the pace of its domain gave it this instant.
    pub has_slot: bool,
}

/// What a claim gave.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ClaimedBatch {
    /// To be sent, the earliest due first.
    pub ready: Vec<Outgoing>,
    /// Not sent and settled now: their subscriber is suppressed or gone.
    pub suppressed: u32,
    /// Not sent and settled now: too late.
    pub expired: u32,
}

impl ClaimedBatch {
    /// Whether there was nothing due.
    pub fn is_empty(&self) -> bool {
        self.ready.is_empty() && self.suppressed == 0 && self.expired == 0
    }
}

/// Gives up to `limit` messages that are due to `worker`, until `lease_until`; no digests while the brake is on. What is due but must not go out is
/// settled in the same statement.
pub async fn claim_due(
    db: &Db,
    limit: u32,
    worker: &str,
    lease_until: Timestamp,
    now: Timestamp,
) -> Result<ClaimedBatch, StoreError> {
    const SQL: &str = "WITH picked AS MATERIALIZED (\
            SELECT o.id AS picked_id, CASE \
                WHEN NOT EXISTS (SELECT 1 FROM subscriber s \
                    WHERE s.id = o.subscriber AND s.state = 'active') THEN 'suppressed' \
                WHEN o.expires_at <= $1 THEN 'expired' ELSE o.state END AS verdict \
            FROM outbox o WHERE o.state IN ('queued', 'deferred') AND o.due_at <= $1 \
            AND (o.kind NOT IN ('digest', 'correction') OR NOT EXISTS (SELECT 1 FROM brake)) \
            AND (o.lease_until IS NULL OR o.lease_until <= $1) \
            ORDER BY o.due_at, o.id LIMIT $2 /*lock*/) \
        UPDATE outbox SET worker = $3, lease_until = $4, state = verdict, \
            settled_at = CASE WHEN verdict IN ('suppressed', 'expired') THEN $1 END \
        FROM picked WHERE id = picked_id \
        RETURNING id, kind, reference, subscriber, state, message_id, dated, due_at, expires_at, \
            attempts, reply, slot, (SELECT s.address FROM subscriber s WHERE s.id = outbox.subscriber) \
                AS address";
    let rows = db.change(SQL, binds![now, limit, worker, lease_until]).await?;
    let mut batch = ClaimedBatch::default();
    for row in rows {
        batch.take(row)?;
    }
    batch.ready.sort_by_key(|outgoing| (outgoing.delivery.due_at, outgoing.delivery.id));
    Ok(batch)
}

#[derive(sqlx::FromRow)]
struct ClaimedRow {
    #[sqlx(flatten)]
    delivery: DeliveryRow,
    address: Option<String>,
    slot: Option<i64>,
}

impl ClaimedBatch {
    fn take(&mut self, row: ClaimedRow) -> Result<(), StoreError> {
        let delivery = Delivery::try_from(row.delivery)?;
        match (delivery.state, row.address) {
            (DeliveryState::Queued | DeliveryState::Deferred, Some(address)) => {
                let id = delivery.subscriber.to_string();
                let address = At { table: "subscriber", row: &id }.parsed("address", &address)?;
                self.ready.push(Outgoing { delivery, address, has_slot: row.slot.is_some() });
            }
            (DeliveryState::Expired, _) => self.expired += 1,
            _ => self.suppressed += 1,
        }
        Ok(())
    }
}

/// Takes a claimed message into *sending*; it is committed when this returns, and only then may its first byte go
/// out. Gives the state that it has now: *sending*, or *suppressed* or *expired* when that came to pass since the
/// claim. None when `worker` no longer holds it.
pub async fn mark_sending(
    db: &Db,
    id: DeliveryId,
    worker: &str,
    now: Timestamp,
) -> Result<Option<DeliveryState>, StoreError> {
    let mut tx = db.begin().await?;
    let marked = mark_in(&mut tx, &[&(id, worker.to_owned())], now).await?;
    tx.commit().await?;
    Ok(marked.get(&id).copied())
}

static MARK: Many = Many::new(
    (
        "WITH judged AS MATERIALIZED (\
            SELECT o.id AS judged_id, v.column2 AS holder, CASE \
                WHEN NOT EXISTS (SELECT 1 FROM subscriber s \
                    WHERE s.id = o.subscriber AND s.state = 'active') THEN 'suppressed' \
                WHEN o.expires_at <= $1 THEN 'expired' ELSE 'sending' END AS verdict \
            FROM (",
        ") AS v JOIN outbox o ON o.id = v.column1) \
        UPDATE outbox SET state = verdict, \
            attempts = attempts + CASE WHEN verdict = 'sending' THEN 1 ELSE 0 END, \
            sending_at = CASE WHEN verdict = 'sending' THEN $1 END, \
            settled_at = CASE WHEN verdict <> 'sending' THEN $1 END \
        FROM judged WHERE id = judged_id AND worker = holder AND lease_until > $1 \
            AND state IN ('queued', 'deferred') \
        RETURNING id, state",
    ),
    (1, 2),
);

/// Takes the rows that their workers still hold into *sending*, or settles what must not go out; gives their states.
pub(super) async fn mark_in(
    tx: &mut Tx,
    next: &[&(DeliveryId, String)],
    now: Timestamp,
) -> Result<BTreeMap<DeliveryId, DeliveryState>, StoreError> {
    if next.is_empty() {
        return Ok(BTreeMap::new());
    }
    let (sql, size) = MARK.of(next.len());
    let mut rows = binds![now];
    for (id, worker) in padded(next, size) {
        rows.extend(binds![id.to_string(), worker.as_str()]);
    }
    let marked: Vec<(String, String)> = tx.all(sql, rows).await?;
    let read = |(id, state): &(String, String)| {
        let at = At { table: "outbox", row: id };
        Ok((at.word("id", id)?, at.word("state", state)?))
    };
    marked.iter().map(read).collect()
}
