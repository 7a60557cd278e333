//! The health of sources over several runs: when each is asked, what an editor is told, what coverage remembers.

use jiff::SignedDuration;
use jiff::civil::time;
use sitrep::model::delivery::DeliveryState;
use sitrep::model::id::SourceId;
use sitrep::model::notice::{Notice, NoticeKind};
use sitrep::model::source::FetchOutcome;
use sitrep::model::subscriber::Subscription;
use sitrep::pipeline::Gathered;
use sitrep::store::{notices, sources, status, subscribers, subscriptions};

use super::{item, long_text, rss};
use crate::support::newsdesk::{Newsdesk, source};
use crate::support::samples::{at, subscriber, subscription};
use crate::support::website::{Reply, Website};

const NOW: &str = "2020-06-26T08:00:00Z";

async fn desk(site: &Website) -> Newsdesk {
    Newsdesk::open(site, NOW, vec![source("valley", "http://outlet.example/feed")]).await
}

fn feed() -> Reply {
    Reply::feed(rss(&item(1, &long_text())))
}

fn outcomes(gathered: &Gathered) -> Vec<FetchOutcome> {
    gathered.sources.iter().map(|one| one.outcome).collect()
}

async fn told(desk: &Newsdesk) -> Vec<Notice> {
    let mut untold = notices::untold(&desk.pipeline.db).await.unwrap();
    untold.retain(|notice| notice.subject != "clock");
    untold
}

#[tokio::test(flavor = "multi_thread")]
async fn by_the_timetable_a_source_is_asked_when_it_is_due_and_by_hand_at_once() {
    let site = Website::start().await;
    site.on("/feed", feed());
    let desk = desk(&site).await;
    assert_eq!(desk.pipeline.gather_due().await.unwrap().sources.len(), 1);
    assert_eq!(desk.pipeline.gather_due().await.unwrap().sources.len(), 0);
    assert_eq!(desk.pipeline.gather(&[]).await.unwrap().sources.len(), 1);
    desk.after_minutes(17);
    assert_eq!(desk.pipeline.gather_due().await.unwrap().sources.len(), 1);
    assert_eq!(site.paths().len(), 3);
}

#[tokio::test(flavor = "multi_thread")]
async fn b_58_after_a_closing_without_data_the_full_issue_follows_when_data_arrive_within_three_hours()
 {
    for (minutes, made_up) in [(170, true), (190, false)] {
        let site = Website::start().await;
        let both = format!("{}{}", item(1, &long_text()), item(2, &long_text()));
        site.on("/feed", feed())
            .on("/feed", Reply::status(503))
            .on("/feed", Reply::feed(rss(&both)));
        let desk = desk(&site).await;
        let (pipeline, reader) = (&desk.pipeline, subscriber("a@example.org"));
        subscribers::add(&pipeline.db, &reader).await.unwrap();
        let wanted = Subscription { at: time(8, 5, 0, 0), ..subscription(&reader, "daily") };
        subscriptions::put(&pipeline.db, &wanted).await.unwrap();
        let edition = pipeline.edition("daily").unwrap();
        for day in [26, 27] {
            let close = |day| at(&format!("2020-06-{day}T08:30:00Z"));
            pipeline.prepare().await.unwrap();
            desk.after_minutes(30);
            pipeline.close_and_queue(&edition, close(day), Some(close(day + 1))).await.unwrap();
            desk.after_minutes(if day == 26 { 23 * 60 + 30 } else { 0 });
        }
        assert!(pipeline.make_up(&edition).await.unwrap().is_none(), "there are no data yet");
        desk.after_minutes(minutes);
        pipeline.prepare().await.unwrap();
        desk.after_minutes(1);
        let made = pipeline.make_up(&edition).await.unwrap();
        assert_eq!(made.map(|run| run.queued()), made_up.then_some(1), "{minutes} minutes");
        let states = status::status(&pipeline.db).await.unwrap().outbox;
        assert_eq!(states.get(&DeliveryState::Expired).copied(), made_up.then_some(1));
        assert!(pipeline.make_up(&edition).await.unwrap().is_none(), "once");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_outlet_that_asks_us_to_wait_is_left_alone_until_then_unless_its_source_is_named() {
    let site = Website::start().await;
    let wait = Reply::status(503).header("retry-after", "7200");
    site.on("/feed", wait).on("/feed", feed());
    let desk = desk(&site).await;
    let asked = desk.pipeline.gather(&[]).await.unwrap();
    assert_eq!(outcomes(&asked), [FetchOutcome::Unreachable]);
    let until = [(SourceId::new("valley"), at("2020-06-26T10:00:00Z"))].into();
    assert_eq!(asked.waits, until, "who has just asked for it is told, too");
    desk.after_minutes(119);
    let left_alone = desk.pipeline.gather(&[]).await.unwrap();
    assert_eq!((outcomes(&left_alone), &left_alone.waits), (vec![], &until));
    assert_eq!(outcomes(&desk.pipeline.gather_due().await.unwrap()), []);
    let named = desk.pipeline.gather(&[SourceId::new("valley")]).await.unwrap();
    assert_eq!((outcomes(&named), named.waits.len()), (vec![FetchOutcome::Ok], 0));
    assert_eq!(outcomes(&desk.pipeline.gather(&[]).await.unwrap()), [FetchOutcome::Ok]);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_editor_is_told_once_that_a_source_broke_and_once_that_it_recovered() {
    let site = Website::start().await;
    site.on("/feed", feed());
    for _ in 0..5 {
        site.on("/feed", Reply::status(502));
    }
    site.on("/feed", feed());
    let desk = desk(&site).await;
    let mut seen = Vec::new();
    for _ in 0..8 {
        desk.pipeline.gather(&[]).await.unwrap();
        seen.push(told(&desk).await.len());
        desk.after_minutes(20);
    }
    assert_eq!(seen, [0, 0, 0, 1, 1, 1, 2, 2]);
    let told = told(&desk).await;
    assert_eq!(
        (told[0].kind, told[1].kind),
        (NoticeKind::SourceBroke, NoticeKind::SourceRecovered)
    );
    assert!(told[0].text.contains("`valley`") && told[0].text.contains("server is broken"));
    assert!(told[1].text.contains("broken since 2020-06-26 09:00 UTC"), "{}", told[1].text);
}

#[tokio::test(flavor = "multi_thread")]
async fn after_a_failure_everything_is_asked_for_and_a_304_does_not_turn_the_source_green() {
    let site = Website::start().await;
    site.on("/feed", feed().header("etag", "\"1\"")).on("/feed", Reply::status(500));
    // A server that says "not modified" whatever it is asked.
    site.on("/feed", Reply::status(304)).on("/feed", feed());
    let desk = desk(&site).await;
    for (outcome, failures) in [
        (FetchOutcome::Ok, 0),
        (FetchOutcome::Unreachable, 1),
        (FetchOutcome::NotModified, 1),
        (FetchOutcome::Ok, 0),
    ] {
        assert_eq!(outcomes(&desk.pipeline.gather(&[]).await.unwrap()), [outcome]);
        let state =
            sources::fetch_state(&desk.pipeline.db, &SourceId::new("valley")).await.unwrap();
        assert_eq!(state.failures, failures, "{outcome:?}");
    }
    let asked: Vec<bool> =
        site.seen().iter().map(|seen| seen.headers.contains_key("if-none-match")).collect();
    assert_eq!(asked, [false, true, false, false]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_source_that_moved_is_proposed_and_never_changed_by_itself() {
    let site = Website::start().await;
    site.on("/feed", Reply::redirect(301, "/new")).on("/new", feed());
    let desk = desk(&site).await;
    for _ in 0..2 {
        let gathered = desk.pipeline.gather(&[]).await.unwrap();
        assert!(gathered.sources[0].message.as_ref().unwrap().contains("change `url`"));
    }
    let state = sources::fetch_state(&desk.pipeline.db, &SourceId::new("valley")).await.unwrap();
    assert_eq!(state.moved_to.as_deref(), Some("http://outlet.example/new"));
    assert_eq!(site.paths(), ["/feed", "/new", "/feed", "/new"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_clock_more_than_ten_minutes_off_the_servers_is_said_once_until_it_is_right() {
    let site = Website::start().await;
    let dated = |date: &str| feed().header("date", date);
    site.on("/feed", dated("Fri, 26 Jun 2020 08:09:00 GMT"));
    site.on("/feed", dated("Fri, 26 Jun 2020 07:49:00 GMT"));
    site.on("/feed", dated("Fri, 26 Jun 2020 07:49:00 GMT"));
    site.on("/feed", dated("Fri, 26 Jun 2020 08:04:00 GMT"));
    let desk = desk(&site).await;
    let mut told = Vec::new();
    for minutes in [9, -12, -13, 1] {
        let gathered = desk.pipeline.gather(&[]).await.unwrap();
        assert_eq!(gathered.clock_off, Some(SignedDuration::from_mins(minutes)));
        let standing = notices::standing(&desk.pipeline.db).await.unwrap();
        told.push(standing.first().map(|notice| notice.text.clone()));
        desk.after_minutes(1);
    }
    assert_eq!((&told[0], &told[3]), (&None, &None));
    assert!(told[1].as_ref().unwrap().contains("12 min ahead of the servers"));
    assert_eq!(told[1], told[2]);
    let untold = notices::untold(&desk.pipeline.db).await.unwrap();
    let kinds: Vec<_> = untold.iter().map(|notice| notice.kind).collect();
    assert_eq!(kinds, [NoticeKind::ClockOff, NoticeKind::ClockRight]);
}

#[tokio::test(flavor = "multi_thread")]
async fn b_53_coverage_remembers_the_days_before_and_sees_sources_come_and_go() {
    let site = Website::start().await;
    for path in ["/1", "/2", "/3"] {
        site.on(path, feed());
    }
    let url = |n: u32| format!("http://outlet{n}.example/{n}");
    let sources: Vec<_> = (1..=3).map(|n| source(&format!("s{n}"), &url(n))).collect();
    let mut desk = Newsdesk::open(&site, "2020-06-20T05:00:00Z", sources.clone()).await;
    let edition = desk.pipeline.edition("daily").unwrap();
    let mut coverage = Vec::new();
    // Three sources on the first day, then two, then two, three again, and three.
    for today in [&sources[..], &sources[..2], &sources[..2], &sources[..], &sources[..]] {
        desk.pipeline.file_sources = today.to_vec();
        desk.pipeline.prepare().await.unwrap();
        desk.after_minutes(30);
        let close = sitrep::model::Clock::now(&*desk.clock);
        let (_, frozen) = desk.pipeline.close(&edition, close, None).await.unwrap().unwrap();
        coverage.push((frozen.coverage.read_before, frozen.coverage.sources_changed));
        desk.after_minutes(24 * 60 - 30);
    }
    assert_eq!(coverage[0], (vec![], false));
    assert_eq!(coverage[1], (vec![], true), "one was removed");
    assert_eq!(coverage[2], (vec![3], false));
    assert_eq!(coverage[3], (vec![2, 3], false), "an old acquaintance");
    assert_eq!(coverage[4], (vec![2, 2, 3], false));
}

#[tokio::test(flavor = "multi_thread")]
async fn b_53_a_source_that_was_removed_while_nothing_ran_for_days_is_missed() {
    let site = Website::start().await;
    site.on("/1", feed()).on("/2", feed());
    let sources =
        [1, 2].map(|n| source(&format!("s{n}"), &format!("http://outlet{n}.example/{n}")));
    let mut desk = Newsdesk::open(&site, "2020-06-20T05:00:00Z", sources.to_vec()).await;
    let edition = desk.pipeline.edition("daily").unwrap();
    let mut changed = Vec::new();
    // Two sources, then five days of nothing, then one, and one.
    for (kept, days) in [(2, 5), (1, 1), (1, 1)] {
        desk.pipeline.file_sources.truncate(kept);
        desk.pipeline.prepare().await.unwrap();
        desk.after_minutes(30);
        let close = sitrep::model::Clock::now(&*desk.clock);
        let (_, frozen) = desk.pipeline.close(&edition, close, None).await.unwrap().unwrap();
        changed.push(frozen.coverage.sources_changed);
        desk.after_minutes(days * 24 * 60 - 30);
    }
    assert_eq!(changed, [false, true, false]);
}
