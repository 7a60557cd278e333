//! `sitrep source export`.

use std::path::{Path, PathBuf};

use anyhow::Context as _;
use clap::{Args, ValueEnum};

use crate::app;
use crate::cli::global::Global;
use crate::cli::output;
use crate::config::sources::write_sources;
use crate::gather::opml;
use crate::model::source::Source;

/// How sources are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum Written {
    /// `[[source]]` tables, as a file of sources.
    Toml,
    /// A list of feeds for other readers; what only we know stands in attributes of our own.
    Opml,
}

impl Written {
    /// What the end of a file's name says.
    pub(super) fn of(path: &Path) -> Option<Self> {
        match path.extension()?.to_str()?.to_ascii_lowercase().as_str() {
            "toml" => Some(Self::Toml),
            "opml" | "xml" => Some(Self::Opml),
            _ => None,
        }
    }
}

/// Write all sources, those of files and those of the database, as TOML or OPML
#[derive(Debug, Args)]
pub(crate) struct Export {
    /// toml or opml; left out, told by --out, else toml
    #[arg(long, value_enum)]
    format: Option<Written>,
    /// The file; left out, standard output
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
    /// Write also what requests carry: headers and cookies, which may be secrets
    #[arg(long)]
    with_secrets: bool,
}

impl Export {
    pub(crate) async fn run(self, global: &Global) -> anyhow::Result<()> {
        let config = global.load()?;
        let db = app::database(&config).await?;
        let all = super::all(&config, &db).await?;
        let all = all.into_iter().map(|(source, _)| source);
        let fit = |source: Source| if self.with_secrets { source } else { source.printable() };
        let all: Vec<Source> = all.map(fit).collect();
        let told = self.format.or_else(|| Written::of(self.out.as_deref()?));
        let text = match told.unwrap_or(Written::Toml) {
            Written::Toml => write_sources(all)?,
            Written::Opml => opml::write("Sources of sitrep", &all),
        };
        match &self.out {
            None => output::raw(text),
            Some(path) => std::fs::write(path, text)
                .with_context(|| format!("cannot write `{}`", path.display())),
        }
    }
}
