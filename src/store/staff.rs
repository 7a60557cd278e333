//! Those who edit, their sessions, and what they did.

use jiff::Timestamp;
use uuid::Uuid;

use crate::model::staff::{Deed, Staff};

use super::codec::{At, word};
use super::query::binds;
use super::{Db, StoreError};

/// Keeps somebody with the hash of their password; the one with that name is replaced, and signed out.
pub async fn put(db: &Db, staff: &Staff, hash: &str) -> Result<(), StoreError> {
    const SQL: &str = "INSERT INTO staff (name, role, hash, created_at) VALUES ($1, $2, $3, $4) \
        ON CONFLICT (name) DO UPDATE SET role = excluded.role, hash = excluded.hash";
    let name = staff.name.as_str();
    let mut tx = db.begin().await?;
    tx.run(SQL, binds![name, word(staff.role)?, hash, staff.created_at]).await?;
    tx.run("DELETE FROM staff_session WHERE name = $1", binds![name]).await?;
    tx.commit().await
}

/// Takes somebody away. Says whether they were there.
pub async fn remove(db: &Db, name: &str) -> Result<bool, StoreError> {
    let mut tx = db.begin().await?;
    tx.run("DELETE FROM staff_session WHERE name = $1", binds![name]).await?;
    let gone = tx.run("DELETE FROM staff WHERE name = $1", binds![name]).await?;
    tx.commit().await?;
    Ok(gone > 0)
}

/// All of them, by name.
pub async fn list(db: &Db) -> Result<Vec<Staff>, StoreError> {
    const SQL: &str = "SELECT name, role, created_at FROM staff ORDER BY name";
    let rows: Vec<(String, String, i64)> = db.all(SQL, binds![]).await?;
    rows.into_iter().map(read).collect()
}

/// The hash of a password; none where nobody has that name.
pub async fn hash(db: &Db, name: &str) -> Result<Option<String>, StoreError> {
    let found: Option<(String,)> =
        db.one("SELECT hash FROM staff WHERE name = $1", binds![name]).await?;
    Ok(found.map(|(hash,)| hash))
}

/// Begins a session under the SHA-256 of its token; those that ended are forgotten.
pub async fn begin(
    db: &Db,
    token: &str,
    name: &str,
    ends_at: Timestamp,
    now: Timestamp,
) -> Result<(), StoreError> {
    const SQL: &str = "INSERT INTO staff_session (token, name, ends_at) VALUES ($1, $2, $3)";
    let mut tx = db.begin().await?;
    tx.run("DELETE FROM staff_session WHERE ends_at <= $1", binds![now]).await?;
    tx.run(SQL, binds![token, name, ends_at]).await?;
    tx.commit().await
}

/// Who has a session that has not ended.
pub async fn of_session(db: &Db, token: &str, now: Timestamp) -> Result<Option<Staff>, StoreError> {
    const SQL: &str = "SELECT s.name, s.role, s.created_at FROM staff_session t \
        JOIN staff s ON s.name = t.name WHERE t.token = $1 AND t.ends_at > $2";
    let found: Option<(String, String, i64)> = db.one(SQL, binds![token, now]).await?;
    found.map(read).transpose()
}

/// Ends a session.
pub async fn end(db: &Db, token: &str) -> Result<(), StoreError> {
    db.run("DELETE FROM staff_session WHERE token = $1", binds![token]).await.map(drop)
}

/// Writes down what somebody did.
pub async fn record(db: &Db, deed: &Deed) -> Result<(), StoreError> {
    const SQL: &str = "INSERT INTO audit (id, at, who, what, subject, detail) \
        VALUES ($1, $2, $3, $4, $5, $6)";
    let Deed { at, who, what, subject, detail } = deed;
    let id = Uuid::new_v4().to_string();
    let binds = binds![id, *at, who.as_str(), what.as_str(), subject.as_str(), detail.as_str()];
    db.run(SQL, binds).await.map(drop)
}

/// What was done, the latest first.
pub async fn deeds(db: &Db, most: u32) -> Result<Vec<Deed>, StoreError> {
    const SQL: &str =
        "SELECT at, who, what, subject, detail FROM audit ORDER BY at DESC, id LIMIT $1";
    let rows: Vec<(i64, String, String, String, String)> = db.all(SQL, binds![most]).await?;
    let read = |(at, who, what, subject, detail): (i64, String, String, String, String)| {
        let at = At { table: "audit", row: &subject }.time("at", at)?;
        Ok(Deed { at, who, what, subject, detail })
    };
    rows.into_iter().map(read).collect()
}

fn read((name, role, created): (String, String, i64)) -> Result<Staff, StoreError> {
    let at = At { table: "staff", row: &name };
    let (role, created_at) = (at.word("role", &role)?, at.time("created_at", created)?);
    Ok(Staff { name, role, created_at })
}
