//! What a backup holds.

use std::path::{Path, PathBuf};

use anyhow::{Context as _, bail};
use data_encoding::HEXLOWER;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

/// The name of the list in the folder.
pub(in crate::cli) const MANIFEST: &str = "manifest.json";

/// What a file is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(in crate::cli) enum Role {
    /// A database file.
    Sqlite,
    /// What `pg_dump` wrote.
    Postgres,
    /// The configuration, sources, packs, certificates.
    Configuration,
    /// Keys and passwords.
    Key,
    /// Who left.
    Suppressions,
}

/// One file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(in crate::cli) struct Kept {
    /// What it is.
    pub(in crate::cli) role: Role,
    /// Its name in the backup.
    pub(in crate::cli) stored: PathBuf,
    /// Where it belongs, against the folder of the configuration; empty for the database.
    pub(in crate::cli) path: PathBuf,
    /// Of its bytes.
    pub(in crate::cli) sha256: String,
}

/// The list of the files.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(in crate::cli) struct Manifest {
    /// Which version made it.
    pub(in crate::cli) sitrep: String,
    /// When.
    pub(in crate::cli) made_at: Timestamp,
    /// The database first.
    pub(in crate::cli) files: Vec<Kept>,
}

impl Manifest {
    /// Reads the list of a backup and holds each file against it.
    pub(in crate::cli) fn open(dir: &Path) -> anyhow::Result<Self> {
        let path = dir.join(MANIFEST);
        let text = std::fs::read_to_string(&path).with_context(|| {
            format!("`{}` is no backup: cannot read `{}`", dir.display(), path.display())
        })?;
        let manifest: Self = serde_json::from_str(&text)
            .with_context(|| format!("`{}` is no list of a backup", path.display()))?;
        for kept in &manifest.files {
            kept.bytes(dir)?;
        }
        Ok(manifest)
    }
}

impl Kept {
    /// Its bytes, if they are those that were saved.
    pub(in crate::cli) fn bytes(&self, dir: &Path) -> anyhow::Result<Vec<u8>> {
        let name = self.stored.file_name().context("a file of the backup has no name")?;
        let path = dir.join(name);
        let bytes =
            std::fs::read(&path).with_context(|| format!("cannot read `{}`", path.display()))?;
        if checksum(&bytes) != self.sha256 {
            bail!("`{}` is not what was saved: take another backup", path.display());
        }
        Ok(bytes)
    }
}

/// SHA-256 in hexadecimal.
pub(in crate::cli) fn checksum(bytes: &[u8]) -> String {
    HEXLOWER.encode(&Sha256::digest(bytes))
}
