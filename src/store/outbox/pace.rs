//! The pace of domains: shared by all processes, so that several senders together keep it (D-13).

use std::collections::BTreeMap;

use jiff::{SignedDuration, Timestamp};

use crate::model::id::DeliveryId;

use super::super::codec::{At, count};
use super::super::query::binds;
use super::super::{Db, StoreError};

/// How a domain is to be treated now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Pace {
    /// Nothing goes there before.
    pub paused_until: Timestamp,
    /// How often it asked for a pause lately; each halves its rate.
    pub pauses: u32,
}

/// The domains that are paced or paused; `*` stands for all together.
pub async fn paces(db: &Db) -> Result<BTreeMap<String, Pace>, StoreError> {
    const SQL: &str = "SELECT domain, paused_until, pauses FROM mail_pace";
    let rows: Vec<(String, i64, i64)> = db.all(SQL, binds![]).await?;
    let read = |(domain, until, pauses): (String, i64, i64)| {
        let paused_until = At { table: "mail_pace", row: &domain }.time("paused_until", until)?;
        Ok((domain, Pace { paused_until, pauses: count(pauses) }))
    };
    rows.into_iter().map(read).collect()
}

/// Takes the next free instant of a domain whose messages go out every `interval`, not before `from`.
pub async fn reserve(
    db: &Db,
    domain: &str,
    interval: SignedDuration,
    from: Timestamp,
) -> Result<Timestamp, StoreError> {
    const SQL: &str = "INSERT INTO mail_pace (domain, next_at) VALUES ($1, $3 + $2) \
        ON CONFLICT (domain) DO UPDATE SET next_at = $2 + \
            CASE WHEN mail_pace.next_at > $3 THEN mail_pace.next_at ELSE $3 END \
        RETURNING next_at - $2";
    let micros = i64::try_from(interval.as_micros()).unwrap_or(i64::MAX);
    let rows: Vec<(i64,)> = db.change(SQL, binds![domain, micros, from]).await?;
    let at = At { table: "mail_pace", row: domain };
    rows.first().map_or(Ok(from), |(micros,)| at.time("next_at", *micros))
}

/// Leaves a domain alone until `until`; pauses that lie more than a day apart are not counted together.
pub async fn pause(
    db: &Db,
    domain: &str,
    until: Timestamp,
    now: Timestamp,
) -> Result<(), StoreError> {
    const SQL: &str = "INSERT INTO mail_pace (domain, next_at, paused_until, pauses) \
        VALUES ($1, $2, $2, 1) ON CONFLICT (domain) DO UPDATE SET \
            pauses = CASE WHEN mail_pace.paused_until < $3 THEN 1 ELSE mail_pace.pauses + 1 END, \
            paused_until = $2, \
            next_at = CASE WHEN mail_pace.next_at > $2 THEN mail_pace.next_at ELSE $2 END";
    let day_ago = now - SignedDuration::from_hours(24);
    db.run(SQL, binds![domain, until, day_ago]).await.map(drop)
}

/// Gives a claimed message back until `until`, untried. With `slot` that instant is its own.
pub async fn postpone(
    db: &Db,
    id: DeliveryId,
    worker: &str,
    until: Timestamp,
    slot: bool,
) -> Result<bool, StoreError> {
    const SQL: &str = "UPDATE outbox SET due_at = $3, slot = $4, worker = NULL, lease_until = NULL \
        WHERE id = $1 AND worker = $2 AND state IN ('queued', 'deferred')";
    let slot = slot.then_some(until);
    Ok(db.run(SQL, binds![id.to_string(), worker, until, slot]).await? > 0)
}
