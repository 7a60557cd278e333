//! `sitrep issue`: what becomes of an issue that is held for review.

use std::sync::Arc;

use anyhow::bail;
use clap::{Args, Subcommand};

use super::event::Reason;
use super::global::Global;
use super::{output, run};
use crate::app;
use crate::model::SystemClock;
use crate::pipeline::Settled;
use crate::store::reviews;

/// List the issues that are held for review; send one to its readers, or to nobody
#[derive(Debug, Args)]
pub(crate) struct Issue {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    List(List),
    Release(Release),
    Withhold(Withhold),
}

/// List the issues that are held
#[derive(Debug, Args)]
struct List {}

/// Send what is held to its readers, as corrected meanwhile
#[derive(Debug, Args)]
struct Release {
    /// The edition
    edition: String,
}

/// Send what is held to nobody
#[derive(Debug, Args)]
struct Withhold {
    /// The edition
    edition: String,
    #[command(flatten)]
    reason: Reason,
}

impl Issue {
    pub(crate) async fn run(self, global: &Global) -> anyhow::Result<()> {
        match self.command {
            Command::List(list) => list.run(global).await,
            Command::Release(release) => release.run(global).await,
            Command::Withhold(withhold) => withhold.run(global).await,
        }
    }
}

impl List {
    async fn run(self, global: &Global) -> anyhow::Result<()> {
        let db = app::database(&global.load()?).await?;
        for review in reviews::held(&db).await? {
            output::line(format!("{}  held until {}", review.edition, review.due_at))?;
        }
        Ok(())
    }
}

impl Release {
    async fn run(self, global: &Global) -> anyhow::Result<()> {
        let pipeline = app::pipeline(global.load()?, Arc::new(SystemClock)).await?;
        let edition = pipeline.edition(&self.edition)?;
        let Some(Settled::Queued(queued)) = pipeline.release(&edition).await? else {
            bail!("no issue of edition `{}` is held; `sitrep issue list` lists them", edition.id);
        };
        let sent = pipeline.send_due().await?;
        output::line(format!("{queued} messages queued; {}", run::summary(&sent)))
    }
}

impl Withhold {
    async fn run(self, global: &Global) -> anyhow::Result<()> {
        let reason = self.reason.checked()?;
        let pipeline = app::pipeline(global.load()?, Arc::new(SystemClock)).await?;
        let edition = pipeline.edition(&self.edition)?;
        if pipeline.withhold(&edition, reason).await?.is_none() {
            bail!("no issue of edition `{}` is held; `sitrep issue list` lists them", edition.id);
        }
        output::line(format!("the issue of `{}` is withheld; nobody is sent it", edition.id))
    }
}
