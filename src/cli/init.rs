//! `sitrep init`: a configuration to start from.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::Context as _;
use clap::Args;

use super::output;
use crate::config::starter;

/// Write config/ with every key commented; files that are there are left as they are.
#[derive(Debug, Args)]
pub(crate) struct Init {
    /// Where to write it
    #[arg(default_value = ".")]
    dir: PathBuf,
}

impl Init {
    pub(crate) fn run(&self) -> anyhow::Result<()> {
        let folder = self.dir.join("config");
        fs::create_dir_all(&folder)
            .with_context(|| format!("cannot make `{}`", folder.display()))?;
        write_new(&folder.join("sitrep.toml"), starter::SITREP)?;
        write_new(&folder.join("sources.toml"), starter::SOURCES)?;
        output::line(
            "Next: add sources to `config/sources.toml` or with `sitrep source add URL`, then `sitrep check`.",
        )
    }
}

fn write_new(path: &Path, text: &str) -> anyhow::Result<()> {
    if path.exists() {
        return output::line(format!("kept `{}`: it is already there", path.display()));
    }
    fs::write(path, text).with_context(|| format!("cannot write `{}`", path.display()))?;
    output::line(format!("wrote `{}`", path.display()))
}
