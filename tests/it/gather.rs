//! Gathering over HTTP from a scripted site: every outcome, the limits, the guard, full text.

mod attacks;
mod discovery;
mod edits;
mod folder;
mod health;
mod killed;
mod kinds;
mod many;
mod mutations;
mod payloads;
mod polite;
mod robots;
mod turns;

use std::collections::BTreeMap;
use std::io::Write;
use std::sync::Arc;
use std::time::Duration;

use flate2::Compression;
use flate2::write::GzEncoder;
use sitrep::config::gather::GatherConfig;
use sitrep::config::span::Span;
use sitrep::gather::{Gatherer, SourceReport, nothing_known};
use sitrep::model::FixedClock;
use sitrep::model::source::{FetchOutcome, FetchState, Source};
use sitrep::model::text::language::detect;

use crate::support::website::{Canary, Reply, Website};

const FEED_URL: &str = "http://outlet.example/feed";

fn config(site: &Website) -> GatherConfig {
    let hosts = ["outlet.example", "other.example"].map(|name| (name.to_owned(), site.address()));
    GatherConfig {
        hosts: BTreeMap::from(hosts),
        host_delay: 0,
        retries: 0,
        total_timeout: Span::seconds(2),
        idle_timeout: Span::seconds(1),
        contact: "desk@sitrep.example".to_owned(),
        ..GatherConfig::default()
    }
}

fn gatherer(config: &GatherConfig) -> Gatherer {
    let clock = FixedClock::new("2020-06-26T08:00:00Z".parse().unwrap());
    Gatherer::new(config, Arc::new(clock)).unwrap()
}

fn source(url: &str) -> Source {
    serde_json::from_value(serde_json::json!({ "id": "valley", "name": "Valley Post", "url": url }))
        .unwrap()
}

async fn gather(site: &Website, url: &str) -> SourceReport {
    gatherer(&config(site)).gather(&source(url), &FetchState::default(), &nothing_known).await
}

fn item(number: usize, text: &str) -> String {
    format!(
        "<item><title>Report {number}</title><link>http://outlet.example/news/{number}</link>\
         <pubDate>Thu, 25 Jun 2020 10:00:00 +0300</pubDate><description>{text}</description></item>"
    )
}

fn rss(items: &str) -> String {
    format!("<rss version=\"2.0\"><channel><title>Valley Post</title>{items}</channel></rss>")
}

fn long_text() -> String {
    "Two villages in the north of the valley were shelled on Thursday, residents said. ".repeat(30)
}

fn page(paragraph: &str) -> String {
    let paragraphs = format!("<p>{paragraph}</p>").repeat(1);
    format!(
        "<html lang=\"en\"><head><title>Page</title></head><body><article><h1>Page</h1>{paragraphs}</article></body></html>"
    )
}

/// A report of a failure: right outcome, one line that names the source and says what to do.
fn assert_fails(report: &SourceReport, outcome: FetchOutcome, says: &str) {
    assert_eq!(report.outcome, outcome, "{}", report.message);
    assert!(
        report.message.starts_with("`valley`: ") && !report.message.contains('\n'),
        "{}",
        report.message
    );
    assert!(report.message.contains(says), "{}", report.message);
    assert!(report.articles.is_empty());
    assert_eq!(
        (report.state.failures, report.state.outcome, report.state.last_read),
        (1, Some(outcome), None)
    );
    assert_eq!(report.state.message.as_ref(), Some(&report.message));
}

#[tokio::test]
async fn a_feed_with_full_text_gives_its_articles_in_one_request() {
    let site = Website::start().await;
    site.on("/feed", Reply::feed(rss(&(item(1, &long_text()) + &item(2, &long_text())))));
    let report = gather(&site, FEED_URL).await;
    assert_eq!(
        (report.outcome, report.articles.len(), report.state.failures),
        (FetchOutcome::Ok, 2, 0)
    );
    assert_eq!(report.message, "`valley`: 2 entries, 2 new");
    let article = &report.articles[0];
    assert_eq!(
        (article.title.as_str(), article.url.as_str()),
        ("Report 1", "http://outlet.example/news/1")
    );
    assert_eq!(article.published, Some("2020-06-25T07:00:00Z".parse().unwrap()));
    assert_eq!(detect(&article.text), Some("en"));
    assert_eq!(site.paths(), ["/feed"]);
    assert!(report.server_date.is_some());
    let agent = site.seen()[0].headers["user-agent"].to_str().unwrap().to_owned();
    assert!(agent.starts_with("sitrep/") && agent.ends_with("(+desk@sitrep.example)"), "{agent}");
}

#[tokio::test]
async fn an_unchanged_feed_is_asked_for_with_its_etag_and_counts_as_read() {
    let site = Website::start().await;
    site.on("/feed", Reply::feed(rss(&item(1, &long_text()))).header("etag", "\"v1\""));
    let gatherer = gatherer(&config(&site));
    let first = gatherer.gather(&source(FEED_URL), &FetchState::default(), &nothing_known).await;
    let second = gatherer.gather(&source(FEED_URL), &first.state, &nothing_known).await;
    assert_eq!((second.outcome, second.articles.len()), (FetchOutcome::NotModified, 0));
    assert_eq!(second.state.etag.as_deref(), Some("\"v1\""));
    assert!(second.state.last_read.is_some());
}

#[tokio::test]
async fn known_articles_are_counted_and_their_pages_left_alone() {
    let site = Website::start().await;
    site.on("/feed", Reply::feed(rss(&(item(1, "Short.") + &item(2, &long_text())))));
    let known = |url: &str| url == "http://outlet.example/news/1";
    let report =
        gatherer(&config(&site)).gather(&source(FEED_URL), &FetchState::default(), &known).await;
    assert_eq!((report.known, report.articles.len()), (1, 1));
    assert_eq!(site.paths(), ["/feed"]);
}

#[tokio::test]
async fn a_feed_without_entries_is_empty_and_one_without_dates_is_all_undated() {
    let site = Website::start().await;
    site.on("/feed", Reply::feed(rss("")));
    let undated = item(1, &long_text()).replace("pubDate", "ignored");
    site.on("/undated", Reply::feed(rss(&undated)));
    assert_eq!(gather(&site, FEED_URL).await.outcome, FetchOutcome::Empty);
    let report = gather(&site, "http://outlet.example/undated").await;
    assert_eq!((report.outcome, report.articles.len()), (FetchOutcome::AllUndated, 1));
}

#[tokio::test]
async fn a_date_in_the_future_is_not_believed() {
    let site = Website::start().await;
    site.on("/feed", Reply::feed(rss(&item(1, &long_text()).replace("2020", "2031"))));
    let report = gather(&site, FEED_URL).await;
    assert_eq!((report.articles[0].published, report.skipped.len()), (None, 1));
}

#[tokio::test]
async fn what_is_no_feed_is_malformed_and_the_next_request_asks_for_everything() {
    let site = Website::start().await;
    let announced = "<html><head><link rel=\"alternate\" type=\"application/rss+xml\" href=\"/rss\"></head><p>Home</p></html>";
    site.on("/page", Reply::page(announced).header("etag", "\"p\""));
    site.on("/words", Reply::feed("this is not XML"));
    site.on("/empty", Reply::feed(""));
    let report = gather(&site, "http://outlet.example/page").await;
    assert_fails(
        &report,
        FetchOutcome::Malformed,
        "an HTML page, not a feed; the page names the feed `http://outlet.example/rss`",
    );
    assert_eq!(report.state.etag, None);
    assert_fails(
        &gather(&site, "http://outlet.example/words").await,
        FetchOutcome::Malformed,
        "neither XML nor JSON",
    );
    assert_fails(
        &gather(&site, "http://outlet.example/empty").await,
        FetchOutcome::Malformed,
        "the answer is empty",
    );
}

#[tokio::test]
async fn refusals_and_captcha_pages_are_blocked() {
    let site = Website::start().await;
    site.on("/feed", Reply::status(403));
    site.on("/often", Reply::status(429).header("retry-after", "60"));
    site.on(
        "/captcha",
        Reply::page("<html><title>Just a moment...</title><p>Verify you are human</p></html>"),
    );
    assert_fails(
        &gather(&site, FEED_URL).await,
        FetchOutcome::Blocked,
        "the answer is 403: the outlet refuses us",
    );
    assert_fails(&gather(&site, "http://outlet.example/often").await, FetchOutcome::Blocked, "429");
    assert_fails(
        &gather(&site, "http://outlet.example/captcha").await,
        FetchOutcome::Blocked,
        "whether we are human",
    );
}

#[tokio::test]
async fn a_missing_feed_is_gone_and_a_broken_server_unreachable() {
    let site = Website::start().await;
    site.on("/gone", Reply::status(410)).on("/broken", Reply::status(503));
    assert_fails(
        &gather(&site, FEED_URL).await,
        FetchOutcome::Gone,
        "the answer is 404: there is nothing at this address",
    );
    assert_fails(&gather(&site, "http://outlet.example/gone").await, FetchOutcome::Gone, "410");
    assert_fails(
        &gather(&site, "http://outlet.example/broken").await,
        FetchOutcome::Unreachable,
        "the outlet's server is broken",
    );
}

#[tokio::test]
async fn a_server_that_is_down_is_unreachable() {
    let address = Website::start().await.address();
    let mut config = GatherConfig {
        host_delay: 0,
        retries: 0,
        idle_timeout: Span::seconds(1),
        total_timeout: Span::seconds(2),
        ..GatherConfig::default()
    };
    config.hosts.insert("outlet.example".to_owned(), address);
    tokio::task::yield_now().await;
    let report =
        gatherer(&config).gather(&source(FEED_URL), &FetchState::default(), &nothing_known).await;
    assert_fails(&report, FetchOutcome::Unreachable, "no connection");
}

#[tokio::test]
async fn robots_txt_is_asked_once_for_a_host_and_followed() {
    let site = Website::start().await;
    site.on("/robots.txt", Reply::ok("text/plain", "User-agent: *\nDisallow: /feed\n"));
    site.on("/open", Reply::feed(rss(&item(1, &long_text()))));
    let gatherer = gatherer(&config(&site));
    let report = gatherer.gather(&source(FEED_URL), &FetchState::default(), &nothing_known).await;
    assert_fails(&report, FetchOutcome::Robots, "robots.txt asks programs not to read");
    let open = gatherer
        .gather(&source("http://outlet.example/open"), &FetchState::default(), &nothing_known)
        .await;
    assert_eq!(open.outcome, FetchOutcome::Ok);
    assert_eq!(site.paths(), ["/open"]);
}

#[tokio::test]
async fn failures_are_counted_until_the_source_is_read_again() {
    let site = Website::start().await;
    site.on("/feed", Reply::status(500))
        .on("/feed", Reply::status(500))
        .on("/feed", Reply::feed(rss(&item(1, &long_text()))));
    let gatherer = gatherer(&config(&site));
    let mut state = FetchState::default();
    for failures in [1, 2, 0] {
        state = gatherer.gather(&source(FEED_URL), &state, &nothing_known).await.state;
        assert_eq!(state.failures, failures);
    }
}

#[tokio::test]
async fn the_page_behind_a_summary_is_read() {
    let site = Website::start().await;
    site.on("/feed", Reply::feed(rss(&item(1, "Two villages were shelled."))));
    site.on("/news/1", Reply::page(page(&long_text())));
    let report = gather(&site, FEED_URL).await;
    assert!(report.articles[0].text.len() > 1000, "{}", report.articles[0].text);
    assert_eq!(report.articles[0].title, "Report 1");
    assert_eq!(site.paths(), ["/feed", "/news/1"]);
}

#[tokio::test]
async fn the_feeds_text_stands_in_where_the_page_is_blocked_or_shorter() {
    let site = Website::start().await;
    let summary = "Two villages were shelled on Thursday, and the road to the market town was closed until noon.";
    site.on("/feed", Reply::feed(rss(&(item(1, summary) + &item(2, summary)))));
    site.on("/news/1", Reply::status(403)).on("/news/2", Reply::page(page("Subscribers only.")));
    let report = gather(&site, FEED_URL).await;
    assert_eq!(
        report.articles.iter().map(|a| a.text.as_str()).collect::<Vec<_>>(),
        [summary, summary]
    );
    assert_eq!(report.skipped.len(), 1);
    assert!(
        report.skipped[0].starts_with("page `http://outlet.example/news/1`: the answer is 403"),
        "{:?}",
        report.skipped
    );
}

#[tokio::test]
async fn a_page_that_is_gone_is_not_told_as_if_the_source_were() {
    let site = Website::start().await;
    site.on("/feed", Reply::feed(rss(&item(1, "Two villages were shelled."))));
    site.on("/news/1", Reply::status(404));
    let report = gather(&site, FEED_URL).await;
    assert_eq!(report.articles[0].text, "Two villages were shelled.");
    let [note] = report.skipped.as_slice() else { panic!("{:?}", report.skipped) };
    assert!(note.contains("/news/1`: the outlet has it no longer"), "{note}");
    assert!(!note.contains("change `url`"), "{note}");
}

#[tokio::test]
async fn an_entry_without_text_whose_page_fails_today_is_left_for_the_next_run() {
    let site = Website::start().await;
    site.on("/feed", Reply::feed(rss(&item(1, ""))).header("etag", "\"v1\""));
    site.on("/news/1", Reply::status(503)).on("/news/1", Reply::page(page(&long_text())));
    let gatherer = gatherer(&config(&site));
    let first = gatherer.gather(&source(FEED_URL), &FetchState::default(), &nothing_known).await;
    assert_eq!((first.articles.len(), first.state.etag.as_deref()), (0, None));
    let second = gatherer.gather(&source(FEED_URL), &first.state, &nothing_known).await;
    assert_eq!((second.articles.len(), second.state.etag.as_deref()), (1, Some("\"v1\"")));
}

#[tokio::test]
async fn no_more_pages_of_a_source_are_fetched_than_configured() {
    let site = Website::start().await;
    site.on("/feed", Reply::feed(rss(&(1..=4).map(|n| item(n, "Short.")).collect::<String>())));
    let config = GatherConfig { pages_per_source: 2, ..config(&site) };
    let report =
        gatherer(&config).gather(&source(FEED_URL), &FetchState::default(), &nothing_known).await;
    assert_eq!((report.articles.len(), site.paths().len()), (4, 3));
    assert!(
        report.skipped.iter().any(|note| note.starts_with("2 pages were not fetched")),
        "{:?}",
        report.skipped
    );
}

#[tokio::test]
async fn a_wrong_character_set_in_the_header_does_no_harm() {
    let site = Website::start().await;
    let text = "تعرضت قريتان للقصف يوم الخميس ".repeat(60);
    site.on("/feed", Reply::ok("text/xml; charset=iso-8859-1", rss(&item(1, &text))));
    let report = gather(&site, FEED_URL).await;
    assert!(report.articles[0].text.starts_with("تعرضت قريتان"));
    assert_eq!(detect(&report.articles[0].text), Some("ar"));
}

#[tokio::test]
async fn one_host_is_asked_one_thing_at_a_time() {
    let site = Website::start().await;
    for path in ["/a", "/b", "/c"] {
        site.on(path, Reply::feed(rss(&item(1, &long_text()))).after(Duration::from_millis(30)));
    }
    let gatherer = gatherer(&config(&site));
    let (state, known) = (FetchState::default(), nothing_known);
    let sources = ["a", "b", "c"].map(|path| source(&format!("http://outlet.example/{path}")));
    let reports = futures::future::join_all(
        sources.iter().map(|source| gatherer.gather(source, &state, &known)),
    )
    .await;
    assert!(reports.iter().all(|report| report.outcome == FetchOutcome::Ok));
    assert_eq!(site.most_at_once(), 1);
}

#[tokio::test]
async fn a_folder_is_a_source() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("a.txt"), "Date: 2020-06-25\n\nTwo villages were shelled.")
        .unwrap();
    std::fs::write(folder.path().join("b.txt"), "").unwrap();
    let site = Website::start().await;
    let report = gather(&site, folder.path().to_str().unwrap()).await;
    assert_eq!(
        (report.outcome, report.articles.len(), report.skipped.len()),
        (FetchOutcome::Ok, 1, 1)
    );
    let report = gather(&site, "file:///nowhere/at/all").await;
    assert_fails(&report, FetchOutcome::Gone, "check that it exists");
}

#[tokio::test]
async fn s_1_no_redirect_reaches_what_is_not_public() {
    let (site, canary) = (Website::start().await, Canary::start().await);
    let port = canary.port;
    let targets = [
        "http://169.254.169.254/latest/meta-data/".to_owned(),
        format!("http://127.0.0.1:{port}/"),
        format!("http://[::1]:{port}/"),
        format!("http://[::ffff:127.0.0.1]:{port}/"),
        format!("http://2130706433:{port}/"),
        format!("http://0x7f000001:{port}/"),
        format!("http://0177.0.0.1:{port}/"),
        format!("http://localhost:{port}/"),
        format!("//127.0.0.1:{port}/"),
        "http://localhost/".to_owned(),
        "http://0.0.0.0/".to_owned(),
        "file:///etc/passwd".to_owned(),
        "gopher://outlet.example/".to_owned(),
        "data:text/xml,<rss/>".to_owned(),
    ];
    for (number, target) in targets.iter().enumerate() {
        let path = format!("/to/{number}");
        site.on(&path, Reply::redirect(301, target));
        let report = gather(&site, &format!("http://outlet.example{path}")).await;
        assert_fails(&report, FetchOutcome::Forbidden, "");
        assert_eq!(report.moved_to, None, "{target}");
    }
    assert_eq!(canary.connects(), 0);
}

#[tokio::test]
async fn s_1_an_exception_of_the_guard_is_not_reached_through_a_redirect() {
    let (site, canary) = (Website::start().await, Canary::start().await);
    let inside = format!("127.0.0.1:{}", canary.port);
    site.on("/feed", Reply::redirect(302, &format!("http://{inside}/secret")));
    let config = GatherConfig { allow_private: vec![inside], ..config(&site) };
    let report =
        gatherer(&config).gather(&source(FEED_URL), &FetchState::default(), &nothing_known).await;
    assert_fails(&report, FetchOutcome::Forbidden, "not");
    assert_eq!(canary.connects(), 0);
}

#[tokio::test]
async fn s_1_private_sources_are_refused_unless_excepted() {
    let site = Website::start().await;
    site.on("/feed", Reply::feed(rss(&item(1, &long_text()))));
    let url = format!("http://{}/feed", site.address());
    assert_fails(&gather(&site, &url).await, FetchOutcome::Forbidden, "`[gather] allow_private`");
    assert!(site.paths().is_empty());
    let config = GatherConfig { allow_private: vec![site.address()], ..config(&site) };
    let report =
        gatherer(&config).gather(&source(&url), &FetchState::default(), &nothing_known).await;
    assert_eq!(report.outcome, FetchOutcome::Ok);
}

#[tokio::test]
async fn s_1_a_name_for_a_private_address_is_refused_when_it_is_looked_up() {
    let site = Website::start().await;
    let report = gather(&site, "http://localhost/feed").await;
    assert_fails(
        &report,
        FetchOutcome::Forbidden,
        "its name stands for an address that is not public",
    );
}

#[tokio::test]
async fn s_1_five_redirects_are_followed_and_six_are_not() {
    let site = Website::start().await;
    for hop in 1..=6 {
        site.on(&format!("/hop/{hop}"), Reply::redirect(302, &format!("/hop/{}", hop - 1)));
    }
    site.on("/hop/0", Reply::feed(rss(&item(1, &long_text()))));
    site.on("/loop", Reply::redirect(302, "/loop"));
    assert_eq!(gather(&site, "http://outlet.example/hop/5").await.outcome, FetchOutcome::Ok);
    assert_fails(
        &gather(&site, "http://outlet.example/hop/6").await,
        FetchOutcome::Unreachable,
        "redirects in circles",
    );
    assert_fails(
        &gather(&site, "http://outlet.example/loop").await,
        FetchOutcome::Unreachable,
        "redirects in circles",
    );
}

#[tokio::test]
async fn s_1_credentials_stay_with_their_host() {
    let site = Website::start().await;
    site.on("/feed", Reply::redirect(302, "/same"));
    site.on("/same", Reply::redirect(302, "http://other.example/there"));
    site.on("/there", Reply::feed(rss(&item(1, &long_text()))));
    let report = gather(&site, "http://desk:secret@outlet.example/feed").await;
    assert_eq!(report.outcome, FetchOutcome::Ok);
    let sent: Vec<bool> =
        site.seen().iter().map(|seen| seen.headers.contains_key("authorization")).collect();
    assert_eq!(sent, [true, true, false]);
    let failed = gather(&site, "http://desk:secret@outlet.example/none?token=secret").await;
    assert!(!failed.message.contains("secret"), "{}", failed.message);
    let refused = gather(&site, "http://desk:secret@10.0.0.1/feed?token=secret").await;
    assert!(!refused.message.contains("secret"), "{}", refused.message);
}

#[tokio::test]
async fn a_feed_that_moved_for_good_is_read_and_the_new_address_proposed() {
    let site = Website::start().await;
    site.on("/feed", Reply::redirect(301, "/new"));
    site.on("/new", Reply::feed(rss(&item(1, &long_text()))));
    site.on("/old", Reply::redirect(308, "/home"))
        .on("/home", Reply::page("<html><p>Home</p></html>"));
    let report = gather(&site, FEED_URL).await;
    assert_eq!(
        (report.outcome, report.moved_to.as_deref()),
        (FetchOutcome::Ok, Some("http://outlet.example/new"))
    );
    assert!(
        report.message.contains("moved for good to `http://outlet.example/new`: change `url`"),
        "{}",
        report.message
    );
    assert_fails(
        &gather(&site, "http://outlet.example/old").await,
        FetchOutcome::Moved,
        "at the new address",
    );
}

#[tokio::test]
async fn s_2_endless_and_oversized_answers_are_too_large() {
    let site = Website::start().await;
    site.on("/endless", Reply::endless(&vec![b'x'; 64 << 10], Duration::ZERO));
    site.on("/large", Reply::feed(vec![b' '; 6 << 20]));
    assert_fails(
        &gather(&site, "http://outlet.example/endless").await,
        FetchOutcome::TooLarge,
        "larger than 5 MiB",
    );
    assert_fails(
        &gather(&site, "http://outlet.example/large").await,
        FetchOutcome::TooLarge,
        "larger than 5 MiB",
    );
}

#[tokio::test]
async fn s_2_a_decompression_bomb_is_refused() {
    let site = Website::start().await;
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(&vec![0; 10 << 20]).unwrap();
    site.on("/feed", Reply::feed(encoder.finish().unwrap()).header("content-encoding", "gzip"));
    assert_fails(&gather(&site, FEED_URL).await, FetchOutcome::TooLarge, "100 times its size");
}

#[tokio::test]
async fn s_2_a_server_that_drips_or_hangs_is_timed_out() {
    let site = Website::start().await;
    site.on("/drip", Reply::endless(b"x", Duration::from_millis(100)));
    site.on("/hang", Reply::status(200).after(Duration::from_mins(1)));
    assert_fails(
        &gather(&site, "http://outlet.example/drip").await,
        FetchOutcome::TimedOut,
        "did not answer in time (2 s)",
    );
    assert_fails(
        &gather(&site, "http://outlet.example/hang").await,
        FetchOutcome::TimedOut,
        "did not answer in time (1 s)",
    );
}

#[tokio::test]
async fn s_3_a_feed_of_entity_attacks_is_read_without_expanding_them() {
    let site = Website::start().await;
    let attack = format!(
        "<!DOCTYPE rss [<!ENTITY a \"{}\"><!ENTITY b \"{}\"><!ENTITY c SYSTEM \"file:///etc/passwd\">]>{}",
        "x".repeat(1000),
        "&a;".repeat(1000),
        rss(&item(1, &long_text()).replace("Report", "&b;&c; Report"))
    );
    site.on("/feed", Reply::feed(attack));
    let report = gather(&site, FEED_URL).await;
    assert_eq!(report.articles[0].title, "&b;&c; Report 1");
}

#[tokio::test]
async fn s_4_a_script_address_of_an_entry_never_becomes_a_link() {
    let site = Website::start().await;
    let entry =
        item(1, &long_text()).replace("http://outlet.example/news/1", "javascript:alert(1)");
    site.on("/feed", Reply::feed(rss(&entry)));
    let report = gather(&site, FEED_URL).await;
    assert!(
        report.articles[0].url.starts_with("http://outlet.example/feed#"),
        "{}",
        report.articles[0].url
    );
}
