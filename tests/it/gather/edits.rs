//! Each article once: edits become versions, archives are read without mailing.

use std::sync::Arc;

use sitrep::model::Clock as _;
use sitrep::model::digest::Variant;
use sitrep::model::event::{Event, FigureReport, Measure};
use sitrep::model::filter::{Filter, Grouping};
use sitrep::model::id::SourceId;
use sitrep::model::source::Source;
use sitrep::pipeline::Request;
use sitrep::store::{articles, events};

use super::rss;
use crate::support::newsdesk::{Newsdesk, source};
use crate::support::samples::{at, window};
use crate::support::website::{Reply, Website};

const NOW: &str = "2020-06-26T08:00:00Z";

fn valley() -> Source {
    let mut source = source("valley", "http://outlet.example/feed");
    source.theatres = vec!["syria".to_owned()];
    source
}

async fn desk(site: &Website) -> Newsdesk {
    let mut desk = Newsdesk::open(site, NOW, vec![valley()]).await;
    // What the feed says is all there is.
    Arc::make_mut(&mut desk.pipeline.config).gather.full_text_from = 0;
    desk
}

fn entry(number: u32, published: &str, text: &str) -> String {
    format!(
        "<item><title>Checkpoint attacked</title><link>http://outlet.example/{number}</link>\
         <pubDate>{published}</pubDate><description>{text}</description></item>"
    )
}

fn attack(killed: &str, town: &str) -> String {
    format!(
        "Islamic State gunmen attacked a Syrian army checkpoint near {town} on Thursday, killing {killed} soldiers."
    )
}

const THURSDAY: &str = "Thu, 25 Jun 2020 18:00:00 GMT";

async fn known_events(desk: &Newsdesk) -> Vec<Event> {
    desk.pipeline.prepare().await.unwrap();
    let ever = window("2020-01-01T00:00Z", "2021-01-01T00:00Z");
    events::first_seen_in(&desk.pipeline.db, ever).await.unwrap()
}

fn killed(event: &Event) -> Vec<&FigureReport> {
    let killed = event.figures.iter().filter(|figure| figure.measure == Measure::Killed);
    killed.flat_map(|figure| &figure.reports).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn an_edited_article_is_a_new_version_and_a_revision_of_the_same_event() {
    let site = Website::start().await;
    let feed = |killed: &str| Reply::feed(rss(&entry(1, THURSDAY, &attack(killed, "Mayadin"))));
    site.on("/feed", feed("two")).on("/feed", feed("two")).on("/feed", feed("five"));
    let desk = desk(&site).await;
    let before = known_events(&desk).await;
    assert_eq!(before.len(), 1, "{before:?}");
    desk.after_minutes(60);
    assert_eq!(known_events(&desk).await, before, "listed as before, so not read again");
    desk.after_minutes(60);
    let after = known_events(&desk).await;
    assert_eq!(after.len(), 1, "{after:?}");
    assert_eq!((&after[0].id, after[0].first_seen), (&before[0].id, before[0].first_seen));
    assert_eq!(after[0].changed_at, at("2020-06-26T10:00:00Z"));
    assert_ne!(killed(&before[0]), killed(&after[0]));
    // The old text is kept.
    for (event, number) in [(&before[0], "two"), (&after[0], "five")] {
        let article = &event.reports[0].article;
        let stored = articles::get(&desk.pipeline.db, &article.id).await.unwrap().unwrap();
        assert_eq!(stored.found.text, attack(number, "Mayadin"));
        assert_eq!(stored.version, if number == "two" { 1 } else { 2 });
    }
    // Only the revision belongs to a window that begins after the first version was told.
    let later = window("2020-06-26T09:30Z", "2020-06-26T11:00Z");
    assert_eq!(events::in_window(&desk.pipeline.db, later).await.unwrap().len(), 1);
    assert_eq!(events::first_seen_in(&desk.pipeline.db, later).await.unwrap(), []);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_edit_of_an_old_entry_and_of_one_whose_page_fails_changes_nothing() {
    let site = Website::start().await;
    let old = "Thu, 11 Jun 2020 18:00:00 GMT";
    let feed = |killed| {
        rss(&(entry(1, old, &attack(killed, "Mayadin"))
            + &entry(2, THURSDAY, &attack(killed, "Ariha"))))
    };
    site.on("/feed", Reply::feed(feed("two"))).on("/feed", Reply::feed(feed("five")));
    let page = super::page(&super::long_text());
    site.on("/1", Reply::page(page.clone()))
        .on("/2", Reply::page(page))
        .on("/2", Reply::status(503));
    let desk = Newsdesk::open(&site, NOW, vec![valley()]).await;
    for new in [2, 0] {
        let gathered = desk.pipeline.gather(&[]).await.unwrap();
        assert_eq!(gathered.sources[0].new, new, "{:?}", gathered.sources[0]);
        desk.after_minutes(30);
    }
    assert_eq!(site.paths(), ["/feed", "/1", "/2", "/feed", "/2"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_first_run_keeps_what_is_older_than_the_window_and_mails_none_of_it() {
    let site = Website::start().await;
    let old = entry(1, "Wed, 24 Jun 2020 06:00:00 GMT", &attack("three", "Ariha"));
    let new = entry(2, THURSDAY, &attack("two", "Mayadin"));
    site.on("/feed", Reply::feed(rss(&(old + &new))));
    let desk = desk(&site).await;
    desk.pipeline.prepare().await.unwrap();
    desk.after_minutes(30);
    let edition = desk.pipeline.edition("daily").unwrap();
    let (_, frozen) = desk.pipeline.close(&edition, desk.clock.now(), None).await.unwrap().unwrap();
    let urls: Vec<_> = frozen.events.iter().map(|e| e.reports[0].article.url.as_str()).collect();
    assert_eq!(urls, ["http://outlet.example/2"]);
    assert_eq!(frozen.coverage.articles, 1);
}

fn wordpress(items: &str) -> Reply {
    let generator = "<generator>https://wordpress.org/?v=6.5</generator>";
    Reply::feed(rss(&format!("{generator}{items}")))
}

#[tokio::test(flavor = "multi_thread")]
async fn a_backfill_reads_the_archive_back_to_its_day_and_mails_nothing() {
    let site = Website::start().await;
    site.on("/feed", wordpress(&entry(1, THURSDAY, &attack("two", "Mayadin"))));
    let may = "Wed, 20 May 2020 18:00:00 GMT";
    let april = "Wed, 15 Apr 2020 18:00:00 GMT";
    site.on("/feed?paged=2", wordpress(&entry(2, may, &attack("three", "Ariha"))));
    site.on("/feed?paged=3", wordpress(&entry(3, april, &attack("four", "Raqqa"))));
    site.on("/feed?paged=4", wordpress(&entry(4, april, &attack("six", "Homs"))));
    let desk = desk(&site).await;
    desk.pipeline.prepare().await.unwrap();
    let edition = desk.pipeline.edition("daily").unwrap();
    desk.after_minutes(30);
    desk.pipeline.close(&edition, desk.clock.now(), None).await.unwrap().unwrap();
    desk.after_minutes(30);
    let since = at("2020-05-01T00:00Z");
    let gathered = desk.pipeline.backfill(&[], since).await.unwrap();
    assert_eq!(gathered.sources[0].new, 1, "{:?}", gathered.sources[0]);
    assert_eq!(site.paths(), ["/feed", "/feed", "/feed?paged=2", "/feed?paged=3"]);
    desk.pipeline.read_pending().await.unwrap();
    desk.pipeline.refresh_events().await.unwrap();
    desk.after_minutes(23 * 60);
    let (_, frozen) = desk.pipeline.close(&edition, desk.clock.now(), None).await.unwrap().unwrap();
    assert_eq!(frozen.events, [], "nothing of the archive is news");
    let variant = Variant {
        filter: Filter::default(),
        grouping: Grouping::Region,
        language: "en".to_owned(),
        zone: "UTC".to_owned(),
        brief: false,
    };
    let may = window("2020-05-01T00:00Z", "2020-06-01T00:00Z");
    let request = Request { title: "May".to_owned(), window: may, variant };
    let answer = desk.pipeline.answer(&request).await.unwrap();
    let urls: Vec<_> = answer.events().map(|event| event.reports[0].article.url.clone()).collect();
    assert_eq!(urls, ["http://outlet.example/2"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_archive_is_followed_where_the_feed_links_it() {
    let site = Website::start().await;
    let linked = |next: &str, item: String| {
        let link = format!(
            "<atom:link xmlns:atom=\"http://www.w3.org/2005/Atom\" rel=\"next\" href=\"{next}\"/>"
        );
        Reply::feed(rss(&format!("{link}{item}")))
    };
    site.on("/feed", linked("/older", entry(1, THURSDAY, "One.")));
    site.on("/older", linked("/oldest", entry(2, THURSDAY, "Two.")));
    site.on("/oldest", linked("/feed", entry(3, THURSDAY, "Three.")));
    let desk = desk(&site).await;
    let gathered = desk.pipeline.backfill(&[], at("2020-01-01T00:00Z")).await.unwrap();
    assert_eq!(gathered.sources[0].new, 3);
    let urls: Vec<_> = (1..=3).map(|n| format!("http://outlet.example/{n}")).collect();
    let valley = SourceId::new("valley");
    let known = articles::known(&desk.pipeline.db, &[(&valley, urls.as_slice())]).await.unwrap();
    assert_eq!(known[0].len(), 3);
    assert_eq!(site.paths(), ["/feed", "/older", "/oldest", "/feed"]);
}
