//! Named leases: of several processes, one at a time does a thing. A holder that dies loses it when it runs out.

use jiff::Timestamp;

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
