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
/// So many rows of the rarest term one search goes through at most; so far rows are counted to find it.
pub const WALK: u32 = 10_000;

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

/// What a search found.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Results {
    /// The latest day first.
    pub events: Vec<Event>,
    /// Where to look further, as [`Search::after`]; none where everything was gone through.
    pub further: Option<(String, String)>,
}

/// Up to `most` events, the latest day first. At most [`WALK`] rows of the rarest term are gone through, so that a search
/// for terms that hardly ever meet ends in time too; where it ended, another goes on.
pub async fn search(db: &Db, search: &Search, most: u32) -> Result<Results, StoreError> {
    let terms = ordered(db, &search.terms).await?;
    let Some(sql) = SEARCH.get(terms.len() - 1) else { return Ok(Results::default()) };
    let (day, event) = search.after.clone().unwrap_or_else(|| (LAST.to_owned(), String::new()));
    let from = search.from.map(|day| day.to_string()).unwrap_or_default();
    let to = search.to.map_or_else(|| LAST.to_owned(), |day| day.to_string()).min(day.clone());
    let range =
        |first: &str| binds![first, from.as_str(), to.as_str(), day.as_str(), event.as_str()];
    let rarest = terms.first().map(String::as_str).unwrap_or_default();
    let mut all = range(rarest);
    all.extend(binds![WALK, most.saturating_add(1)]);
    all.extend(terms.iter().skip(1).map(|term| Bind::from(term.as_str())));
    let rows: Vec<(String, String)> = db.all(sql.as_str(), all).await?;
    let is_full = rows.len() > most as usize;
    let shown = rows.iter().take(most as usize);
    let read = |(id, body): &(String, String)| At { table: "event", row: id }.json("body", body);
    let events = shown.map(read).collect::<Result<Vec<Event>, _>>()?;
    let further = if is_full {
        let last = events.last();
        last.map(|last| {
            (last.last_day().map(|day| day.to_string()).unwrap_or_default(), last.id.to_string())
        })
    } else {
        let mut binds = range(rarest);
        binds.extend(binds![WALK - 1]);
        db.one(END, binds).await?
    };
    Ok(Results { events, further })
}

/// The rows of the rarest term, from which a search takes those that have the others too.
macro_rules! walk {
    () => {
        "SELECT day, event FROM event_term WHERE term = $1 AND day >= $2 AND day <= $3 \
        AND (day < $4 OR (day = $4 AND event < $5)) ORDER BY day DESC, event DESC"
    };
}

/// The last row that a search goes through, where there are more.
const END: &str = concat!(walk!(), " LIMIT 1 OFFSET $6");

/// The search for one term, for two, and so on. All terms of an event stand under one day, so that each further term is
/// one look-up by the primary key: a value and no join, since PostgreSQL would else read all rows of a frequent term.
static SEARCH: LazyLock<Vec<String>> = LazyLock::new(|| {
    let has = |n: usize| {
        let at = n + 8;
        format!(
            "(SELECT 1 FROM event_term b WHERE b.term = ${at} AND b.day = t.day AND b.event = t.event) = 1"
        )
    };
    let text = |others: usize| {
        let all: Vec<String> = (0..others).map(has).collect();
        let all =
            if all.is_empty() { String::new() } else { format!("WHERE {}", all.join(" AND ")) };
        format!(
            "SELECT e.id, e.body FROM (SELECT t.day, t.event FROM ({} LIMIT $6) AS t {all} \
            ORDER BY t.day DESC, t.event DESC LIMIT $7) AS f JOIN event e ON e.id = f.event \
            ORDER BY f.day DESC, f.event DESC",
            walk!()
        )
    };
    (0..MOST_TERMS).map(text).collect()
});

/// A day after every other.
const LAST: &str = "9999-99-99";

/// The terms, the rarest first: its rows are gone through, the others are looked up.
async fn ordered(db: &Db, terms: &[String]) -> Result<Vec<String>, StoreError> {
    const SQL: &str =
        "SELECT COUNT(*) FROM (SELECT 1 AS one FROM event_term WHERE term = $1 LIMIT $2) AS few";
    let mut counted = Vec::new();
    if let [only] = terms {
        return Ok(vec![only.clone()]);
    }
    for term in terms.iter().take(MOST_TERMS) {
        let found: Option<(i64,)> = db.one(SQL, binds![term.as_str(), WALK]).await?;
        counted.push((found.map_or(0, |(n,)| n), term.clone()));
    }
    counted.sort();
    let terms: Vec<String> = counted.into_iter().map(|(_, term)| term).collect();
    Ok(if terms.is_empty() { vec![ANY.to_owned()] } else { terms })
}
