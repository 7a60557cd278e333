//! A row of the outbox, as it is read.

use crate::model::delivery::Delivery;

use super::super::StoreError;
use super::super::codec::{At, count};

#[derive(sqlx::FromRow)]
pub(super) struct DeliveryRow {
    id: String,
    kind: String,
    reference: String,
    subscriber: String,
    state: String,
    message_id: String,
    dated: i64,
    due_at: i64,
    expires_at: i64,
    attempts: i64,
    reply: Option<String>,
}

impl TryFrom<DeliveryRow> for Delivery {
    type Error = StoreError;

    fn try_from(row: DeliveryRow) -> Result<Self, StoreError> {
        let at = At { table: "outbox", row: &row.id };
        Ok(Self {
            id: at.word("id", &row.id)?,
            kind: at.word("kind", &row.kind)?,
            subscriber: at.word("subscriber", &row.subscriber)?,
            state: at.word("state", &row.state)?,
            dated: at.time("dated", row.dated)?,
            due_at: at.time("due_at", row.due_at)?,
            expires_at: at.time("expires_at", row.expires_at)?,
            attempts: count(row.attempts),
            reference: row.reference,
            message_id: row.message_id,
            reply: row.reply,
        })
    }
}
