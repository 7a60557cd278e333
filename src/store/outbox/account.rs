//! Accounting: where every message of a digest stands (D-33).

use std::collections::BTreeMap;

use jiff::Timestamp;

use crate::model::delivery::DeliveryState;
use crate::model::id::SubscriberId;

use super::super::codec::{At, counts};
use super::super::query::binds;
use super::super::{Db, StoreError};

/// How many messages stand where.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Accounting {
    /// Messages by state; a state without messages is absent.
    pub by_state: BTreeMap<DeliveryState, u32>,
}

impl Accounting {
    /// Everyone who was to get it.
    pub fn candidates(&self) -> u32 {
        self.by_state.values().sum()
    }

    /// How many messages stand in `state`.
    pub fn count(&self, state: DeliveryState) -> u32 {
        self.by_state.get(&state).copied().unwrap_or(0)
    }

    /// Whether every message has come to its end: candidates are accepted, failed, suppressed or expired.
    pub fn is_complete(&self) -> bool {
        self.by_state.keys().all(|state| state.is_final())
    }
}

/// Who was sent one thing, or may have been.
pub async fn recipients(db: &Db, reference: &str) -> Result<Vec<SubscriberId>, StoreError> {
    const SQL: &str = "SELECT id, subscriber FROM outbox \
        WHERE reference = $1 AND state IN ('accepted', 'unknown') ORDER BY id";
    let rows: Vec<(String, String)> = db.all(SQL, binds![reference]).await?;
    let read = |(id, subscriber): &(String, String)| {
        Ok(SubscriberId(At { table: "outbox", row: id }.parsed("subscriber", subscriber)?))
    };
    rows.iter().map(read).collect()
}

/// Where the messages stand that send one thing: the digest with this id.
pub async fn accounting(db: &Db, reference: &str) -> Result<Accounting, StoreError> {
    const SQL: &str = "SELECT state, COUNT(*) FROM outbox WHERE reference = $1 GROUP BY state";
    let at = At { table: "outbox", row: reference };
    Ok(Accounting { by_state: counts(&at, "state", db.all(SQL, binds![reference]).await?)? })
}

/// How many messages that may go out were due before `due` and still wait, or were deferred without a server's word.
pub async fn waiting(db: &Db, due: Timestamp) -> Result<u32, StoreError> {
    const SQL: &str = "SELECT COUNT(*) FROM outbox WHERE state IN ('queued', 'deferred') \
        AND expires_at > $1 AND (due_at <= $1 \
            OR (state = 'deferred' AND dated <= $1 AND reply NOT LIKE '4%')) \
        AND (kind NOT IN ('digest', 'correction') OR NOT EXISTS (SELECT 1 FROM brake))";
    let found: Option<(i64,)> = db.one(SQL, binds![due]).await?;
    Ok(found.map_or(0, |(n,)| super::super::codec::count(n)))
}
