//! Programs that use the API, and what became of requests that they may send again.

use std::collections::BTreeSet;

use jiff::{SignedDuration, Timestamp};

use crate::model::access::{Program, Scope};

use super::codec::{At, json};
use super::query::binds;
use super::{Db, StoreError};

/// How long an answer is remembered, in hours.
const KEPT_HOURS: i64 = 24;
/// After how many minutes a request that never came to its end may be sent again.
const STALE_MINUTES: i64 = 5;

/// Keeps a program with the SHA-256 of its token. Says whether it is new: a name that is taken stays as it is.
pub async fn put(db: &Db, program: &Program, hash: &str) -> Result<bool, StoreError> {
    const SQL: &str = "INSERT INTO api_token (name, hash, scopes, created_at) \
        VALUES ($1, $2, $3, $4) ON CONFLICT (name) DO NOTHING";
    let binds = binds![program.name.as_str(), hash, json(&program.scopes)?, program.created_at];
    Ok(db.run(SQL, binds).await? > 0)
}

/// Takes a program's token away. Says whether it was there.
pub async fn remove(db: &Db, name: &str) -> Result<bool, StoreError> {
    Ok(db.run("DELETE FROM api_token WHERE name = $1", binds![name]).await? > 0)
}

/// All programs, by name.
pub async fn list(db: &Db) -> Result<Vec<Program>, StoreError> {
    const SQL: &str = "SELECT name, scopes, created_at FROM api_token ORDER BY name";
    let rows: Vec<(String, String, i64)> = db.all(SQL, binds![]).await?;
    rows.into_iter().map(read).collect()
}

/// The program whose token has that SHA-256.
pub async fn of_token(db: &Db, hash: &str) -> Result<Option<Program>, StoreError> {
    const SQL: &str = "SELECT name, scopes, created_at FROM api_token WHERE hash = $1";
    let found: Option<(String, String, i64)> = db.one(SQL, binds![hash]).await?;
    found.map(read).transpose()
}

fn read((name, scopes, created): (String, String, i64)) -> Result<Program, StoreError> {
    let at = At { table: "api_token", row: &name };
    let scopes: BTreeSet<Scope> = at.json("scopes", &scopes)?;
    let created_at = at.time("created_at", created)?;
    Ok(Program { name, scopes, created_at })
}

/// A request by the key that its sender gave it.
#[derive(Debug, Clone, Copy)]
pub struct Keyed<'a> {
    /// The program.
    pub token: &'a str,
    /// The key.
    pub key: &'a str,
    /// SHA-256 of method, path and body.
    pub fingerprint: &'a str,
}

/// An answer that is given again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredAnswer {
    /// Its status.
    pub status: u16,
    /// The `Location` header.
    pub place: Option<String>,
    /// Its body.
    pub body: String,
}

/// What is known of a request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Sent {
    /// Nothing: it is to be worked on, and is noted.
    New,
    /// It is being worked on.
    Open,
    /// Its key was used for another request.
    Other,
    /// It was answered so.
    Answered(StoredAnswer),
}

/// Notes a request before it is worked on, or says what became of it.
pub async fn begin(db: &Db, sent: Keyed<'_>, now: Timestamp) -> Result<Sent, StoreError> {
    const OLD: &str = "DELETE FROM api_request WHERE at < $1 OR (status IS NULL AND at < $2)";
    const PUT: &str = "INSERT INTO api_request (token, key, fingerprint, at) VALUES ($1, $2, $3, $4) \
        ON CONFLICT (token, key) DO NOTHING";
    const GET: &str = "SELECT fingerprint, status, place, body FROM api_request \
        WHERE token = $1 AND key = $2";
    let Keyed { token, key, fingerprint } = sent;
    let kept = now - SignedDuration::from_hours(KEPT_HOURS);
    let stale = now - SignedDuration::from_mins(STALE_MINUTES);
    let mut tx = db.begin().await?;
    tx.run(OLD, binds![kept, stale]).await?;
    let is_new = tx.run(PUT, binds![token, key, fingerprint, now]).await? > 0;
    let found: Option<RequestRow> = tx.one(GET, binds![token, key]).await?;
    tx.commit().await?;
    Ok(match found {
        _ if is_new => Sent::New,
        Some(row) if row.fingerprint != fingerprint => Sent::Other,
        Some(RequestRow { status: Some(status), place, body, .. }) => {
            let status = u16::try_from(status).unwrap_or(500);
            Sent::Answered(StoredAnswer { status, place, body: body.unwrap_or_default() })
        }
        _ => Sent::Open,
    })
}

#[derive(sqlx::FromRow)]
struct RequestRow {
    fingerprint: String,
    status: Option<i64>,
    place: Option<String>,
    body: Option<String>,
}

/// Remembers the answer to a request.
pub async fn end(db: &Db, sent: Keyed<'_>, answer: &StoredAnswer) -> Result<(), StoreError> {
    const SQL: &str = "UPDATE api_request SET status = $3, place = $4, body = $5 \
        WHERE token = $1 AND key = $2";
    let place = answer.place.as_deref();
    let binds = binds![sent.token, sent.key, i64::from(answer.status), place, answer.body.as_str()];
    db.run(SQL, binds).await.map(drop)
}

/// Forgets a request that failed here: it may be sent again.
pub async fn forget(db: &Db, sent: Keyed<'_>) -> Result<(), StoreError> {
    const SQL: &str = "DELETE FROM api_request WHERE token = $1 AND key = $2";
    db.run(SQL, binds![sent.token, sent.key]).await.map(drop)
}
