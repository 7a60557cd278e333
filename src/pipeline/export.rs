//! Everything that is stored of a reader, for the reader (D-43).

use super::PipelineError;
use crate::model::subscriber::Subscriber;
use crate::model::time::from_micros;
use crate::store::{Db, outbox, signups, subscriptions};

/// Everything that is stored of `who`: what they want, when they confirmed it, what was mailed and what their server
/// said.
pub async fn stored(db: &Db, who: &Subscriber) -> Result<serde_json::Value, PipelineError> {
    let mut received = Vec::new();
    for delivery in outbox::of_subscriber(db, &who.id.to_string()).await? {
        let tries = outbox::tries(db, delivery.id).await?;
        received.push(serde_json::json!({"delivery": delivery, "tries": tries}));
    }
    let (confirmed_at, form) = signups::consent(db, who.id).await?;
    Ok(serde_json::json!({
        "subscriber": who,
        "confirmed_at": confirmed_at.map(from_micros),
        "form": form,
        "subscriptions": subscriptions::of(db, who.id).await?,
        "mail": received,
    }))
}
