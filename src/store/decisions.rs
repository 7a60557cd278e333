//! What editors decided about events: never changed, never taken away.

use crate::model::decision::Decision;

use super::codec::{At, json};
use super::query::binds;
use super::{Db, StoreError};

/// Keeps a decision; the one with its id stays as it is. Says whether it was new.
pub async fn insert(db: &Db, decision: &Decision) -> Result<bool, StoreError> {
    const SQL: &str = "INSERT INTO decision (id, event, made_at, body) VALUES ($1, $2, $3, $4) \
        ON CONFLICT (id) DO NOTHING";
    let binds =
        binds![decision.id.to_string(), decision.event.as_str(), decision.at, json(decision)?,];
    Ok(db.run(SQL, binds).await? > 0)
}

/// All decisions, in the order in which they were made.
pub async fn list(db: &Db) -> Result<Vec<Decision>, StoreError> {
    const SQL: &str = "SELECT id, body FROM decision ORDER BY made_at, id";
    let rows: Vec<(String, String)> = db.all(SQL, binds![]).await?;
    let read = |(id, body): &(String, String)| At { table: "decision", row: id }.json("body", body);
    rows.iter().map(read).collect()
}
