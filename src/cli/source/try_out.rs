//! `sitrep source try`.

use std::io::{self, Write as _};
use std::path::Path;
use std::process::ExitCode;
use std::sync::Arc;

use anyhow::{Context as _, anyhow, bail};
use clap::Args;
use jiff::Zoned;
use serde::Serialize;

use super::shape::Shape;
use super::show;
use crate::app;
use crate::cli::extract;
use crate::cli::global::Global;
use crate::cli::output::{self, Format};
use crate::cli::read::is_web;
use crate::config::Config;
use crate::extract::Extractor;
use crate::gather::feed::{Entry, Feed};
use crate::gather::reading::rfc_3339;
use crate::gather::{Gatherer, files, links};
use crate::model::article::FoundArticle;
use crate::model::id::SourceId;
use crate::model::source::Source;
use crate::model::{Clock as _, SystemClock};
use crate::pipeline::{Tried, position_of, try_articles};

/// How many entries are read to their events, where people look.
const READ: usize = 5;

/// Endings of files that hold articles, not a list of them.
const ARTICLES: [&str; 6] = ["txt", "text", "md", "eml", "jsonl", "ndjson"];

/// Show what a source gives: entries, dates, texts, the events in them and what was dropped; nothing is stored
#[derive(Debug, Args)]
pub(crate) struct Try {
    /// A file, a folder, an address, or the id of a source
    #[arg(value_name = "FILE|URL|SOURCE")]
    input: String,
    /// How many entries are read to their events; left out, 5, and 0 with --format json
    #[arg(long, value_name = "N")]
    read: Option<usize>,
    /// How to print
    #[arg(long, value_enum, default_value_t)]
    format: Format,
    #[command(flatten)]
    shape: Shape,
}

#[derive(Serialize)]
struct Found<'a> {
    kind: String,
    title: &'a str,
    url: String,
    entries: Vec<FoundEntry<'a>>,
    notes: Vec<String>,
}

#[derive(Serialize)]
struct FoundEntry<'a> {
    id: &'a str,
    title: &'a str,
    url: &'a str,
    #[serde(serialize_with = "rfc_3339")]
    published: Option<Zoned>,
    text: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    article: Option<&'a Tried>,
}

impl Try {
    pub(crate) async fn run(self, global: &Global) -> anyhow::Result<ExitCode> {
        let config = global.load_or_default()?;
        let gatherer = Gatherer::new(&config.gather, Arc::new(SystemClock))?;
        let (source, feed) = self.listing(global, &config, &gatherer).await?;
        let by_default = if self.format == Format::Text { READ } else { 0 };
        let most = self.read.unwrap_or(by_default);
        let (articles, notes) = gatherer.articles(&source, &feed, most).await;
        let tried = read(&config, &source, articles)?;
        match self.format {
            Format::Text => {
                print(&source, &feed, &tried)?;
                show::notes(&notes)?;
            }
            Format::Json => output::json(&value(&source, &feed, &tried, notes))?,
        }
        Ok(ExitCode::SUCCESS)
    }

    /// What is to be tried, and what it lists.
    async fn listing(
        &self,
        global: &Global,
        config: &Config,
        gatherer: &Gatherer,
    ) -> anyhow::Result<(Source, Feed)> {
        let path = Path::new(&self.input);
        let mut source = Source::new(SourceId::new("tried"), "tried", self.input.as_str());
        if !is_web(&self.input) && !self.input.starts_with("file:") && !path.exists() {
            source = configured(global, config, &self.input).await?;
        }
        self.shape.apply(&mut source)?;
        if path.is_file() && !holds_articles(path) {
            let bytes = files::load(path)?;
            let read = gatherer.list_saved(&bytes, &source);
            let mut feed = read.with_context(|| format!("`{}` cannot be read", self.input))?;
            // What is saved is tried without the network.
            feed.whole = true;
            return Ok((source, feed));
        }
        let asked = is_web(&self.input) && !self.shape.is_said();
        if !asked {
            let feed = gatherer.list(&source).await.map_err(|why| anyhow!(why))?;
            return Ok((source, feed));
        }
        let found = gatherer.discover(&self.input).await.map_err(|why| anyhow!(why))?;
        let first = found.into_iter().next().ok_or_else(|| anyhow!("nothing was found"))?;
        first.apply(&mut source);
        Ok((source, first.feed))
    }
}

fn holds_articles(path: &Path) -> bool {
    let ending = path.extension().and_then(|ending| ending.to_str()).unwrap_or("");
    ARTICLES.contains(&ending.to_ascii_lowercase().as_str())
}

/// A source by its id.
async fn configured(global: &Global, config: &Config, id: &str) -> anyhow::Result<Source> {
    if global.load().is_err() {
        bail!("`{id}` is no file, no folder and no address");
    }
    let db = app::database(config).await?;
    let all = super::all(config, &db).await?;
    let found = all.into_iter().map(|(source, _)| source).find(|source| source.id.as_str() == id);
    found.ok_or_else(|| {
        anyhow!("`{id}` is no file, no folder, no address and no source; `sitrep source list` shows them")
    })
}

/// Reads articles to their events, as they would be read if they were stored.
fn read(
    config: &Config,
    source: &Source,
    articles: Vec<FoundArticle>,
) -> anyhow::Result<Vec<Tried>> {
    if articles.is_empty() {
        return Ok(Vec::new());
    }
    let registry = app::registry(config, &[])?;
    let extractor = Extractor::new(&registry)?;
    Ok(try_articles(&extractor, &registry, source, articles, SystemClock.now()))
}

/// The article of an entry.
fn article_of<'a>(tried: &'a [Tried], entry: &Entry) -> Option<&'a Tried> {
    position_of(tried, entry).and_then(|at| tried.get(at))
}

fn value<'a>(source: &Source, feed: &'a Feed, tried: &'a [Tried], notes: Vec<String>) -> Found<'a> {
    let entry = |entry: &'a Entry| FoundEntry {
        id: &entry.id,
        title: &entry.title,
        url: &entry.url,
        published: entry.published.clone(),
        text: &entry.text,
        article: article_of(tried, entry),
    };
    Found {
        kind: show::word(show::kind(feed)),
        title: &feed.title,
        url: links::shown(&source.url),
        entries: feed.entries.iter().map(entry).collect(),
        notes,
    }
}

fn print(source: &Source, feed: &Feed, tried: &[Tried]) -> anyhow::Result<()> {
    show::head(source, feed)?;
    for entry in &feed.entries {
        show::entry(entry)?;
        if let Some(tried) = article_of(tried, entry) {
            print_article(tried)?;
        }
    }
    if tried.len() < feed.entries.len() {
        let (read, all) = (tried.len(), feed.entries.len());
        output::line(format!(
            "\n{read} of {all} entries were read to their events (--read {all})"
        ))?;
    }
    Ok(())
}

/// What was read of an article: its text's length and language, events, and what was dropped.
fn print_article(tried: &Tried) -> anyhow::Result<()> {
    let mut out = io::stdout().lock();
    let article = &tried.article;
    let length = article.text.chars().count();
    let language = article.language.as_deref().unwrap_or("unknown language");
    let date = article.published.map_or_else(|| "no date".to_owned(), |at| at.to_string());
    writeln!(out, "  as an article: {length} characters, {language}, {date}")?;
    if let Some(why) =
        tried.reading.extract.error.as_ref().or(tried.reading.extract.unread.as_ref())
    {
        writeln!(out, "  not read: {why}")?;
    }
    for claim in &tried.reading.extract.events {
        extract::text(&mut out, claim)?;
    }
    for dropped in &tried.reading.dropped {
        writeln!(out, "  dropped by `{}`: {}", dropped.rule, dropped.text)?;
    }
    Ok(())
}
