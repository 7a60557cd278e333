//! Who is never mailed again: by subscriber while we know them, by mark after they were erased (D-15, D-43).

use jiff::{SignedDuration, Timestamp};

use crate::model::id::SubscriberId;
use crate::model::reply::ReplyClass;

use super::codec::{At, count, word};
use super::query::{Tx, binds};
use super::{Db, StoreError};

/// A suppressed address, as far as it is still known.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct Suppression {
    /// What the address is known by again.
    pub mark: String,
    /// Since when.
    pub at: Timestamp,
    /// `asked to leave`, `bounced`, `complained`, `erased`.
    pub why: String,
}

/// Never mails a subscriber again, what waits in the outbox included. Says whether they were active before.
pub async fn suppress(
    db: &Db,
    id: SubscriberId,
    mark: &str,
    why: &str,
    now: Timestamp,
) -> Result<bool, StoreError> {
    let mut tx = db.begin().await?;
    let active = suppress_in(&mut tx, id, mark, why, now).await?;
    tx.commit().await?;
    Ok(active)
}

async fn suppress_in(
    tx: &mut Tx,
    id: SubscriberId,
    mark: &str,
    why: &str,
    now: Timestamp,
) -> Result<bool, StoreError> {
    const PERSON: &str = "UPDATE subscriber SET state = 'suppressed', suppressed_at = $2, \
        suppressed_why = $3 WHERE id = $1 AND state <> 'suppressed'";
    let active = tx.run(PERSON, binds![id.to_string(), now, why]).await? > 0;
    keep(tx, mark, why, now).await?;
    Ok(active)
}

/// The first reason stays, except that a complaint outweighs the others.
async fn keep(tx: &mut Tx, mark: &str, why: &str, now: Timestamp) -> Result<(), StoreError> {
    const SQL: &str = "INSERT INTO suppression (mark, at, why) VALUES ($1, $2, $3) \
        ON CONFLICT (mark) DO UPDATE SET at = excluded.at, why = excluded.why \
        WHERE excluded.why = 'complained' AND suppression.why <> 'complained'";
    tx.run(SQL, binds![mark, now, why]).await.map(drop)
}

/// Keeps the mark of an address of which nothing else is known.
pub async fn keep_mark(db: &Db, mark: &str, why: &str, at: Timestamp) -> Result<(), StoreError> {
    let mut tx = db.begin().await?;
    keep(&mut tx, mark, why, at).await?;
    tx.commit().await
}

/// Whether an address with this mark is suppressed.
pub async fn find(db: &Db, mark: &str) -> Result<Option<Suppression>, StoreError> {
    const SQL: &str = "SELECT mark, at, why FROM suppression WHERE mark = $1";
    Ok(read(db.all(SQL, binds![mark]).await?)?.into_iter().next())
}

/// All of them, the latest first.
pub async fn list(db: &Db) -> Result<Vec<Suppression>, StoreError> {
    read(db.all("SELECT mark, at, why FROM suppression ORDER BY at DESC, mark", binds![]).await?)
}

fn read(rows: Vec<(String, i64, String)>) -> Result<Vec<Suppression>, StoreError> {
    let read = |(mark, at, why): (String, i64, String)| {
        let at = At { table: "suppression", row: &mark }.time("at", at)?;
        Ok(Suppression { mark, at, why })
    };
    rows.into_iter().map(read).collect()
}

/// Takes an address off the list again: its owner asked for it. Says whether it was on it.
pub async fn lift(db: &Db, address: &str, mark: &str) -> Result<bool, StoreError> {
    const PERSON: &str = "UPDATE subscriber SET state = 'active', suppressed_at = NULL, \
        suppressed_why = NULL WHERE address = $1 AND state = 'suppressed'";
    let mut tx = db.begin().await?;
    let person = tx.run(PERSON, binds![address]).await?;
    let listed = tx.run("DELETE FROM suppression WHERE mark = $1", binds![mark]).await?;
    tx.commit().await?;
    Ok(person + listed > 0)
}

/// Forgets a subscriber, what they want and what they were sent; only the mark of the address stays (D-43).
pub async fn erase(
    db: &Db,
    id: SubscriberId,
    mark: &str,
    now: Timestamp,
) -> Result<(), StoreError> {
    const TRIES: &str =
        "DELETE FROM delivery_try WHERE delivery IN (SELECT id FROM outbox WHERE subscriber = $1)";
    // Rows stay for the accounting of their digest, under a name that leads nowhere.
    const ROWS: &str = "UPDATE outbox SET subscriber = 'erased/' || id, reply = NULL, \
        message_id = id WHERE subscriber = $1";
    let key = id.to_string();
    let mut tx = db.begin().await?;
    keep(&mut tx, mark, "erased", now).await?;
    for sql in [
        TRIES,
        "DELETE FROM strike WHERE subscriber = $1",
        "DELETE FROM subscription WHERE subscriber = $1",
        "DELETE FROM subscriber WHERE id = $1",
    ] {
        tx.run(sql, binds![key.as_str()]).await?;
    }
    settle_erased(&mut tx, &key, now).await?;
    tx.run(ROWS, binds![key.as_str()]).await?;
    tx.commit().await
}

async fn settle_erased(tx: &mut Tx, key: &str, now: Timestamp) -> Result<(), StoreError> {
    const SQL: &str = "UPDATE outbox SET state = 'suppressed', settled_at = $2 \
        WHERE subscriber = $1 AND state IN ('queued', 'deferred', 'unknown')";
    tx.run(SQL, binds![key, now]).await.map(drop)
}

/// Strikes within `days`, each counted once a day.
#[derive(Debug, Clone, Copy)]
pub struct Strikes {
    /// How many were noted.
    pub count: u32,
    /// From the first to the last.
    pub span: SignedDuration,
}

/// Notes a strike and gives those since `since`, this one included. One within a day of the last is not counted
/// again: a server that is asked twice in an hour says the same.
pub async fn strike(
    db: &Db,
    id: SubscriberId,
    class: ReplyClass,
    since: Timestamp,
    now: Timestamp,
) -> Result<Strikes, StoreError> {
    const PUT: &str = "INSERT INTO strike (subscriber, at, class) SELECT $1, $2, $3 WHERE NOT EXISTS \
        (SELECT 1 FROM strike WHERE subscriber = $1 AND class = $3 AND at > $4)";
    const COUNT: &str = "SELECT COUNT(*), COALESCE(MIN(at), $3), COALESCE(MAX(at), $3) FROM strike \
        WHERE subscriber = $1 AND class = $2 AND at >= $4";
    let (key, class) = (id.to_string(), word(class)?);
    let day_ago = now - SignedDuration::from_hours(24);
    let mut tx = db.begin().await?;
    tx.run(PUT, binds![key.as_str(), now, class.as_str(), day_ago]).await?;
    let counted: Option<(i64, i64, i64)> =
        tx.one(COUNT, binds![key.as_str(), class.as_str(), now, since]).await?;
    tx.commit().await?;
    let (n, first, last) = counted.unwrap_or_default();
    Ok(Strikes { count: count(n), span: SignedDuration::from_micros(last - first) })
}

/// Whether a subscriber confirmed their address by themself.
pub async fn is_confirmed(db: &Db, id: SubscriberId) -> Result<bool, StoreError> {
    const SQL: &str = "SELECT id FROM subscriber WHERE id = $1 AND confirmed_at IS NOT NULL";
    Ok(db.one::<(String,)>(SQL, binds![id.to_string()]).await?.is_some())
}
