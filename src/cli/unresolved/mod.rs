//! `sitrep unresolved`: the names that claims hold and no pack knows.

mod stanza;

use std::collections::BTreeSet;
use std::path::PathBuf;

use clap::{Args, ValueEnum};
use jiff::Timestamp;
use jiff::tz::TimeZone;

use super::digest::span;
use super::global::Global;
use super::{output, reading};
use crate::aggregate::unresolved::{NameKind, Unknowns, Unresolved};
use crate::app;
use crate::config::Config;
use crate::extract::Extractor;
use crate::model::registry::Registry;
use crate::model::text::fold::plain;
use crate::model::{Clock as _, SystemClock};
use crate::store::claims;

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
        let registry = app::registry(&config, &self.packs)?;
        let extractor = Extractor::new(&registry)?;
        let known = Known::new(&extractor, &registry, only);
        let unknowns = if self.inputs.is_empty() {
            super::block_on(self.stored(&config, &known))?
        } else {
            self.read(&config, &known)?
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

    fn read(&self, config: &Config, known: &Known<'_>) -> anyhow::Result<Unknowns> {
        let mut unknowns = Unknowns::default();
        let mut take = |line: &crate::model::document::ExplainLine| {
            let line = &line.extract;
            for claim in &line.events {
                unknowns.add(&line.doc_id, claim, |kind, name| known.has(kind, name));
            }
            Ok(())
        };
        reading::each(&self.inputs, &config.gather, known.extractor, Extractor::read, &mut take)?;
        Ok(unknowns)
    }

    async fn stored(&self, config: &Config, known: &Known<'_>) -> anyhow::Result<Unknowns> {
        let since = match &self.since {
            Some(text) => span::instant(text, SystemClock.now(), &TimeZone::UTC, false)?,
            None => Timestamp::UNIX_EPOCH,
        };
        let db = app::database(config).await?;
        let mut unknowns = Unknowns::default();
        for stored in claims::claims_since(&db, since).await? {
            if stored.latest {
                let article = &stored.article.url;
                unknowns.add(article, &stored.claim, |kind, name| known.has(kind, name));
            }
        }
        Ok(unknowns)
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

/// What needs no entry.
struct Known<'a> {
    extractor: &'a Extractor,
    /// Plain names of the packs' places: claims of the database may be older than the packs.
    places: BTreeSet<String>,
    only: Option<NameKind>,
}

impl<'a> Known<'a> {
    fn new(extractor: &'a Extractor, registry: &Registry, only: Option<NameKind>) -> Self {
        let names = registry
            .places()
            .iter()
            .flat_map(|place| std::iter::once(&place.name).chain(&place.aliases));
        Self { extractor, places: names.map(|name| plain(name)).collect(), only }
    }

    fn has(&self, kind: NameKind, name: &str) -> bool {
        self.only.is_some_and(|only| only != kind)
            || match kind {
                NameKind::Actor => self.extractor.knows_organisation(name),
                NameKind::Place => self.places.contains(&plain(name)),
            }
    }
}
