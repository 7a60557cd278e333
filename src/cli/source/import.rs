//! `sitrep source import`.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use anyhow::Context as _;
use clap::Args;

use super::add::warn_of_unknown_factions;
use crate::app;
use crate::cli::global::Global;
use crate::cli::output;
use crate::config::sources::read_sources;
use crate::gather::{decode, files, opml};
use crate::model::id::SourceId;
use crate::model::source::{Source, SourceOrigin};
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
        warn_of_unknown_factions(&config, &sorted.wanted)?;
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

/// What of a list is added, what replaced, and what left as it is.
struct Sorted<'a> {
    known: &'a [(Source, SourceOrigin)],
    update: bool,
    ids: BTreeSet<SourceId>,
    urls: BTreeSet<String>,
    wanted: Vec<Source>,
    replaced: usize,
}

impl<'a> Sorted<'a> {
    fn new(known: &'a [(Source, SourceOrigin)], update: bool) -> Self {
        let ids = known.iter().map(|(source, _)| source.id.clone()).collect();
        Self { known, update, ids, urls: BTreeSet::new(), wanted: Vec::new(), replaced: 0 }
    }

    fn take(&mut self, mut source: Source) {
        if !self.urls.insert(source.url.clone()) {
            return;
        }
        match self.known.iter().find(|(other, _)| other.url == source.url) {
            Some((other, SourceOrigin::Database)) if self.update => {
                source.id = other.id.clone();
                self.replaced += 1;
            }
            Some(_) => return,
            None => source.id = self.unused(source.id),
        }
        self.ids.insert(source.id.clone());
        self.wanted.push(source);
    }

    /// The id, or the next one like it that no source has.
    fn unused(&self, id: SourceId) -> SourceId {
        if !self.ids.contains(&id) {
            return id;
        }
        let next = |number: u32| SourceId::new(format!("{id}-{number}"));
        (2..u32::MAX).map(next).find(|id| !self.ids.contains(id)).unwrap_or(id)
    }
}
