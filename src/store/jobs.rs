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
