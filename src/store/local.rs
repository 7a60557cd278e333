//! The factions, places and regions that editors add on the site.

use super::query::binds;
use super::{Db, StoreError};

/// An entry: under what it is known, and how it would stand in the file of a pack.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LocalRow {
    /// Its kind and id.
    pub key: String,
    /// TOML.
    pub body: String,
}

/// Every entry, by key.
pub async fn list(db: &Db) -> Result<Vec<LocalRow>, StoreError> {
    let rows: Vec<(String, String)> =
        db.all("SELECT key, body FROM local_entry ORDER BY key", binds![]).await?;
    Ok(rows.into_iter().map(|(key, body)| LocalRow { key, body }).collect())
}

/// Puts an entry in the place of the one known as `old`, or beside the others. Says whether it did: not where `old` is
/// gone, and not where another entry has its key.
pub async fn put(db: &Db, old: Option<&str>, row: &LocalRow) -> Result<bool, StoreError> {
    const ADD: &str = "INSERT INTO local_entry (key, body) VALUES ($1, $2) ON CONFLICT DO NOTHING";
    let mut tx = db.begin().await?;
    if let Some(old) = old
        && tx.run("DELETE FROM local_entry WHERE key = $1", binds![old]).await? == 0
    {
        return Ok(false);
    }
    let added = tx.run(ADD, binds![row.key.as_str(), row.body.as_str()]).await? > 0;
    if added {
        tx.commit().await?;
    }
    Ok(added)
}

/// Removes an entry. Says whether it was there.
pub async fn remove(db: &Db, key: &str) -> Result<bool, StoreError> {
    Ok(db.run("DELETE FROM local_entry WHERE key = $1", binds![key]).await? > 0)
}
