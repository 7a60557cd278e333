//! Issues that are held until an editor has seen them.

use jiff::Timestamp;

use crate::model::id::{EditionId, IssueId};
use crate::model::review::{Review, ReviewState};

use super::codec::{At, word};
use super::query::binds;
use super::{Db, StoreError};

/// Holds an issue until `due_at`; one that was held before keeps what became of it. Says whether it is new.
pub async fn hold(db: &Db, issue: &IssueId, due_at: Timestamp) -> Result<bool, StoreError> {
    const SQL: &str = "INSERT INTO review (issue, state, due_at) VALUES ($1, 'held', $2) \
        ON CONFLICT (issue) DO NOTHING";
    Ok(db.run(SQL, binds![issue.as_str(), due_at]).await? > 0)
}

/// The review of an issue; none for one that was never held.
pub async fn get(db: &Db, issue: &IssueId) -> Result<Option<Review>, StoreError> {
    const SQL: &str = "SELECT r.issue, i.edition, r.state, r.due_at, r.settled_at, r.reason \
        FROM review r JOIN issue i ON i.id = r.issue WHERE r.issue = $1";
    let found: Option<ReviewRow> = db.one(SQL, binds![issue.as_str()]).await?;
    found.map(Review::try_from).transpose()
}

/// The issues that are held, the one that is due first first.
pub async fn held(db: &Db) -> Result<Vec<Review>, StoreError> {
    const SQL: &str = "SELECT r.issue, i.edition, r.state, r.due_at, r.settled_at, r.reason \
        FROM review r JOIN issue i ON i.id = r.issue WHERE r.state = 'held' \
        ORDER BY r.due_at, r.issue";
    let rows: Vec<ReviewRow> = db.all(SQL, binds![]).await?;
    rows.into_iter().map(Review::try_from).collect()
}

/// Ends the review of an issue that is held. Says whether it was.
pub async fn settle(
    db: &Db,
    issue: &IssueId,
    state: ReviewState,
    reason: Option<&str>,
    now: Timestamp,
) -> Result<bool, StoreError> {
    const SQL: &str = "UPDATE review SET state = $2, reason = $3, settled_at = $4 \
        WHERE issue = $1 AND state = 'held'";
    Ok(db.run(SQL, binds![issue.as_str(), word(state)?, reason, now]).await? > 0)
}

#[derive(sqlx::FromRow)]
struct ReviewRow {
    issue: String,
    edition: String,
    state: String,
    due_at: i64,
    settled_at: Option<i64>,
    reason: Option<String>,
}

impl TryFrom<ReviewRow> for Review {
    type Error = StoreError;

    fn try_from(row: ReviewRow) -> Result<Self, StoreError> {
        let at = At { table: "review", row: &row.issue };
        Ok(Self {
            state: at.word("state", &row.state)?,
            due_at: at.time("due_at", row.due_at)?,
            settled_at: at.maybe_time("settled_at", row.settled_at)?,
            edition: EditionId::new(row.edition),
            issue: IssueId::new(row.issue.clone()),
            reason: row.reason,
        })
    }
}
