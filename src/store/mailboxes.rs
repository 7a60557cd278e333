//! Mailboxes on servers: how far each was read, and which mail was acted on, so that none counts twice (D-14).

use jiff::Timestamp;

use super::codec::{At, count};
use super::query::binds;
use super::{Db, StoreError};

/// How far a mailbox was read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Place {
    /// Under which numbering of the server.
    pub validity: u32,
    /// The last message that was read.
    pub last: u32,
}

/// How far `name` was read; the beginning where it never was.
pub async fn place(db: &Db, name: &str) -> Result<Place, StoreError> {
    const SQL: &str = "SELECT validity, last FROM mailbox WHERE name = $1";
    let row: Option<(i64, i64)> = db.one(SQL, binds![name]).await?;
    Ok(row.map_or_else(Place::default, |(validity, last)| Place {
        validity: count(validity),
        last: count(last),
    }))
}

/// Notes how far `name` was read.
pub async fn advance(db: &Db, name: &str, place: Place) -> Result<(), StoreError> {
    const SQL: &str = "INSERT INTO mailbox (name, validity, last) VALUES ($1, $2, $3) \
        ON CONFLICT (name) DO UPDATE SET validity = excluded.validity, last = excluded.last";
    db.run(SQL, binds![name, place.validity, place.last]).await.map(drop)
}

/// Notes that `name` could not be read. Gives since when that is so.
pub async fn failed(db: &Db, name: &str, now: Timestamp) -> Result<Timestamp, StoreError> {
    const SQL: &str = "INSERT INTO mailbox (name, failing_since) VALUES ($1, $2) \
        ON CONFLICT (name) DO UPDATE SET \
            failing_since = COALESCE(mailbox.failing_since, excluded.failing_since) \
        RETURNING failing_since";
    let rows: Vec<(i64,)> = db.change(SQL, binds![name, now]).await?;
    let at = At { table: "mailbox", row: name };
    rows.first().map_or(Ok(now), |(since,)| at.time("failing_since", *since))
}

/// Notes that `name` can be read.
pub async fn works(db: &Db, name: &str) -> Result<(), StoreError> {
    const SQL: &str =
        "UPDATE mailbox SET failing_since = NULL WHERE name = $1 AND failing_since IS NOT NULL";
    db.run(SQL, binds![name]).await.map(drop)
}

/// Whether the mail with this hash was acted on.
pub async fn is_taken(db: &Db, id: &str) -> Result<bool, StoreError> {
    let row: Option<(i64,)> = db.one("SELECT at FROM mail_taken WHERE id = $1", binds![id]).await?;
    Ok(row.is_some())
}

/// Notes that a mail was acted on.
pub async fn taken(db: &Db, id: &str, now: Timestamp) -> Result<(), StoreError> {
    const SQL: &str = "INSERT INTO mail_taken (id, at) VALUES ($1, $2) ON CONFLICT (id) DO NOTHING";
    db.run(SQL, binds![id, now]).await.map(drop)
}

/// Forgets mail that was acted on before `before`.
pub async fn forget_taken(db: &Db, before: Timestamp) -> Result<u64, StoreError> {
    db.run("DELETE FROM mail_taken WHERE at < $1", binds![before]).await
}
