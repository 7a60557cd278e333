//! `sitrep source try FILE|URL`

use std::path::Path;
use std::process::ExitCode;
use std::sync::Arc;

use anyhow::{Context, anyhow};
use jiff::Zoned;
use serde::Serialize;

use super::Format;
use super::read::is_web;
use crate::config::gather::GatherConfig;
use crate::gather::feed::{self, Entry, Feed};
use crate::gather::reading::rfc_3339;
use crate::gather::{Gatherer, files};
use crate::model::SystemClock;

/// Arguments of `sitrep source try`.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// A file or an address.
    input: String,
    /// How to print.
    #[arg(long, value_enum, default_value = "text")]
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

/// Prints what a feed holds; nothing is stored.
pub(super) fn run(args: &Args, config: &GatherConfig) -> anyhow::Result<ExitCode> {
    let feed = if is_web(&args.input) { fetch(&args.input, config)? } else { load(&args.input)? };
    match args.format {
        Format::Text => print(&feed),
        Format::Json | Format::Jsonl => {
            let entries = feed.entries.iter().map(found).collect();
            let found = Found { kind: "feed", title: &feed.title, entries };
            anstream::println!("{}", serde_json::to_string(&found)?);
        }
    }
    Ok(ExitCode::SUCCESS)
}

fn load(path: &str) -> anyhow::Result<Feed> {
    let bytes = files::load(Path::new(path))?;
    feed::read(&bytes, None, None).with_context(|| format!("`{path}` cannot be read"))
}

fn fetch(address: &str, config: &GatherConfig) -> anyhow::Result<Feed> {
    let gatherer = Gatherer::new(config, Arc::new(SystemClock))?;
    super::runtime()?.block_on(gatherer.read_feed(address)).map_err(|message| anyhow!(message))
}

fn found(entry: &Entry) -> FoundEntry<'_> {
    let published = entry.published.clone();
    FoundEntry { id: &entry.id, title: &entry.title, url: &entry.url, published, text: &entry.text }
}

fn print(feed: &Feed) {
    anstream::println!("{} ({}, {} entries)", feed.title, feed.dialect, feed.entries.len());
    for entry in &feed.entries {
        let date = entry
            .published
            .as_ref()
            .map_or_else(|| "no date".to_owned(), |at| at.strftime("%F %R %:z").to_string());
        let length = entry.text.chars().count();
        anstream::println!("\n{}\n  {date} · {length} characters · {}", entry.title, entry.url);
    }
}
