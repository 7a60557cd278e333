//! `sitrep delivery retry`.

use std::sync::Arc;

use anyhow::bail;
use clap::Args;

use crate::app;
use crate::cli::global::Global;
use crate::cli::output;
use crate::model::SystemClock;
use crate::store::outbox;

/// Queue messages again that failed or expired, with the same bytes; who left is not mailed
#[derive(Debug, Args)]
pub(crate) struct Retry {
    /// A digest's id, or that of one message
    what: String,
}

impl Retry {
    pub(crate) async fn run(self, global: &Global) -> anyhow::Result<()> {
        let pipeline = app::pipeline(global.load()?, Arc::new(SystemClock)).await?;
        let db = &pipeline.db;
        let mut found = outbox::of_reference(db, &self.what).await?;
        if let Ok(id) = self.what.parse() {
            found.extend(outbox::get(db, crate::model::id::DeliveryId(id)).await?);
        }
        if found.is_empty() {
            bail!("no message is `{}`; `sitrep delivery list` and `show` print ids", self.what);
        }
        let queued = pipeline.retry(&found).await?;
        output::line(format!("{queued} of {} messages are queued again", found.len()))
    }
}
