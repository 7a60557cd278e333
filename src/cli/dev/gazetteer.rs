//! `sitrep dev gazetteer`: the index of names beside the table of places, and its hash in the provenance.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::{Context as _, ensure};
use clap::Args;
use serde_json::Value;

use crate::cli::output;
use crate::extract::gazetteer::build_index;

/// The table that this program was built with; `derive.py` writes it.
const TABLE: &str = "table_sha256";
/// What the index unpacks to; this command writes it.
const INDEX: &str = "index_sha256";

/// Build `index.zst` from the table of places that is compiled in, and record its hash in `PROVENANCE.json`
#[derive(Debug, Args)]
pub(crate) struct Gazetteer {
    /// The folder of the gazetteer
    #[arg(default_value = "config/gazetteer", value_name = "DIR")]
    folder: PathBuf,
    /// Write nothing; fail where the files are not what this program would write
    #[arg(long)]
    check: bool,
}

impl Gazetteer {
    pub(crate) fn run(self) -> anyhow::Result<ExitCode> {
        let path = self.folder.join("PROVENANCE.json");
        let mut provenance = read(&path)?;
        let index = build_index()?;
        ensure!(
            provenance[TABLE] == index.table_sha256.as_str(),
            "the table of `{}` is not the one that this program was built with; build again",
            path.display()
        );
        let hash = Value::from(index.index_sha256.clone());
        if self.check {
            let fits = provenance[INDEX] == hash;
            output::line(if fits {
                "the index is up to date"
            } else {
                "the index is out of date; run `sitrep dev gazetteer`"
            })?;
            return Ok(if fits { ExitCode::SUCCESS } else { ExitCode::FAILURE });
        }
        provenance[INDEX] = hash;
        let file = self.folder.join("index.zst");
        fs::write(&file, &index.packed)
            .with_context(|| format!("cannot write `{}`", file.display()))?;
        let text = serde_json::to_string_pretty(&provenance)? + "\n";
        fs::write(&path, text).with_context(|| format!("cannot write `{}`", path.display()))?;
        output::line(format!("{} bytes to `{}`; build again", index.packed.len(), file.display()))?;
        Ok(ExitCode::SUCCESS)
    }
}

fn read(path: &Path) -> anyhow::Result<Value> {
    let text = fs::read_to_string(path).with_context(|| {
        format!("cannot read `{}`; name the gazetteer's folder", path.display())
    })?;
    serde_json::from_str(&text).with_context(|| format!("`{}` is no JSON", path.display()))
}
