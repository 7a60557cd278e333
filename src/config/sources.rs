//! The `[sources]` section, and the files of sources that it names.

use std::path::{Path, PathBuf};

use secrecy::{ExposeSecret as _, SecretString};
use serde::{Deserialize, Serialize};

use super::load::{parse, read};
use super::{Config, ConfigError, secret};
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
    /// The sources of all files; an id used twice is an error.
    pub fn file_sources(&self) -> Result<Vec<Source>, ConfigError> {
        let mut all: Vec<Source> = Vec::new();
        for file in &self.sources.files {
            for mut source in read_sources(&self.resolve(file))? {
                refuse_double(&all, &source)?;
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

/// The sources of one file.
pub fn read_sources(path: &Path) -> Result<Vec<Source>, ConfigError> {
    Ok(parse::<SourcesFile>(path, &read(path)?)?.source)
}

fn refuse_double(known: &[Source], source: &Source) -> Result<(), ConfigError> {
    if known.iter().all(|other| other.id != source.id) {
        return Ok(());
    }
    Err(ConfigError::Inconsistent {
        key: format!("source.{}", source.id),
        message: "this id is given twice; rename one of them".to_owned(),
    })
}
