//! The ledger of a digest: each message with each try and the server's words.

use jiff::Timestamp;

use crate::model::delivery::Delivery;
use crate::model::id::DeliveryId;
use crate::model::reply::ReplyClass;

use super::super::codec::{At, count};
use super::super::query::binds;
use super::super::{Db, StoreError};
use super::row::DeliveryRow;

/// One try.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct Try {
    /// When it was settled.
    pub at: Timestamp,
    /// What the reply means.
    pub class: ReplyClass,
    /// The server's words.
    pub reply: String,
}

/// A thing that was mailed.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct Mailing {
    /// The digest's id.
    pub reference: String,
    /// When its first message was due.
    pub due_at: Timestamp,
    /// How many were to get it, counted when they were queued.
    pub candidates: u32,
}

/// What was mailed, the latest first.
pub async fn mailings(db: &Db, limit: u32) -> Result<Vec<Mailing>, StoreError> {
    const SQL: &str = "SELECT m.reference, MIN(o.due_at) AS due, m.candidates \
        FROM mailing m JOIN outbox o ON o.reference = m.reference \
        GROUP BY m.reference, m.candidates ORDER BY due DESC, m.reference LIMIT $1";
    let rows: Vec<(String, i64, i64)> = db.all(SQL, binds![limit]).await?;
    let read = |(reference, due, candidates): (String, i64, i64)| {
        let due_at = At { table: "outbox", row: &reference }.time("due_at", due)?;
        Ok(Mailing { reference, due_at, candidates: count(candidates) })
    };
    rows.into_iter().map(read).collect()
}

/// How many were to get a thing.
pub async fn candidates(db: &Db, reference: &str) -> Result<u32, StoreError> {
    const SQL: &str = "SELECT candidates FROM mailing WHERE reference = $1";
    let found: Option<(i64,)> = db.one(SQL, binds![reference]).await?;
    Ok(found.map_or(0, |(n,)| count(n)))
}

/// The tries of a message, the first one first.
pub async fn tries(db: &Db, id: DeliveryId) -> Result<Vec<Try>, StoreError> {
    const SQL: &str = "SELECT at, class, reply FROM delivery_try WHERE delivery = $1 ORDER BY at";
    let key = id.to_string();
    let rows: Vec<(i64, String, String)> = db.all(SQL, binds![key.as_str()]).await?;
    let row = At { table: "delivery_try", row: &key };
    let read = |(at, class, reply): (i64, String, String)| {
        Ok(Try { at: row.time("at", at)?, class: row.word("class", &class)?, reply })
    };
    rows.into_iter().map(read).collect()
}

/// Every message to a subscriber.
pub async fn of_subscriber(db: &Db, subscriber: &str) -> Result<Vec<Delivery>, StoreError> {
    const SQL: &str = "SELECT id, kind, reference, subscriber, state, message_id, dated, due_at, \
        expires_at, attempts, reply FROM outbox WHERE subscriber = $1 ORDER BY id";
    let rows: Vec<DeliveryRow> = db.all(SQL, binds![subscriber]).await?;
    rows.into_iter().map(Delivery::try_from).collect()
}

/// Forgets the words of servers before `replies` and who received what before `recipients` (D-43). A message that
/// has not come to its end stays. Says how many rows went.
pub async fn prune(db: &Db, replies: Timestamp, recipients: Timestamp) -> Result<u64, StoreError> {
    const TRIES: &str = "DELETE FROM delivery_try WHERE at < $1";
    const WORDS: &str =
        "UPDATE outbox SET reply = NULL WHERE settled_at < $1 AND reply IS NOT NULL";
    const ROWS: &str = "DELETE FROM outbox WHERE settled_at < $1";
    const MAILINGS: &str = "DELETE FROM mailing WHERE NOT EXISTS \
        (SELECT 1 FROM outbox o WHERE o.reference = mailing.reference)";
    let mut tx = db.begin().await?;
    let tries = tx.run(TRIES, binds![replies]).await?;
    let words = tx.run(WORDS, binds![replies]).await?;
    let rows = tx.run(ROWS, binds![recipients]).await?;
    let mailings = tx.run(MAILINGS, binds![]).await?;
    tx.commit().await?;
    Ok(tries + words + rows + mailings)
}
