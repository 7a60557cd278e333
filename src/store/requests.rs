//! Digests on demand that were made on the site, so that a link to one stays good and the same is not made twice.

use jiff::Timestamp;

use crate::model::id::DigestId;

use super::codec::At;
use super::query::binds;
use super::{Db, StoreError};

/// A digest that was asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredRequest {
    /// What was asked, as JSON.
    pub body: String,
    /// The page that answers it, as JSON.
    pub page: String,
    /// When.
    pub asked_at: Timestamp,
}

/// Keeps one, unless it is there.
pub async fn put(db: &Db, id: &DigestId, request: &StoredRequest) -> Result<(), StoreError> {
    const SQL: &str = "INSERT INTO request (id, body, page, asked_at) VALUES ($1, $2, $3, $4) \
        ON CONFLICT (id) DO NOTHING";
    let StoredRequest { body, page, asked_at } = request;
    let binds = binds![id.as_str(), body.as_str(), page.as_str(), *asked_at];
    db.run(SQL, binds).await.map(drop)
}

/// One of them.
pub async fn get(db: &Db, id: &DigestId) -> Result<Option<StoredRequest>, StoreError> {
    const SQL: &str = "SELECT body, page, asked_at FROM request WHERE id = $1";
    let found: Option<(String, String, i64)> = db.one(SQL, binds![id.as_str()]).await?;
    let at = At { table: "request", row: id.as_str() };
    let read = |(body, page, asked): (String, String, i64)| {
        Ok(StoredRequest { body, page, asked_at: at.time("asked_at", asked)? })
    };
    found.map(read).transpose()
}

/// Forgets those asked for before `before`. Says how many.
pub async fn forget(db: &Db, before: Timestamp) -> Result<u64, StoreError> {
    db.run("DELETE FROM request WHERE asked_at < $1", binds![before]).await
}
