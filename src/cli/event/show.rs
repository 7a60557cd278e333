//! `sitrep event show`.

use std::sync::Arc;

use clap::Args;

use super::format::EventFormat;
use crate::app;
use crate::cli::global::Global;
use crate::cli::{explain, output};
use crate::model::SystemClock;
use crate::store::events;

/// One event: what it rests on, who says and denies it, its versions and what editors changed
#[derive(Debug, Args)]
pub(crate) struct Show {
    /// The event, by its id or the letters that a digest prints
    id: String,
    /// How to print
    #[arg(long, value_enum, default_value_t)]
    format: EventFormat,
}

impl Show {
    pub(crate) async fn run(self, global: &Global) -> anyhow::Result<()> {
        let pipeline = app::pipeline(global.load()?, Arc::new(SystemClock)).await?;
        let event = super::find(&pipeline.db, &self.id).await?;
        if self.format != EventFormat::Table {
            let situation = pipeline.of_one(event, "UTC");
            return output::raw(self.format.text(&situation, &pipeline)?);
        }
        explain::tell(&event)?;
        for (at, version) in events::versions(&pipeline.db, &event.id).await? {
            let reports = version.reports.len();
            output::line(format!("  version of {at}: {reports} reports, {:?}", version.support))?;
        }
        Ok(())
    }
}
