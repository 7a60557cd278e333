//! Editions' closings: each makes one issue, and their windows tile.

use jiff::Timestamp;

use crate::model::id::{EditionId, IssueId};
use crate::model::issue::Issue;
use crate::model::situation::Frozen;
use crate::model::time::Window;

use super::codec::{At, json};
use super::query::{Tx, binds};
use super::{Db, StoreError};

/// What became of an issue that was to be kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Closing {
    /// It is kept, and the edition's next window begins where it ends.
    New,
    /// It was there already; what was frozen then stays.
    Already,
    /// Its window does not begin where the last one ended, so it would leave a gap or an overlap.
    NotNext {
        /// Where the last window ended.
        last_close: Timestamp,
    },
}

/// Where the next window of an edition begins. An edition that is new here begins at `start`.
pub async fn open_edition(
    db: &Db,
    edition: &EditionId,
    start: Timestamp,
) -> Result<Timestamp, StoreError> {
    const SQL: &str = "INSERT INTO edition (id, last_close) VALUES ($1, $2) \
        ON CONFLICT (id) DO UPDATE SET id = excluded.id RETURNING last_close";
    let rows: Vec<(i64,)> = db.change(SQL, binds![edition.as_str(), start]).await?;
    let at = At { table: "edition", row: edition.as_str() };
    rows.first().map_or(Ok(start), |(micros,)| at.time("last_close", *micros))
}

/// Where the last window of an edition ended; none for an edition that was never opened.
pub async fn last_close(db: &Db, edition: &EditionId) -> Result<Option<Timestamp>, StoreError> {
    const SQL: &str = "SELECT last_close FROM edition WHERE id = $1";
    let found: Option<(i64,)> = db.one(SQL, binds![edition.as_str()]).await?;
    let at = At { table: "edition", row: edition.as_str() };
    at.maybe_time("last_close", found.map(|(micros,)| micros))
}

/// Keeps an issue with what it is computed from, if its window begins where the last one of its edition ended.
pub async fn insert(db: &Db, issue: &Issue, frozen: &Frozen) -> Result<Closing, StoreError> {
    const MOVE: &str = "UPDATE edition SET last_close = $3 WHERE id = $1 AND last_close = $2";
    let mut tx = db.begin().await?;
    let Window { from, to } = issue.window;
    if tx.run(MOVE, binds![issue.edition.as_str(), from, to]).await? == 0 {
        return refused(&mut tx, issue).await;
    }
    put(&mut tx, issue, frozen).await?;
    tx.commit().await?;
    Ok(Closing::New)
}

async fn put(tx: &mut Tx, issue: &Issue, frozen: &Frozen) -> Result<(), StoreError> {
    const SQL: &str = "INSERT INTO issue (id, edition, window_from, window_to, closed_at, frozen) \
        VALUES ($1, $2, $3, $4, $5, $6)";
    let binds = binds![
        issue.id.as_str(),
        issue.edition.as_str(),
        issue.window.from,
        issue.window.to,
        issue.closed_at,
        json(frozen)?,
    ];
    tx.run(SQL, binds).await.map(drop)
}

async fn refused(tx: &mut Tx, issue: &Issue) -> Result<Closing, StoreError> {
    const KNOWN: &str = "SELECT id FROM issue WHERE id = $1";
    const LAST: &str = "SELECT last_close FROM edition WHERE id = $1";
    if tx.one::<(String,)>(KNOWN, binds![issue.id.as_str()]).await?.is_some() {
        return Ok(Closing::Already);
    }
    let found: Option<(i64,)> = tx.one(LAST, binds![issue.edition.as_str()]).await?;
    let at = At { table: "edition", row: issue.edition.as_str() };
    let micros = found.map_or(0, |(micros,)| micros);
    Ok(Closing::NotNext { last_close: at.time("last_close", micros)? })
}

/// The latest issue of an edition.
pub async fn last(db: &Db, edition: &EditionId) -> Result<Option<Issue>, StoreError> {
    const SQL: &str = "SELECT id, edition, window_from, window_to, closed_at FROM issue \
        WHERE edition = $1 ORDER BY window_to DESC LIMIT 1";
    let found: Option<IssueRow> = db.one(SQL, binds![edition.as_str()]).await?;
    found.map(Issue::try_from).transpose()
}

/// The latest issue of an edition that went out, or may have: not one that is held or was withheld.
pub async fn last_told(db: &Db, edition: &EditionId) -> Result<Option<Issue>, StoreError> {
    const SQL: &str = "SELECT i.id, i.edition, i.window_from, i.window_to, i.closed_at \
        FROM issue i LEFT JOIN review r ON r.issue = i.id \
        WHERE i.edition = $1 AND COALESCE(r.state, 'released') = 'released' \
        ORDER BY i.window_to DESC LIMIT 1";
    let found: Option<IssueRow> = db.one(SQL, binds![edition.as_str()]).await?;
    found.map(Issue::try_from).transpose()
}

/// The latest issue of an edition whose window ended no later than `until`.
pub async fn last_until(
    db: &Db,
    edition: &EditionId,
    until: Timestamp,
) -> Result<Option<Issue>, StoreError> {
    const SQL: &str = "SELECT id, edition, window_from, window_to, closed_at FROM issue \
        WHERE edition = $1 AND window_to <= $2 ORDER BY window_to DESC LIMIT 1";
    let found: Option<IssueRow> = db.one(SQL, binds![edition.as_str(), until]).await?;
    found.map(Issue::try_from).transpose()
}

/// Replaces what an issue is computed from, while nobody has been sent it.
pub async fn refreeze(db: &Db, id: &IssueId, frozen: &Frozen) -> Result<bool, StoreError> {
    const SQL: &str = "UPDATE issue SET frozen = $2 WHERE id = $1";
    Ok(db.run(SQL, binds![id.as_str(), json(frozen)?]).await? > 0)
}

/// The issue of an edition whose window ended at `close`.
pub async fn closed_at(
    db: &Db,
    edition: &EditionId,
    close: Timestamp,
) -> Result<Option<Issue>, StoreError> {
    const SQL: &str = "SELECT id, edition, window_from, window_to, closed_at FROM issue \
        WHERE edition = $1 AND window_to = $2";
    let found: Option<IssueRow> = db.one(SQL, binds![edition.as_str(), close]).await?;
    found.map(Issue::try_from).transpose()
}

/// One issue.
pub async fn get(db: &Db, id: &IssueId) -> Result<Option<Issue>, StoreError> {
    const SQL: &str =
        "SELECT id, edition, window_from, window_to, closed_at FROM issue WHERE id = $1";
    let found: Option<IssueRow> = db.one(SQL, binds![id.as_str()]).await?;
    found.map(Issue::try_from).transpose()
}

/// What an issue was computed from, as it was when it closed.
pub async fn frozen(db: &Db, id: &IssueId) -> Result<Option<Frozen>, StoreError> {
    const SQL: &str = "SELECT frozen FROM issue WHERE id = $1";
    let found: Option<(String,)> = db.one(SQL, binds![id.as_str()]).await?;
    let at = At { table: "issue", row: id.as_str() };
    found.map(|(text,)| at.json("frozen", &text)).transpose()
}

/// The last issues of an edition that went out and ended no later than `until`, newest first, with what each was
/// computed from.
pub async fn frozen_until(
    db: &Db,
    edition: &EditionId,
    until: Timestamp,
    most: u32,
) -> Result<Vec<Frozen>, StoreError> {
    const SQL: &str = "SELECT i.id, i.frozen FROM issue i LEFT JOIN review r ON r.issue = i.id \
        WHERE i.edition = $1 AND i.window_to <= $2 AND COALESCE(r.state, 'released') = 'released' \
        ORDER BY i.window_to DESC LIMIT $3";
    let rows: Vec<(String, String)> = db.all(SQL, binds![edition.as_str(), until, most]).await?;
    let read = |(id, text): &(String, String)| At { table: "issue", row: id }.json("frozen", text);
    rows.iter().map(read).collect()
}

#[derive(sqlx::FromRow)]
struct IssueRow {
    id: String,
    edition: String,
    window_from: i64,
    window_to: i64,
    closed_at: i64,
}

impl TryFrom<IssueRow> for Issue {
    type Error = StoreError;

    fn try_from(row: IssueRow) -> Result<Self, StoreError> {
        let at = At { table: "issue", row: &row.id };
        let (from, to) =
            (at.time("window_from", row.window_from)?, at.time("window_to", row.window_to)?);
        let closed_at = at.time("closed_at", row.closed_at)?;
        let edition = EditionId::new(row.edition);
        Ok(Self { id: IssueId::new(row.id), edition, window: Window { from, to }, closed_at })
    }
}
