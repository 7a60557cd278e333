//! Trying a source: what it lists, and what would be read of its first articles. Nothing is stored.

use jiff::{Timestamp, Zoned};
use serde::Serialize;
use thiserror::Error;
use url::Url;

use super::{Pipeline, PipelineError, document};
use crate::extract::Extractor;
use crate::gather::feed::{Entry, Feed};
use crate::gather::{Gatherer, Mistake, links, preset};
use crate::model::article::{Article, FoundArticle};
use crate::model::document::{ExplainLine, ExtractLine};
use crate::model::registry::Registry;
use crate::model::source::{Preset, Source, SourceKind, slug};

/// The longest piece of a text that stands in for a headline, in characters.
const LONGEST: usize = 100;

/// An article read to its events, as it would be read if it were stored.
#[derive(Debug, Serialize)]
pub struct Tried {
    /// What was found.
    #[serde(flatten)]
    pub article: FoundArticle,
    /// What was read in it, and what was not kept.
    #[serde(flatten)]
    pub reading: ExplainLine,
}

/// What can be read at an address.
#[derive(Debug)]
pub struct Looked {
    /// The source that reads it.
    pub source: Source,
    /// What it is read as; none where its content tells.
    pub kind: Option<SourceKind>,
    /// How it was found, in words.
    pub how: &'static str,
    /// What it lists, in its order.
    pub entries: Vec<Listing>,
    /// What was left out or read worse than it should be, one line each.
    pub notes: Vec<String>,
    /// Other addresses that were found there, with how each is read and how many entries it lists.
    pub others: Vec<(String, SourceKind, usize)>,
}

/// An entry of a list.
#[derive(Debug)]
pub struct Listing {
    /// Its headline, else the beginning of its text, else its address.
    pub headline: String,
    /// Its address, without what may be secret in it.
    pub url: String,
    /// When it was published or changed.
    pub at: Option<Zoned>,
    /// What was read of it; none of those that were only listed.
    pub tried: Option<Tried>,
}

/// Why an address cannot be tried or added.
#[derive(Debug, Error)]
pub enum LookError {
    /// No address of the web.
    #[error("`{0}` is no address of a web site; write https://outlet.example")]
    Address(String),
    /// What the fetcher says: one line that says what went wrong and what to do.
    #[error("{0}")]
    Fetch(String),
    /// A step failed.
    #[error(transparent)]
    Pipeline(#[from] PipelineError),
}

impl Pipeline {
    /// Finds out how what stands at an address of the web is read, and reads its first `most` articles.
    ///
    /// # Errors
    ///
    /// For what is no such address, and where nothing that can be read is found.
    pub async fn try_source(&self, address: &str, most: usize) -> Result<Looked, LookError> {
        let mut source = new_source(address)?;
        let gatherer = self.gatherer()?;
        let found = gatherer.discover(&source.url).await.map_err(LookError::Fetch)?;
        let Some((first, others)) = found.split_first() else {
            return Err(LookError::Fetch(format!("nothing was found at `{address}`")));
        };
        first.apply(&mut source);
        if !first.feed.title.is_empty() {
            source.name.clone_from(&first.feed.title);
        }
        source.language.clone_from(&first.feed.language);
        let mut looked = self.read_first(&gatherer, source, &first.feed, most).await?;
        (looked.kind, looked.how) = (Some(first.kind), first.how);
        let others =
            others.iter().map(|one| (links::shown(&one.url), one.kind, one.feed.entries.len()));
        looked.others = others.collect();
        Ok(looked)
    }

    /// Reads what a source lists as the source says that it is read, and its first `most` articles.
    ///
    /// # Errors
    ///
    /// Where nothing can be read so.
    pub async fn try_as(&self, source: Source, most: usize) -> Result<Looked, LookError> {
        let gatherer = self.gatherer()?;
        let feed = gatherer.list(&source).await.map_err(LookError::Fetch)?;
        self.read_first(&gatherer, source, &feed, most).await
    }

    /// What is wrong with how a source says that it is read, without asking its server.
    pub fn mistakes(&self, source: &Source) -> Result<Vec<Mistake>, PipelineError> {
        Ok(self.gatherer()?.mistakes(source))
    }

    async fn read_first(
        &self,
        gatherer: &Gatherer,
        source: Source,
        feed: &Feed,
        most: usize,
    ) -> Result<Looked, LookError> {
        let (articles, mut notes) = gatherer.articles(&source, feed, most).await;
        notes.splice(0..0, feed.notes.iter().cloned());
        let (known, now) = (self.packs.now(), self.clock.now());
        let (extractor, registry) = (known.extractor()?, std::sync::Arc::clone(&known.registry));
        let read = {
            let source = source.clone();
            move || try_articles(&extractor, &registry, &source, articles, now)
        };
        let tried = tokio::task::spawn_blocking(read).await.map_err(PipelineError::from)?;
        let (kind, entries) = (source.kind, listings(feed, tried));
        Ok(Looked { source, kind, how: "as it says", entries, notes, others: Vec::new() })
    }
}

fn listings(feed: &Feed, mut tried: Vec<Tried>) -> Vec<Listing> {
    let listing = |entry: &Entry| Listing {
        headline: headline(entry),
        url: links::shown(&entry.url),
        at: entry.published.clone().or_else(|| entry.changed.clone()),
        tried: position_of(&tried, entry).map(|at| tried.remove(at)),
    };
    feed.entries.iter().map(listing).collect()
}

/// Reads articles to their events, as they would be read if they were stored.
pub fn try_articles(
    extractor: &Extractor,
    registry: &Registry,
    source: &Source,
    articles: Vec<FoundArticle>,
    now: Timestamp,
) -> Vec<Tried> {
    let read = |found: FoundArticle| {
        let article = Article::new(source.id.clone(), found, now, true);
        let reading = extractor.explain(&document(&article, Some(source), registry));
        let mut article = article.found;
        article.language = reading.language.clone().or(article.language);
        let (extract, mentions, dropped) = ExtractLine::of(article.url.clone(), reading);
        Tried { reading: ExplainLine { extract, mentions, dropped }, article }
    };
    articles.into_iter().map(read).collect()
}

/// Where the article of an entry stands: both have the same address, in its canonical form, or the entry's id ends it.
pub fn position_of(tried: &[Tried], entry: &Entry) -> Option<usize> {
    let url = links::canonical(&entry.url);
    let id = format!("#{}", if entry.id.is_empty() { &entry.title } else { &entry.id });
    let is_it = |tried: &Tried| {
        tried.article.url == url || (url.is_empty() && tried.article.url.ends_with(&id))
    };
    tried.iter().position(is_it)
}

/// The headline of an entry, else the beginning of its text, else its address.
pub fn headline(entry: &Entry) -> String {
    if !entry.title.is_empty() {
        return entry.title.clone();
    }
    let first = entry.text.lines().next().unwrap_or("");
    match first.char_indices().nth(LONGEST) {
        Some((end, _)) => format!("{}…", first.get(..end).unwrap_or(first)),
        None if first.is_empty() => links::shown(&entry.url),
        None => first.to_owned(),
    }
}

/// A source at an address of the web, with nothing known of it but an id: `outlet.example` means https.
///
/// # Errors
///
/// For what is none: files of this machine are named in configuration files and by command only.
pub fn new_source(address: &str) -> Result<Source, LookError> {
    let wrong = || LookError::Address(address.to_owned());
    let bare = !address.contains(':') && address.contains('.');
    let full = if bare { format!("https://{address}") } else { address.to_owned() };
    let url: Url = full.parse().map_err(|_| wrong())?;
    let is_web = matches!(url.scheme(), "http" | "https") && url.has_host();
    if !is_web || address.contains(char::is_whitespace) {
        return Err(wrong());
    }
    let id = id_of(&url);
    Ok(Source::new(id.as_str().into(), id, url))
}

/// The id that an address gives; a channel's name says more than its host.
pub fn id_of(url: &Url) -> String {
    let preview = preset::channel_preview(url.as_str());
    let preview = preview.as_deref().unwrap_or(url.as_str());
    match preset::of_address(preview) {
        Some(Preset::Telegram) => slug(preview.rsplit('/').next().unwrap_or(""), preview),
        _ => slug("", preview),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn s_1_a_source_added_on_the_site_is_an_address_of_the_web() {
        let source = new_source("outlet.example").unwrap();
        assert_eq!(
            (source.id.as_str(), source.url.as_str()),
            ("outlet", "https://outlet.example/")
        );
        for wrong in
            ["file:/etc/passwd", "/etc/passwd", "ftp://a.example", "a b.example", "", "outlet"]
        {
            assert!(new_source(wrong).is_err(), "{wrong}");
        }
    }
}
