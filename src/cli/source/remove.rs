//! `sitrep source remove`.

use anyhow::bail;
use clap::Args;

use crate::app;
use crate::cli::global::Global;
use crate::cli::output;
use crate::model::id::SourceId;
use crate::model::source::SourceOrigin;
use crate::store::sources;

/// Remove sources from the database; what was read of them stays
#[derive(Debug, Args)]
pub(crate) struct Remove {
    /// Ids of sources
    #[arg(required = true)]
    sources: Vec<SourceId>,
}

impl Remove {
    pub(crate) async fn run(self, global: &Global) -> anyhow::Result<()> {
        let config = global.load()?;
        let db = app::database(&config).await?;
        for id in &self.sources {
            let (_, origin) = super::one(&config, &db, id).await?;
            if origin == SourceOrigin::File {
                let file = super::file_of(&config, id)?;
                bail!(
                    "`{id}` is defined in {file}; take it out there, or pause it with \
                     `sitrep source pause {id}`"
                );
            }
            sources::remove(&db, id).await?;
            output::line(format!("removed `{id}`; its articles stay"))?;
        }
        Ok(())
    }
}
