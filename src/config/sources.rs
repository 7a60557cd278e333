//! The `[sources]` section, and the files of sources that it names.

use std::collections::HashSet;
use std::path::{Path, PathBuf};

use secrecy::{ExposeSecret as _, SecretString};
use serde::{Deserialize, Serialize};

use super::load::{parse, read};
use super::{Config, ConfigError, secret};
use crate::model::id::SourceId;
use crate::model::source::Source;

/// Which files list the sources.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct SourcesConfig {
    /// Files of `[[source]]` tables.
    pub files: Vec<PathBuf>,
}

impl Default for SourcesConfig {
    fn default() -> Self {
        Self { files: vec![PathBuf::from("sources.toml")] }
    }
}

/// One file of sources.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct SourcesFile {
    /// The sources, in the file's order.
    pub source: Vec<Source>,
}

impl Config {
    /// The sources of all files; an id used twice is an error. A relative path after `file:` is taken against the
    /// folder of its file.
    pub fn file_sources(&self) -> Result<Vec<Source>, ConfigError> {
        let (mut all, mut ids) = (Vec::new(), HashSet::new());
        for file in &self.sources.files {
            let path = self.resolve(file);
            for mut source in read_sources(&path)? {
                source.url = resolved(source.url, path.parent().unwrap_or(Path::new("")));
                if !ids.insert(source.id.clone()) {
                    return Err(given_twice(&source.id));
                }
                self.read_cookie(&mut source)?;
                all.push(source);
            }
        }
        Ok(all)
    }

    /// The cookie out of its file, which is taken against the configuration's folder.
    fn read_cookie(&self, source: &mut Source) -> Result<(), ConfigError> {
        let key = format!("source.{}.request.cookie", source.id);
        let request = &mut source.request;
        let given = request.cookie.take().map(SecretString::from);
        let cookie =
            secret::resolve(&key, given.as_ref(), request.cookie_file.as_ref(), &self.folder)?;
        request.cookie = cookie.map(|cookie| cookie.expose_secret().to_owned());
        Ok(())
    }
}

impl Config {
    /// The file that defines the source with an id.
    pub fn file_of(&self, id: &SourceId) -> Result<Option<PathBuf>, ConfigError> {
        for file in &self.sources.files {
            let path = self.resolve(file);
            if read_sources(&path)?.iter().any(|source| source.id == *id) {
                return Ok(Some(path));
            }
        }
        Ok(None)
    }
}

/// The sources of one file.
pub fn read_sources(path: &Path) -> Result<Vec<Source>, ConfigError> {
    Ok(parse::<SourcesFile>(path, &read(path)?)?.source)
}

/// An address with a relative `file:` path taken against `folder`.
fn resolved(url: String, folder: &Path) -> String {
    match url.strip_prefix("file:") {
        Some(path) if !path.starts_with('/') => format!("file:{}", folder.join(path).display()),
        _ => url,
    }
}

/// The sources as the text of such a file.
pub fn write_sources(sources: Vec<Source>) -> Result<String, ConfigError> {
    toml::to_string(&SourcesFile { source: sources }).map_err(|error| ConfigError::Inconsistent {
        key: "source".to_owned(),
        message: format!("cannot be written as TOML: {error}"),
    })
}

fn given_twice(id: &SourceId) -> ConfigError {
    ConfigError::Inconsistent {
        key: format!("source.{id}"),
        message: "this id is given twice; rename one of them".to_owned(),
    }
}
