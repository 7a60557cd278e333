//! Subscribers. They live only here; an address that was suppressed stays, so that nothing mails it again.

use jiff::Timestamp;

use crate::model::id::SubscriberId;
use crate::model::subscriber::{Address, Subscriber, SubscriberState, Subscription};

use super::codec::{At, word};
use super::query::{Tx, binds};
use super::{Db, StoreError, subscriptions};

/// What became of an address that was to be added.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Added {
    /// It is new.
    New,
    /// It was there: this is who has it.
    Existing(Subscriber),
    /// It left, complained or bounced, and stays so.
    Suppressed,
}

/// What an import came to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Imported {
    /// New subscribers.
    pub added: u32,
    /// Addresses that were there; they got the subscription if they had none to its edition.
    pub existing: u32,
    /// Addresses that are suppressed and were passed over.
    pub suppressed: u32,
}

/// Adds a subscriber, unless the address is there. One that only asked and did not confirm makes way.
pub async fn add(db: &Db, subscriber: &Subscriber) -> Result<Added, StoreError> {
    let mut tx = db.begin().await?;
    let added = insert(&mut tx, subscriber).await?;
    tx.commit().await?;
    Ok(added)
}

/// Adds subscribers with a subscription each, all or none. A second import of the same list changes nothing.
pub async fn import(db: &Db, rows: &[(Subscriber, Subscription)]) -> Result<Imported, StoreError> {
    let mut tx = db.begin().await?;
    let mut imported = Imported::default();
    for (subscriber, wanted) in rows {
        let owner = match insert(&mut tx, subscriber).await? {
            Added::New => {
                imported.added += 1;
                subscriber.id
            }
            Added::Existing(known) => {
                imported.existing += 1;
                known.id
            }
            Added::Suppressed => {
                imported.suppressed += 1;
                continue;
            }
        };
        let wanted = Subscription { subscriber: owner, ..wanted.clone() };
        subscriptions::put_first(&mut tx, &wanted).await?;
    }
    tx.commit().await?;
    Ok(imported)
}

async fn insert(tx: &mut Tx, subscriber: &Subscriber) -> Result<Added, StoreError> {
    const SQL: &str = "INSERT INTO subscriber (id, address, state, language, zone, created_at) \
        VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (address) DO NOTHING";
    const ASKED: &str = "DELETE FROM subscriber WHERE address = $1 AND state = 'pending'";
    tx.run(ASKED, binds![subscriber.address.as_str()]).await?;
    let binds = binds![
        subscriber.id.to_string(),
        subscriber.address.as_str(),
        word(subscriber.state)?,
        subscriber.language.as_str(),
        subscriber.zone.as_str(),
        subscriber.created_at,
    ];
    if tx.run(SQL, binds).await? > 0 {
        return Ok(Added::New);
    }
    let known = tx.one(BY_ADDRESS, binds![subscriber.address.as_str()]).await?;
    match known.map(|row: SubscriberRow| row.try_into()).transpose()? {
        Some(Subscriber { state: SubscriberState::Suppressed, .. }) | None => Ok(Added::Suppressed),
        Some(known) => Ok(Added::Existing(known)),
    }
}

pub(super) const BY_ADDRESS: &str = "SELECT id, address, state, language, zone, created_at \
    FROM subscriber WHERE address = $1";

/// The subscriber with an address.
pub async fn find(db: &Db, address: &Address) -> Result<Option<Subscriber>, StoreError> {
    let found: Option<SubscriberRow> = db.one(BY_ADDRESS, binds![address.as_str()]).await?;
    found.map(Subscriber::try_from).transpose()
}

/// The subscriber with an id.
pub async fn get(db: &Db, id: SubscriberId) -> Result<Option<Subscriber>, StoreError> {
    const SQL: &str =
        "SELECT id, address, state, language, zone, created_at FROM subscriber WHERE id = $1";
    let found: Option<SubscriberRow> = db.one(SQL, binds![id.to_string()]).await?;
    found.map(Subscriber::try_from).transpose()
}

/// Every subscriber, by address; the suppressed too.
pub async fn list(db: &Db) -> Result<Vec<Subscriber>, StoreError> {
    const SQL: &str =
        "SELECT id, address, state, language, zone, created_at FROM subscriber ORDER BY address";
    let rows: Vec<SubscriberRow> = db.all(SQL, binds![]).await?;
    rows.into_iter().map(Subscriber::try_from).collect()
}

/// Up to `most` subscribers whose address holds `part`, upper and lower case alike, by address; those after `after`.
pub async fn search(
    db: &Db,
    part: &str,
    after: &str,
    most: u32,
) -> Result<Vec<Subscriber>, StoreError> {
    const SQL: &str = "SELECT id, address, state, language, zone, created_at FROM subscriber \
        WHERE lower(address) LIKE $1 ESCAPE '!' AND address > $2 ORDER BY address LIMIT $3";
    let plain = part.to_lowercase().replace('!', "!!").replace('%', "!%").replace('_', "!_");
    let rows: Vec<SubscriberRow> = db.all(SQL, binds![format!("%{plain}%"), after, most]).await?;
    rows.into_iter().map(Subscriber::try_from).collect()
}

/// Keeps the language and the zone of a subscriber. Says whether they are there.
pub async fn set_place(
    db: &Db,
    id: SubscriberId,
    language: &str,
    zone: &str,
) -> Result<bool, StoreError> {
    const SQL: &str = "UPDATE subscriber SET language = $2, zone = $3 WHERE id = $1";
    Ok(db.run(SQL, binds![id.to_string(), language, zone]).await? > 0)
}

/// Never mails an address again, what waits in the outbox included. Says whether it was active before.
pub async fn suppress(
    db: &Db,
    address: &Address,
    why: &str,
    now: Timestamp,
) -> Result<bool, StoreError> {
    const SQL: &str = "UPDATE subscriber SET state = 'suppressed', suppressed_at = $2, suppressed_why = $3 \
        WHERE address = $1 AND state <> 'suppressed'";
    Ok(db.run(SQL, binds![address.as_str(), now, why]).await? > 0)
}

/// Forgets a subscriber and what they want; what waits in the outbox is not sent. A suppressed address stays
/// suppressed. Says whether it was there.
pub async fn remove(db: &Db, address: &Address) -> Result<bool, StoreError> {
    const WANTED: &str = "DELETE FROM subscription WHERE subscriber IN \
        (SELECT id FROM subscriber WHERE address = $1)";
    const PERSON: &str = "DELETE FROM subscriber WHERE address = $1 AND state = 'active'";
    let mut tx = db.begin().await?;
    let wanted = tx.run(WANTED, binds![address.as_str()]).await?;
    let person = tx.run(PERSON, binds![address.as_str()]).await?;
    tx.commit().await?;
    Ok(wanted + person > 0)
}

/// A subscriber as the row has it.
#[derive(sqlx::FromRow)]
pub(super) struct SubscriberRow {
    id: String,
    address: String,
    state: String,
    language: String,
    zone: String,
    created_at: i64,
}

impl TryFrom<SubscriberRow> for Subscriber {
    type Error = StoreError;

    fn try_from(row: SubscriberRow) -> Result<Self, StoreError> {
        let at = At { table: "subscriber", row: &row.id };
        Ok(Self {
            id: at.word("id", &row.id)?,
            address: at.parsed("address", &row.address)?,
            state: at.word("state", &row.state)?,
            created_at: at.time("created_at", row.created_at)?,
            language: row.language,
            zone: row.zone,
        })
    }
}
