//! The numbers of `sitrep status`.

use std::collections::BTreeMap;

use jiff::Timestamp;

use crate::model::delivery::DeliveryState;
use crate::model::id::EditionId;

use super::codec::{At, count, counts};
use super::query::binds;
use super::{Db, StoreError};

/// How much of everything there is.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Status {
    /// Articles by how far they got: `pending`, `done`, `unread`, `error`.
    pub articles: BTreeMap<String, u32>,
    /// Events.
    pub events: u32,
    /// Subscribers by state: `active`, `suppressed`.
    pub subscribers: BTreeMap<String, u32>,
    /// Messages by state.
    pub outbox: BTreeMap<DeliveryState, u32>,
    /// Jobs that are not done.
    pub open_jobs: u32,
    /// Where the last window of each edition ended.
    pub last_closes: BTreeMap<EditionId, Timestamp>,
}

/// Counts everything.
pub async fn status(db: &Db) -> Result<Status, StoreError> {
    const ARTICLES: &str = "SELECT state, COUNT(*) FROM article GROUP BY state";
    const SUBSCRIBERS: &str = "SELECT state, COUNT(*) FROM subscriber GROUP BY state";
    const OUTBOX: &str = "SELECT state, COUNT(*) FROM outbox GROUP BY state";
    let at = |table| At { table, row: "all" };
    Ok(Status {
        articles: counts(&at("article"), "state", db.all(ARTICLES, binds![]).await?)?,
        events: total(db, "SELECT COUNT(*) FROM event").await?,
        subscribers: counts(&at("subscriber"), "state", db.all(SUBSCRIBERS, binds![]).await?)?,
        outbox: counts(&at("outbox"), "state", db.all(OUTBOX, binds![]).await?)?,
        open_jobs: total(db, "SELECT COUNT(*) FROM job WHERE done_at IS NULL").await?,
        last_closes: last_closes(db).await?,
    })
}

async fn total(db: &Db, sql: &'static str) -> Result<u32, StoreError> {
    let found: Option<(i64,)> = db.one(sql, binds![]).await?;
    Ok(found.map_or(0, |(n,)| count(n)))
}

async fn last_closes(db: &Db) -> Result<BTreeMap<EditionId, Timestamp>, StoreError> {
    let rows: Vec<(String, i64)> = db.all("SELECT id, last_close FROM edition", binds![]).await?;
    let read = |(id, at): (String, i64)| {
        let closed = At { table: "edition", row: &id }.time("last_close", at)?;
        Ok((EditionId::new(id), closed))
    };
    rows.into_iter().map(read).collect()
}
