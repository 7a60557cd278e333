//! Finding events by their terms, latest first, a page at a time.

use std::sync::LazyLock;

use jiff::civil::Date;

use crate::model::event::Event;
use crate::model::id::EventId;
use crate::model::terms::{ANY, terms};

use super::codec::At;
use super::query::{Bind, Tx, binds};
use super::{Db, StoreError};

/// The most terms of one search.
pub const MOST_TERMS: usize = 5;
/// Rows that go into one statement.
const CHUNK: usize = 12;
/// How far the rows of a term are counted to find the rarest.
const COUNTED: u32 = 5_000;

/// What is looked for.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Search {
    /// All of these; none stands for every event. Those beyond [`MOST_TERMS`] are passed over.
    pub terms: Vec<String>,
    /// Not before this day.
    pub from: Option<Date>,
    /// Not after this day.
    pub to: Option<Date>,
    /// After this one in the order of results: day and id.
    pub after: Option<(String, String)>,
}

static PUT: LazyLock<String> = LazyLock::new(|| {
    let rows: Vec<_> = (3..CHUNK + 3).map(|n| format!("(${n}, $1, $2)")).collect();
    format!(
        "INSERT INTO event_term (term, day, event) VALUES {} ON CONFLICT DO NOTHING",
        rows.join(", ")
    )
});

/// Writes the terms of an event, in place of those it had.
pub(super) async fn put(tx: &mut Tx, event: &Event) -> Result<(), StoreError> {
    remove(tx, &event.id).await?;
    let day = event.last_day().map(|day| day.to_string()).unwrap_or_default();
    let terms: Vec<String> = terms(event).into_iter().collect();
    for chunk in terms.chunks(CHUNK) {
        let mut all = binds![day.as_str(), event.id.as_str()];
        // A short chunk repeats its terms: the statement has a fixed number of places.
        all.extend(chunk.iter().cycle().take(CHUNK).map(|term| Bind::from(term.as_str())));
        tx.run(PUT.as_str(), all).await?;
    }
    Ok(())
}

/// Takes the terms of an event away.
pub(super) async fn remove(tx: &mut Tx, id: &EventId) -> Result<(), StoreError> {
    tx.run("DELETE FROM event_term WHERE event = $1", binds![id.as_str()]).await.map(drop)
}

/// Writes the terms of up to `most` events that have none: those that an earlier version of this program stored. Says
/// how many there were.
pub async fn fill(db: &Db, most: u32) -> Result<u32, StoreError> {
    const SQL: &str = "SELECT id, body FROM event e WHERE NOT EXISTS \
        (SELECT 1 FROM event_term t WHERE t.event = e.id) LIMIT $1";
    let rows: Vec<(String, String)> = db.all(SQL, binds![most]).await?;
    let mut tx = db.begin().await?;
    for (id, body) in &rows {
        put(&mut tx, &At { table: "event", row: id }.json("body", body)?).await?;
    }
    tx.commit().await?;
    Ok(u32::try_from(rows.len()).unwrap_or(u32::MAX))
}

/// Up to `most` events, the latest day first.
pub async fn search(db: &Db, search: &Search, most: u32) -> Result<Vec<Event>, StoreError> {
    // All terms of an event stand under one day, so that each further term is one look-up by the primary key.
    const SQL: &str = "SELECT e.id, e.body FROM event_term t JOIN event e ON e.id = t.event \
        WHERE t.term = $1 AND t.day >= $6 AND t.day <= $7 AND (t.day < $8 OR (t.day = $8 AND t.event < $9)) \
        AND EXISTS (SELECT 1 FROM event_term b WHERE b.term = $2 AND b.day = t.day AND b.event = t.event) \
        AND EXISTS (SELECT 1 FROM event_term b WHERE b.term = $3 AND b.day = t.day AND b.event = t.event) \
        AND EXISTS (SELECT 1 FROM event_term b WHERE b.term = $4 AND b.day = t.day AND b.event = t.event) \
        AND EXISTS (SELECT 1 FROM event_term b WHERE b.term = $5 AND b.day = t.day AND b.event = t.event) \
        ORDER BY t.day DESC, t.event DESC LIMIT $10";
    let terms = ordered(db, &search.terms).await?;
    let mut all: Vec<Bind> =
        terms.iter().cycle().take(MOST_TERMS).map(|term| Bind::from(term.as_str())).collect();
    let (day, event) = search.after.clone().unwrap_or_else(|| (LAST.to_owned(), String::new()));
    let from = search.from.map(|day| day.to_string()).unwrap_or_default();
    let to = search.to.map_or_else(|| LAST.to_owned(), |day| day.to_string()).min(day.clone());
    all.extend(binds![from, to, day, event, most]);
    let rows: Vec<(String, String)> = db.all(SQL, all).await?;
    rows.iter().map(|(id, body)| At { table: "event", row: id }.json("body", body)).collect()
}

/// A day after every other.
const LAST: &str = "9999-99-99";

/// The terms, the rarest first: its rows are gone through, the others are looked up.
async fn ordered(db: &Db, terms: &[String]) -> Result<Vec<String>, StoreError> {
    const SQL: &str =
        "SELECT COUNT(*) FROM (SELECT 1 AS one FROM event_term WHERE term = $1 LIMIT $2) AS few";
    let mut counted = Vec::new();
    for term in terms.iter().take(MOST_TERMS) {
        let found: Option<(i64,)> = db.one(SQL, binds![term.as_str(), COUNTED]).await?;
        counted.push((found.map_or(0, |(n,)| n), term.clone()));
    }
    counted.sort();
    let terms: Vec<String> = counted.into_iter().map(|(_, term)| term).collect();
    Ok(if terms.is_empty() { vec![ANY.to_owned()] } else { terms })
}
