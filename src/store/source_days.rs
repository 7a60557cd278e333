//! On which days each source was read, and how much was new: coverage of the past, and what is usual of a source.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;

use crate::model::id::SourceId;

use super::codec::{At, count};
use super::many::Many;
use super::query::{Tx, binds};
use super::{Db, StoreError};

/// Adds readings of sources, each with how many articles were new, to their days in UTC.
pub(super) async fn add(
    tx: &mut Tx,
    read: impl Iterator<Item = (&SourceId, Date, u32)>,
) -> Result<(), StoreError> {
    static SQL: Many = Many::new(
        "INSERT INTO source_day (source, day, new) VALUES /*rows*/ \
        ON CONFLICT (source, day) DO UPDATE SET new = source_day.new + excluded.new",
        3,
    );
    let rows = read.map(|(source, day, new)| binds![source.as_str(), day.to_string(), new]);
    SQL.write::<()>(tx, rows.collect()).await.map(drop)
}

/// How many sources were read on each day from `from` to before `to`; days without any are left out.
pub async fn read_on(db: &Db, from: Date, to: Date) -> Result<BTreeMap<Date, u32>, StoreError> {
    const SQL: &str =
        "SELECT day, COUNT(*) FROM source_day WHERE day >= $1 AND day < $2 GROUP BY day";
    let rows: Vec<(String, i64)> = db.all(SQL, binds![from.to_string(), to.to_string()]).await?;
    let read = |(day, n): (String, i64)| {
        let row = At { table: "source_day", row: &day };
        Ok((row.parsed("day", &day)?, count(n)))
    };
    rows.into_iter().map(read).collect()
}

/// Which sources were read from the last day on, up to and with `near`, on which any was, and not after `to`: those
/// that readers of a window from `near` to `to` are used to, however long nothing was gathered before it.
pub async fn read_about(db: &Db, near: Date, to: Date) -> Result<BTreeSet<SourceId>, StoreError> {
    const SQL: &str = "SELECT DISTINCT source FROM source_day WHERE day <= $2 \
        AND day >= COALESCE((SELECT MAX(day) FROM source_day WHERE day <= $1), $1)";
    let rows: Vec<(String,)> = db.all(SQL, binds![near.to_string(), to.to_string()]).await?;
    Ok(rows.into_iter().map(|(source,)| SourceId::new(source)).collect())
}

/// Days of a source on which it was read, and what was new on them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Volume {
    /// Days on which it was read.
    pub days: u32,
    /// Articles that were new on them.
    pub new: u32,
}

impl Volume {
    /// New articles in a usual week; none before there is a day to go by.
    pub fn per_week(self) -> Option<u32> {
        self.new.saturating_mul(7).checked_add(self.days / 2)?.checked_div(self.days)
    }
}

/// What is usual of each source, by the days from `from` to before `to`.
pub async fn volumes(
    db: &Db,
    from: Date,
    to: Date,
) -> Result<BTreeMap<SourceId, Volume>, StoreError> {
    const SQL: &str = "SELECT source, COUNT(*), CAST(SUM(new) AS BIGINT) FROM source_day \
        WHERE day >= $1 AND day < $2 GROUP BY source";
    let rows: Vec<(String, i64, i64)> =
        db.all(SQL, binds![from.to_string(), to.to_string()]).await?;
    let volume = |(source, days, new)| {
        (SourceId::new(source), Volume { days: count(days), new: count(new) })
    };
    Ok(rows.into_iter().map(volume).collect())
}
