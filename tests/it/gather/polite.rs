//! Politeness: what an outlet asks of us is done, and what a source's requests carry goes to it alone.

use std::time::Duration;

use sitrep::config::gather::GatherConfig;
use sitrep::config::span::Span;
use sitrep::gather::{Gatherer, SourceReport, nothing_known};
use sitrep::model::source::{FetchOutcome, FetchState, Source, SourceRequest};

use super::{FEED_URL, assert_fails, config, gatherer, item, long_text, rss, source};
use crate::support::raw::{RawServer, Script};
use crate::support::website::{Reply, Website};

fn feed() -> Reply {
    Reply::feed(rss(&item(1, &long_text())))
}

async fn gather(gatherer: &Gatherer, source: &Source) -> SourceReport {
    gatherer.gather(source, &FetchState::default(), &nothing_known).await
}

#[tokio::test]
async fn a_server_that_stumbles_is_asked_again_and_one_that_is_down_only_so_often() {
    let site = Website::start().await;
    site.on("/feed", Reply::status(503)).on("/feed", Reply::status(429)).on("/feed", feed());
    site.on("/down", Reply::status(500));
    let patient = GatherConfig { total_timeout: Span::seconds(15), ..config(&site) };
    let gatherer = gatherer(&GatherConfig { retries: 2, ..patient });
    assert_eq!(gather(&gatherer, &source(FEED_URL)).await.outcome, FetchOutcome::Ok);
    assert_eq!(site.paths(), ["/feed"; 3]);
    let short = GatherConfig { retries: 1, ..config(&site) };
    let down = source("http://outlet.example/down");
    let report = gather(&super::gatherer(&short), &down).await;
    assert_fails(&report, FetchOutcome::Unreachable, "500");
    assert_eq!(site.paths().iter().filter(|path| *path == "/down").count(), 2);
}

#[tokio::test]
async fn a_connection_that_breaks_off_is_made_again() {
    let answer =
        format!("HTTP/1.1 200 OK\r\nconnection: close\r\n\r\n{}", rss(&item(1, &long_text())));
    let script = |head: &str| Script {
        head: head.as_bytes().to_vec(),
        chunk: Vec::new(),
        times: 0,
        pause: Duration::ZERO,
    };
    let server = RawServer::start(vec![script(""), script(&answer)]).await;
    let site = Website::start().await;
    let mut config = GatherConfig { retries: 1, robots: false, ..config(&site) };
    config.hosts.insert("outlet.example".to_owned(), server.address());
    let report = gather(&gatherer(&config), &source(FEED_URL)).await;
    assert_eq!((report.outcome, server.connects()), (FetchOutcome::Ok, 2), "{}", report.message);
}

#[tokio::test]
async fn retry_after_is_passed_on_and_not_sat_out_within_a_run() {
    let site = Website::start().await;
    site.on("/feed", Reply::status(429).header("retry-after", "3600"));
    let date = "Fri, 26 Jun 2020 08:00:00 GMT";
    let until = "Fri, 26 Jun 2020 10:00:00 GMT";
    let dated = Reply::status(503).header("date", date).header("retry-after", until);
    site.on("/dated", dated);
    let gatherer = gatherer(&GatherConfig { retries: 2, ..config(&site) });
    let report = gather(&gatherer, &source(FEED_URL)).await;
    assert_fails(&report, FetchOutcome::Blocked, "asks us to wait for 60 min");
    assert_eq!(report.wishes.retry_after, Some(Duration::from_hours(1)));
    let report = gather(&gatherer, &source("http://outlet.example/dated")).await;
    assert_eq!(report.wishes.retry_after, Some(Duration::from_hours(2)));
    assert_eq!(site.paths(), ["/feed", "/dated"]);
}

#[tokio::test]
async fn how_long_an_answer_stays_fresh_is_read_from_headers_and_from_the_feed() {
    let site = Website::start().await;
    site.on("/feed", feed().header("cache-control", "public, max-age=600").header("etag", "\"1\""));
    let slow = rss(&format!("<ttl>90</ttl>{}", item(1, &long_text())));
    site.on("/slow", Reply::feed(slow).header("cache-control", "max-age=60"));
    let gatherer = gatherer(&config(&site));
    let first = gather(&gatherer, &source(FEED_URL)).await;
    let again = gatherer.gather(&source(FEED_URL), &first.state, &nothing_known).await;
    assert_eq!(again.outcome, FetchOutcome::NotModified);
    for report in [first, again] {
        assert_eq!(report.wishes.fresh_for, Some(Duration::from_mins(10)));
    }
    let slow = gather(&gatherer, &source("http://outlet.example/slow")).await;
    assert_eq!(slow.wishes.fresh_for, Some(Duration::from_mins(90)));
}

#[tokio::test]
async fn s_1_headers_and_cookie_of_a_source_go_to_its_own_host_only() {
    let site = Website::start().await;
    site.on("/feed", Reply::redirect(302, "http://other.example/there"));
    site.on("/there", Reply::feed(rss(&item(1, "Short."))));
    site.on("/news/1", Reply::page(super::page(&long_text())));
    let headers = [("X-Key".to_owned(), "k".to_owned())].into();
    let request =
        SourceRequest { headers, cookie: Some("session=c".to_owned()), cookie_file: None };
    let source = Source { request, ..source(FEED_URL) };
    let report = gather(&gatherer(&config(&site)), &source).await;
    assert_eq!(report.outcome, FetchOutcome::Ok);
    let sent = |path: &str, name: &str| {
        let seen = site.seen().into_iter().find(|seen| seen.path == path).unwrap();
        seen.headers.get(name).map(|value| value.to_str().unwrap().to_owned())
    };
    assert_eq!(sent("/feed", "x-key").as_deref(), Some("k"));
    assert_eq!(sent("/feed", "cookie").as_deref(), Some("session=c"));
    assert_eq!((sent("/there", "x-key"), sent("/there", "cookie")), (None, None));
    // The page is the outlet's own again.
    assert_eq!(sent("/news/1", "cookie").as_deref(), Some("session=c"));
}

#[tokio::test]
async fn a_header_that_is_none_is_told_before_anything_is_fetched() {
    let site = Website::start().await;
    site.on("/feed", feed());
    let headers = [("X Key".to_owned(), "k".to_owned())].into();
    let request = SourceRequest { headers, ..SourceRequest::default() };
    let report = gather(&gatherer(&config(&site)), &Source { request, ..source(FEED_URL) }).await;
    assert_fails(&report, FetchOutcome::Forbidden, "`X Key` is no header name");
    assert!(site.paths().is_empty());
}

#[tokio::test]
async fn the_text_of_a_page_is_taken_from_where_the_source_says() {
    let site = Website::start().await;
    site.on("/feed", Reply::feed(rss(&item(1, ""))));
    let aside = "<div class=box>Our newsletter brings you the week in ten minutes.</div>";
    let story = "<div class=tale>Two villages were shelled on Thursday, residents said.</div>";
    site.on("/news/1", Reply::page(format!("<html><body>{aside}{story}{aside}</body></html>")));
    let source = Source { text_selector: Some("div.tale".to_owned()), ..source(FEED_URL) };
    let report = gather(&gatherer(&config(&site)), &source).await;
    let texts: Vec<_> = report.articles.iter().map(|a| a.text.as_str()).collect();
    assert_eq!(texts, ["Two villages were shelled on Thursday, residents said."]);
}

#[tokio::test]
async fn s_1_only_the_configured_proxy_is_used_and_never_for_names_that_are_not_public() {
    let (proxy, elsewhere) = (Website::start().await, Website::start().await);
    proxy.on("/feed", feed());
    let config = GatherConfig {
        proxy: Some(format!("http://desk:secret@{}", proxy.address()).into()),
        hosts: std::collections::BTreeMap::new(),
        ..config(&elsewhere)
    };
    let gatherer = gatherer(&config);
    // No resolver knows this name; the proxy may.
    let report = gather(&gatherer, &source("http://outlet.invalid/feed")).await;
    assert_eq!(report.outcome, FetchOutcome::Ok, "{}", report.message);
    let seen = proxy.seen();
    assert!(seen[0].headers.contains_key("proxy-authorization"));
    let inside = gather(&gatherer, &source("http://localhost/feed")).await;
    assert_fails(&inside, FetchOutcome::Forbidden, "not public");
    let proxys_own = gather(&gatherer, &source(&format!("http://{}/", proxy.address()))).await;
    assert_eq!(proxys_own.outcome, FetchOutcome::Forbidden);
    assert!(!proxys_own.message.contains("secret"));
    assert_eq!(proxy.paths(), ["/feed"]);
}
