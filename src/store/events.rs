//! Events: what happened, as the claims of all articles tell it together. Earlier versions are kept.

use jiff::Timestamp;
use jiff::civil::Date;

use crate::model::event::Event;
use crate::model::id::EventId;
use crate::model::time::Window;

use super::codec::{At, json};
use super::query::{Tx, binds};
use super::{Db, StoreError, terms};

/// What a look-up by the beginning of an id gave.
#[derive(Debug, Clone, PartialEq)]
pub enum Lookup {
    /// The one event whose id begins so.
    One(Box<Event>),
    /// None.
    Missing,
    /// Several; the first ten of their ids.
    Ambiguous(Vec<EventId>),
}

/// Keeps the events, and says how many were new or had changed. An event that says the same as before keeps its
/// version.
pub async fn upsert(db: &Db, events: &[Event], now: Timestamp) -> Result<u32, StoreError> {
    let mut tx = db.begin().await?;
    let mut changed = 0;
    for event in events {
        changed += u32::from(put(&mut tx, event, now).await?);
    }
    tx.commit().await?;
    Ok(changed)
}

async fn put(tx: &mut Tx, event: &Event, now: Timestamp) -> Result<bool, StoreError> {
    const SQL: &str = "INSERT INTO event (id, version, body, first_seen, changed_at, date_from, date_to) \
        VALUES ($1, 1, $2, $3, $4, $5, $6) \
        ON CONFLICT (id) DO UPDATE SET version = event.version + 1, body = excluded.body, \
            first_seen = excluded.first_seen, changed_at = excluded.changed_at, \
            date_from = excluded.date_from, date_to = excluded.date_to \
        WHERE event.body <> excluded.body RETURNING version";
    let (from, to) = (event.date.map(|d| d.from.to_string()), event.date.map(|d| d.to.to_string()));
    let body = json(event)?;
    let binds =
        binds![event.id.as_str(), body.as_str(), event.first_seen, event.changed_at, from, to];
    let Some((version,)) = tx.one::<(i64,)>(SQL, binds).await? else { return Ok(false) };
    keep_version(tx, &event.id, version, body, now).await?;
    terms::put(tx, event).await?;
    Ok(true)
}

async fn keep_version(
    tx: &mut Tx,
    id: &EventId,
    version: i64,
    body: String,
    now: Timestamp,
) -> Result<(), StoreError> {
    const SQL: &str = "INSERT INTO event_version (event, version, body, recorded_at) \
        VALUES ($1, $2, $3, $4) ON CONFLICT (event, version) DO NOTHING";
    tx.run(SQL, binds![id.as_str(), version, body, now]).await.map(drop)
}

/// Takes away an event whose claims have gone to others; its versions stay. Says whether it was there.
pub async fn remove(db: &Db, id: &EventId) -> Result<bool, StoreError> {
    let mut tx = db.begin().await?;
    terms::remove(&mut tx, id).await?;
    let gone = tx.run("DELETE FROM event WHERE id = $1", binds![id.as_str()]).await?;
    tx.commit().await?;
    Ok(gone > 0)
}

/// The last version of an event that is none of its own any more, by the beginning of its id.
pub async fn former(db: &Db, prefix: &str) -> Result<Option<Event>, StoreError> {
    const SQL: &str = "SELECT event, body FROM event_version \
        WHERE substr(event, 1, 6) = substr($1, 1, 6) AND substr(event, 1, length($1)) = $1 \
        ORDER BY recorded_at DESC, version DESC LIMIT 1";
    let prefix = prefix.to_ascii_lowercase();
    Ok(read(&db.all(SQL, binds![prefix]).await?)?.into_iter().next())
}

/// The events first seen, or materially changed, in `window`.
pub async fn in_window(db: &Db, window: Window) -> Result<Vec<Event>, StoreError> {
    const SQL: &str = "SELECT id, body FROM event \
        WHERE (first_seen >= $1 AND first_seen < $2) OR (changed_at >= $1 AND changed_at < $2) \
        ORDER BY first_seen, id";
    read(&db.all(SQL, binds![window.from, window.to]).await?)
}

/// The events first seen in `window`.
pub async fn first_seen_in(db: &Db, window: Window) -> Result<Vec<Event>, StoreError> {
    const SQL: &str = "SELECT id, body FROM event WHERE first_seen >= $1 AND first_seen < $2 \
        ORDER BY first_seen, id";
    read(&db.all(SQL, binds![window.from, window.to]).await?)
}

/// The events that may have happened from `from` to `to`, both inclusive. An event without a date is none of them.
pub async fn by_date(db: &Db, from: Date, to: Date) -> Result<Vec<Event>, StoreError> {
    const SQL: &str = "SELECT id, body FROM event WHERE date_to >= $1 AND date_from <= $2 \
        ORDER BY date_from, first_seen, id";
    read(&db.all(SQL, binds![from.to_string(), to.to_string()]).await?)
}

/// The event with this id, or the one whose id begins so, as mails print it.
pub async fn find(db: &Db, prefix: &str) -> Result<Lookup, StoreError> {
    const ANY: &str = "SELECT id, body FROM event WHERE substr(id, 1, length($1)) = $1 \
        ORDER BY id LIMIT 10";
    // There is an index on as many letters as a mail prints.
    const PRINTED: &str = "SELECT id, body FROM event WHERE substr(id, 1, 6) = substr($1, 1, 6) \
        AND substr(id, 1, length($1)) = $1 ORDER BY id LIMIT 10";
    let prefix = prefix.to_ascii_lowercase();
    let sql = if prefix.len() < 6 { ANY } else { PRINTED };
    let found = read(&db.all(sql, binds![prefix]).await?)?;
    Ok(match <[Event; 1]>::try_from(found) {
        Ok([event]) => Lookup::One(Box::new(event)),
        Err(none) if none.is_empty() => Lookup::Missing,
        Err(several) => Lookup::Ambiguous(several.into_iter().map(|event| event.id).collect()),
    })
}

/// The versions of an event, oldest first, each with the time at which it was recorded.
pub async fn versions(db: &Db, id: &EventId) -> Result<Vec<(Timestamp, Event)>, StoreError> {
    const SQL: &str =
        "SELECT recorded_at, body FROM event_version WHERE event = $1 ORDER BY version";
    let rows: Vec<(i64, String)> = db.all(SQL, binds![id.as_str()]).await?;
    let at = At { table: "event_version", row: id.as_str() };
    let read = |(recorded, body): (i64, String)| {
        Ok((at.time("recorded_at", recorded)?, at.json("body", &body)?))
    };
    rows.into_iter().map(read).collect()
}

fn read(rows: &[(String, String)]) -> Result<Vec<Event>, StoreError> {
    let read = |(id, body): &(String, String)| At { table: "event", row: id }.json("body", body);
    rows.iter().map(read).collect()
}
