//! How often a thing may be done in a span of time, over all processes (S-10, S-11, S-14).

use std::collections::BTreeSet;

use jiff::{SignedDuration, Timestamp};

use super::query::binds;
use super::{Db, StoreError};

/// So many uses of a key in a span that ends now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Limit {
    /// What is counted; nothing that is not to be stored.
    pub key: String,
    /// How many are let through.
    pub most: u32,
    /// In which span.
    pub span: SignedDuration,
}

impl Limit {
    /// At most `most` uses of `key` in `hours`.
    pub fn hours(key: impl Into<String>, most: u32, hours: i64) -> Self {
        Self { key: key.into(), most, span: SignedDuration::from_hours(hours) }
    }
}

const COUNT: &str = "SELECT CAST(COALESCE(SUM(times), 0) AS BIGINT) FROM limited_use \
    WHERE key = $1 AND at > $2";

/// Takes one use of every key, or of none where one of its limits is used up. Says whether it did.
pub async fn take(db: &Db, limits: &[Limit], now: Timestamp) -> Result<bool, StoreError> {
    const GATE: &str = "UPDATE limited_use_gate SET id = 1 WHERE id = 1";
    const PUT: &str = "INSERT INTO limited_use (key, at, times) VALUES ($1, $2, 1) \
        ON CONFLICT (key, at) DO UPDATE SET times = limited_use.times + 1";
    // A first look without a lock, so that a flood costs reads only.
    if !is_free(db, limits, now).await? {
        return Ok(false);
    }
    let mut tx = db.begin().await?;
    tx.run(GATE, binds![]).await?;
    for limit in limits {
        let used: Option<(i64,)> =
            tx.one(COUNT, binds![limit.key.as_str(), since(limit, now)]).await?;
        if used.is_some_and(|(used,)| used >= i64::from(limit.most)) {
            return Ok(false);
        }
    }
    let keys: BTreeSet<&str> = limits.iter().map(|limit| limit.key.as_str()).collect();
    for key in keys {
        tx.run(PUT, binds![key, now]).await?;
    }
    tx.commit().await?;
    Ok(true)
}

/// Whether no limit is used up.
pub async fn is_free(db: &Db, limits: &[Limit], now: Timestamp) -> Result<bool, StoreError> {
    for limit in limits {
        let used: Option<(i64,)> =
            db.one(COUNT, binds![limit.key.as_str(), since(limit, now)]).await?;
        if used.is_some_and(|(used,)| used >= i64::from(limit.most)) {
            return Ok(false);
        }
    }
    Ok(true)
}

fn since(limit: &Limit, now: Timestamp) -> Timestamp {
    now.saturating_sub(limit.span).unwrap_or(Timestamp::MIN)
}

/// Forgets the uses of a key: it was shown that they were meant.
pub async fn clear(db: &Db, key: &str) -> Result<(), StoreError> {
    db.run("DELETE FROM limited_use WHERE key = $1", binds![key]).await.map(drop)
}

/// Forgets uses before `before`. Says how many rows went.
pub async fn forget(db: &Db, before: Timestamp) -> Result<u64, StoreError> {
    db.run("DELETE FROM limited_use WHERE at < $1", binds![before]).await
}
