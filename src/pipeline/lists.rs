//! Lists of sources: what of one is taken into the database, and the list of all that there are.

use std::collections::BTreeSet;

use super::{Pipeline, PipelineError, sources};
use crate::gather::opml;
use crate::model::id::SourceId;
use crate::model::source::{Source, SourceOrigin};
use crate::store;

/// What of a list is added, what replaced, and what left as it is.
#[derive(Debug)]
pub struct Sorted<'a> {
    known: &'a [(Source, SourceOrigin)],
    update: bool,
    ids: BTreeSet<SourceId>,
    urls: BTreeSet<String>,
    /// What is written to the database.
    pub wanted: Vec<Source>,
    /// How many of them replace one.
    pub replaced: usize,
}

impl<'a> Sorted<'a> {
    /// Over the sources that there are; with `update`, those of the database are replaced.
    pub fn new(known: &'a [(Source, SourceOrigin)], update: bool) -> Self {
        let ids = known.iter().map(|(source, _)| source.id.clone()).collect();
        Self { known, update, ids, urls: BTreeSet::new(), wanted: Vec::new(), replaced: 0 }
    }

    /// Takes the next source of the list. One that is known by its address keeps its id.
    pub fn take(&mut self, mut source: Source) {
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

/// What became of a list of feeds.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct TakenIn {
    /// Sources that are new.
    pub added: usize,
    /// Sources that were known by their address, and stay as they are.
    pub known: usize,
    /// What could not be taken in, one line each.
    pub skipped: Vec<String>,
}

impl Pipeline {
    /// All sources as a list of feeds in OPML, without what their requests carry.
    pub async fn opml(&self) -> Result<String, PipelineError> {
        let all: Vec<Source> = self.sources().await?.iter().map(Source::printable).collect();
        Ok(opml::write("Sources of sitrep", &all))
    }

    /// Takes a list of feeds into the database. Only addresses of the web: a list comes from anywhere, and files of this
    /// machine are none of its business. None, and what is wrong, for a text that is no such list.
    pub async fn take_in_opml(&self, text: &str) -> Result<Result<TakenIn, String>, PipelineError> {
        let list = match opml::read(text) {
            Ok(list) => list,
            Err(error) => return Ok(Err(error.to_string())),
        };
        let known = sources::all(&self.db, &self.file_sources).await?;
        let mut sorted = Sorted::new(&known, false);
        let (mut total, mut skipped) = (0, list.skipped);
        for source in list.sources {
            if source.url.starts_with("http://") || source.url.starts_with("https://") {
                total += 1;
                sorted.take(source.printable());
            } else {
                skipped.push(format!("`{}` is no address of the web", source.name));
            }
        }
        store::sources::upsert_all(&self.db, &sorted.wanted).await?;
        let added = sorted.wanted.len();
        Ok(Ok(TakenIn { added, known: total - added, skipped }))
    }
}
