//! Answers below and beyond HTTP: attacks of S-2 and S-3 over the wire, each with what was read of it counted.

use std::fmt::Write as _;
use std::time::{Duration, Instant};

use sitrep::config::gather::GatherConfig;
use sitrep::gather::{SourceReport, nothing_known};
use sitrep::model::source::{FetchOutcome, FetchState};

use super::{FEED_URL, assert_fails, config, gatherer, item, long_text, rss, source};
use crate::support::raw::{RawServer, Script};
use crate::support::website::{Canary, Reply, Website};

/// More than fits into the buffers of a connection beside what is read, in bytes. Linux grows the receiver's to
/// `net.ipv4.tcp_rmem` (commonly 6 MiB, 32 MiB on some machines) and the sender's to `tcp_wmem` (4 MiB).
const BUFFERS: usize = 48 << 20;

fn head(headers: &str) -> Vec<u8> {
    format!("HTTP/1.1 200 OK\r\ncontent-type: application/rss+xml\r\n{headers}\r\n").into_bytes()
}

async fn gather_raw(script: Script) -> (SourceReport, RawServer) {
    let server = RawServer::start(vec![script]).await;
    let site = Website::start().await;
    let mut config = GatherConfig { robots: false, ..config(&site) };
    config.hosts.insert("outlet.example".to_owned(), server.address());
    let report =
        gatherer(&config).gather(&source(FEED_URL), &FetchState::default(), &nothing_known).await;
    (report, server)
}

#[tokio::test]
async fn s_2_a_slow_loris_is_given_up_when_the_time_for_one_answer_is_over() {
    let start = Instant::now();
    let (report, _server) = gather_raw(Script {
        head: b"HTTP/1.1 200 OK\r\n".to_vec(),
        chunk: b"x-a: b\r\n".to_vec(),
        times: 1000,
        pause: Duration::from_millis(300),
    })
    .await;
    assert_fails(&report, FetchOutcome::TimedOut, "did not answer in time");
    assert!(start.elapsed() < Duration::from_secs(20));
}

#[tokio::test]
async fn s_2_endless_chunks_are_read_up_to_the_limit_only() {
    let block = "x".repeat(64 << 10);
    let (report, server) = gather_raw(Script {
        head: head("transfer-encoding: chunked\r\n"),
        chunk: format!("{:x}\r\n{block}\r\n", block.len()).into_bytes(),
        times: 100_000,
        pause: Duration::ZERO,
    })
    .await;
    assert_fails(&report, FetchOutcome::TooLarge, "larger than 5 MiB");
    assert!(server.sent() < (5 << 20) + BUFFERS, "{}", server.sent());
}

#[tokio::test]
async fn s_2_of_a_page_of_200_mb_nothing_is_read_where_its_length_is_told_and_little_where_not() {
    let script = |headers: &str| Script {
        head: head(headers),
        chunk: vec![b'x'; 1 << 20],
        times: 200,
        pause: Duration::ZERO,
    };
    let (report, server) = gather_raw(script("content-length: 209715200\r\n")).await;
    assert_fails(&report, FetchOutcome::TooLarge, "larger than 5 MiB");
    assert!(server.sent() < BUFFERS, "{}", server.sent());
    let (report, server) = gather_raw(script("connection: close\r\n")).await;
    assert_fails(&report, FetchOutcome::TooLarge, "larger than 5 MiB");
    assert!(server.sent() < (5 << 20) + BUFFERS, "{}", server.sent());
}

#[tokio::test]
async fn s_2_a_wrong_length_is_a_broken_connection_or_a_feed_that_ends_early() {
    let body = rss(&item(1, &long_text()));
    let script = |length: usize| Script {
        head: head(&format!("content-length: {length}\r\n")),
        chunk: body.clone().into_bytes(),
        times: 1,
        pause: Duration::ZERO,
    };
    let (report, _server) = gather_raw(script(body.len() + 1000)).await;
    assert_fails(&report, FetchOutcome::Unreachable, "no connection");
    // What is shorter than it should be is read as far as it goes.
    let (report, _server) = gather_raw(script(body.len() - 400)).await;
    assert_eq!((report.outcome, report.articles.len()), (FetchOutcome::Ok, 1));
}

#[tokio::test]
async fn s_2_what_is_no_http_at_all_is_a_broken_connection() {
    let (report, _server) = gather_raw(Script {
        head: b"SSH-2.0-OpenSSH_9.9\r\n".to_vec(),
        chunk: vec![0; 1 << 16],
        times: 10,
        pause: Duration::ZERO,
    })
    .await;
    assert_fails(&report, FetchOutcome::Unreachable, "no connection");
}

#[tokio::test]
async fn s_2_redirects_in_a_circle_and_to_ever_other_addresses_end() {
    let site = Website::start().await;
    site.on("/a", Reply::redirect(301, "/b")).on("/b", Reply::redirect(301, "/a"));
    for hop in 0..20 {
        site.on(&format!("/hop/{hop}"), Reply::redirect(302, &format!("/hop/{}", hop + 1)));
    }
    for path in ["/a", "/hop/0"] {
        let report = super::gather(&site, &format!("http://outlet.example{path}")).await;
        assert_fails(&report, FetchOutcome::Unreachable, "redirects in circles");
        assert_eq!(report.state.moved_to, None);
    }
    assert_eq!(site.paths().len(), 12, "six requests for each");
}

#[tokio::test]
async fn s_3_of_a_feed_of_10000_entries_the_first_2000_are_read_and_it_is_said() {
    let site = Website::start().await;
    let items = (0..10_000).fold(String::new(), |mut all, number| {
        let _ = write!(all, "{}", item(number, "Shelling was heard."));
        all
    });
    site.on("/feed", Reply::feed(rss(&items)));
    let config = GatherConfig { pages_per_source: 0, ..config(&site) };
    let report =
        gatherer(&config).gather(&source(FEED_URL), &FetchState::default(), &nothing_known).await;
    assert_eq!((report.outcome, report.articles.len()), (FetchOutcome::Ok, 2000));
    assert!(report.skipped.iter().any(|note| note.contains("more than 2000 entries")));
}

#[tokio::test]
async fn s_3_external_entities_and_dtds_are_never_fetched() {
    let (site, canary) = (Website::start().await, Canary::start().await);
    let port = canary.port;
    let doctypes = [
        format!("<!DOCTYPE rss SYSTEM \"http://127.0.0.1:{port}/evil.dtd\">"),
        format!("<!DOCTYPE rss [<!ENTITY x SYSTEM \"http://127.0.0.1:{port}/x\">]>"),
        format!("<!DOCTYPE rss [<!ENTITY % p SYSTEM \"http://127.0.0.1:{port}/p\"> %p;]>"),
        "<!DOCTYPE rss [<!ENTITY x SYSTEM \"file:///etc/passwd\">]>".to_owned(),
        format!("<?xml-stylesheet href=\"http://127.0.0.1:{port}/s.xsl\"?>"),
    ];
    let body = rss(&item(1, &long_text()).replace("Report", "&x; Report"));
    for (number, doctype) in doctypes.iter().enumerate() {
        let path = format!("/{number}");
        site.on(&path, Reply::feed(format!("<?xml version=\"1.0\"?>{doctype}{body}")));
        let report = super::gather(&site, &format!("http://outlet.example{path}")).await;
        assert_eq!(report.articles[0].title, "&x; Report 1", "{doctype}");
    }
    assert_eq!(canary.connects(), 0);
}

#[tokio::test]
async fn s_3_entities_within_entities_and_a_million_levels_are_no_more_work_than_their_size() {
    let site = Website::start().await;
    let laughs = (1..10).fold("<!ENTITY l0 \"lol\">".to_owned(), |mut all, n| {
        let _ = write!(all, "<!ENTITY l{n} \"{}\">", format!("&l{};", n - 1).repeat(10));
        all
    });
    let laughs = format!("<!DOCTYPE rss [{laughs}]>{}", rss(&item(1, "&l9;")));
    site.on("/laughs", Reply::feed(laughs));
    site.on("/deep", Reply::feed("<a>".repeat(1_000_000)));
    site.on("/deep-in-a-feed", Reply::feed(rss(&"<item>".repeat(700_000))));
    let start = Instant::now();
    let report = super::gather(&site, "http://outlet.example/laughs").await;
    assert_eq!(report.articles[0].text, "&l9;");
    for path in ["/deep", "/deep-in-a-feed"] {
        let report = super::gather(&site, &format!("http://outlet.example{path}")).await;
        assert_fails(&report, FetchOutcome::Malformed, "");
    }
    assert!(start.elapsed() < Duration::from_secs(20));
}

#[tokio::test]
async fn a_page_nested_100000_deep_leaves_the_entry_as_the_feed_has_it() {
    let site = Website::start().await;
    site.on("/feed", Reply::feed(rss(&item(1, "Two villages were shelled on Thursday."))));
    let deep = format!("{}deep{}", "<div>".repeat(100_000), "</div>".repeat(100_000));
    site.on("/news/1", Reply::page(deep));
    let report = super::gather(&site, FEED_URL).await;
    assert_eq!(report.articles[0].text, "Two villages were shelled on Thursday.");
    assert!(report.skipped[0].contains("more or deeper elements than we read"));
}

#[tokio::test]
async fn a_feed_of_invalid_utf_8_is_read_with_its_damage() {
    let site = Website::start().await;
    let mut body = rss(&item(1, &long_text())).into_bytes();
    let at = body.windows(5).position(|part| part == b"north").unwrap();
    body.splice(at..at + 5, [0xff, 0xfe, 0x80, 0xc3, 0x28]);
    site.on("/feed", Reply::ok("application/rss+xml; charset=utf-8", body));
    let report = super::gather(&site, FEED_URL).await;
    assert_eq!(report.outcome, FetchOutcome::Ok);
    assert!(report.articles[0].text.starts_with("Two villages in the \u{fffd}"));
}

#[tokio::test]
async fn a_feed_where_a_page_should_be_leaves_the_entry_as_the_feed_has_it() {
    let site = Website::start().await;
    let short = "Two villages were shelled on Thursday, residents of both said.";
    site.on("/feed", Reply::feed(rss(&item(1, short))));
    site.on("/news/1", Reply::feed(rss(&item(7, "Another."))));
    let report = super::gather(&site, FEED_URL).await;
    assert_eq!(report.articles.len(), 1);
    assert_eq!(
        (report.articles[0].title.as_str(), report.articles[0].text.as_str()),
        ("Report 1", short)
    );
}
