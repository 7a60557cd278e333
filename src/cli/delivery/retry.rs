//! `sitrep delivery retry`.

use anyhow::bail;
use clap::Args;

use crate::app;
use crate::cli::global::Global;
use crate::cli::output;
use crate::model::delivery::{Delivery, DeliveryState};
use crate::model::{Clock as _, SystemClock};
use crate::store::outbox;

/// Queue messages again that failed or expired, with the same bytes; who left is not mailed
#[derive(Debug, Args)]
pub(crate) struct Retry {
    /// A digest's id, or that of one message
    what: String,
}

impl Retry {
    pub(crate) async fn run(self, global: &Global) -> anyhow::Result<()> {
        let config = global.load()?;
        let db = app::database(&config).await?;
        let mut found = outbox::of_reference(&db, &self.what).await?;
        if let Ok(id) = self.what.parse() {
            found.extend(outbox::get(&db, crate::model::id::DeliveryId(id)).await?);
        }
        if found.is_empty() {
            bail!("no message is `{}`; `sitrep delivery list` and `show` print ids", self.what);
        }
        let ended =
            |one: &&Delivery| matches!(one.state, DeliveryState::Failed | DeliveryState::Expired);
        let (mut queued, now) = (0_u32, SystemClock.now());
        for delivery in found.iter().filter(ended) {
            let until = now + config.deliver.expire_after.signed();
            queued += u32::from(outbox::retry(&db, delivery.id, until, now).await?);
        }
        output::line(format!("{queued} of {} messages are queued again", found.len()))
    }
}
