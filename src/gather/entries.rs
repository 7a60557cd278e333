//! From a document to its entries, whatever shape it has; from an index of sitemaps on to those that it names.

use std::collections::HashSet;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;

use jiff::{Timestamp, Zoned};
use url::Url;

use super::challenge::is_challenge;
use super::decode::decode;
use super::feed::{self, Feed, FeedError};
use super::gatherer::Gatherer;
use super::http::{Document, What, unpack};
use super::limit::apart;
use super::shape::Shape;
use super::sitemap::{self, Map, Sitemap};
use super::{answer, links, listing};
use crate::model::source::Parts;

/// How many sitemaps of an index are fetched in one run …
const MOST_FOLLOWED: usize = 5;

/// Up to this length, in bytes, a feed is read in place.
const READ_IN_PLACE: usize = 64 << 10;

/// … and in a backfill.
const MOST_OF_ARCHIVE: usize = 500;

/// What a document holds.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Parsed {
    /// Entries.
    Feed(Feed),
    /// Addresses, old and new, and further sitemaps.
    Sitemap(Sitemap),
}

/// Reads the entries of a document on a thread of its own, and gives the document back.
pub(super) async fn read(
    gatherer: &Gatherer,
    document: Document,
    shape: &Shape,
) -> (Arc<Document>, Result<Feed, FeedError>) {
    let document = Arc::new(document);
    let read = match limited(gatherer, &document, shape).await {
        Ok(Parsed::Feed(feed)) => Ok(feed),
        Ok(Parsed::Sitemap(map)) => {
            let oldest =
                gatherer.since.unwrap_or_else(|| sitemap::oldest_news(gatherer.clock.now()));
            follow(gatherer, map, &document.url, oldest).await.map(|mut feed| {
                sitemap::keep_news(&mut feed, oldest);
                feed
            })
        }
        Err(error) => Err(error),
    };
    (document, read)
}

/// Reads a document within the limits of time and size.
async fn limited(
    gatherer: &Gatherer,
    document: &Arc<Document>,
    shape: &Shape,
) -> Result<Parsed, FeedError> {
    let (limit, most) = (gatherer.page_limit(), gatherer.feed_limit());
    let short = document.body.len() <= READ_IN_PLACE && !is_packed(&document.body);
    if short && matches!(shape, Shape::Any | Shape::Feed) {
        return in_place(document, shape, most);
    }
    let (shared, shape) = (Arc::clone(document), shape.clone());
    let read = move || {
        parse(&shared.body, shared.content_type.as_deref(), Some(&shared.url), &shape, most)
    };
    apart(limit, read).await.unwrap_or(Err(FeedError::Panicked))
}

/// Reads a short feed here and now: to hand it to another thread would take as long. Its readers go through it once,
/// without recursion, so that only a panic is left to be contained.
fn in_place(document: &Document, shape: &Shape, most: usize) -> Result<Parsed, FeedError> {
    let read = || {
        parse(&document.body, document.content_type.as_deref(), Some(&document.url), shape, most)
    };
    catch_unwind(AssertUnwindSafe(read)).unwrap_or(Err(FeedError::Panicked))
}

/// Reads the bytes of a document, which may be packed by gzip; unpacked they are at most `most` bytes.
pub(super) fn parse(
    bytes: &[u8],
    content_type: Option<&str>,
    base: Option<&Url>,
    shape: &Shape,
    most: usize,
) -> Result<Parsed, FeedError> {
    let unpacked =
        if is_packed(bytes) { Some(unpack(bytes.to_vec(), "gzip", most)?) } else { None };
    let text = match &unpacked {
        Some(bytes) => decode(bytes, None),
        None => decode(bytes, content_type),
    };
    if text.trim().is_empty() {
        return Err(FeedError::Nothing);
    }
    match shape {
        Shape::Feed | Shape::Files => feed::read_text(&text, base).map(Parsed::Feed),
        Shape::Any => match feed::read_text(&text, base) {
            Err(error) => sitemap::read(&text, base).map(Parsed::Sitemap).map_err(|_| error),
            Ok(feed) => Ok(Parsed::Feed(feed)),
        },
        Shape::Sitemap => sitemap::read(&text, base).map(Parsed::Sitemap),
        Shape::Page(parts) => {
            let feed = listing::read(&text, base, parts)?;
            let challenge = feed.entries.is_empty() && is_challenge(&text);
            if challenge { Err(FeedError::Challenge) } else { Ok(Parsed::Feed(feed)) }
        }
        Shape::Json(parts) => answer::read(&text, base, parts).map(Parsed::Feed),
    }
}

/// Whether a document is packed by gzip, whatever its headers say.
fn is_packed(bytes: &[u8]) -> bool {
    bytes.starts_with(&[0x1f, 0x8b])
}

/// Reads the entries of a saved document, old news too. Without a kind, a page is read as one that lists articles.
pub(super) fn saved(bytes: &[u8], shape: &Shape, most: usize) -> Result<Feed, FeedError> {
    let listed = match parse(bytes, None, None, shape, most) {
        Err(error) if *shape == Shape::Files => {
            let page = Shape::Page(Parts::default());
            let others = [Shape::Any, page].into_iter();
            let read =
                others.map(|shape| parse(bytes, None, None, &shape, most)).find_map(Result::ok);
            read.filter(Parsed::holds_entries).ok_or(error)?
        }
        listed => listed?,
    };
    Ok(match listed {
        Parsed::Feed(feed) => feed,
        Parsed::Sitemap(map) => {
            let note = |map: &Map| format!("it names the sitemap `{}`", links::shown(&map.url));
            let notes = map.maps.iter().map(note).collect();
            Feed { notes, ..map.feed }
        }
    })
}

impl Parsed {
    fn holds_entries(&self) -> bool {
        match self {
            Self::Feed(feed) => !feed.entries.is_empty(),
            Self::Sitemap(map) => !map.feed.entries.is_empty() || !map.maps.is_empty(),
        }
    }
}

/// Fetches the sitemaps of an index that most likely hold news; one that cannot be read is noted.
async fn follow(
    gatherer: &Gatherer,
    first: Sitemap,
    url: &Url,
    oldest: Timestamp,
) -> Result<Feed, FeedError> {
    let most = if gatherer.since.is_some() { MOST_OF_ARCHIVE } else { MOST_FOLLOWED };
    let mut feed = first.feed.clone();
    let mut waiting = first.newest_maps();
    let mut seen = HashSet::from([url.to_string()]);
    let mut failed = Vec::new();
    feed.followed = !waiting.is_empty();
    while seen.len() <= most && !waiting.is_empty() {
        let map = waiting.remove(0);
        if !seen.insert(map.url.clone()) || is_old(&map, oldest) {
            continue;
        }
        match fetch(gatherer, &map).await {
            Ok(next) => {
                feed.title = [feed.title, next.feed.title.clone()]
                    .into_iter()
                    .find(|t| !t.is_empty())
                    .unwrap_or_default();
                feed.language = feed.language.or_else(|| next.feed.language.clone());
                feed.entries.extend(next.feed.entries.iter().cloned());
                waiting.splice(0..0, next.newest_maps());
            }
            Err(why) => failed.push(format!("sitemap `{}`: {why}", links::shown(&map.url))),
        }
    }
    if feed.entries.is_empty() && !failed.is_empty() {
        return Err(FeedError::Followed { why: failed.swap_remove(0) });
    }
    feed.notes.append(&mut failed);
    Ok(feed)
}

/// Whether a sitemap did not change since.
fn is_old(map: &Map, oldest: Timestamp) -> bool {
    map.changed.as_ref().map(Zoned::timestamp).is_some_and(|at| at < oldest)
}

async fn fetch(gatherer: &Gatherer, map: &Map) -> Result<Sitemap, String> {
    let url = Url::parse(&map.url).map_err(|_| "it is no address".to_owned())?;
    let document = gatherer.document(&url, What::Feed).await.map_err(|e| e.to_string())?;
    match limited(gatherer, &Arc::new(document), &Shape::Sitemap).await {
        Ok(Parsed::Sitemap(map)) => Ok(map),
        Ok(Parsed::Feed(feed)) => Ok(Sitemap { feed, ..Sitemap::default() }),
        Err(error) => Err(error.to_string()),
    }
}
