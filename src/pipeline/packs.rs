//! What is known of factions, places and regions: the packs of the program and of files, and above them what editors
//! add on the site. That lies in the store, so each process asks for it before a run and all know the same.

use std::sync::{Arc, OnceLock, PoisonError, RwLock};

use crate::config::packs::{Clash, PackFile, clashes, files, local};
use crate::extract::Extractor;
use crate::model::id::content_hash;
use crate::model::registry::Registry;
use crate::store::{self, Db};

use super::{Pipeline, PipelineError};

pub use crate::config::packs::local::{LocalEntry, of_kind};
pub use crate::store::local::LocalRow;

/// The packs in use.
pub struct Packs {
    /// Those of the program and of files.
    base: Arc<Registry>,
    now: RwLock<Arc<Knowledge>>,
}

/// All packs at one time: a run that holds on to it knows the same from its first article to its last.
pub struct Knowledge {
    /// What they say.
    pub registry: Arc<Registry>,
    /// A short hash over it, kept with each claim.
    pub version: String,
    /// What was added on the site, as the text of a pack.
    text: String,
    /// The reader, made when the first article is read: what only fetches or sends does without.
    extractor: OnceLock<Arc<Extractor>>,
}

impl Packs {
    /// The packs of the program and of files alone.
    pub fn new(base: Registry) -> Self {
        let base = Arc::new(base);
        let now = Knowledge::of(Arc::clone(&base), String::new());
        Self { base, now: RwLock::new(Arc::new(now)) }
    }

    /// What is known now.
    pub fn now(&self) -> Arc<Knowledge> {
        Arc::clone(&self.now.read().unwrap_or_else(PoisonError::into_inner))
    }

    /// Takes up what the store holds, if it is not what is known already. An entry that an older version of this program
    /// cannot read keeps what was known.
    pub async fn renew(&self, db: &Db) -> Result<(), PipelineError> {
        let rows = store::local::list(db).await?;
        let texts = || rows.iter().map(|row| row.body.as_str());
        let text = if rows.is_empty() { String::new() } else { local::whole(texts()) };
        if self.now().text == text {
            return Ok(());
        }
        let known = if rows.is_empty() {
            Knowledge::of(Arc::clone(&self.base), text)
        } else {
            match local::pack(texts()) {
                Ok(file) => Knowledge::of(Arc::new(self.base.with_pack(file.pack)), text),
                Err(error) => {
                    tracing::error!(%error, "what was added on the site cannot be read; the packs stay as they were");
                    return Ok(());
                }
            }
        };
        *self.now.write().unwrap_or_else(PoisonError::into_inner) = Arc::new(known);
        Ok(())
    }
}

impl Knowledge {
    fn of(registry: Arc<Registry>, text: String) -> Self {
        let factions: Vec<_> = registry.factions().collect();
        let version = content_hash(&format!("{factions:?}{text}")).chars().take(12).collect();
        Self { registry, version, text, extractor: OnceLock::new() }
    }

    /// The reader of articles.
    pub fn extractor(&self) -> Result<Arc<Extractor>, PipelineError> {
        if let Some(made) = self.extractor.get() {
            return Ok(Arc::clone(made));
        }
        let made = Arc::new(Extractor::new(&self.registry)?);
        Ok(Arc::clone(self.extractor.get_or_init(|| made)))
    }
}

/// What became of an entry that an editor wrote.
#[derive(Debug)]
pub enum Written {
    /// It is known from now on.
    Done(LocalEntry),
    /// It is wrong, and why.
    Wrong(String),
    /// It can be read, and packs say otherwise: so it is kept only when the editor says so once more.
    Doubtful(Vec<String>),
}

impl Pipeline {
    /// What is known of factions, places and regions.
    pub fn registry(&self) -> Arc<Registry> {
        Arc::clone(&self.packs.now().registry)
    }

    /// The reader of articles.
    pub fn extractor(&self) -> Result<Arc<Extractor>, PipelineError> {
        self.packs.now().extractor()
    }

    /// Takes up what editors added since.
    pub async fn renew_packs(&self) -> Result<(), PipelineError> {
        self.packs.renew(&self.db).await
    }

    /// Writes an entry in the place of the one known as `old`, or beside the others. What `sitrep check --strict` would
    /// say against it is told first, unless the editor is `sure`.
    pub async fn write_entry(
        &self,
        old: Option<&str>,
        text: &str,
        sure: bool,
    ) -> Result<Written, PipelineError> {
        let entry = match local::entry(text) {
            Ok(entry) => entry,
            Err(wrong) => return Ok(Written::Wrong(wrong)),
        };
        let rows = store::local::list(&self.db).await?;
        let others = rows.into_iter().filter(|row| Some(row.key.as_str()) != old);
        let others: Vec<String> = others.map(|row| row.body).collect();
        if !sure {
            let doubts = self.doubts(others, entry.text.clone()).await?;
            if !doubts.is_empty() {
                return Ok(Written::Doubtful(doubts));
            }
        }
        let row = LocalRow { key: entry.key.clone(), body: entry.text.clone() };
        if !store::local::put(&self.db, old, &row).await? {
            let wrong =
                "another entry has that id or name and area, or this one was removed meanwhile";
            return Ok(Written::Wrong(wrong.to_owned()));
        }
        self.renew_packs().await?;
        Ok(Written::Done(entry))
    }

    /// Removes an entry. Says whether it was there.
    pub async fn remove_entry(&self, key: &str) -> Result<bool, PipelineError> {
        let was = store::local::remove(&self.db, key).await?;
        self.renew_packs().await?;
        Ok(was)
    }

    /// Every entry, and the pack of them as a file.
    pub async fn local_entries(&self) -> Result<(Vec<LocalEntry>, String), PipelineError> {
        let rows = store::local::list(&self.db).await?;
        let text = local::whole(rows.iter().map(|row| row.body.as_str()));
        let entry = |row: LocalRow| {
            let read = local::entry(&row.body).ok();
            let name = read.map_or_else(|| row.key.clone(), |entry| entry.name);
            LocalEntry { key: row.key, name, text: row.body }
        };
        Ok((rows.into_iter().map(entry).collect(), text))
    }

    /// What packs would say twice and differently with an entry, and do not say without it.
    async fn doubts(
        &self,
        others: Vec<String>,
        entry: String,
    ) -> Result<Vec<String>, PipelineError> {
        let (config, extractor) = (Arc::clone(&self.config), self.extractor()?);
        let found = move || -> Result<Vec<String>, PipelineError> {
            let of_files = files(&config, &[])?;
            let with = |texts: Vec<String>| -> Result<Vec<Clash>, PipelineError> {
                let local: PackFile = local::pack(texts.iter().map(String::as_str))?;
                let all: Vec<PackFile> = of_files.iter().cloned().chain([local]).collect();
                Ok(clashes(&all, |word| extractor.is_common_word(word)))
            };
            let before: Vec<String> =
                with(others.clone())?.into_iter().map(|clash| clash.text).collect();
            let after = with(others.into_iter().chain([entry]).collect())?;
            let new = after.into_iter().map(|clash| clash.text);
            Ok(new.filter(|clash| !before.contains(clash)).collect())
        };
        tokio::task::spawn_blocking(found).await?
    }
}
