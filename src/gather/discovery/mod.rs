//! Discovery: from the address of a site to what of it can be read.

mod page;

use std::collections::HashSet;
use std::sync::Arc;

use url::Url;

use super::decode::decode;
use super::feed::{Feed, FeedError};
use super::gatherer::Gatherer;
use super::http::{Document, FetchError, What};
use super::limit::apart;
use super::shape::Shape;
use super::{answer, entries, links, preset};
use crate::model::source::{FetchOutcome, Preset, Source, SourceKind};
use page::SitePage;

/// Paths at which feeds usually stand.
const FEED_PATHS: [&str; 9] = [
    "/feed",
    "/rss",
    "/rss.xml",
    "/feed.xml",
    "/atom.xml",
    "/index.xml",
    "/feeds/posts/default",
    "/feed.json",
    "/en/rss.xml",
];

/// Paths at which sitemaps usually stand, those of news first.
const SITEMAP_PATHS: [&str; 4] =
    ["/news-sitemap.xml", "/sitemap-news.xml", "/sitemap_news.xml", "/sitemap.xml"];

/// How many addresses of one kind are tried.
const MOST_TRIED: usize = 6;

/// The fewest articles that make a page worth reading as a list.
const FEWEST_LISTED: usize = 3;

/// How much of a robots.txt is looked through for sitemaps, in lines.
const ROBOTS_LINES: usize = 2000;

/// Something that can be read, and what it lists now.
#[derive(Debug, Clone, PartialEq)]
pub struct Found {
    /// Its address.
    pub url: String,
    /// How it is read.
    pub kind: SourceKind,
    /// Whose parts it has.
    pub preset: Option<Preset>,
    /// How it was found, in words.
    pub how: &'static str,
    /// What it lists.
    pub feed: Feed,
}

impl Found {
    /// Makes `source` read what was found.
    pub fn apply(&self, source: &mut Source) {
        source.url.clone_from(&self.url);
        source.kind = Some(self.kind);
        source.preset = self.preset;
        source.republishes |= self.preset.is_some_and(preset::republishes);
    }
}

/// An address that may be worth reading.
#[derive(Debug, Clone)]
struct Candidate {
    url: Url,
    shape: Shape,
    how: &'static str,
}

/// Finds what can be read at `address`, the best first; never empty.
pub(super) async fn discover(gatherer: &Gatherer, address: &str) -> Result<Vec<Found>, String> {
    let preview = preset::channel_preview(address);
    let address = preview.as_deref().unwrap_or(address);
    let shown = links::shown(address);
    let failed = |why: String| format!("`{shown}`: {why}");
    let url = Url::parse(address).map_err(|_| failed("this is no address".to_owned()))?;
    if let Some(preset) = preset::of_address(address) {
        return of_preset(gatherer, &url, preset).await.map(|found| vec![found]).map_err(failed);
    }
    let page = match gatherer.document(&url, What::Feed).await {
        Ok(document) => match itself(gatherer, document).await {
            Itself::Readable(found) => return Ok(vec![*found]),
            Itself::Page(page) => *page,
            Itself::Neither(why) => return Err(failed(why)),
        },
        Err(error) if may_have_more(&error) => SitePage::default(),
        Err(error) => return Err(failed(error.to_string())),
    };
    let found = Search::new(gatherer, url).run(page).await;
    if found.is_empty() {
        let why = "no feed, no sitemap and no list of articles was found; look for the outlet's feed, \
            or say with --kind page and --part where the articles stand";
        return Err(failed(why.to_owned()));
    }
    Ok(found)
}

/// Whether a site may be readable although this page of it is not.
fn may_have_more(error: &FetchError) -> bool {
    matches!(
        error.outcome(),
        FetchOutcome::Blocked | FetchOutcome::Gone | FetchOutcome::Robots | FetchOutcome::TooLarge
    )
}

async fn of_preset(gatherer: &Gatherer, url: &Url, preset: Preset) -> Result<Found, String> {
    let parts = preset::parts(preset);
    let shape = match preset::kind(preset) {
        SourceKind::Page => Shape::Page(parts),
        _ => Shape::Json(parts),
    };
    let document = gatherer.document(url, shape.what()).await.map_err(|e| e.to_string())?;
    let (_, feed) = entries::read(gatherer, document, &shape).await;
    let feed = feed.map_err(|e| e.to_string())?;
    let how = "by its address";
    Ok(Found { url: url.to_string(), kind: preset::kind(preset), preset: Some(preset), how, feed })
}

/// What the document at the address is.
enum Itself {
    Readable(Box<Found>),
    Page(Box<SitePage>),
    Neither(String),
}

async fn itself(gatherer: &Gatherer, document: Document) -> Itself {
    let url = document.url.to_string();
    let found = |feed, kind, preset| {
        let how = "it is what the address names";
        Itself::Readable(Box::new(Found { url: url.clone(), kind, preset, how, feed }))
    };
    let (document, read) = entries::read(gatherer, document, &Shape::Any).await;
    let error = match read {
        Ok(feed) => {
            let kind = kind_of(&feed);
            return found(feed, kind, None);
        }
        Err(error) => error,
    };
    let text = decode(&document.body, document.content_type.as_deref());
    if text.trim_start().starts_with(['{', '[']) {
        return match known_answer(&text, &document.url) {
            Some((feed, preset)) => found(feed, SourceKind::Json, Some(preset)),
            None => Itself::Neither(
                "this is JSON; say with --kind json and --part where its entries stand".to_owned(),
            ),
        };
    }
    let html = matches!(&error, FeedError::Other { found, .. } if found.contains("HTML"));
    if !html {
        return Itself::Neither(error.to_string());
    }
    let shared = Arc::clone(&document);
    let read = move || {
        let text = decode(&shared.body, shared.content_type.as_deref());
        SitePage::read(&text, &shared.url)
    };
    Itself::Page(Box::new(apart(gatherer.page_limit(), read).await.unwrap_or_default()))
}

/// An answer of an API whose parts are known, at whatever address.
fn known_answer(text: &str, base: &Url) -> Option<(Feed, Preset)> {
    [Preset::Reliefweb, Preset::Gdelt].into_iter().find_map(|preset| {
        let feed = answer::read(text, Some(base), &preset::parts(preset)).ok()?;
        feed.entries.iter().any(|entry| !entry.url.is_empty()).then_some((feed, preset))
    })
}

/// The kind that a feed was read as.
fn kind_of(feed: &Feed) -> SourceKind {
    match feed.dialect {
        "sitemap" => SourceKind::Sitemap,
        "page" => SourceKind::Page,
        "answer" => SourceKind::Json,
        _ => SourceKind::Feed,
    }
}

/// The search of one site.
struct Search<'a> {
    gatherer: &'a Gatherer,
    site: Url,
    tried: HashSet<String>,
}

impl<'a> Search<'a> {
    fn new(gatherer: &'a Gatherer, site: Url) -> Self {
        Self { gatherer, site, tried: HashSet::new() }
    }

    /// Feeds that the page announces or links to, else a feed at a usual place, else a sitemap, else the page.
    async fn run(mut self, page: SitePage) -> Vec<Found> {
        let announced = candidates(page.announced, &Shape::Feed, "the page announces it");
        let mut found = self.all(announced).await;
        if found.is_empty() {
            found = self.all(candidates(page.linked, &Shape::Feed, "the page links to it")).await;
        }
        if found.is_empty() {
            let usual = self.usual(&FEED_PATHS);
            found = self.first(candidates(usual, &Shape::Feed, "at a usual place for feeds")).await;
        }
        if found.is_empty() {
            let named = self.sitemaps_of_robots().await;
            let named = candidates(named, &Shape::Sitemap, "robots.txt names it");
            found = self.first(named).await;
        }
        if found.is_empty() {
            let usual = candidates(
                self.usual(&SITEMAP_PATHS),
                &Shape::Sitemap,
                "at a usual place for sitemaps",
            );
            found = self.first(usual).await;
        }
        if found.is_empty() && page.listing.entries.len() >= FEWEST_LISTED {
            let (url, feed) = (self.site.to_string(), page.listing);
            let how = "the page lists articles";
            found.push(Found { url, kind: SourceKind::Page, preset: None, how, feed });
        }
        found
    }

    fn usual(&self, paths: &[&str]) -> Vec<Url> {
        paths.iter().filter_map(|path| self.site.join(path).ok()).collect()
    }

    /// Whichever of the candidates can be read, up to the most that are tried.
    async fn all(&mut self, candidates: Vec<Candidate>) -> Vec<Found> {
        let mut found = Vec::new();
        for candidate in candidates.into_iter().take(MOST_TRIED) {
            found.extend(self.try_one(candidate).await);
        }
        found
    }

    /// The first of the candidates that can be read.
    async fn first(&mut self, candidates: Vec<Candidate>) -> Vec<Found> {
        for candidate in candidates {
            if let Some(found) = self.try_one(candidate).await {
                return vec![found];
            }
        }
        Vec::new()
    }

    /// What a candidate lists; none where it cannot be read, lists nothing, or was tried before.
    async fn try_one(&mut self, candidate: Candidate) -> Option<Found> {
        if !self.tried.insert(candidate.url.to_string()) {
            return None;
        }
        let document = self.gatherer.document(&candidate.url, candidate.shape.what()).await.ok()?;
        let (_, feed) = entries::read(self.gatherer, document, &candidate.shape).await;
        let feed = feed.ok().filter(|feed| !feed.entries.is_empty())?;
        let (url, kind) = (candidate.url.to_string(), kind_of(&feed));
        Some(Found { url, kind, preset: None, how: candidate.how, feed })
    }

    /// The sitemaps that robots.txt names, those of news first.
    async fn sitemaps_of_robots(&self) -> Vec<Url> {
        let Ok(url) = self.site.join("/robots.txt") else { return Vec::new() };
        let Ok(document) = self.gatherer.document(&url, What::Page).await else {
            return Vec::new();
        };
        let text = decode(&document.body, document.content_type.as_deref());
        let named = text.lines().take(ROBOTS_LINES).filter_map(|line| {
            let (key, value) = line.split_once(':')?;
            let is_sitemap = key.trim().eq_ignore_ascii_case("sitemap");
            is_sitemap.then(|| url.join(value.trim()).ok()).flatten()
        });
        let mut named: Vec<Url> = named.collect();
        named.sort_by_key(|url| !url.as_str().to_ascii_lowercase().contains("news"));
        named.truncate(MOST_TRIED);
        named
    }
}

fn candidates(urls: Vec<Url>, shape: &Shape, how: &'static str) -> Vec<Candidate> {
    urls.into_iter().map(|url| Candidate { url, shape: shape.clone(), how }).collect()
}
