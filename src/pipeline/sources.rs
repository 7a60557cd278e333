//! Sources from where they are defined: configuration files, and the database.

use crate::config::Config;
use crate::model::id::SourceId;
use crate::model::source::{Source, SourceOrigin};
use crate::store::{Db, StoreError, pauses, sources};

/// Every source: those of files first, then those of the database whose id no file uses. One that an editor paused
/// is paused, whatever its definition says.
pub async fn all(db: &Db, of_files: &[Source]) -> Result<Vec<(Source, SourceOrigin)>, StoreError> {
    let in_files = |source: &Source| of_files.iter().any(|known| known.id == source.id);
    let stored = sources::list(db).await?.into_iter().filter(|source| !in_files(source));
    let stored = stored.map(|source| (source, SourceOrigin::Database));
    let files = of_files.iter().map(|source| (source.clone(), SourceOrigin::File));
    let mut all: Vec<_> = files.chain(stored).collect();
    let paused = pauses::list(db).await?;
    for (source, _) in &mut all {
        source.paused |= paused.contains(&source.id);
    }
    Ok(all)
}

/// The file that defines a source, as a person looks for it; without its name where it cannot be read now.
pub fn file_of(config: &Config, id: &SourceId) -> String {
    let found = config.file_of(id).ok().flatten();
    found.map_or_else(|| "a configuration file".to_owned(), |path| path.display().to_string())
}
