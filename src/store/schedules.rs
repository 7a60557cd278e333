//! Schedules: when each is due next. Which instant that is, `schedule` computes; here it is kept, and moved on by
//! exactly one of any number of machines.

use jiff::Timestamp;

use super::codec::{At, json};
use super::query::binds;
use super::{Db, StoreError};

/// Something that falls due at set times.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Schedule {
    /// What falls due: `close/daily`, `gather/daily`.
    pub id: String,
    /// At which times, each with its zone: `05:30 Asia/Damascus` or `30 5 * * 1-5 Asia/Damascus`.
    pub closings: Vec<String>,
    /// How long before those times, in seconds.
    pub lead_seconds: i64,
    /// When it is due next.
    pub next_due_at: Timestamp,
    /// When it was due last.
    pub last_due_at: Option<Timestamp>,
}

/// One step of a schedule.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Step {
    /// The instant for which a job is made; none passes over what was missed for too long.
    pub fire: Option<Timestamp>,
    /// When the schedule is due after that.
    pub next_due_at: Timestamp,
}

/// Keeps a schedule. One that is there with the same times keeps its place, so that what fell due while the
/// program was down is not forgotten; with other times it starts anew.
pub async fn put(db: &Db, schedule: &Schedule) -> Result<(), StoreError> {
    const SQL: &str = "INSERT INTO schedule (id, closings, lead_seconds, next_due_at, last_due_at) \
        VALUES ($1, $2, $3, $4, NULL) ON CONFLICT (id) DO UPDATE SET \
            closings = excluded.closings, lead_seconds = excluded.lead_seconds, \
            next_due_at = excluded.next_due_at \
        WHERE schedule.closings <> excluded.closings \
            OR schedule.lead_seconds <> excluded.lead_seconds";
    let binds = binds![
        schedule.id.as_str(),
        json(&schedule.closings)?,
        schedule.lead_seconds,
        schedule.next_due_at,
    ];
    db.run(SQL, binds).await.map(drop)
}

/// Every schedule, the next one due first.
pub async fn list(db: &Db) -> Result<Vec<Schedule>, StoreError> {
    const SQL: &str = "SELECT id, closings, lead_seconds, next_due_at, last_due_at FROM schedule \
        ORDER BY next_due_at, id";
    let rows: Vec<ScheduleRow> = db.all(SQL, binds![]).await?;
    rows.into_iter().map(Schedule::try_from).collect()
}

/// The schedules that are due at `now`.
pub async fn due(db: &Db, now: Timestamp) -> Result<Vec<Schedule>, StoreError> {
    const SQL: &str = "SELECT id, closings, lead_seconds, next_due_at, last_due_at FROM schedule \
        WHERE next_due_at <= $1 ORDER BY next_due_at, id";
    let rows: Vec<ScheduleRow> = db.all(SQL, binds![now]).await?;
    rows.into_iter().map(Schedule::try_from).collect()
}

/// Forgets a schedule that the configuration no longer has; its jobs stay. Says whether it was there.
pub async fn remove(db: &Db, id: &str) -> Result<bool, StoreError> {
    Ok(db.run("DELETE FROM schedule WHERE id = $1", binds![id]).await? > 0)
}

/// Moves a schedule on and makes its job, both or neither, if it still stands where `schedule` says. Of several
/// machines that try, exactly one is told `true`.
pub async fn fire(
    db: &Db,
    schedule: &Schedule,
    step: Step,
    now: Timestamp,
) -> Result<bool, StoreError> {
    const MOVE: &str = "UPDATE schedule SET next_due_at = $3, \
            last_due_at = COALESCE($4, last_due_at) \
        WHERE id = $1 AND next_due_at = $2";
    const JOB: &str = "INSERT INTO job (schedule, due_at, fired_at, not_before) \
        VALUES ($1, $2, $3, $3) ON CONFLICT (schedule, due_at) DO NOTHING";
    let mut tx = db.begin().await?;
    let id = schedule.id.as_str();
    let binds = binds![id, schedule.next_due_at, step.next_due_at, step.fire];
    if tx.run(MOVE, binds).await? == 0 {
        return Ok(false);
    }
    if let Some(due_at) = step.fire {
        tx.run(JOB, binds![id, due_at, now]).await?;
    }
    tx.commit().await?;
    Ok(true)
}

#[derive(sqlx::FromRow)]
struct ScheduleRow {
    id: String,
    closings: String,
    lead_seconds: i64,
    next_due_at: i64,
    last_due_at: Option<i64>,
}

impl TryFrom<ScheduleRow> for Schedule {
    type Error = StoreError;

    fn try_from(row: ScheduleRow) -> Result<Self, StoreError> {
        let at = At { table: "schedule", row: &row.id };
        let closings = at.json("closings", &row.closings)?;
        let next_due_at = at.time("next_due_at", row.next_due_at)?;
        let last_due_at = at.maybe_time("last_due_at", row.last_due_at)?;
        let lead_seconds = row.lead_seconds;
        Ok(Self { id: row.id, closings, lead_seconds, next_due_at, last_due_at })
    }
}
