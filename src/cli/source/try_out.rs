//! `sitrep source try`.

use std::path::Path;
use std::process::ExitCode;
use std::sync::Arc;

use anyhow::{Context, anyhow};
use clap::Args;
use jiff::Zoned;
use serde::Serialize;

use crate::cli::global::Global;
use crate::cli::output::{self, Format};
use crate::cli::read::is_web;
use crate::config::gather::GatherConfig;
use crate::gather::feed::{self, Entry, Feed};
use crate::gather::reading::rfc_3339;
use crate::gather::{Gatherer, files};
use crate::model::SystemClock;
use crate::model::id::SourceId;
use crate::model::source::Source;

/// Show what a feed holds; nothing is stored
#[derive(Debug, Args)]
pub(crate) struct Try {
    /// A file or an address
    #[arg(value_name = "FILE|URL")]
    input: String,
    /// How to print
    #[arg(long, value_enum, default_value_t)]
    format: Format,
}

#[derive(Serialize)]
struct Found<'a> {
    kind: &'a str,
    title: &'a str,
    entries: Vec<FoundEntry<'a>>,
}

#[derive(Serialize)]
struct FoundEntry<'a> {
    id: &'a str,
    title: &'a str,
    url: &'a str,
    #[serde(serialize_with = "rfc_3339")]
    published: Option<Zoned>,
    text: &'a str,
}

impl Try {
    pub(crate) async fn run(self, global: &Global) -> anyhow::Result<ExitCode> {
        let config = global.load_or_default()?.gather;
        let feed = if is_web(&self.input) {
            fetch(&self.input, &config).await?
        } else {
            load(&self.input)?
        };
        match self.format {
            Format::Text => print(&feed)?,
            Format::Json => {
                let entries = feed.entries.iter().map(found).collect();
                output::json(&Found { kind: "feed", title: &feed.title, entries })?;
            }
        }
        Ok(ExitCode::SUCCESS)
    }
}

fn load(path: &str) -> anyhow::Result<Feed> {
    let bytes = files::load(Path::new(path))?;
    feed::read(&bytes, None, None).with_context(|| format!("`{path}` cannot be read"))
}

async fn fetch(address: &str, config: &GatherConfig) -> anyhow::Result<Feed> {
    let gatherer = Gatherer::new(config, Arc::new(SystemClock))?;
    let source = Source::new(SourceId::new("tried"), address, address);
    gatherer.list(&source).await.map_err(|message| anyhow!(message))
}

fn found(entry: &Entry) -> FoundEntry<'_> {
    let published = entry.published.clone();
    FoundEntry { id: &entry.id, title: &entry.title, url: &entry.url, published, text: &entry.text }
}

fn print(feed: &Feed) -> anyhow::Result<()> {
    output::line(format!("{} ({}, {} entries)", feed.title, feed.dialect, feed.entries.len()))?;
    for entry in &feed.entries {
        let date = entry
            .published
            .as_ref()
            .map_or_else(|| "no date".to_owned(), |at| at.strftime("%F %R %:z").to_string());
        let length = entry.text.chars().count();
        output::line(format!("\n{}\n  {date} · {length} characters · {}", entry.title, entry.url))?;
    }
    Ok(())
}
