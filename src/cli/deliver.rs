//! `sitrep deliver`: drain the outbox once, and settle reviews that are overdue.

use std::sync::Arc;

use clap::Args;

use super::global::Global;
use super::{output, run};
use crate::app;
use crate::model::SystemClock;

/// Send everything that is due, once
#[derive(Debug, Args)]
pub(crate) struct Deliver {}

impl Deliver {
    pub(crate) async fn run(self, global: &Global) -> anyhow::Result<()> {
        let pipeline = app::pipeline(global.load()?, Arc::new(SystemClock)).await?;
        pipeline.settle_overdue().await?;
        let sent = pipeline.send_due().await?;
        pipeline.watch().await?;
        pipeline.tell().await?;
        output::line(run::summary(&sent))
    }
}
