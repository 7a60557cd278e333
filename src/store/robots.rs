//! The robots.txt files of outlets, for as long as they count.

use std::collections::BTreeMap;

use jiff::Timestamp;

use crate::model::source::RobotsFile;

use super::codec::At;
use super::many::{Keys, Many};
use super::query::{Tx, binds};
use super::{Db, StoreError};

/// Those of `origins` that were read since `oldest`.
pub async fn of(
    db: &Db,
    origins: &[String],
    oldest: Timestamp,
) -> Result<Vec<RobotsFile>, StoreError> {
    static SQL: Keys = Keys::new(
        "SELECT origin, read_at, status, body FROM robots WHERE read_at > $1 AND origin IN (/*keys*/)",
        1,
    );
    let rows: Vec<Row> = SQL.read(db, binds![oldest], origins.iter().map(String::as_str)).await?;
    rows.into_iter().map(RobotsFile::try_from).collect()
}

/// Forgets what was read before `oldest`.
pub async fn forget(db: &Db, oldest: Timestamp) -> Result<(), StoreError> {
    db.run("DELETE FROM robots WHERE read_at <= $1", binds![oldest]).await.map(drop)
}

/// Keeps what was read; of one origin the last.
pub(super) async fn put(
    tx: &mut Tx,
    files: impl Iterator<Item = &RobotsFile>,
) -> Result<(), StoreError> {
    static SQL: Many = Many::new(
        "INSERT INTO robots (origin, read_at, status, body) VALUES /*rows*/ \
        ON CONFLICT (origin) DO UPDATE SET read_at = excluded.read_at, status = excluded.status, \
            body = excluded.body",
        4,
    );
    let row = |file: &RobotsFile| {
        binds![file.origin.as_str(), file.read_at, u32::from(file.status), file.text.as_str()]
    };
    let last: BTreeMap<&str, &RobotsFile> =
        files.map(|file| (file.origin.as_str(), file)).collect();
    SQL.write::<()>(tx, last.into_values().map(row).collect()).await.map(drop)
}

#[derive(sqlx::FromRow)]
struct Row {
    origin: String,
    read_at: i64,
    status: i64,
    body: String,
}

impl TryFrom<Row> for RobotsFile {
    type Error = StoreError;

    fn try_from(row: Row) -> Result<Self, StoreError> {
        let read_at = At { table: "robots", row: &row.origin }.time("read_at", row.read_at)?;
        let status = u16::try_from(row.status).unwrap_or_default();
        Ok(Self { origin: row.origin, read_at, status, text: row.body })
    }
}
