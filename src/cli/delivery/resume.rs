//! `sitrep delivery resume`.

use std::sync::Arc;

use clap::Args;

use crate::app;
use crate::cli::global::Global;
use crate::cli::output;
use crate::model::SystemClock;

/// Send digests again after sending was stopped because of many bad addresses, refusals or complaints
#[derive(Debug, Args)]
pub(crate) struct Resume {}

impl Resume {
    pub(crate) async fn run(self, global: &Global) -> anyhow::Result<()> {
        let pipeline = app::pipeline(global.load()?, Arc::new(SystemClock)).await?;
        let held = pipeline.resume_sending().await?;
        output::line(if held { "sending goes on" } else { "sending was not stopped" })
    }
}
