//! Subscriptions: what each subscriber wants of an edition, and what they got last.

use std::collections::{BTreeMap, BTreeSet};

use jiff::Timestamp;

use crate::model::delivery::Delivery;
use crate::model::id::{EditionId, IssueId, SubscriberId, SubscriptionId};
use crate::model::subscriber::{Subscriber, Subscription};

use super::codec::{At, count, json};
use super::many::Keys;
use super::outbox::enqueue_in;
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

pub(super) async fn write(tx: &mut Tx, subscription: &Subscription) -> Result<(), StoreError> {
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

/// Who wants an edition, a page at a time in the order of ids: those after `after`. The suppressed are left out.
pub async fn page(
    db: &Db,
    edition: &EditionId,
    after: Option<SubscriptionId>,
    limit: u32,
) -> Result<Vec<(Subscription, Subscriber)>, StoreError> {
    const SQL: &str = "SELECT n.id AS subscription, n.body, s.id, s.address, s.state, s.language, \
            s.zone, s.created_at \
        FROM subscription n JOIN subscriber s ON s.id = n.subscriber \
        WHERE n.edition = $1 AND n.id > $2 AND s.state = 'active' ORDER BY n.id LIMIT $3";
    let after = after.map(|id| id.to_string()).unwrap_or_default();
    let rows: Vec<WantedRow> = db.all(SQL, binds![edition.as_str(), after, limit]).await?;
    rows.into_iter().map(WantedRow::read).collect()
}

/// Queues messages and remembers for the subscriptions that they were served with `last`, all or none. Says how many
/// messages were new.
pub async fn serve(
    db: &Db,
    deliveries: &[Delivery],
    served: &[SubscriptionId],
    last: &LastIssue,
) -> Result<u32, StoreError> {
    let mut tx = db.begin().await?;
    let new = enqueue_in(&mut tx, deliveries).await?;
    let references: BTreeSet<_> = deliveries.iter().map(|one| one.reference.as_str()).collect();
    for reference in references {
        tx.run(MAILING, binds![last.issue.as_str(), reference]).await?;
    }
    let before = binds![last.issue.as_str(), last.until, last.until];
    SERVE.run(&mut tx, before, served.iter().map(ToString::to_string)).await?;
    tx.commit().await?;
    Ok(count(i64::try_from(new).unwrap_or(i64::MAX)))
}

/// Remembers what an issue is mailed as.
const MAILING: &str =
    "INSERT INTO issue_mailing (issue, reference) VALUES ($1, $2) ON CONFLICT DO NOTHING";

static SERVE: Keys = Keys::new(
    "UPDATE subscription SET last_issue = $1, last_until = $2 \
        WHERE (last_until IS NULL OR last_until <= $3) AND id IN (/*keys*/)",
    3,
);

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
    rows.into_iter().map(WantedRow::read).collect()
}

#[derive(sqlx::FromRow)]
struct WantedRow {
    subscription: String,
    body: String,
    #[sqlx(flatten)]
    subscriber: SubscriberRow,
}

impl WantedRow {
    fn read(self) -> Result<(Subscription, Subscriber), StoreError> {
        Ok((read(&self.subscription, &self.body)?, Subscriber::try_from(self.subscriber)?))
    }
}

/// How many active subscribers each edition has.
pub async fn readers(db: &Db) -> Result<BTreeMap<EditionId, u32>, StoreError> {
    const SQL: &str = "SELECT n.edition, COUNT(*) FROM subscription n \
        JOIN subscriber s ON s.id = n.subscriber WHERE s.state = 'active' GROUP BY n.edition";
    let rows: Vec<(String, i64)> = db.all(SQL, binds![]).await?;
    Ok(rows.into_iter().map(|(edition, n)| (EditionId::new(edition), count(n))).collect())
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
