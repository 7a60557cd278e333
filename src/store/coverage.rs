//! What was gathered in a window: the numbers behind a digest's coverage line.

use std::collections::BTreeMap;

use jiff::Timestamp;

use crate::model::id::SourceId;
use crate::model::time::Window;

use super::codec::{At, counts};
use super::query::binds;
use super::{Db, StoreError};

/// What was gathered in a window. Articles that a first run or a backfill found do not count.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Gathered {
    /// Articles by source, whatever became of them.
    pub articles: BTreeMap<SourceId, u32>,
    /// Articles kept unread, by language; `und` where no language was found.
    pub unread: BTreeMap<String, u32>,
    /// When the first article of all was seen.
    pub read_since: Option<Timestamp>,
}

/// What was gathered in `window`.
pub async fn gathered(db: &Db, window: Window) -> Result<Gathered, StoreError> {
    const BY_SOURCE: &str = "SELECT source, COUNT(*) FROM article \
        WHERE first_seen >= $1 AND first_seen < $2 AND counts = 1 GROUP BY source";
    const UNREAD: &str = "SELECT COALESCE(language, 'und'), COUNT(*) FROM article \
        WHERE first_seen >= $1 AND first_seen < $2 AND counts = 1 AND state = 'unread' \
        GROUP BY COALESCE(language, 'und')";
    counted(db, window, BY_SOURCE, UNREAD).await
}

/// What was published in `window`, whenever it was found: an answer about a span rests on it, a backfill included.
pub async fn published(db: &Db, window: Window) -> Result<Gathered, StoreError> {
    const BY_SOURCE: &str = "SELECT source, COUNT(*) FROM article \
        WHERE COALESCE(published, first_seen) >= $1 AND COALESCE(published, first_seen) < $2 \
        GROUP BY source";
    const UNREAD: &str = "SELECT COALESCE(language, 'und'), COUNT(*) FROM article \
        WHERE COALESCE(published, first_seen) >= $1 AND COALESCE(published, first_seen) < $2 \
        AND state = 'unread' GROUP BY COALESCE(language, 'und')";
    counted(db, window, BY_SOURCE, UNREAD).await
}

/// Runs the two counts of a window: by source, and unread by language.
async fn counted(
    db: &Db,
    window: Window,
    by_source: &'static str,
    unread: &'static str,
) -> Result<Gathered, StoreError> {
    let at = At { table: "article", row: "all" };
    let by_source = db.all(by_source, binds![window.from, window.to]).await?;
    let unread = db.all(unread, binds![window.from, window.to]).await?;
    Ok(Gathered {
        articles: counts(&at, "source", by_source)?,
        unread: counts(&at, "language", unread)?,
        read_since: read_since(db).await?,
    })
}

/// Whether an article first seen in `window` was read by another version of the rules or packs than these.
pub async fn read_otherwise(
    db: &Db,
    window: Window,
    extractor: &str,
    packs: &str,
) -> Result<bool, StoreError> {
    const SQL: &str = "SELECT id FROM article WHERE first_seen >= $1 AND first_seen < $2 \
        AND state = 'done' AND (extractor <> $3 OR packs <> $4) LIMIT 1";
    let found: Option<(String,)> =
        db.one(SQL, binds![window.from, window.to, extractor, packs]).await?;
    Ok(found.is_some())
}

async fn read_since(db: &Db) -> Result<Option<Timestamp>, StoreError> {
    let found: Option<(Option<i64>,)> =
        db.one("SELECT MIN(first_seen) FROM article", binds![]).await?;
    let at = At { table: "article", row: "oldest" };
    at.maybe_time("first_seen", found.and_then(|(oldest,)| oldest))
}
