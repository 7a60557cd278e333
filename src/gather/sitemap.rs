//! Sitemaps: lists of addresses, those of news with title and date, and indexes of further sitemaps.

use jiff::{SignedDuration, Timestamp, Zoned};
use url::Url;

use super::feed::{DEEPEST, Entry, Feed, FeedError, MOST_ENTRIES, document_of};
use super::xml::{Names, Tag, Token, Tokens};
use super::{address, dates, html_text, links};

/// For how many days an address of a sitemap is news: sitemaps of news hold two days, others all that the outlet
/// ever wrote.
const NEWS_DAYS: i64 = 7;

/// How many further sitemaps of an index are remembered.
const MOST_MAPS: usize = 10_000;

/// A sitemap as read.
#[derive(Debug, Clone, PartialEq, Default)]
pub(super) struct Sitemap {
    /// Its addresses as entries.
    pub(super) feed: Feed,
    /// The sitemaps that it names, where it is an index.
    pub(super) maps: Vec<Map>,
}

/// A sitemap that an index names.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Map {
    pub(super) url: String,
    pub(super) changed: Option<Zoned>,
}

impl Sitemap {
    /// The sitemaps of an index, those most likely to hold news first: named so, then changed last, then the last by
    /// name, since outlets number them by month or in order.
    pub(super) fn newest_maps(mut self) -> Vec<Map> {
        let rank = |map: &Map| {
            let name = map.url.to_ascii_lowercase();
            let of_news = name.contains("news") || name.contains("latest");
            let of_articles = ["post", "article", "stor"].iter().any(|word| name.contains(word));
            let changed = map.changed.as_ref().map(Zoned::timestamp);
            (of_news, changed, of_articles, name)
        };
        self.maps.sort_by_cached_key(|map| std::cmp::Reverse(rank(map)));
        self.maps
    }
}

/// Reads a sitemap or an index of sitemaps.
pub(super) fn read(text: &str, base: Option<&Url>) -> Result<Sitemap, FeedError> {
    let mut build = Build { base, ..Build::default() };
    for token in Tokens::new(text) {
        build.take(token)?;
    }
    build.finish()
}

#[derive(Default)]
struct Build<'a> {
    base: Option<&'a Url>,
    names: Names,
    stack: Vec<String>,
    map: Sitemap,
    entry: Entry,
    text: String,
}

impl Build<'_> {
    fn take(&mut self, token: Token<'_>) -> Result<(), FeedError> {
        match token {
            Token::Open(tag) => self.open(&tag)?,
            Token::Close(name) => self.close(&name),
            Token::Text(text) => self.text.push_str(&text),
        }
        Ok(())
    }

    fn open(&mut self, tag: &Tag) -> Result<(), FeedError> {
        for (name, value) in &tag.attributes {
            self.names.declare(name, value);
        }
        let name = self.names.fold(&tag.name);
        if self.stack.is_empty() && !matches!(name.as_str(), "urlset" | "sitemapindex") {
            return Err(FeedError::Other { found: document_of(&name), wanted: "a sitemap" });
        }
        if self.stack.len() >= DEEPEST {
            return Err(FeedError::TooDeep);
        }
        self.text.clear();
        if matches!(name.as_str(), "url" | "sitemap") {
            self.end_entry(&name);
        }
        if !tag.empty {
            self.stack.push(name);
        }
        Ok(())
    }

    fn close(&mut self, name: &str) {
        let name = self.names.fold(name);
        let Some(place) = self.stack.iter().rposition(|open| *open == name) else { return };
        // The root stays: what follows a stray end tag still belongs to the map.
        self.stack.truncate(place.max(1));
        self.field(&name);
        self.text.clear();
        if matches!(name.as_str(), "url" | "sitemap") {
            self.end_entry(&name);
        }
    }

    fn field(&mut self, name: &str) {
        let text = self.text.trim();
        match name {
            "loc" if self.entry.url.is_empty() => {
                self.entry.url = links::resolve(self.base, text);
                self.entry.id.clone_from(&self.entry.url);
            }
            "lastmod" => self.entry.changed = dates::parse(text),
            "news:publication_date" => self.entry.published = dates::parse(text),
            "news:title" => self.entry.title = html_text::html_to_title(text),
            "news:author" => self.entry.author = Some(html_text::html_to_title(text)),
            "news:language" if self.map.feed.language.is_none() => {
                self.map.feed.language = Some(text.to_ascii_lowercase());
            }
            "news:name" if self.map.feed.title.is_empty() => {
                self.map.feed.title = html_text::html_to_title(text);
            }
            _ => {}
        }
    }

    /// Keeps what was collected of an address.
    fn end_entry(&mut self, name: &str) {
        let entry = std::mem::take(&mut self.entry);
        if entry.url.is_empty() {
            return;
        }
        if name == "url" {
            self.map.feed.entries.push(entry);
        } else if self.map.maps.len() < MOST_MAPS {
            self.map.maps.push(Map { url: entry.url, changed: entry.changed });
        }
    }

    fn finish(mut self) -> Result<Sitemap, FeedError> {
        if self.stack.is_empty() {
            let found = "neither XML nor JSON".to_owned();
            return Err(FeedError::Other { found, wanted: "a sitemap" });
        }
        self.end_entry("url");
        self.map.feed.dialect = "sitemap";
        Ok(self.map)
    }
}

/// Leaves the addresses that may be news since `oldest`: dated, not older, and of an article where nothing but the
/// address tells; the newest first.
pub(super) fn keep_news(feed: &mut Feed, oldest: Timestamp) {
    let (mut old, mut undated, mut others) = (0, 0, 0);
    feed.entries.retain(|entry| match date_of(entry) {
        None => count(&mut undated),
        Some(date) if date < oldest => count(&mut old),
        _ if entry.title.is_empty() && !address::is_article(&entry.url) => count(&mut others),
        _ => true,
    });
    newest_first(feed);
    let mut note = |count: usize, why: &str| {
        if count > 0 {
            feed.notes.push(format!("{count} addresses of the sitemap were left out: {why}"));
        }
    };
    note(undated, "they have no date, so nothing tells whether they are new");
    note(old, &format!("they changed before {}", oldest.strftime("%F")));
    note(others, "they do not look like articles");
}

/// What is older than this is no news at `now`.
pub(super) fn oldest_news(now: Timestamp) -> Timestamp {
    now.saturating_sub(SignedDuration::from_hours(24 * NEWS_DAYS)).unwrap_or(now)
}

/// Sorts the entries by date and leaves as many as are read at once.
fn newest_first(feed: &mut Feed) {
    feed.entries.sort_by_cached_key(|entry| std::cmp::Reverse(date_of(entry)));
    feed.truncated |= feed.entries.len() > MOST_ENTRIES;
    feed.entries.truncate(MOST_ENTRIES);
}

fn date_of(entry: &Entry) -> Option<Timestamp> {
    entry.published.as_ref().or(entry.changed.as_ref()).map(Zoned::timestamp)
}

/// Counts one more that is left out.
fn count(number: &mut usize) -> bool {
    *number += 1;
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sitemap(text: &str) -> Sitemap {
        read(text, Url::parse("https://outlet.example/map.xml").ok().as_ref()).unwrap()
    }

    #[test]
    fn a_sitemap_of_news_gives_title_date_and_language() {
        let map = sitemap(
            r#"<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:n="http://www.google.com/schemas/sitemap-news/0.9"
            xmlns:image="http://www.google.com/schemas/sitemap-image/1.1"><url><loc>/news/one</loc><image:image><image:loc>https://x.example/i.jpg</image:loc></image:image>
            <n:news><n:publication><n:name>Valley Post</n:name><n:language>en</n:language></n:publication>
            <n:publication_date>2020-06-25T10:00:00+03:00</n:publication_date><n:title>Shelling &amp;amp; talks</n:title></n:news></url></urlset>"#,
        );
        let entry = &map.feed.entries[0];
        assert_eq!(
            (entry.url.as_str(), entry.title.as_str()),
            ("https://outlet.example/news/one", "Shelling & talks")
        );
        assert_eq!(entry.published.as_ref().unwrap().hour(), 10);
        assert_eq!(
            (map.feed.title.as_str(), map.feed.language.as_deref()),
            ("Valley Post", Some("en"))
        );
    }

    #[test]
    fn an_index_names_its_maps_those_of_news_and_the_newest_first() {
        let map = |name: &str, changed: &str| {
            format!("<sitemap><loc>/{name}.xml</loc><lastmod>{changed}</lastmod></sitemap>")
        };
        let text = ["pages", "posts-2020-06", "posts-2020-05", "news"].map(|name| {
            map(name, if name == "posts-2020-06" { "2020-06-25" } else { "2020-05-31" })
        });
        let maps = sitemap(&format!("<sitemapindex>{}</sitemapindex>", text.concat()));
        let urls: Vec<String> = maps.newest_maps().into_iter().map(|map| map.url).collect();
        assert_eq!(
            urls,
            ["news", "posts-2020-06", "posts-2020-05", "pages"]
                .map(|name| format!("https://outlet.example/{name}.xml"))
        );
    }

    #[test]
    fn only_what_may_be_news_is_kept_the_newest_first() {
        let url = |path: &str, date: &str| {
            format!("<url><loc>/{path}</loc><lastmod>{date}</lastmod></url>")
        };
        let mut feed = sitemap(&format!(
            "<urlset>{}{}{}{}<url><loc>/x/undated-story-of-today</loc></url></urlset>",
            url("x/a-bridge-was-closed", "2020-06-24"),
            url("x/two-villages-were-shelled", "2020-06-25"),
            url("x/an-old-story-of-may", "2020-05-01"),
            url("about", "2020-06-25"),
        ))
        .feed;
        keep_news(&mut feed, oldest_news("2020-06-26T00:00:00Z".parse().unwrap()));
        let urls: Vec<&str> = feed.entries.iter().map(|entry| entry.url.as_str()).collect();
        assert_eq!(
            urls,
            [
                "https://outlet.example/x/two-villages-were-shelled",
                "https://outlet.example/x/a-bridge-was-closed"
            ]
        );
        assert_eq!(feed.notes.len(), 3);
    }

    #[test]
    fn what_is_no_sitemap_is_named() {
        let no = |text: &str| read(text, None).unwrap_err().to_string();
        assert_eq!(no("<rss></rss>"), "this is a feed, not a sitemap");
        assert_eq!(no("<!DOCTYPE html><html></html>"), "this is an HTML page, not a sitemap");
        assert_eq!(no("hello"), "this is neither XML nor JSON, not a sitemap");
    }

    #[test]
    fn a_damaged_sitemap_is_read_as_far_as_it_goes() {
        let map = sitemap("<urlset><url><loc>/a</loc><lastmod>2020-06-25</url><url><loc>/b</loc>");
        assert_eq!(map.feed.entries.len(), 2);
    }

    #[test]
    fn s_3_a_million_levels_of_a_sitemap_are_refused() {
        let text = format!("<urlset>{}", "<a>".repeat(1_000_000));
        assert_eq!(read(&text, None), Err(FeedError::TooDeep));
    }
}
