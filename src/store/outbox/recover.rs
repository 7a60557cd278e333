//! After a crash: messages of which nobody can tell whether they went out (D-32).

use jiff::Timestamp;

use super::super::query::binds;
use super::super::{Db, StoreError};

/// What a recovery found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Recovered {
    /// Sent once more, with the same bytes and the same Message-ID.
    pub requeued: u64,
    /// The connection was lost for the second time: given up, so that nobody gets a third copy.
    pub given_up: u64,
}

/// Takes up messages that were handed to the transport before `before` (now less `unknown_after`) and never settled.
///
/// One whose sender died is queued again however often that happens: nobody is lost, and each death repeats at most what
/// was under way. One whose connection was lost after the text had begun is queued again once.
pub async fn recover(db: &Db, before: Timestamp, now: Timestamp) -> Result<Recovered, StoreError> {
    const DIED: &str = "UPDATE outbox SET state = 'queued', worker = NULL, lease_until = NULL, \
            due_at = $2 WHERE state = 'sending' AND sending_at <= $1";
    const LOST: &str = "UPDATE outbox SET state = 'queued', resent = 1, worker = NULL, \
            lease_until = NULL, due_at = $2 \
        WHERE state = 'unknown' AND resent = 0 AND sending_at <= $1";
    const LOST_TWICE: &str = "UPDATE outbox SET state = 'failed', settled_at = $2, \
            reply = 'the connection was lost twice after the message had begun' \
        WHERE state = 'unknown' AND resent = 1 AND sending_at <= $1";
    let mut tx = db.begin().await?;
    // The second loss is looked for before the first makes another row look like it.
    let given_up = tx.run(LOST_TWICE, binds![before, now]).await?;
    let died = tx.run(DIED, binds![before, now]).await?;
    let lost = tx.run(LOST, binds![before, now]).await?;
    tx.commit().await?;
    Ok(Recovered { requeued: died + lost, given_up })
}
