//! Readers of foreign documents on documents that were damaged at random, always in the same way.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::time::{Duration, Instant};

use url::Url;

use super::entries::{Parsed, parse};
use super::preset;
use super::shape::Shape;
use crate::model::source::{Parts, Preset};

/// For how long documents are damaged and read.
const LASTS: Duration = Duration::from_secs(5);

/// How much of a document its entries may hold in all: HTML entities and resolved addresses are longer than what
/// stands for them, never by much.
const MOST_GROWTH: usize = 64;

const SITEMAP: &str = r#"<?xml version="1.0" encoding="UTF-8"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:news="http://www.google.com/schemas/sitemap-news/0.9">
<url><loc>https://outlet.example/news/two-villages-were-shelled</loc><lastmod>2020-06-25T10:00:00+03:00</lastmod><news:news><news:publication><news:name>Valley Post</news:name>
<news:language>en</news:language></news:publication><news:publication_date>2020-06-25</news:publication_date><news:title><![CDATA[Two villages &amp; a road]]></news:title></news:news></url>
<sitemap><loc>/next.xml</loc></sitemap></urlset>"#;

const PAGE: &str = r#"<!DOCTYPE html><html lang="en"><head><base href="/news/"><title>Valley Post</title></head><body><nav><a href="/about">About</a></nav>
<article class="tgme_widget_message" data-post="v/1"><h2><a href="two-villages-were-shelled?utm_source=x">Two villages were shelled at dawn</a></h2><time datetime="2020-06-25T10:00:00Z">25 June 2020</time>
<div class="js-message_text"><p>Residents said that the shelling began at dawn and lasted for two hours.<br>Calm &nbsp; since.</p></div><a class="tgme_widget_message_date" href="https://t.me/v/1"><time datetime="2020-06-25"></time></a></article></body></html>"#;

const ANSWER: &str = r#"{"articles":[{"url":"https://a.example/x","title":"T &lt;b&gt;x","seendate":"20200625T070500Z","domain":"a.example","n":[1,2.5e3,null,true,"\u0041\ud83d\ude00"]}],"items":[{"id":7,"url":"a"}]}"#;

const FEED: &str = r#"<rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><title>Valley Post</title><item><title>Shelling &amp;amp; talks</title><link>/news/1</link>
<pubDate>Thu, 25 Jun 2020 10:00:00 +0300</pubDate><description><![CDATA[<p>One.</p><p>Two&nbsp;more.</p>]]></description><dc:creator>A. Lee</dc:creator></item></channel></rss>"#;

/// Pieces that readers stumble over.
const PIECES: [&[u8]; 20] = [
    b"<",
    b">",
    b"&",
    b"]]>",
    b"<![CDATA[",
    b"<!--",
    b"</",
    b"/>",
    b"\"",
    b"'",
    b"\0",
    b"\xff\xfe",
    b"&#x110000;",
    b"&nbsp;",
    b"{",
    b"[",
    b"<a>",
    b"\xd8\x00",
    b"<svg>",
    b"-99999999999999999999",
];

#[test]
fn readers_survive_documents_that_were_damaged_at_random() {
    let cases = [
        (SITEMAP, Shape::Sitemap),
        (SITEMAP, Shape::Any),
        (PAGE, Shape::Page(Parts::default())),
        (PAGE, Shape::Page(preset::parts(Preset::Telegram))),
        (ANSWER, Shape::Json(preset::parts(Preset::Gdelt))),
        (ANSWER, Shape::Feed),
        (FEED, Shape::Any),
    ];
    let base = Url::parse("https://outlet.example/map").unwrap();
    let (mut dice, started, mut read) = (Dice(0x5eed), Instant::now(), 0);
    while started.elapsed() < LASTS {
        for (number, (text, shape)) in cases.iter().enumerate() {
            let damaged = damage(text.as_bytes(), &mut dice);
            let result = catch_unwind(AssertUnwindSafe(|| {
                parse(&damaged, None, Some(&base), shape, 5 << 20)
            }));
            let Ok(result) = result else {
                panic!("case {number}, document {read}: {:?}", String::from_utf8_lossy(&damaged))
            };
            let held = result.map_or(0, |parsed| held(&parsed));
            assert!(
                held <= MOST_GROWTH * damaged.len() + 4096,
                "case {number}, document {read}: {held}"
            );
            read += 1;
        }
    }
    assert!(read > cases.len());
}

/// The bytes that entries hold.
fn held(parsed: &Parsed) -> usize {
    let (feed, maps) = match parsed {
        Parsed::Feed(feed) => (feed, 0),
        Parsed::Sitemap(map) => (&map.feed, map.maps.iter().map(|map| map.url.len()).sum()),
    };
    let entries = feed.entries.iter();
    maps + entries.map(|e| e.id.len() + e.url.len() + e.title.len() + e.text.len()).sum::<usize>()
}

/// A generator of numbers that are always the same (Marsaglia's xorshift).
struct Dice(u64);

impl Dice {
    /// A number below `most`.
    fn below(&mut self, most: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 >> 33).unwrap() % most.max(1)
    }
}

/// Changes, cuts, repeats and adds in one to eight places.
fn damage(bytes: &[u8], dice: &mut Dice) -> Vec<u8> {
    let mut bytes = bytes.to_vec();
    for _ in 0..=dice.below(8) {
        let at = dice.below(bytes.len());
        let end = (at + dice.below(40)).min(bytes.len());
        match dice.below(6) {
            0 => bytes.truncate(at),
            1 => drop(bytes.drain(at..end)),
            2 => drop(bytes.splice(at..at, PIECES[dice.below(PIECES.len())].iter().copied())),
            3 => {
                let piece = bytes[at..end].repeat(1 + dice.below(50));
                drop(bytes.splice(at..at, piece));
            }
            4 if !bytes.is_empty() => bytes[at] = u8::try_from(dice.below(256)).unwrap(),
            _ => {
                let piece = PIECES[dice.below(PIECES.len())].repeat(1 + dice.below(200));
                drop(bytes.splice(at..at, piece));
            }
        }
    }
    bytes
}
