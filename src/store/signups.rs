//! Who asked to join and has not confirmed yet: a subscriber in the state *pending*, whom nothing is mailed to but the
//! request to confirm (D-40, D-42).

use jiff::Timestamp;

use crate::model::id::SubscriberId;
use crate::model::subscriber::{Subscriber, SubscriberState, Subscription};

use super::query::binds;
use super::subscribers::{BY_ADDRESS, SubscriberRow};
use super::{Db, StoreError, subscriptions};

/// Keeps somebody who asked, with what they want, in place of an earlier wish that they did not confirm. Gives who
/// waits for confirmation now; none where the address has an active subscriber.
///
/// Whoever calls this has seen to it that a suppressed address may ask again.
pub async fn put(
    db: &Db,
    subscriber: &Subscriber,
    wanted: &Subscription,
) -> Result<Option<Subscriber>, StoreError> {
    const AGAIN: &str = "UPDATE subscriber SET state = 'pending', language = $2, zone = $3, \
        created_at = $4, suppressed_at = NULL, suppressed_why = NULL WHERE id = $1";
    const NEW: &str = "INSERT INTO subscriber (id, address, state, language, zone, created_at) \
        VALUES ($1, $2, 'pending', $3, $4, $5)";
    let mut tx = db.begin().await?;
    let known: Option<SubscriberRow> =
        tx.one(BY_ADDRESS, binds![subscriber.address.as_str()]).await?;
    let known = known.map(Subscriber::try_from).transpose()?;
    let id = known.as_ref().map_or(subscriber.id, |known| known.id);
    let (language, zone) = (subscriber.language.as_str(), subscriber.zone.as_str());
    match known {
        Some(Subscriber { state: SubscriberState::Active, .. }) => return Ok(None),
        Some(_) => {
            let again = binds![id.to_string(), language, zone, subscriber.created_at];
            tx.run(AGAIN, again).await?;
            tx.run("DELETE FROM subscription WHERE subscriber = $1", binds![id.to_string()])
                .await?;
        }
        None => {
            let address = subscriber.address.as_str();
            let new = binds![id.to_string(), address, language, zone, subscriber.created_at];
            tx.run(NEW, new).await?;
        }
    }
    subscriptions::write(&mut tx, &Subscription { subscriber: id, ..wanted.clone() }).await?;
    tx.commit().await?;
    Ok(Some(Subscriber { id, state: SubscriberState::Pending, ..subscriber.clone() }))
}

/// Makes somebody who asked a subscriber who confirmed by the version `form` of the form. Says whether they waited for
/// it.
pub async fn confirm(
    db: &Db,
    id: SubscriberId,
    form: &str,
    now: Timestamp,
) -> Result<bool, StoreError> {
    const SQL: &str = "UPDATE subscriber SET state = 'active', confirmed_at = $2, form = $3 \
        WHERE id = $1 AND state = 'pending'";
    Ok(db.run(SQL, binds![id.to_string(), now, form]).await? > 0)
}

/// When somebody confirmed, and which version of the form.
pub async fn consent(
    db: &Db,
    id: SubscriberId,
) -> Result<(Option<i64>, Option<String>), StoreError> {
    const SQL: &str = "SELECT confirmed_at, form FROM subscriber WHERE id = $1";
    Ok(db.one(SQL, binds![id.to_string()]).await?.unwrap_or_default())
}

/// Forgets who asked before `before` and did not confirm (D-42). Says how many.
pub async fn forget(db: &Db, before: Timestamp) -> Result<u64, StoreError> {
    const WANTED: &str = "DELETE FROM subscription WHERE subscriber IN \
        (SELECT id FROM subscriber WHERE state = 'pending' AND created_at < $1)";
    const PEOPLE: &str = "DELETE FROM subscriber WHERE state = 'pending' AND created_at < $1";
    let mut tx = db.begin().await?;
    tx.run(WANTED, binds![before]).await?;
    let gone = tx.run(PEOPLE, binds![before]).await?;
    tx.commit().await?;
    Ok(gone)
}
