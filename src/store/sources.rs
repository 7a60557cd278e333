//! Sources that were added by command, and what is remembered of every source between fetches.
//!
//! Sources of configuration files are not here: their file alone may change them.

use std::collections::BTreeMap;

use jiff::civil::Date;

use crate::model::id::SourceId;
use crate::model::notice::Notice;
use crate::model::source::{FetchState, RobotsFile, Source};

use super::codec::{At, json};
use super::many::{Keys, Many};
use super::query::{Tx, binds};
use super::{Db, StoreError, notices, robots, source_days};

/// Every source of the database, by id.
pub async fn list(db: &Db) -> Result<Vec<Source>, StoreError> {
    let rows = db.all("SELECT id, body FROM source ORDER BY id", binds![]).await?;
    rows.iter().map(read).collect()
}

/// Adds a source, or replaces the one with its id.
pub async fn upsert(db: &Db, source: &Source) -> Result<(), StoreError> {
    upsert_all(db, std::slice::from_ref(source)).await
}

/// Adds or replaces several sources, all or none.
pub async fn upsert_all(db: &Db, sources: &[Source]) -> Result<(), StoreError> {
    let mut tx = db.begin().await?;
    for source in sources {
        write(&mut tx, source).await?;
    }
    tx.commit().await
}

/// One source of the database.
pub async fn get(db: &Db, id: &SourceId) -> Result<Option<Source>, StoreError> {
    let found = db.one("SELECT id, body FROM source WHERE id = $1", binds![id.as_str()]).await?;
    found.as_ref().map(read).transpose()
}

/// What an edit of a source makes of what is remembered of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Memory {
    /// It is read as before.
    Keep,
    /// It is read otherwise: the next time in full, and soon.
    ReadAgain,
    /// It stands elsewhere: everything begins anew, what is old there is no news.
    Forget,
}

/// Puts a source in the place of the one with its id.
pub async fn replace(db: &Db, source: &Source, memory: Memory) -> Result<(), StoreError> {
    const STATE: &str = "SELECT source, body FROM fetch_state WHERE source = $1";
    const PUT: &str = "UPDATE fetch_state SET body = $2 WHERE source = $1";
    let id = source.id.as_str();
    let mut tx = db.begin().await?;
    write(&mut tx, source).await?;
    let found: Option<(String, String)> = match memory {
        Memory::ReadAgain => tx.one(STATE, binds![id]).await?,
        Memory::Keep => None,
        Memory::Forget => {
            tx.run("DELETE FROM fetch_state WHERE source = $1", binds![id]).await?;
            None
        }
    };
    if let Some((id, body)) = found {
        let kept = read_state(&id, &body)?;
        let state = FetchState { etag: None, last_modified: None, next_poll: None, ..kept };
        tx.run(PUT, binds![id.as_str(), json(&state)?]).await?;
    }
    tx.commit().await
}

/// Removes a source with what was remembered of it; its articles stay. Says whether it was there.
pub async fn remove(db: &Db, id: &SourceId) -> Result<bool, StoreError> {
    let mut tx = db.begin().await?;
    let removed = tx.run("DELETE FROM source WHERE id = $1", binds![id.as_str()]).await? > 0;
    if removed {
        tx.run("DELETE FROM fetch_state WHERE source = $1", binds![id.as_str()]).await?;
        tx.run("DELETE FROM pause WHERE source = $1", binds![id.as_str()]).await?;
    }
    tx.commit().await?;
    Ok(removed)
}

/// Pauses or resumes a source. Says whether it is there.
pub async fn set_paused(db: &Db, id: &SourceId, paused: bool) -> Result<bool, StoreError> {
    let mut tx = db.begin().await?;
    let found = tx.one("SELECT id, body FROM source WHERE id = $1", binds![id.as_str()]).await?;
    let Some(row) = found else { return Ok(false) };
    write(&mut tx, &Source { paused, ..read(&row)? }).await?;
    tx.commit().await?;
    Ok(true)
}

/// What is remembered of a source; the default when it was never fetched.
pub async fn fetch_state(db: &Db, id: &SourceId) -> Result<FetchState, StoreError> {
    const SQL: &str = "SELECT source, body FROM fetch_state WHERE source = $1";
    let found: Option<(String, String)> = db.one(SQL, binds![id.as_str()]).await?;
    let state = found.map(|(source, body)| read_state(&source, &body)).transpose()?;
    Ok(state.unwrap_or_default())
}

/// What is remembered of every source that was ever fetched.
pub async fn fetch_states(db: &Db) -> Result<BTreeMap<SourceId, FetchState>, StoreError> {
    states(db.all("SELECT source, body FROM fetch_state", binds![]).await?)
}

/// What is remembered of these sources, as far as they were ever fetched.
pub async fn fetch_states_of(
    db: &Db,
    ids: &[SourceId],
) -> Result<BTreeMap<SourceId, FetchState>, StoreError> {
    static SQL: Keys =
        Keys::new("SELECT source, body FROM fetch_state WHERE source IN (/*keys*/)", 0);
    let rows = SQL.read(db, binds![], ids.iter().map(SourceId::as_str)).await?;
    states(rows)
}

fn states(rows: Vec<(String, String)>) -> Result<BTreeMap<SourceId, FetchState>, StoreError> {
    let read = |(source, body): (String, String)| {
        let state = read_state(&source, &body)?;
        Ok((SourceId::new(source), state))
    };
    rows.into_iter().map(read).collect()
}

/// What a try of a source left.
#[derive(Debug, Clone, PartialEq)]
pub struct Tried {
    /// Which source.
    pub source: SourceId,
    /// What to remember of it.
    pub state: FetchState,
    /// The day, in UTC.
    pub day: Date,
    /// How many articles were new; none where the source could not be read.
    pub new: Option<u32>,
    /// The turn that an editor is to be told of.
    pub notice: Option<Notice>,
    /// The robots.txt that was read for it.
    pub robots: Option<RobotsFile>,
    /// A lease that is given back with it.
    pub lease: Option<Lease>,
}

/// A lease and who has it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Lease {
    /// Its name.
    pub name: String,
    /// Who has it.
    pub holder: String,
}

/// Remembers what tries of sources left, all of it or nothing. Each source is among them once.
pub async fn settle(db: &Db, all: &[Tried]) -> Result<(), StoreError> {
    static PUT_STATES: Many = Many::new(
        "INSERT INTO fetch_state (source, body) VALUES /*rows*/ \
        ON CONFLICT (source) DO UPDATE SET body = excluded.body",
        2,
    );
    static GIVE_BACK: Many =
        Many::new("DELETE FROM lease WHERE (name, holder) IN (VALUES /*rows*/)", 2);
    let state = |tried: &Tried| Ok(binds![tried.source.as_str(), json(&tried.state)?]);
    let states = all.iter().map(state).collect::<Result<Vec<_>, StoreError>>()?;
    let read = all.iter().filter_map(|tried| Some((&tried.source, tried.day, tried.new?)));
    let mut tx = db.begin_unsynced().await?;
    PUT_STATES.write::<()>(&mut tx, states).await?;
    source_days::add(&mut tx, read).await?;
    robots::put(&mut tx, all.iter().filter_map(|tried| tried.robots.as_ref())).await?;
    for notice in all.iter().filter_map(|tried| tried.notice.as_ref()) {
        notices::write(&mut tx, notice).await?;
    }
    let leases = all.iter().filter_map(|tried| tried.lease.as_ref());
    let leases = leases.map(|lease| binds![lease.name.as_str(), lease.holder.as_str()]);
    GIVE_BACK.write::<()>(&mut tx, leases.collect()).await?;
    tx.commit().await
}

async fn write(tx: &mut Tx, source: &Source) -> Result<(), StoreError> {
    const SQL: &str = "INSERT INTO source (id, body) VALUES ($1, $2) \
        ON CONFLICT (id) DO UPDATE SET body = excluded.body";
    tx.run(SQL, binds![source.id.as_str(), json(source)?]).await.map(drop)
}

fn read((id, body): &(String, String)) -> Result<Source, StoreError> {
    At { table: "source", row: id }.json("body", body)
}

fn read_state(source: &str, body: &str) -> Result<FetchState, StoreError> {
    At { table: "fetch_state", row: source }.json("body", body)
}
