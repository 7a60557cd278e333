//! The brake: what stops a run that does more harm than good (D-17), and how it is released.

use jiff::Timestamp;

use super::super::codec::At;
use super::super::query::binds;
use super::super::{Db, StoreError};

/// Why nothing goes out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Brake {
    /// Since when.
    pub at: Timestamp,
    /// What was found, and what to do.
    pub why: String,
}

/// What the settled messages say, since the brake was last released.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Harm {
    /// Addresses that do not exist, among the first 200 messages of the run.
    pub bad_addresses: u32,
    /// Policy refusals, among the last 20 messages.
    pub policy_in_a_row: u32,
    /// Complaints, among the last 1,000 messages.
    pub complaints: u32,
    /// Messages looked at for complaints.
    pub settled: u32,
}

/// The brake, where it is on.
pub async fn brake(db: &Db) -> Result<Option<Brake>, StoreError> {
    let found: Option<(i64, String)> = db.one("SELECT at, why FROM brake", binds![]).await?;
    let at = At { table: "brake", row: "1" };
    found.map(|(when, why)| Ok(Brake { at: at.time("at", when)?, why })).transpose()
}

/// Puts it on. Says whether it was off.
pub async fn put_brake(db: &Db, why: &str, now: Timestamp) -> Result<bool, StoreError> {
    const SQL: &str =
        "INSERT INTO brake (id, at, why) VALUES (1, $1, $2) ON CONFLICT (id) DO NOTHING";
    Ok(db.run(SQL, binds![now, why]).await? > 0)
}

/// Takes it off; what was found until now does not put it on again. Says whether it was on.
pub async fn release_brake(db: &Db, now: Timestamp) -> Result<bool, StoreError> {
    const RELEASE: &str = "INSERT INTO brake_release (id, at) VALUES (1, $1) \
        ON CONFLICT (id) DO UPDATE SET at = excluded.at";
    let mut tx = db.begin().await?;
    let was_on = tx.run("DELETE FROM brake", binds![]).await? > 0;
    tx.run(RELEASE, binds![now]).await?;
    tx.commit().await?;
    Ok(was_on)
}

/// Counts the harm of what was settled after `since` (the begin of the run), or after the last release.
pub async fn harm(db: &Db, since: Timestamp) -> Result<Harm, StoreError> {
    const SQL: &str = "WITH judged AS (SELECT class, settled_at, id FROM outbox \
            WHERE settled_at >= $1 AND state IN ('accepted', 'failed') \
            AND settled_at > COALESCE((SELECT at FROM brake_release), 0)), \
        opening AS (SELECT class FROM judged ORDER BY settled_at, id LIMIT 200), \
        ending AS (SELECT class FROM judged ORDER BY settled_at DESC, id DESC LIMIT 20), \
        recent AS (SELECT id FROM judged ORDER BY settled_at DESC, id DESC LIMIT 1000) \
        SELECT (SELECT COUNT(*) FROM opening WHERE class = 'bad_address'), \
            (SELECT COUNT(*) FROM ending WHERE class = 'policy'), \
            (SELECT COUNT(*) FROM suppression WHERE why = 'complained' AND at >= $1 \
                AND at > COALESCE((SELECT at FROM brake_release), 0)), \
            (SELECT COUNT(*) FROM recent)";
    let found: Option<(i64, i64, i64, i64)> = db.one(SQL, binds![since]).await?;
    let count = super::super::codec::count;
    Ok(found.map_or_else(Harm::default, |(bad, policy, complaints, settled)| Harm {
        bad_addresses: count(bad),
        policy_in_a_row: count(policy),
        complaints: count(complaints),
        settled: count(settled),
    }))
}
