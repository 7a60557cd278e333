//! Named leases: of several processes, one at a time does a thing. A holder that dies loses it when it runs out.

use std::collections::HashSet;

use jiff::Timestamp;

use super::many::Many;
use super::query::binds;
use super::{Db, StoreError};

/// Takes the lease `name`, or renews it, until `until`. Says whether `holder` has it now.
pub async fn take(
    db: &Db,
    name: &str,
    holder: &str,
    until: Timestamp,
    now: Timestamp,
) -> Result<bool, StoreError> {
    const SQL: &str = "INSERT INTO lease (name, holder, expires_at) VALUES ($1, $2, $3) \
        ON CONFLICT (name) DO UPDATE SET holder = excluded.holder, expires_at = excluded.expires_at \
        WHERE lease.holder = excluded.holder OR lease.expires_at <= $4";
    Ok(db.run(SQL, binds![name, holder, until, now]).await? > 0)
}

/// Renews a lease that `holder` has and that has not run out. Says whether that was so.
pub async fn renew(
    db: &Db,
    name: &str,
    holder: &str,
    until: Timestamp,
    now: Timestamp,
) -> Result<bool, StoreError> {
    const SQL: &str = "UPDATE lease SET expires_at = $3 \
        WHERE name = $1 AND holder = $2 AND expires_at > $4";
    Ok(db.run(SQL, binds![name, holder, until, now]).await? > 0)
}

/// Gives a lease back. Says whether `holder` had it.
pub async fn release(db: &Db, name: &str, holder: &str) -> Result<bool, StoreError> {
    const SQL: &str = "DELETE FROM lease WHERE name = $1 AND holder = $2";
    Ok(db.run(SQL, binds![name, holder]).await? > 0)
}

/// Takes, until `until`, those of the leases `names` that nobody else has; gives their names.
pub async fn take_all(
    db: &Db,
    names: &[String],
    holder: &str,
    until: Timestamp,
    now: Timestamp,
) -> Result<HashSet<String>, StoreError> {
    const RUN_OUT: &str = "DELETE FROM lease WHERE expires_at <= $1";
    static SQL: Many = Many::new(
        "INSERT INTO lease (name, holder, expires_at) VALUES /*rows*/ \
        ON CONFLICT (name) DO UPDATE SET expires_at = excluded.expires_at \
        WHERE lease.holder = excluded.holder RETURNING name",
        3,
    );
    // In order, so that two who take the same ones wait for each other and not in a circle.
    let mut names: Vec<&str> = names.iter().map(String::as_str).collect();
    names.sort_unstable();
    names.dedup();
    let mut tx = db.begin_unsynced().await?;
    tx.run(RUN_OUT, binds![now]).await?;
    let rows = names.into_iter().map(|name| binds![name, holder, until]);
    let taken: Vec<(String,)> = SQL.write(&mut tx, rows.collect()).await?;
    tx.commit().await?;
    Ok(taken.into_iter().map(|(name,)| name).collect())
}

/// Renews all leases that `holder` has whose names begin with `prefix`, and that have not run out.
pub async fn renew_all(
    db: &Db,
    prefix: &str,
    holder: &str,
    until: Timestamp,
    now: Timestamp,
) -> Result<(), StoreError> {
    const SQL: &str = "UPDATE lease SET expires_at = $3 \
        WHERE holder = $2 AND name LIKE $1 AND expires_at > $4";
    db.run(SQL, binds![format!("{prefix}%"), holder, until, now]).await.map(drop)
}

/// Gives back all leases that `holder` has whose names begin with `prefix`.
pub async fn release_all(db: &Db, prefix: &str, holder: &str) -> Result<(), StoreError> {
    const SQL: &str = "DELETE FROM lease WHERE holder = $2 AND name LIKE $1";
    db.run(SQL, binds![format!("{prefix}%"), holder]).await.map(drop)
}
