//! Editions' closings: each makes one issue, and their windows tile.

use std::collections::BTreeMap;

use jiff::Timestamp;

use crate::model::delivery::DeliveryState;
use crate::model::id::{EditionId, IssueId};
use crate::model::issue::Issue;
use crate::model::situation::Frozen;
use crate::model::time::Window;

use super::codec::{At, count, json};
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

/// Remembers that everything of an issue is in the outbox.
pub async fn queued(db: &Db, id: &IssueId, now: Timestamp) -> Result<(), StoreError> {
    const SQL: &str = "UPDATE issue SET queued_at = $2 WHERE id = $1 AND queued_at IS NULL";
    db.run(SQL, binds![id.as_str(), now]).await.map(drop)
}

/// How the mailing of an issue stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mailed {
    /// Which.
    pub issue: Issue,
    /// How many messages were queued for it.
    pub candidates: u32,
    /// How many of them are in the outbox, by state.
    pub by_state: BTreeMap<DeliveryState, u32>,
    /// Those that expire before the instant that was asked for, by state: a message that is deferred moves when it is due,
    /// and never when it expires.
    pub due: BTreeMap<DeliveryState, u32>,
    /// Since when every message is accounted for.
    pub accounted_at: Option<Timestamp>,
}

impl Mailed {
    /// Candidates are accepted, failed, suppressed or expired, and none is missing.
    pub fn is_accounted_for(&self) -> bool {
        self.by_state.keys().all(|state| state.is_final())
            && self.by_state.values().sum::<u32>() == self.candidates
    }

    /// Of the messages that were due and whose readers did not leave, how many percent were not accepted.
    pub fn undelivered(&self) -> u32 {
        let count = |state| self.due.get(&state).copied().unwrap_or(0);
        let wanted =
            self.due.values().sum::<u32>().saturating_sub(count(DeliveryState::Suppressed));
        let missing = wanted.saturating_sub(count(DeliveryState::Accepted));
        (missing * 100).checked_div(wanted).unwrap_or(0)
    }
}

/// The issues that were queued after `since` and are not accounted for yet, with the messages that expire before `due`.
pub async fn unaccounted(
    db: &Db,
    since: Timestamp,
    due: Timestamp,
) -> Result<Vec<Mailed>, StoreError> {
    const SQL: &str = "SELECT id, edition, window_from, window_to, closed_at FROM issue \
        WHERE queued_at >= $1 AND accounted_at IS NULL ORDER BY queued_at";
    let rows: Vec<IssueRow> = db.all(SQL, binds![since]).await?;
    let mut all = Vec::new();
    for row in rows {
        all.push(mailed(db, Issue::try_from(row)?, due).await?);
    }
    Ok(all)
}

/// How the mailing of one issue stands.
pub async fn mailed(db: &Db, issue: Issue, due: Timestamp) -> Result<Mailed, StoreError> {
    const STATES: &str = "SELECT o.state, COUNT(*), SUM(CASE WHEN o.expires_at <= $2 THEN 1 ELSE 0 END) \
        FROM issue_mailing m JOIN outbox o ON o.reference = m.reference \
        WHERE m.issue = $1 GROUP BY o.state";
    const CANDIDATES: &str = "SELECT CAST(COALESCE(SUM(g.candidates), 0) AS BIGINT), \
            (SELECT i.accounted_at FROM issue i WHERE i.id = $1) \
        FROM issue_mailing m JOIN mailing g ON g.reference = m.reference WHERE m.issue = $1";
    let key = issue.id.as_str();
    let rows: Vec<(String, i64, i64)> = db.all(STATES, binds![key, due]).await?;
    let at = At { table: "outbox", row: key };
    let (mut by_state, mut was_due) = (BTreeMap::new(), BTreeMap::new());
    for (state, all, due) in rows {
        let state: DeliveryState = at.word("state", &state)?;
        by_state.insert(state, count(all));
        if due > 0 {
            was_due.insert(state, count(due));
        }
    }
    let found: Option<(i64, Option<i64>)> = db.one(CANDIDATES, binds![key]).await?;
    let (candidates, accounted) = found.unwrap_or_default();
    let accounted_at = At { table: "issue", row: key }.maybe_time("accounted_at", accounted)?;
    Ok(Mailed { issue, candidates: count(candidates), by_state, due: was_due, accounted_at })
}

/// Remembers that every message of an issue is accounted for. Says whether that was new.
pub async fn accounted(db: &Db, id: &IssueId, now: Timestamp) -> Result<bool, StoreError> {
    const SQL: &str = "UPDATE issue SET accounted_at = $2 WHERE id = $1 AND accounted_at IS NULL";
    Ok(db.run(SQL, binds![id.as_str(), now]).await? > 0)
}

/// Whether there is an issue accounted for after `since` that the heartbeat has not told of.
pub async fn wants_heartbeat(db: &Db, since: Timestamp) -> Result<bool, StoreError> {
    const SQL: &str =
        "SELECT id FROM issue WHERE accounted_at >= $1 AND heartbeat_at IS NULL LIMIT 1";
    Ok(db.one::<(String,)>(SQL, binds![since]).await?.is_some())
}

/// Remembers that the heartbeat told of all that was accounted for until `until`.
pub async fn beaten(db: &Db, until: Timestamp) -> Result<(), StoreError> {
    const SQL: &str =
        "UPDATE issue SET heartbeat_at = $1 WHERE accounted_at <= $1 AND heartbeat_at IS NULL";
    db.run(SQL, binds![until]).await.map(drop)
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
