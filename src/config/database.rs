//! The `[database]` section.

use std::path::PathBuf;

use serde::{Deserialize, Serialize};

/// Where state is kept.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct DatabaseConfig {
    /// `sqlite:FILE`, taken against the configuration's folder, or `postgres://…`.
    pub url: String,
    /// A file that holds the address, for one with a password in it.
    pub url_file: Option<PathBuf>,
    /// Most connections at once; SQLite writes through one of them.
    pub connections: u32,
}

impl Default for DatabaseConfig {
    fn default() -> Self {
        Self { url: "sqlite:../sitrep.db".to_owned(), url_file: None, connections: 8 }
    }
}
