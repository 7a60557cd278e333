//! Older pages of a source: the archive behind a feed for a backfill, and what no longer fits on the newest page.

use std::collections::HashSet;

use jiff::Timestamp;
use url::Url;

use super::entries;
use super::feed::{Entry, Feed};
use super::gatherer::{Gatherer, Known};
use super::links;
use super::shape::Shape;

/// The most pages of one archive that are read.
const MOST_PAGES: usize = 500;

/// How many older pages are read to find the place where the last look ended.
const MOST_CAUGHT_UP: usize = 10;

/// Adds older pages to `feed` as long as nothing on the last one is known: more was written since the last look than
/// one page holds. Only where the source links them; gives notes on what was not read.
pub(super) async fn catch_up(
    gatherer: &Gatherer,
    feed: &mut Feed,
    address: &Url,
    shape: &Shape,
    known: Known<'_>,
) -> Vec<String> {
    let mut seen: HashSet<String> = feed.entries.iter().map(key).collect();
    let mut page = addresses(&feed.entries);
    for _ in 0..MOST_CAUGHT_UP {
        let next = feed.older.as_deref().and_then(|older| address.join(older).ok());
        let Some(url) = next.filter(|_| !page.is_empty()) else { return Vec::new() };
        if !known.known(&page).await.is_empty() {
            return Vec::new();
        }
        let found = match read(gatherer, &url, shape).await {
            Ok(found) => found,
            Err(why) => return vec![unread(&url, &why)],
        };
        feed.older = found.older;
        let new = found.entries.into_iter().filter(|entry| seen.insert(key(entry)));
        let new: Vec<Entry> = new.collect();
        page = addresses(&new);
        feed.entries.extend(new);
    }
    vec![format!(
        "nothing of {MOST_CAUGHT_UP} older pages was known; `sitrep gather --backfill` reads further back"
    )]
}

/// The addresses by which entries are known. Without one an entry says nothing of where the last look ended.
fn addresses(entries: &[Entry]) -> Vec<String> {
    let web = entries.iter().filter(|entry| entry.url.starts_with("http"));
    web.map(|entry| links::canonical(&entry.url)).collect()
}

fn unread(url: &Url, why: &str) -> String {
    format!("older page `{}`: {why}", links::shown(url.as_str()))
}

/// Adds the entries of older pages to `feed`, back to `since`: where the feed links them (RFC 5005, JSON Feed), and as
/// `WordPress` numbers them. Gives notes on what was not read.
pub(super) async fn complete(
    gatherer: &Gatherer,
    feed: &mut Feed,
    address: &Url,
    shape: &Shape,
    since: Timestamp,
) -> Vec<String> {
    let mut seen: HashSet<String> = feed.entries.iter().map(key).collect();
    let mut next = older(feed, address, 1);
    for page in 2..=MOST_PAGES {
        let Some(url) = next else { return Vec::new() };
        let read = read(gatherer, &url, shape).await;
        let found = match read {
            Ok(found) => found,
            // WordPress ends its archive with a 404.
            Err(_) if feed.older.is_none() => return Vec::new(),
            Err(why) => return vec![unread(&url, &why)],
        };
        next = older(&found, &url, page);
        let before = seen.len();
        let new = found.entries.into_iter().filter(|entry| seen.insert(key(entry)));
        let new: Vec<Entry> = new.collect();
        if seen.len() == before || new.iter().all(|entry| is_older(entry, since)) {
            return Vec::new();
        }
        feed.entries.extend(new);
    }
    vec![format!("the archive has more than {MOST_PAGES} pages; the rest was not read")]
}

async fn read(gatherer: &Gatherer, url: &Url, shape: &Shape) -> Result<Feed, String> {
    let document = gatherer.document(url, shape.what()).await.map_err(|error| error.to_string())?;
    let (_, feed) = entries::read(gatherer, document, shape).await;
    feed.map_err(|error| error.to_string())
}

/// Where the page after the `page`th is.
fn older(feed: &Feed, address: &Url, page: usize) -> Option<Url> {
    if let Some(linked) = &feed.older {
        return address.join(linked).ok();
    }
    if !feed.generator.to_ascii_lowercase().contains("wordpress") {
        return None;
    }
    let mut url = address.clone();
    let others = url.query_pairs().filter(|(key, _)| key != "paged");
    let others: Vec<_> = others.map(|(k, v)| (k.into_owned(), v.into_owned())).collect();
    url.query_pairs_mut()
        .clear()
        .extend_pairs(others)
        .append_pair("paged", &(page + 1).to_string());
    Some(url)
}

fn key(entry: &Entry) -> String {
    if entry.id.is_empty() { entry.url.clone() } else { entry.id.clone() }
}

fn is_older(entry: &Entry, since: Timestamp) -> bool {
    entry.published.as_ref().is_some_and(|at| at.timestamp() < since)
}
