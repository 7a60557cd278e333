//! Jobs: what a schedule made due, worked on by one worker at a time.

use jiff::Timestamp;

use super::codec::{At, count};
use super::query::binds;
use super::{Db, StoreError};

/// One piece of work; unique by schedule and instant.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Job {
    /// The schedule that made it.
    pub schedule: String,
    /// The instant for which it is: the closing, however late it runs.
    pub due_at: Timestamp,
    /// How often it was begun, this time included.
    pub attempts: u32,
}

/// A job as its history has it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct JobRecord {
    /// The schedule that made it.
    pub schedule: String,
    /// The instant for which it is.
    pub due_at: Timestamp,
    /// When it was made.
    pub fired_at: Timestamp,
    /// How often it was begun.
    pub attempts: u32,
    /// Whether a worker has it now.
    pub is_held: bool,
    /// When it came to its end.
    pub done_at: Option<Timestamp>,
    /// What went wrong at the last try.
    pub failure: Option<String>,
}

/// How a worker leaves a job.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum JobEnd {
    /// It is done.
    Done,
    /// It went wrong, and is tried again.
    Retry {
        /// Not before this.
        not_before: Timestamp,
        /// What went wrong.
        failure: String,
    },
    /// It went wrong, and is not tried again.
    GaveUp {
        /// What went wrong.
        failure: String,
    },
}

/// Makes a job that no schedule made, due at once. Says whether it is new.
pub async fn put(
    db: &Db,
    schedule: &str,
    due_at: Timestamp,
    now: Timestamp,
) -> Result<bool, StoreError> {
    const SQL: &str = "INSERT INTO job (schedule, due_at, fired_at, not_before) \
        VALUES ($1, $2, $3, $3) ON CONFLICT (schedule, due_at) DO NOTHING";
    Ok(db.run(SQL, binds![schedule, due_at, now]).await? > 0)
}

/// Up to `most` jobs whose schedule begins with `prefix`, the latest first; those after `after` in that order.
pub async fn list(
    db: &Db,
    prefix: &str,
    after: Option<(Timestamp, &str)>,
    most: u32,
    now: Timestamp,
) -> Result<Vec<JobRecord>, StoreError> {
    const SQL: &str = "SELECT schedule, due_at, fired_at, attempts, lease_until, done_at, failure \
        FROM job WHERE schedule LIKE $1 AND (due_at < $2 OR (due_at = $2 AND schedule > $3)) \
        ORDER BY due_at DESC, schedule LIMIT $4";
    let (at, schedule) = after.unwrap_or((Timestamp::MAX, ""));
    let rows: Vec<JobRow> = db.all(SQL, binds![format!("{prefix}%"), at, schedule, most]).await?;
    rows.into_iter().map(|row| row.read(now)).collect()
}

/// One job.
pub async fn get(
    db: &Db,
    schedule: &str,
    due_at: Timestamp,
    now: Timestamp,
) -> Result<Option<JobRecord>, StoreError> {
    const SQL: &str = "SELECT schedule, due_at, fired_at, attempts, lease_until, done_at, failure \
        FROM job WHERE schedule = $1 AND due_at = $2";
    let found: Option<JobRow> = db.one(SQL, binds![schedule, due_at]).await?;
    found.map(|row| row.read(now)).transpose()
}

#[derive(sqlx::FromRow)]
struct JobRow {
    schedule: String,
    due_at: i64,
    fired_at: i64,
    attempts: i64,
    lease_until: Option<i64>,
    done_at: Option<i64>,
    failure: Option<String>,
}

impl JobRow {
    fn read(self, now: Timestamp) -> Result<JobRecord, StoreError> {
        let at = At { table: "job", row: &self.schedule };
        let lease = at.maybe_time("lease_until", self.lease_until)?;
        Ok(JobRecord {
            due_at: at.time("due_at", self.due_at)?,
            fired_at: at.time("fired_at", self.fired_at)?,
            attempts: count(self.attempts),
            is_held: lease.is_some_and(|until| until > now),
            done_at: at.maybe_time("done_at", self.done_at)?,
            failure: self.failure.clone(),
            schedule: self.schedule.clone(),
        })
    }
}

/// Gives the oldest job that waits to `worker`, until `lease_until`.
pub async fn claim(
    db: &Db,
    worker: &str,
    lease_until: Timestamp,
    now: Timestamp,
) -> Result<Option<Job>, StoreError> {
    const SQL: &str = "WITH picked AS MATERIALIZED (\
            SELECT schedule, due_at FROM job WHERE done_at IS NULL AND not_before <= $1 \
            AND (lease_until IS NULL OR lease_until <= $1) \
            ORDER BY due_at, schedule LIMIT 1 /*lock*/) \
        UPDATE job SET attempts = attempts + 1, worker = $2, lease_until = $3 \
        WHERE (schedule, due_at) IN (SELECT schedule, due_at FROM picked) \
        RETURNING schedule, due_at, attempts";
    let rows: Vec<(String, i64, i64)> = db.change(SQL, binds![now, worker, lease_until]).await?;
    let read = |(schedule, due_at, attempts): (String, i64, i64)| {
        let due_at = At { table: "job", row: &schedule }.time("due_at", due_at)?;
        Ok(Job { schedule, due_at, attempts: count(attempts) })
    };
    rows.into_iter().next().map(read).transpose()
}

/// Keeps a job for `worker` until `lease_until`. Says whether `worker` still holds it.
pub async fn renew(
    db: &Db,
    job: &Job,
    worker: &str,
    lease_until: Timestamp,
) -> Result<bool, StoreError> {
    const SQL: &str = "UPDATE job SET lease_until = $4 \
        WHERE schedule = $1 AND due_at = $2 AND worker = $3 AND done_at IS NULL";
    let binds = binds![job.schedule.as_str(), job.due_at, worker, lease_until];
    Ok(db.run(SQL, binds).await? > 0)
}

/// Leaves a job. Says whether `worker` still held it.
pub async fn finish(
    db: &Db,
    job: &Job,
    worker: &str,
    end: &JobEnd,
    now: Timestamp,
) -> Result<bool, StoreError> {
    const SQL: &str = "UPDATE job SET worker = NULL, lease_until = NULL, done_at = $4, \
            not_before = COALESCE($5, not_before), failure = $6 \
        WHERE schedule = $1 AND due_at = $2 AND worker = $3 AND done_at IS NULL";
    let (done_at, not_before, failure) = match end {
        JobEnd::Done => (Some(now), None, None),
        JobEnd::Retry { not_before, failure } => (None, Some(*not_before), Some(failure.as_str())),
        JobEnd::GaveUp { failure } => (Some(now), None, Some(failure.as_str())),
    };
    let (schedule, due_at) = (job.schedule.as_str(), job.due_at);
    let binds = binds![schedule, due_at, worker, done_at, not_before, failure];
    Ok(db.run(SQL, binds).await? > 0)
}
