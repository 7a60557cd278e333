//! The installation: on which machine a database lives, so that a copy can be told from the original.

use jiff::Timestamp;

use super::codec::At;
use super::query::binds;
use super::{Db, StoreError};

/// Where a database lives.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Installation {
    /// The machine's id.
    pub machine: String,
    /// When it was recorded.
    pub recorded_at: Timestamp,
}

/// Records `machine` as the home of this database, unless it has one; gives what is recorded then.
pub async fn record(db: &Db, machine: &str, now: Timestamp) -> Result<Installation, StoreError> {
    const SQL: &str = "INSERT INTO installation (id, machine, recorded_at) VALUES (1, $1, $2) \
        ON CONFLICT (id) DO UPDATE SET id = 1 RETURNING machine, recorded_at";
    let rows = db.change(SQL, binds![machine, now]).await?;
    read(rows).map(|found| {
        found.unwrap_or_else(|| Installation { machine: machine.to_owned(), recorded_at: now })
    })
}

/// The recorded home of this database.
pub async fn get(db: &Db) -> Result<Option<Installation>, StoreError> {
    read(db.all("SELECT machine, recorded_at FROM installation", binds![]).await?)
}

fn read(rows: Vec<(String, i64)>) -> Result<Option<Installation>, StoreError> {
    let row = At { table: "installation", row: "1" };
    let read =
        |(machine, at)| Ok(Installation { machine, recorded_at: row.time("recorded_at", at)? });
    rows.into_iter().next().map(read).transpose()
}
