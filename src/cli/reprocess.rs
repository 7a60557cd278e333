//! `sitrep reprocess`: stored articles, read again with the rules and packs of today.

use std::sync::Arc;

use clap::Args;

use super::global::Global;
use super::{output, span};
use crate::app;
use crate::model::SystemClock;

/// Read stored articles again with the rules and packs of today; sent issues stay as sent, and nothing is mailed
#[derive(Debug, Args)]
pub(crate) struct Reprocess {
    /// Articles first seen since: a date, a time, 7d, last-month
    #[arg(long, value_name = "TIME")]
    since: String,
    /// Only say what would change
    #[arg(long)]
    dry_run: bool,
}

impl Reprocess {
    pub(crate) async fn run(self, global: &Global) -> anyhow::Result<()> {
        let pipeline = app::pipeline(global.load()?, Arc::new(SystemClock)).await?;
        let since = span::since(&self.since, pipeline.clock.now())?;
        if self.dry_run {
            let would = pipeline.rehearse(since).await?;
            return output::line(format!(
                "{} of {} articles would tell something else; {} claims instead of {}",
                would.differing, would.articles, would.claims_after, would.claims_before
            ));
        }
        let done = pipeline.reprocess(since).await?;
        output::line(format!(
            "{} articles read again, {} claims; {} events changed",
            done.read.read + done.read.unread,
            done.read.claims,
            done.events
        ))
    }
}
