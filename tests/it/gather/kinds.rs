//! Kinds of sources beyond feeds and folders: sitemaps, listing pages, answers of APIs.

use std::io::Write;

use flate2::Compression;
use flate2::write::GzEncoder;
use serde_json::json;
use sitrep::gather::{SourceReport, nothing_known};
use sitrep::model::source::{FetchOutcome, FetchState, Source};

use super::{assert_fails, config, gatherer, long_text, page};
use crate::support::website::{Reply, Website};

const OUTLET: &str = "http://outlet.example";

/// A source of the site with more keys than an address.
fn source(path: &str, more: &serde_json::Value) -> Source {
    let mut value =
        json!({ "id": "valley", "name": "Valley Post", "url": format!("{OUTLET}{path}") });
    value.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    serde_json::from_value(value).unwrap()
}

async fn gather(site: &Website, source: &Source) -> SourceReport {
    gatherer(&config(site)).gather(source, &FetchState::default(), &nothing_known).await
}

fn urls(report: &SourceReport) -> Vec<&str> {
    report.articles.iter().map(|article| article.url.strip_prefix(OUTLET).unwrap()).collect()
}

fn news(path: &str, title: &str, date: &str) -> String {
    format!(
        "<url><loc>{OUTLET}{path}</loc><n:news><n:publication_date>{date}</n:publication_date><n:title>{title}</n:title></n:news></url>"
    )
}

fn urlset(urls: &str) -> String {
    format!(
        "<urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\" xmlns:n=\"http://www.google.com/schemas/sitemap-news/0.9\">{urls}</urlset>"
    )
}

fn gzip(text: &str) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(text.as_bytes()).unwrap();
    encoder.finish().unwrap()
}

#[tokio::test]
async fn a_sitemap_of_news_gives_the_articles_of_its_pages() {
    let site = Website::start().await;
    let map = urlset(
        &(news("/a", "Two villages shelled", "2020-06-25T10:00:00+03:00")
            + &news("/old", "Old story", "2020-06-01")),
    );
    site.on("/news.xml", Reply::sitemap(map).header("etag", "\"m\""));
    site.on("/a", Reply::page(page(&long_text())));
    for more in [&json!({ "kind": "sitemap" }), &json!({})] {
        let report = gather(&site, &source("/news.xml", more)).await;
        assert_eq!((report.outcome, urls(&report)), (FetchOutcome::Ok, vec!["/a"]));
        let article = &report.articles[0];
        assert_eq!(article.title, "Two villages shelled");
        assert_eq!(article.published, Some("2020-06-25T07:00:00Z".parse().unwrap()));
        assert!(article.text.len() > 1000);
        assert!(report.skipped[0].contains("1 addresses of the sitemap were left out"));
        assert_eq!(report.state.etag.as_deref(), Some("\"m\""));
    }
}

#[tokio::test]
async fn an_index_of_packed_sitemaps_is_followed_to_the_newest_and_asked_in_full_each_time() {
    let site = Website::start().await;
    let map = |name: &str, date: &str| {
        format!("<sitemap><loc>{OUTLET}/{name}</loc><lastmod>{date}</lastmod></sitemap>")
    };
    let index = format!(
        "<sitemapindex>{}{}{}</sitemapindex>",
        map("posts-1.xml", "2020-01-01"),
        map("posts-2.xml.gz", "2020-06-25"),
        map("missing.xml", "2020-06-24"),
    );
    site.on("/map.xml", Reply::sitemap(index).header("etag", "\"i\""));
    let undated = page(&long_text());
    let posts = urlset(&format!(
        "<url><loc>{OUTLET}/x/two-villages-were-shelled</loc><lastmod>2020-06-25T06:00:00Z</lastmod></url><url><loc>{OUTLET}/x</loc><lastmod>2020-06-25</lastmod></url>"
    ));
    site.on("/posts-2.xml.gz", Reply::ok("application/x-gzip", gzip(&posts)));
    site.on("/x/two-villages-were-shelled", Reply::page(undated));
    let report = gather(&site, &source("/map.xml", &json!({}))).await;
    assert_eq!(
        (report.outcome, urls(&report)),
        (FetchOutcome::Ok, vec!["/x/two-villages-were-shelled"])
    );
    assert_eq!(report.articles[0].published, Some("2020-06-25T06:00:00Z".parse().unwrap()));
    assert_eq!(
        site.paths(),
        ["/map.xml", "/posts-2.xml.gz", "/missing.xml", "/x/two-villages-were-shelled"]
    );
    assert!(
        report.skipped.iter().any(|note| note.contains("missing.xml`: the answer is 404")),
        "{:?}",
        report.skipped
    );
    assert_eq!(report.state.etag, None);
}

#[tokio::test]
async fn an_index_that_names_itself_and_a_chain_of_indexes_end() {
    let site = Website::start().await;
    let index = |next: &str| {
        format!("<sitemapindex><sitemap><loc>{OUTLET}{next}</loc></sitemap></sitemapindex>")
    };
    site.on("/self.xml", Reply::sitemap(index("/self.xml")));
    for number in 0..20 {
        let next = format!("/chain/{}", number + 1);
        site.on(&format!("/chain/{number}"), Reply::sitemap(index(&next)));
    }
    let report = gather(&site, &source("/self.xml", &json!({}))).await;
    assert_eq!(report.outcome, FetchOutcome::Empty);
    let report = gather(&site, &source("/chain/0", &json!({}))).await;
    assert_eq!(report.outcome, FetchOutcome::Empty);
    assert_eq!(site.paths().len(), 1 + 6);
}

#[tokio::test]
async fn s_2_a_packed_sitemap_that_unpacks_to_megabytes_of_nothing_is_too_large() {
    let site = Website::start().await;
    let bomb = gzip(&" ".repeat(10 << 20));
    site.on("/map.xml.gz", Reply::ok("application/gzip", bomb));
    let report = gather(&site, &source("/map.xml.gz", &json!({ "kind": "sitemap" }))).await;
    assert_fails(&report, FetchOutcome::TooLarge, "100 times its size");
}

#[tokio::test]
async fn a_listing_page_is_read_by_itself_or_by_selectors() {
    let site = Website::start().await;
    let listing = "<nav><a href=/about-us-and-our-work>About us and our work</a></nav>\
        <div class=item><h3><a href=/news/two-villages-were-shelled>Two villages were shelled</a></h3><time datetime=2020-06-25T07:00:00Z></time></div>\
        <div class=item><h3><a href=/news/road-to-the-market-open>Road to the market open</a></h3></div>";
    site.on("/latest", Reply::page(format!("<html><body>{listing}</body></html>")));
    for path in ["/news/two-villages-were-shelled", "/news/road-to-the-market-open"] {
        site.on(path, Reply::page(page(&long_text())));
    }
    for parts in [json!({}), json!({ "entry": ".item" })] {
        let source = source("/latest", &json!({ "kind": "page", "parts": parts }));
        let report = gather(&site, &source).await;
        assert_eq!(
            urls(&report),
            ["/news/two-villages-were-shelled", "/news/road-to-the-market-open"]
        );
        assert_eq!(report.articles[0].title, "Two villages were shelled");
        assert_eq!(report.articles[0].published, Some("2020-06-25T07:00:00Z".parse().unwrap()));
    }
    let wrong = source("/latest", &json!({ "kind": "page", "parts": { "entry": "div >> a" } }));
    assert_fails(
        &gather(&site, &wrong).await,
        FetchOutcome::Malformed,
        "`parts.entry`: `div >> a` is no CSS selector",
    );
}

#[tokio::test]
async fn a_page_without_articles_is_empty_and_a_captcha_page_blocked() {
    let site = Website::start().await;
    site.on("/latest", Reply::page("<html><body><p>Nothing today.</p></body></html>"));
    site.on(
        "/captcha",
        Reply::page("<html><title>Just a moment...</title><p>Verify you are human</p></html>"),
    );
    let report = gather(&site, &source("/latest", &json!({ "kind": "page" }))).await;
    assert_eq!(report.outcome, FetchOutcome::Empty);
    assert!(report.message.contains("say in `parts`"), "{}", report.message);
    let report = gather(&site, &source("/captcha", &json!({ "kind": "page" }))).await;
    assert_fails(&report, FetchOutcome::Blocked, "whether we are human");
}

#[tokio::test]
async fn a_preset_reads_the_preview_of_a_channel_without_asking_for_pages() {
    let site = Website::start().await;
    let post = "<div class=tgme_widget_message data-post=v/1><div class='js-message_text'>Two villages were shelled.</div>\
        <a class=tgme_widget_message_date href=http://outlet.example/v/1><time datetime=2020-06-25T07:00:00Z></time></a></div>";
    site.on("/s/v", Reply::page(format!("<html><body>{post}</body></html>")));
    let report = gather(&site, &source("/s/v", &json!({ "preset": "telegram" }))).await;
    assert_eq!(urls(&report), ["/v/1"]);
    assert_eq!(report.articles[0].text, "Two villages were shelled.");
    assert_eq!(site.paths(), ["/s/v"]);
}

#[tokio::test]
async fn a_channel_is_read_back_to_what_is_known_where_more_was_written_than_a_page_holds() {
    let site = Website::start().await;
    let page = |posts: &[u32], older: &str| {
        let post = |n: &u32| {
            format!(
                "<div class=tgme_widget_message data-post=v/{n}><div class='js-message_text'>Post {n}.</div>\
                 <a class=tgme_widget_message_date href={OUTLET}/v/{n}><time datetime=2020-06-25T07:00:00Z></time></a></div>"
            )
        };
        let more = format!("<a class=tme_messages_more data-before=x href=\"{older}\"></a>");
        Reply::page(format!(
            "<html><body>{more}{}</body></html>",
            posts.iter().map(post).collect::<String>()
        ))
    };
    site.on("/s/v", page(&[6, 7], "/s/v?before=6"));
    site.on("/s/v?before=6", page(&[4, 5], "/s/v?before=4"));
    site.on("/s/v?before=4", page(&[2, 3], "/s/v?before=2"));
    let channel = source("/s/v", &json!({ "preset": "telegram" }));
    let known = |url: &str| url.ends_with("/v/2");
    let read = FetchState {
        last_read: Some("2020-06-20T08:00:00Z".parse().unwrap()),
        ..FetchState::default()
    };
    let report = gatherer(&config(&site)).gather(&channel, &read, &known).await;
    assert_eq!(urls(&report), ["/v/6", "/v/7", "/v/4", "/v/5", "/v/3"]);
    assert_eq!(site.paths(), ["/s/v", "/s/v?before=6", "/s/v?before=4"]);
    // A first run takes what is newest, and no page more is asked for where the newest holds something known.
    assert_eq!(urls(&gather(&site, &channel).await), ["/v/6", "/v/7"]);
    let known = |url: &str| url.ends_with("/v/6");
    let report = gatherer(&config(&site)).gather(&channel, &read, &known).await;
    assert_eq!((urls(&report), site.paths().len()), (vec!["/v/7"], 5));
}

#[tokio::test]
async fn the_answer_of_an_api_is_mapped_by_pointers() {
    let site = Website::start().await;
    let answer = json!({ "docs": [
        { "head": "Two villages shelled", "link": "/a", "at": "2020-06-25T07:00:00Z", "by": "Hill Radio" },
        { "head": "Later", "link": "/b", "at": "2031-01-01" },
    ]});
    site.on("/api?q=x", Reply::json(answer.to_string()));
    for path in ["/a", "/b"] {
        site.on(path, Reply::page(page(&long_text())));
    }
    let parts = json!({ "entry": "/docs", "title": "/head", "link": "/link", "date": "/at", "credit": "/by" });
    let report =
        gather(&site, &source("/api?q=x", &json!({ "kind": "json", "parts": parts }))).await;
    assert_eq!(urls(&report), ["/a", "/b"]);
    let article = &report.articles[0];
    assert_eq!(
        (article.title.as_str(), article.credit.as_deref()),
        ("Two villages shelled", Some("Hill Radio"))
    );
    assert_eq!(report.articles[1].published, None);
    assert!(report.skipped[0].contains("date in the future"));
}

#[tokio::test]
async fn an_api_that_complains_is_quoted_and_one_without_pointers_says_what_to_write() {
    let site = Website::start().await;
    site.on("/gdelt", Reply::page("Your query was too short or too long."));
    site.on("/api", Reply::json("{\"list\":[]}"));
    let report = gather(&site, &source("/gdelt", &json!({ "preset": "gdelt" }))).await;
    assert_fails(&report, FetchOutcome::Malformed, "“Your query was too short or too long.”");
    let report = gather(&site, &source("/api", &json!({ "kind": "json" }))).await;
    assert_fails(&report, FetchOutcome::Malformed, "it needs `parts`: JSON pointers");
}
