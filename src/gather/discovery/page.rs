//! What a site's page says of its feeds.

use trafilatura::dom::Document;
use url::Url;

use crate::gather::feed::Feed;
use crate::gather::nesting::is_hostile;
use crate::gather::{links, listing};
use crate::model::source::Parts;

/// Types by which pages announce feeds.
const FEED_TYPES: [&str; 4] = ["rss", "atom", "feed+json", "rdf"];

/// How many links of a page are looked at.
const MOST_LINKS: usize = 5000;

/// How many feeds of a page are kept.
const MOST_KEPT: usize = 64;

/// A page of a site, as far as it leads to articles.
#[derive(Debug, Default)]
pub(super) struct SitePage {
    /// Feeds that it announces, those of comments last.
    pub(super) announced: Vec<Url>,
    /// Links that look like feeds.
    pub(super) linked: Vec<Url>,
    /// The articles that it links to.
    pub(super) listing: Feed,
}

impl SitePage {
    /// Reads a page that came from `address`.
    pub(super) fn read(html: &str, address: &Url) -> Self {
        if is_hostile(html) {
            return Self::default();
        }
        let doc = Document::parse(html);
        let listing = listing::read(html, Some(address), &Parts::default()).unwrap_or_default();
        Self { announced: announced(&doc, address), linked: linked(&doc, address), listing }
    }
}

fn announced(doc: &Document, address: &Url) -> Vec<Url> {
    let links = doc.query_selector_all(doc.root(), r#"link[rel~="alternate"][href]"#);
    let feeds = links.into_iter().filter(|link| {
        let kind = doc.get_attribute(*link, "type").unwrap_or_default().to_ascii_lowercase();
        FEED_TYPES.iter().any(|feed| kind.contains(feed))
    });
    let named = feeds.filter_map(|link| {
        let title = doc.get_attribute(link, "title").unwrap_or_default();
        Some((url(address, &doc.get_attribute(link, "href")?)?, title))
    });
    let mut named: Vec<(Url, String)> = named.collect();
    named.sort_by_key(|(url, title)| is_of_comments(url.as_str()) || is_of_comments(title));
    once(named.into_iter().map(|(url, _)| url))
}

fn linked(doc: &Document, address: &Url) -> Vec<Url> {
    let links = doc.query_selector_all(doc.root(), "a[href]").into_iter().take(MOST_LINKS);
    let urls = links.filter_map(|link| url(address, &doc.get_attribute(link, "href")?));
    once(urls.filter(|url| is_feed_like(url) && !is_of_comments(url.as_str())))
}

fn url(address: &Url, href: &str) -> Option<Url> {
    let url = Url::parse(&links::resolve(Some(address), href)).ok()?;
    matches!(url.scheme(), "http" | "https").then_some(url)
}

/// Whether an address looks like that of a feed.
fn is_feed_like(url: &Url) -> bool {
    let path = url.path().trim_end_matches('/').to_ascii_lowercase();
    let last = path.rsplit('/').next().unwrap_or("");
    let ends = [".rss", ".atom", ".rdf", "feed.xml", "rss.xml", "atom.xml", "feed.json"];
    matches!(last, "rss" | "feed" | "atom" | "rss2") || ends.iter().any(|end| last.ends_with(end))
}

fn is_of_comments(text: &str) -> bool {
    text.to_lowercase().contains("comment")
}

/// Each address once, in order.
fn once(urls: impl Iterator<Item = Url>) -> Vec<Url> {
    let mut kept: Vec<Url> = Vec::new();
    for url in urls {
        if kept.len() < MOST_KEPT && !kept.contains(&url) {
            kept.push(url);
        }
    }
    kept
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn announced_feeds_come_first_and_those_of_comments_last() {
        let html = r#"<link rel=alternate type=application/rss+xml title="Comments" href=/comments/feed>
            <link rel="home alternate" type="application/atom+xml" href=/atom><link rel=alternate hreflang=ar href=/ar>
            <a href=/news/feed/>RSS</a><a href="mailto:x@y.example">x</a><a href=/news/feeding-the-city>story</a>"#;
        let address = Url::parse("https://outlet.example/news/").unwrap();
        let page = SitePage::read(html, &address);
        let paths = |urls: &[Url]| urls.iter().map(|u| u.path().to_owned()).collect::<Vec<_>>();
        assert_eq!(paths(&page.announced), ["/atom", "/comments/feed"]);
        assert_eq!(paths(&page.linked), ["/news/feed/"]);
    }
}
