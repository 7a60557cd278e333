//! `sitrep event retract`, `merge` and `split`.

use std::sync::Arc;

use anyhow::ensure;
use clap::Args;

use crate::app;
use crate::cli::global::Global;
use crate::cli::output;
use crate::model::SystemClock;
use crate::pipeline::Pipeline;
use crate::render::wording;

/// Why it is decided so.
#[derive(Debug, Args)]
pub(crate) struct Reason {
    /// Why; the next issue prints it for those who were told otherwise
    #[arg(long, value_name = "TEXT")]
    reason: String,
}

impl Reason {
    /// The reason, if a digest may print it.
    pub(crate) fn checked(&self) -> anyhow::Result<&str> {
        ensure!(!self.reason.trim().is_empty(), "--reason is empty; say why in a few words");
        if let Some(violation) = wording::violations(&self.reason).first() {
            anyhow::bail!(
                "--reason is printed in a digest, which does not say `{}` in its own voice; word it otherwise",
                violation.word
            );
        }
        Ok(&self.reason)
    }
}

/// Everything wired, for a decision.
pub(crate) async fn pipeline(global: &Global) -> anyhow::Result<Pipeline> {
    Ok(app::pipeline(global.load()?, Arc::new(SystemClock)).await?)
}

/// Take an event back: it is told no more, and the next issue says so
#[derive(Debug, Args)]
pub(crate) struct Retract {
    /// The event
    id: String,
    #[command(flatten)]
    reason: Reason,
}

impl Retract {
    pub(crate) async fn run(self, global: &Global) -> anyhow::Result<()> {
        let reason = self.reason.checked()?;
        let pipeline = pipeline(global).await?;
        let event = super::find(&pipeline.db, &self.id).await?;
        pipeline.retract(&event, reason).await?;
        output::line(format!("`#{}` is retracted", event.id.short()))
    }
}

/// Make one event of two
#[derive(Debug, Args)]
pub(crate) struct Merge {
    /// One event
    id: String,
    /// The other
    other: String,
    #[command(flatten)]
    reason: Reason,
}

impl Merge {
    pub(crate) async fn run(self, global: &Global) -> anyhow::Result<()> {
        let reason = self.reason.checked()?;
        let pipeline = pipeline(global).await?;
        let event = super::find(&pipeline.db, &self.id).await?;
        let other = super::find(&pipeline.db, &self.other).await?;
        ensure!(event.id != other.id, "`{}` and `{}` are one event", self.id, self.other);
        pipeline.merge(&event, &other, reason).await?;
        output::line(format!("`#{}` and `#{}` are one event", event.id.short(), other.id.short()))
    }
}

/// Make two events of one: the reports of one source tell another
#[derive(Debug, Args)]
pub(crate) struct Split {
    /// The event
    id: String,
    /// The source whose reports tell another event, by its id
    #[arg(long)]
    source: String,
    #[command(flatten)]
    reason: Reason,
}

impl Split {
    pub(crate) async fn run(self, global: &Global) -> anyhow::Result<()> {
        let reason = self.reason.checked()?;
        let pipeline = pipeline(global).await?;
        let event = super::find(&pipeline.db, &self.id).await?;
        pipeline.split(&event, &self.source, reason).await?;
        output::line(format!("the reports of `{}` tell an event of their own", self.source))
    }
}
