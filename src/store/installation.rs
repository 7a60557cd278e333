//! The installation: where a database is at home and how often mail went out from it, so that a copy, or an old state
//! that was put back, can be told from the original.

use jiff::Timestamp;

use super::codec::At;
use super::query::{Tx, binds};
use super::{Db, StoreError};

/// Where a database lives.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Installation {
    /// The machine's id.
    pub machine: String,
    /// Where on the machine: the file.
    pub place: String,
    /// Runs that sent mail.
    pub departures: i64,
    /// When it was recorded.
    pub recorded_at: Timestamp,
}

/// What an adoption ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Ended {
    /// Messages that were due and are not sent.
    pub expired: u64,
    /// Jobs that were due and are not done.
    pub jobs: u64,
}

/// Records `machine` and `place` as the home of this database, unless it has one; gives what is recorded then.
pub async fn record(
    db: &Db,
    machine: &str,
    place: &str,
    now: Timestamp,
) -> Result<Installation, StoreError> {
    const SQL: &str = "INSERT INTO installation (id, machine, place, recorded_at) \
        VALUES (1, $1, $2, $3) ON CONFLICT (id) DO NOTHING";
    if let Some(known) = get(db).await? {
        return Ok(known);
    }
    db.run(SQL, binds![machine, place, now]).await?;
    let (machine, place) = (machine.to_owned(), place.to_owned());
    let fresh = Installation { machine, place, departures: 0, recorded_at: now };
    Ok(get(db).await?.unwrap_or(fresh))
}

/// The recorded home of this database.
pub async fn get(db: &Db) -> Result<Option<Installation>, StoreError> {
    const SQL: &str = "SELECT machine, place, departures, recorded_at FROM installation";
    let found: Option<(String, String, i64, i64)> = db.one(SQL, binds![]).await?;
    let row = At { table: "installation", row: "1" };
    let read = |(machine, place, departures, at)| {
        let recorded_at = row.time("recorded_at", at)?;
        Ok(Installation { machine, place, departures, recorded_at })
    };
    found.map(read).transpose()
}

/// Counts a run that is about to send; gives its number.
pub async fn depart(db: &Db) -> Result<i64, StoreError> {
    const SQL: &str = "UPDATE installation SET departures = departures + 1 RETURNING departures";
    let rows: Vec<(i64,)> = db.change(SQL, binds![]).await?;
    Ok(rows.first().map_or(0, |(number,)| *number))
}

/// Gives this database another home, and ends what was due until `now`: the original may have sent it.
pub async fn adopt(db: &Db, home: &Installation, now: Timestamp) -> Result<Ended, StoreError> {
    let mut tx = db.begin().await?;
    settle_in(&mut tx, home).await?;
    let ended = end_past(&mut tx, now).await?;
    tx.commit().await?;
    Ok(ended)
}

/// Notes where a database is now, and nothing else.
pub async fn settle(db: &Db, home: &Installation) -> Result<(), StoreError> {
    let mut tx = db.begin().await?;
    settle_in(&mut tx, home).await?;
    tx.commit().await
}

async fn settle_in(tx: &mut Tx, home: &Installation) -> Result<(), StoreError> {
    const SQL: &str = "INSERT INTO installation (id, machine, place, departures, recorded_at) \
        VALUES (1, $1, $2, $3, $4) ON CONFLICT (id) DO UPDATE SET machine = excluded.machine, \
            place = excluded.place, departures = excluded.departures, \
            recorded_at = excluded.recorded_at";
    let (machine, place) = (home.machine.as_str(), home.place.as_str());
    tx.run(SQL, binds![machine, place, home.departures, home.recorded_at]).await.map(drop)
}

async fn end_past(tx: &mut Tx, now: Timestamp) -> Result<Ended, StoreError> {
    const MAIL: &str = "UPDATE outbox SET state = 'expired', settled_at = $1, worker = NULL, \
            lease_until = NULL, reply = 'not sent: the database was adopted after it was due' \
        WHERE state IN ('queued', 'deferred', 'sending', 'unknown') AND due_at <= $1";
    const JOBS: &str = "UPDATE job SET done_at = $1, worker = NULL, lease_until = NULL, \
            failure = 'not done: the database was adopted after it was due' \
        WHERE done_at IS NULL AND due_at <= $1";
    let expired = tx.run(MAIL, binds![now]).await?;
    let jobs = tx.run(JOBS, binds![now]).await?;
    tx.run("DELETE FROM lease", binds![]).await?;
    Ok(Ended { expired, jobs })
}
