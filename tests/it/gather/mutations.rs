//! A seeded mutation run over everything that reads foreign bytes: no panic, no reading without end, whatever comes.
//! Sixty seconds by default; `tests/fuzz.sh SECONDS SEED gather` runs it for longer.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::time::{Duration, Instant};

use sitrep::config::gather::GatherConfig;
use sitrep::gather::{Gatherer, decode, feed, html_text, links, page};
use sitrep::model::SystemClock;
use sitrep::model::source::Source;
use url::Url;

/// How long a run takes.
const SECONDS: u64 = 60;

/// What well-formed documents there are to damage.
const DOCUMENTS: [&str; 7] = [
    r#"<?xml version="1.0" encoding="utf-8"?><rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel><title>Valley Post</title><link>https://outlet.example/</link><ttl>30</ttl><item><title>Shelling &amp; clashes near the river</title><link>/news/1?utm_source=rss</link><guid isPermaLink="false">n1</guid><dc:creator>R. Haddad</dc:creator><pubDate>Thu, 25 Jun 2020 10:00:00 +0300</pubDate><description><![CDATA[<p>Two <b>villages</b> were hit.</p>]]></description><content:encoded>&lt;p&gt;One.&lt;/p&gt;</content:encoded></item></channel></rss>"#,
    r#"<feed xmlns="http://www.w3.org/2005/Atom" xml:base="https://b.example/x/"><title type="html">A &amp;lt; B</title><entry><id>tag:1</id><title>Truce</title><link rel="alternate" href="one"/><author><name>Ann</name></author><published>2020-06-25T10:00:00Z</published><content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>A<br/>c</p></div></content></entry></feed>"#,
    r#"<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"><channel rdf:about="x"><title>T</title></channel><item rdf:about="https://c.example/1"><title>Convoy</title><link>https://c.example/1</link></item></rdf:RDF>"#,
    r#"{"version":"https://jsonfeed.org/version/1.1","title":"J","items":[{"id":1,"url":"https://d.example/1","content_html":"<p>Roads \u0633 closed.</p>","date_published":"2020-06-25T10:00:00+02:00","authors":[{"name":"N"}]}]}"#,
    r#"<?xml version="1.0" encoding="UTF-8"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:news="http://www.google.com/schemas/sitemap-news/0.9"><url><loc>https://e.example/news/convoy</loc><lastmod>2020-06-25T10:00:00+03:00</lastmod><news:news><news:publication_date>2020-06-25</news:publication_date><news:title>Convoy &amp; road</news:title></news:news></url><sitemap><loc>/next.xml</loc></sitemap></urlset>"#,
    r#"<!DOCTYPE html><html lang="en"><head><meta charset="windows-1251"><title>Page | Outlet</title><link rel="canonical" href="/a"><meta property="article:published_time" content="2020-06-25T10:00:00Z"><script type="application/ld+json">{"@type":"NewsArticle","headline":"H","articleBody":"Two villages were shelled on Thursday, residents said."}</script></head><body><nav><a href="/">Home</a></nav><article><h1>Page</h1><p>Two villages in the north of the valley were shelled on Thursday, residents said, and the road was closed until noon.</p><table><tr><td>1<td>2</table><ul><li>a<li>b</ul></article></body></html>"#,
    "<html><body><p>قصف على القرية يوم الخميس</p><p>Обстрел деревни продолжался весь день</p></body></html>",
];

/// What is put into them.
const SPLINTERS: [&[u8]; 32] = [
    b"<",
    b">",
    b"</",
    b"/>",
    b"&",
    b"&#x0;",
    b"&#xfffffff;",
    b"&unknown;",
    b"<!--",
    b"-->",
    b"<![CDATA[",
    b"]]>",
    b"<!DOCTYPE x [<!ENTITY a \"b\">]>",
    b"<?xml encoding=\"utf-16\"?>",
    b"\xff\xfe",
    b"\xfe\xff",
    b"\xef\xbb\xbf",
    b"\x00",
    b"\x1b$B",
    b"\xed\xa0\x80",
    b"\"",
    b"'",
    b"=",
    b"{",
    b"}",
    b"[[[[",
    b"\\u",
    b"<script>",
    b"<svg><",
    b"<table><tr><td>",
    b"encoding='koi8-r'",
    b"9999999999999999999",
];

/// xorshift64* (Vigna 2016).
struct Chance(u64);

impl Chance {
    fn next(&mut self) -> u64 {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        self.0.wrapping_mul(0x2545_f491_4f6c_dd1d)
    }

    fn below(&mut self, most: usize) -> usize {
        let most = u64::try_from(most.max(1)).unwrap();
        usize::try_from((self.next() >> 16) % most).unwrap()
    }
}

fn mutated(document: &str, chance: &mut Chance) -> Vec<u8> {
    let mut bytes = document.as_bytes().to_vec();
    for _ in 0..=chance.below(8) {
        let at = chance.below(bytes.len());
        let end = (at + chance.below(60)).min(bytes.len());
        match chance.below(6) {
            0 => drop(bytes.drain(at..end)),
            1 => bytes[at] ^= 1 << chance.below(8),
            2 => bytes.truncate(at.max(1)),
            3 => {
                let part = bytes[at..end].repeat(1 + chance.below(300));
                drop(bytes.splice(at..at, part));
            }
            _ => {
                let splinter = SPLINTERS[chance.below(SPLINTERS.len())];
                drop(bytes.splice(at..at, splinter.iter().copied()));
            }
        }
        if bytes.is_empty() {
            bytes.push(b'<');
        }
    }
    bytes
}

/// A source of each kind that reads documents.
fn sources() -> Vec<Source> {
    let source = |kind: &str| {
        let source = serde_json::json!({
            "id": kind, "name": "A", "url": "https://outlet.example/feeds/all", "kind": kind
        });
        serde_json::from_value(source).unwrap()
    };
    ["feed", "sitemap", "page"].map(source).into()
}

/// Reads bytes in every way that gathering does. The limits of what comes out are those of what goes in.
fn read(bytes: &[u8], content_type: Option<&str>, base: &Url, gatherer: &Gatherer) {
    for source in sources() {
        if let Ok(listed) = gatherer.list_saved(bytes, &source) {
            assert!(listed.entries.len() <= bytes.len(), "{}", source.id);
        }
    }
    let text = decode::decode(bytes, content_type);
    assert!(text.len() <= bytes.len() * 4 + 16);
    if let Ok(feed) = feed::read(bytes, content_type, Some(base)) {
        assert!(feed.entries.len() <= feed::MOST_ENTRIES);
        for entry in feed.entries {
            assert!(links::canonical(&entry.url).len() <= entry.url.len() * 3 + 64);
        }
    }
    assert!(html_text::html_to_text(&text).len() <= text.len() * 2 + 64);
    let read = page::read(text.into_owned(), Some(base.clone()), Duration::from_secs(20));
    assert!(!matches!(read, Err(page::PageError::Limit(_))), "{read:?}");
}

#[expect(
    clippy::disallowed_methods,
    reason = "the script sets how long it runs, and from which seed"
)]
fn setting(name: &str) -> Option<u64> {
    std::env::var(name).ok().and_then(|text| text.parse().ok())
}

#[test]
#[expect(clippy::print_stderr, reason = "a long run says where it began and how far it got")]
fn damaged_documents_are_read_without_a_panic_and_within_limits() {
    let seed = setting("SITREP_MUTATION_SEED").unwrap_or(1);
    let seconds = setting("SITREP_MUTATION_SECONDS").unwrap_or(SECONDS);
    let end = Instant::now() + Duration::from_secs(seconds);
    let gatherer = Gatherer::new(&GatherConfig::default(), Arc::new(SystemClock)).unwrap();
    let base = Url::parse("https://outlet.example/feeds/all").unwrap();
    let types = [
        None,
        Some("text/xml; charset=utf-16"),
        Some("text/html; charset=gbk"),
        Some("application/json"),
    ];
    let mut chance = Chance(seed.max(1));
    let mut done = 0_u64;
    while Instant::now() < end {
        let document = DOCUMENTS[chance.below(DOCUMENTS.len())];
        let bytes = mutated(document, &mut chance);
        let content_type = types[chance.below(types.len())];
        let reading = AssertUnwindSafe(|| read(&bytes, content_type, &base, &gatherer));
        let read = catch_unwind(reading);
        assert!(
            read.is_ok(),
            "seed {seed}, document {done}: {:?}",
            String::from_utf8_lossy(&bytes)
        );
        done += 1;
    }
    eprintln!("{done} documents from seed {seed}");
}
