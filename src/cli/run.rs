//! `sitrep run`: an edition, now.

use std::sync::Arc;

use clap::Args;

use super::gather;
use super::global::Global;
use super::output::{self, Format};
use crate::app;
use crate::model::SystemClock;
use crate::model::closing::next_closing;
use crate::model::delivery::DeliveryState;
use crate::pipeline::{Held, SendSummary};

/// Gather, read, aggregate, close the edition now, render it and send it
#[derive(Debug, Args)]
pub(crate) struct Run {
    /// The edition
    edition: String,
}

impl Run {
    pub(crate) async fn run(self, global: &Global) -> anyhow::Result<()> {
        let pipeline = app::pipeline(global.load()?, Arc::new(SystemClock)).await?;
        let edition = pipeline.edition(&self.edition)?;
        pipeline.settle_overdue().await?;
        let (gathered, read) = pipeline.prepare().await?;
        gather::print(&gathered.sources, Format::Text)?;
        gather::warn_of_clock(&gathered);
        let now = pipeline.clock.now();
        let next = next_closing(&edition.closes, now)?;
        let run = pipeline.close_and_queue(&edition, now, next).await?;
        let sent = pipeline.send_due().await?;
        pipeline.watch().await?;
        pipeline.tell().await?;
        output::line(format!(
            "{} articles read, {} claims; {} messages queued; {}",
            read.read,
            read.claims,
            run.queued(),
            summary(&sent)
        ))?;
        match run.held {
            Some(Held::Until(due_at)) => output::line(format!(
                "held for review until {due_at}: read it with `sitrep digest {0}`, then `sitrep issue release {0}`",
                edition.id
            )),
            _ => Ok(()),
        }
    }
}

/// "3 accepted, 1 deferred".
pub(super) fn summary(sent: &SendSummary) -> String {
    let word =
        |state: &DeliveryState| serde_json::to_string(state).unwrap_or_default().replace('"', "");
    let parts: Vec<_> =
        sent.by_state.iter().map(|(state, count)| format!("{count} {}", word(state))).collect();
    if parts.is_empty() { "nothing was due to be sent".to_owned() } else { parts.join(", ") }
}
