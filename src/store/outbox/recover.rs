//! After a crash: messages of which nobody can tell whether they went out (D-32).

use jiff::Timestamp;

use super::super::query::{Tx, binds};
use super::super::{Db, StoreError};

/// What a recovery found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Recovered {
    /// Sent once more, with the same bytes and the same Message-ID.
    pub requeued: u64,
    /// In doubt for the second time: given up, so that nobody gets a third copy.
    pub given_up: u64,
}

/// Takes up messages that were handed to the transport before `before` (now less `unknown_after`) and never
/// settled: they become *unknown*, and each is queued again once.
pub async fn recover(db: &Db, before: Timestamp, now: Timestamp) -> Result<Recovered, StoreError> {
    const IN_DOUBT: &str = "UPDATE outbox SET state = 'unknown', worker = NULL, lease_until = NULL \
        WHERE state = 'sending' AND sending_at <= $1";
    let mut tx = db.begin().await?;
    tx.run(IN_DOUBT, binds![before]).await?;
    let requeued = requeue(&mut tx, before, now).await?;
    let given_up = give_up(&mut tx, before, now).await?;
    tx.commit().await?;
    Ok(Recovered { requeued, given_up })
}

/// The second doubt is looked for after the first, but a row that was just queued again is *queued*, so it is safe.
async fn give_up(tx: &mut Tx, before: Timestamp, now: Timestamp) -> Result<u64, StoreError> {
    const SQL: &str = "UPDATE outbox SET state = 'failed', settled_at = $2, \
            reply = 'the connection was lost twice after the message had begun' \
        WHERE state = 'unknown' AND resent = 1 AND sending_at <= $1";
    tx.run(SQL, binds![before, now]).await
}

async fn requeue(tx: &mut Tx, before: Timestamp, now: Timestamp) -> Result<u64, StoreError> {
    const SQL: &str = "UPDATE outbox SET state = 'queued', resent = 1, due_at = $2 \
        WHERE state = 'unknown' AND resent = 0 AND sending_at <= $1";
    tx.run(SQL, binds![before, now]).await
}
