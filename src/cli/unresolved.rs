//! `sitrep unresolved`: the names that claims hold and no pack knows.

use std::path::PathBuf;
use std::sync::Arc;

use clap::{Args, ValueEnum};
use jiff::Timestamp;
use jiff::tz::TimeZone;

use super::global::Global;
use super::span;
use super::{output, reading};
use crate::aggregate::unresolved::{NameKind, Unknowns, Unresolved};
use crate::app;
use crate::config::Config;
use crate::extract::Extractor;
use crate::model::{Clock as _, SystemClock};
use crate::pipeline::{KnownNames, stanza};

/// List names of organisations and places that no pack knows, with counts, sentences and a stanza for a pack
///
/// Without files it looks through the claims of the database; with files it reads them, as `extract` does.
#[derive(Debug, Args)]
pub(crate) struct UnresolvedNames {
    /// `actors` or `places` alone, then files to read instead of the database
    #[arg(value_name = "actors|places|FILE")]
    inputs: Vec<String>,
    /// How to print
    #[arg(long, value_enum, default_value_t)]
    format: NamesFormat,
    /// A pack of your own, over the built-in ones
    #[arg(long = "pack", value_name = "FILE")]
    packs: Vec<PathBuf>,
    /// Only claims of articles seen since then: 2026-11-01, 7d
    #[arg(long)]
    since: Option<String>,
    /// Only names in so many claims
    #[arg(long, default_value_t = 1, value_name = "CLAIMS")]
    at_least: usize,
}

/// How the names are printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, ValueEnum)]
enum NamesFormat {
    /// For people.
    #[default]
    Table,
    /// One JSON value.
    Json,
    /// A pack to check and complete.
    Toml,
}

impl UnresolvedNames {
    pub(crate) fn run(mut self, global: &Global) -> anyhow::Result<()> {
        let only = self.only();
        let config =
            if self.inputs.is_empty() { global.load()? } else { global.load_or_default()? };
        let unknowns = if self.inputs.is_empty() {
            super::block_on(self.stored(&config, only))?
        } else {
            let registry = app::registry(&config, &self.packs)?;
            let extractor = Arc::new(Extractor::new(&registry)?);
            self.read(&config, &KnownNames::new(extractor, &registry, only))?
        };
        let mut names = unknowns.list();
        names.retain(|name| name.claims >= self.at_least);
        self.print(&names)
    }

    /// Takes `actors` or `places` off the arguments.
    fn only(&mut self) -> Option<NameKind> {
        let kind = match self.inputs.first()?.as_str() {
            "actors" => NameKind::Actor,
            "places" => NameKind::Place,
            _ => return None,
        };
        self.inputs.remove(0);
        Some(kind)
    }

    fn read(&self, config: &Config, known: &KnownNames) -> anyhow::Result<Unknowns> {
        let mut unknowns = Unknowns::default();
        let mut take = |line: &crate::model::document::ExplainLine| {
            let line = &line.extract;
            for claim in &line.events {
                unknowns.add(&line.doc_id, claim, |kind, name| known.has(kind, name));
            }
            Ok(())
        };
        reading::each(&self.inputs, &config.gather, &known.extractor, Extractor::read, &mut take)?;
        Ok(unknowns)
    }

    /// The names in the database, by the packs that it adds to too.
    async fn stored(&self, config: &Config, only: Option<NameKind>) -> anyhow::Result<Unknowns> {
        let since = match &self.since {
            Some(text) => span::instant(text, SystemClock.now(), &TimeZone::UTC, false)?,
            None => Timestamp::UNIX_EPOCH,
        };
        let db = app::database(config).await?;
        let registry = app::registry_of(config, &self.packs, &db).await?;
        let extractor = Arc::new(Extractor::new(&registry)?);
        let known = KnownNames::new(extractor, &registry, only);
        Ok(known.unknown(&db, since).await?)
    }

    fn print(&self, names: &[Unresolved]) -> anyhow::Result<()> {
        match self.format {
            NamesFormat::Json => output::json(&names),
            NamesFormat::Toml => output::raw(stanza::pack(names)),
            NamesFormat::Table if names.is_empty() => {
                output::note("every name is known");
                Ok(())
            }
            NamesFormat::Table => {
                let head = ["KIND", "NAME", "CLAIMS", "ARTICLES", "COUNTRY", "SENTENCE"];
                output::table(&head, names.iter().map(row))
            }
        }
    }
}

fn row(name: &Unresolved) -> Vec<String> {
    let kind = match name.kind {
        NameKind::Actor => "actor",
        NameKind::Place => "place",
    };
    let said = name.sentences.first();
    vec![
        kind.to_owned(),
        name.name.clone(),
        name.claims.to_string(),
        name.articles.to_string(),
        name.country.clone().unwrap_or_default(),
        said.map(|said| format!("{} ({})", said.quote, said.article)).unwrap_or_default(),
    ]
}
