//! Subscriptions: what each subscriber wants of an edition, and what they got last.

use jiff::Timestamp;

use crate::model::id::{EditionId, IssueId, SubscriberId, SubscriptionId};
use crate::model::subscriber::{Subscriber, Subscription};

use super::codec::{At, json};
use super::query::{Tx, binds};
use super::subscribers::SubscriberRow;
use super::{Db, StoreError};

/// The last issue that was queued for a subscription.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LastIssue {
    /// Which.
    pub issue: IssueId,
    /// Where its window ended: the reader knows everything before.
    pub until: Timestamp,
}

/// Keeps a subscription, in place of the one with its id.
pub async fn put(db: &Db, subscription: &Subscription) -> Result<(), StoreError> {
    let mut tx = db.begin().await?;
    write(&mut tx, subscription).await?;
    tx.commit().await
}

/// Keeps a subscription, unless its subscriber has one to that edition.
pub(super) async fn put_first(tx: &mut Tx, subscription: &Subscription) -> Result<(), StoreError> {
    const SQL: &str = "SELECT id FROM subscription WHERE subscriber = $1 AND edition = $2";
    let binds = binds![subscription.subscriber.to_string(), subscription.edition.as_str()];
    match tx.one::<(String,)>(SQL, binds).await? {
        Some(_) => Ok(()),
        None => write(tx, subscription).await,
    }
}

async fn write(tx: &mut Tx, subscription: &Subscription) -> Result<(), StoreError> {
    const SQL: &str = "INSERT INTO subscription (id, subscriber, edition, body) VALUES ($1, $2, $3, $4) \
        ON CONFLICT (id) DO UPDATE SET edition = excluded.edition, body = excluded.body";
    let binds = binds![
        subscription.id.to_string(),
        subscription.subscriber.to_string(),
        subscription.edition.as_str(),
        json(subscription)?,
    ];
    tx.run(SQL, binds).await.map(drop)
}

/// Ends a subscription. Says whether it was there.
pub async fn remove(db: &Db, id: SubscriptionId) -> Result<bool, StoreError> {
    Ok(db.run("DELETE FROM subscription WHERE id = $1", binds![id.to_string()]).await? > 0)
}

/// What a subscriber wants.
pub async fn of(db: &Db, subscriber: SubscriberId) -> Result<Vec<Subscription>, StoreError> {
    const SQL: &str = "SELECT id, body FROM subscription WHERE subscriber = $1 ORDER BY id";
    let rows: Vec<(String, String)> = db.all(SQL, binds![subscriber.to_string()]).await?;
    rows.iter().map(|(id, body)| read(id, body)).collect()
}

/// Who wants an edition, and what of it. The suppressed are left out.
pub async fn for_edition(
    db: &Db,
    edition: &EditionId,
) -> Result<Vec<(Subscription, Subscriber)>, StoreError> {
    const SQL: &str = "SELECT n.id AS subscription, n.body, s.id, s.address, s.state, s.language, \
            s.zone, s.created_at \
        FROM subscription n JOIN subscriber s ON s.id = n.subscriber \
        WHERE n.edition = $1 AND s.state = 'active' ORDER BY n.id";
    let rows: Vec<WantedRow> = db.all(SQL, binds![edition.as_str()]).await?;
    let read = |row: WantedRow| {
        Ok((read(&row.subscription, &row.body)?, Subscriber::try_from(row.subscriber)?))
    };
    rows.into_iter().map(read).collect()
}

#[derive(sqlx::FromRow)]
struct WantedRow {
    subscription: String,
    body: String,
    #[sqlx(flatten)]
    subscriber: SubscriberRow,
}

/// Remembers the last issue that was queued for a subscription; an older one than is remembered changes nothing.
pub async fn put_last(db: &Db, id: SubscriptionId, last: &LastIssue) -> Result<(), StoreError> {
    const SQL: &str = "UPDATE subscription SET last_issue = $2, last_until = $3 \
        WHERE id = $1 AND (last_until IS NULL OR last_until <= $3)";
    db.run(SQL, binds![id.to_string(), last.issue.as_str(), last.until]).await.map(drop)
}

/// The last issue that was queued for a subscription.
pub async fn last(db: &Db, id: SubscriptionId) -> Result<Option<LastIssue>, StoreError> {
    const SQL: &str = "SELECT last_issue, last_until FROM subscription \
        WHERE id = $1 AND last_issue IS NOT NULL AND last_until IS NOT NULL";
    let key = id.to_string();
    let found: Option<(String, i64)> = db.one(SQL, binds![key.as_str()]).await?;
    let at = At { table: "subscription", row: &key };
    let read = |(issue, until): (String, i64)| {
        Ok(LastIssue { issue: IssueId::new(issue), until: at.time("last_until", until)? })
    };
    found.map(read).transpose()
}

fn read(id: &str, body: &str) -> Result<Subscription, StoreError> {
    At { table: "subscription", row: id }.json("body", body)
}
