//! `sitrep source import`.

use std::path::{Path, PathBuf};

use anyhow::Context as _;
use clap::Args;

use super::add::warn_of_unknown_factions;
use crate::app;
use crate::cli::global::Global;
use crate::cli::output;
use crate::config::sources::read_sources;
use crate::gather::{decode, files, opml};
use crate::model::source::Source;
use crate::pipeline::Sorted;
use crate::store::sources;

/// Add the sources of an OPML list or of a TOML file of sources to the database; one that is known by its address is
/// left as it is
#[derive(Debug, Args)]
pub(crate) struct Import {
    /// The file
    file: PathBuf,
    /// Replace what the database knows under the same address
    #[arg(long)]
    update: bool,
}

impl Import {
    pub(crate) async fn run(self, global: &Global) -> anyhow::Result<()> {
        let config = global.load()?;
        let db = app::database(&config).await?;
        let known = super::all(&config, &db).await?;
        let read = read(&self.file)?;
        let total = read.len();
        let mut sorted = Sorted::new(&known, self.update);
        for source in read {
            sorted.take(source);
        }
        warn_of_unknown_factions(&config, &db, &sorted.wanted).await?;
        sources::upsert_all(&db, &sorted.wanted).await?;
        let (added, replaced) = (sorted.wanted.len() - sorted.replaced, sorted.replaced);
        let left = total - sorted.wanted.len();
        output::line(format!("{added} added, {replaced} replaced, {left} known already"))
    }
}

/// The sources of a file; what cannot be read in it is said on standard error.
fn read(path: &Path) -> anyhow::Result<Vec<Source>> {
    let bytes = files::load(path)?;
    let text = decode::decode(&bytes, None);
    if !text.trim_start().starts_with('<') {
        return Ok(read_sources(path)?);
    }
    let list = opml::read(&text).with_context(|| format!("`{}`", path.display()))?;
    for note in &list.skipped {
        output::note(note);
    }
    Ok(list.sources)
}
