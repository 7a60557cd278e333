//! The `[extract]` section.

use std::path::PathBuf;

use serde::{Deserialize, Serialize};

/// How articles are read.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct ExtractConfig {
    /// Packs of your own, beside the built-in ones; the last one that knows an id wins.
    pub packs: Vec<PathBuf>,
}
