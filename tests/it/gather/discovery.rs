//! Discovery: what is found from the address of a site, and how many requests that takes.

use sitrep::gather::Found;
use sitrep::model::source::{Preset, SourceKind};

use super::{config, gatherer, item, long_text, rss};
use crate::support::website::{Reply, Website};

const HOME: &str = "http://outlet.example/";

async fn discover(site: &Website, address: &str) -> Result<Vec<Found>, String> {
    gatherer(&config(site)).discover(address).await
}

/// What was found, as paths with kinds.
fn told(found: &[Found]) -> Vec<(&str, SourceKind)> {
    found.iter().map(|f| (f.url.strip_prefix("http://outlet.example").unwrap(), f.kind)).collect()
}

#[tokio::test]
async fn an_address_that_is_a_feed_or_a_sitemap_is_taken_as_it_is() {
    let site = Website::start().await;
    site.on("/feed", Reply::feed(rss(&item(1, &long_text()))));
    let map = "<urlset><url><loc>http://outlet.example/x/two-villages-were-shelled</loc><lastmod>2020-06-25</lastmod></url></urlset>";
    site.on("/map.xml", Reply::sitemap(map));
    let found = discover(&site, "http://outlet.example/feed").await.unwrap();
    assert_eq!(told(&found), [("/feed", SourceKind::Feed)]);
    assert_eq!((found[0].feed.title.as_str(), found[0].feed.entries.len()), ("Valley Post", 1));
    let found = discover(&site, "http://outlet.example/map.xml").await.unwrap();
    assert_eq!(told(&found), [("/map.xml", SourceKind::Sitemap)]);
    assert_eq!(site.paths(), ["/feed", "/map.xml"]);
}

#[tokio::test]
async fn feeds_that_the_page_announces_are_found_and_dead_ones_left_out() {
    let site = Website::start().await;
    site.on("/", Reply::page(
        "<html><head><link rel=alternate type=application/rss+xml title=Comments href=/comments/feed>\
         <link rel=alternate type=application/atom+xml href=/dead><link rel=alternate type=application/rss+xml href=/all></head><p>Home</p></html>",
    ));
    site.on("/all", Reply::feed(rss(&item(1, &long_text()))));
    site.on("/comments/feed", Reply::feed(rss(&item(2, "A comment."))));
    let found = discover(&site, HOME).await.unwrap();
    assert_eq!(told(&found), [("/all", SourceKind::Feed), ("/comments/feed", SourceKind::Feed)]);
    assert_eq!(found[0].how, "the page announces it");
}

#[tokio::test]
async fn a_feed_at_a_usual_place_is_found_although_the_page_is_forbidden() {
    let site = Website::start().await;
    site.on("/", Reply::status(403)).on("/rss.xml", Reply::feed(rss(&item(1, &long_text()))));
    let found = discover(&site, HOME).await.unwrap();
    assert_eq!(told(&found), [("/rss.xml", SourceKind::Feed)]);
    assert_eq!(site.paths(), ["/", "/feed", "/rss", "/rss.xml"]);
}

#[tokio::test]
async fn the_sitemap_of_news_that_robots_txt_names_is_found() {
    let site = Website::start().await;
    site.on("/", Reply::page("<html><p>Home</p></html>"));
    let robots = "User-agent: *\nDisallow: /feed\nSitemap: http://outlet.example/all.xml\nsitemap: /news.xml\n";
    site.on("/robots.txt", Reply::ok("text/plain", robots));
    let map = "<urlset><url><loc>http://outlet.example/x/two-villages-were-shelled</loc><lastmod>2020-06-25</lastmod></url></urlset>";
    site.on("/news.xml", Reply::sitemap(map)).on("/all.xml", Reply::sitemap(map));
    let found = discover(&site, HOME).await.unwrap();
    assert_eq!(told(&found), [("/news.xml", SourceKind::Sitemap)]);
    assert!(!site.paths().contains(&"/feed".to_owned()), "robots.txt forbids it");
}

#[tokio::test]
async fn a_page_that_lists_articles_is_the_last_resort() {
    let site = Website::start().await;
    let link = |n: usize| {
        format!(
            "<h3><a href=/news/two-villages-were-shelled-{n}>Two villages were shelled, {n}</a></h3>"
        )
    };
    site.on(
        "/",
        Reply::page(format!("<html><body>{}{}{}</body></html>", link(1), link(2), link(3))),
    );
    let found = discover(&site, HOME).await.unwrap();
    assert_eq!(told(&found), [("/", SourceKind::Page)]);
    assert_eq!(found[0].feed.entries.len(), 3);
    assert!(site.paths().len() <= 15, "{:?}", site.paths());
}

#[tokio::test]
async fn an_answer_of_a_known_api_is_told_by_its_parts() {
    let site = Website::start().await;
    let answer = r#"{"articles":[{"url":"http://outlet.example/a","title":"T","seendate":"20200625T070500Z","domain":"outlet.example"}]}"#;
    site.on("/doc", Reply::json(answer)).on("/other", Reply::json("{\"a\":1}"));
    let found = discover(&site, "http://outlet.example/doc").await.unwrap();
    assert_eq!((found[0].kind, found[0].preset), (SourceKind::Json, Some(Preset::Gdelt)));
    let said = discover(&site, "http://outlet.example/other").await.unwrap_err();
    assert!(said.contains("--kind json"), "{said}");
}

#[tokio::test]
async fn a_site_without_anything_says_what_was_looked_for() {
    let site = Website::start().await;
    site.on("/", Reply::page("<html><p>Home</p></html>"));
    let said = discover(&site, HOME).await.unwrap_err();
    assert!(said.contains("no feed, no sitemap and no list of articles"), "{said}");
    let said = discover(&site, "http://10.0.0.1/").await.unwrap_err();
    assert!(said.contains("`[gather] allow_private`"), "{said}");
}
