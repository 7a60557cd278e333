//! Pauses: sources that an editor does not want fetched for now. They hold for sources of configuration files too.

use std::collections::BTreeSet;

use jiff::Timestamp;

use crate::model::id::SourceId;

use super::query::binds;
use super::{Db, StoreError};

/// The sources that are paused.
pub async fn list(db: &Db) -> Result<BTreeSet<SourceId>, StoreError> {
    let rows: Vec<(String,)> = db.all("SELECT source FROM pause", binds![]).await?;
    Ok(rows.into_iter().map(|(source,)| SourceId::new(source)).collect())
}

/// Pauses a source. Says whether it was not paused before.
pub async fn pause(db: &Db, id: &SourceId, now: Timestamp) -> Result<bool, StoreError> {
    const SQL: &str =
        "INSERT INTO pause (source, paused_at) VALUES ($1, $2) ON CONFLICT DO NOTHING";
    Ok(db.run(SQL, binds![id.as_str(), now]).await? > 0)
}

/// Ends the pause of a source. Says whether there was one.
pub async fn resume(db: &Db, id: &SourceId) -> Result<bool, StoreError> {
    Ok(db.run("DELETE FROM pause WHERE source = $1", binds![id.as_str()]).await? > 0)
}
