//! `sitrep source pause` and `resume`.

use anyhow::bail;
use clap::Args;

use crate::app;
use crate::cli::global::Global;
use crate::cli::output;
use crate::model::id::SourceId;
use crate::model::source::SourceOrigin;
use crate::model::{Clock as _, SystemClock};
use crate::store::{pauses, sources};

/// Fetch sources no longer until they are resumed, also those of configuration files; their articles stay
#[derive(Debug, Args)]
pub(crate) struct Pause {
    /// Ids of sources
    #[arg(required = true)]
    sources: Vec<SourceId>,
}

impl Pause {
    pub(crate) async fn run(self, global: &Global) -> anyhow::Result<()> {
        let config = global.load()?;
        let db = app::database(&config).await?;
        for id in &self.sources {
            super::one(&config, &db, id).await?;
            let new = pauses::pause(&db, id, SystemClock.now()).await?;
            let was = if new { "is paused" } else { "was paused already" };
            output::line(format!("`{id}` {was}; `sitrep source resume {id}` ends it"))?;
        }
        Ok(())
    }
}

/// Fetch paused sources again
#[derive(Debug, Args)]
pub(crate) struct Resume {
    /// Ids of sources
    #[arg(required = true)]
    sources: Vec<SourceId>,
}

impl Resume {
    pub(crate) async fn run(self, global: &Global) -> anyhow::Result<()> {
        let config = global.load()?;
        let db = app::database(&config).await?;
        for id in &self.sources {
            let (source, origin) = super::one(&config, &db, id).await?;
            pauses::resume(&db, id).await?;
            match origin {
                SourceOrigin::Database => drop(sources::set_paused(&db, id, false).await?),
                SourceOrigin::File
                    if config.file_sources()?.iter().any(|s| s.id == *id && s.paused) =>
                {
                    let file = super::file_of(&config, id)?;
                    bail!("`{id}` stays paused: {file} says so; take `paused = true` out there");
                }
                SourceOrigin::File => {}
            }
            let was = if source.paused { "is read again" } else { "was not paused" };
            output::line(format!("`{id}` {was}"))?;
        }
        Ok(())
    }
}
