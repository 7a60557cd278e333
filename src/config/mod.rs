//! The configuration: one file per section, typed, unknown keys refused.
//!
//! A file is read twice: once against the types, so that an error names its line, and once as a table on which
//! the environment's `SITREP_SECTION__KEY` is laid.

mod error;
mod load;

pub mod alert;
pub mod database;
pub mod deliver;
pub mod edition;
pub mod environment;
pub mod extract;
pub mod gather;
pub mod log;
pub mod look;
pub mod packs;
pub mod schedule;
pub mod secret;
pub mod sources;
pub mod span;
pub mod starter;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

pub use error::ConfigError;
pub use load::load;

/// Everything that a configuration file may hold; a section left out has its defaults.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Config {
    /// Where state is kept.
    pub database: database::DatabaseConfig,
    /// Which files list the sources.
    pub sources: sources::SourcesConfig,
    /// How sources are fetched.
    pub gather: gather::GatherConfig,
    /// How articles are read.
    pub extract: extract::ExtractConfig,
    /// The products, by name.
    pub edition: BTreeMap<String, edition::EditionConfig>,
    /// How a digest looks.
    pub look: look::LookConfig,
    /// How mail goes out.
    pub deliver: deliver::DeliverConfig,
    /// How an operator is told what is wrong.
    pub alert: alert::AlertConfig,
    /// When things happen.
    pub schedule: schedule::ScheduleConfig,
    /// What is logged.
    pub log: log::LogConfig,
    /// The folder of the file, against which relative paths are taken; not a key.
    #[serde(skip)]
    pub folder: PathBuf,
}

impl Config {
    /// A path of the configuration, taken against the folder of its file.
    pub fn resolve(&self, path: &Path) -> PathBuf {
        if path.is_absolute() { path.to_owned() } else { self.folder.join(path) }
    }
}
