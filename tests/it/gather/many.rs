//! Many sources, some of them faulty: each fault is named with what to do, and none holds up the others.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::{Duration, Instant};

use sitrep::config::span::Span;
use sitrep::model::source::{FetchOutcome, Source};

use super::{item, long_text, rss};
use crate::support::newsdesk::{Newsdesk, source};
use crate::support::website::{Reply, Website};

/// A fault: how it is scripted, how it ends, and what of the advice.
struct Fault {
    path: &'static str,
    reply: Reply,
    outcome: FetchOutcome,
    says: &'static str,
}

fn fault(path: &'static str, reply: Reply, outcome: FetchOutcome, says: &'static str) -> Fault {
    Fault { path, reply, outcome, says }
}

/// Ten faults, each of which three sources have.
fn faults() -> Vec<Fault> {
    let captcha = "<html><title>Just a moment...</title><p>Checking your browser</p></html>";
    let drip = Reply::endless(b"<", Duration::from_millis(100));
    vec![
        fault("/gone", Reply::status(410), FetchOutcome::Gone, "look for its new address"),
        fault(
            "/refused",
            Reply::status(403),
            FetchOutcome::Blocked,
            "ask it to admit our User-Agent",
        ),
        fault(
            "/captcha",
            Reply::page(captcha),
            FetchOutcome::Blocked,
            "ask it to admit our User-Agent",
        ),
        fault(
            "/page",
            Reply::page("<html><p>Home</p></html>"),
            FetchOutcome::Malformed,
            "change `url`",
        ),
        fault(
            "/large",
            Reply::feed(vec![b' '; 6 << 20]),
            FetchOutcome::TooLarge,
            "ask the outlet for a shorter one",
        ),
        fault(
            "/private/feed",
            Reply::feed("<rss/>"),
            FetchOutcome::Robots,
            "ask the outlet, or remove the source",
        ),
        fault(
            "/inside",
            Reply::redirect(302, "http://127.0.0.1/"),
            FetchOutcome::Forbidden,
            "we do not follow",
        ),
        fault(
            "/broken",
            Reply::status(500),
            FetchOutcome::Unreachable,
            "we try again at the next run",
        ),
        fault("/drip", drip, FetchOutcome::TimedOut, "we try again at the next run"),
        fault(
            "/hang",
            Reply::status(200).after(Duration::from_mins(5)),
            FetchOutcome::TimedOut,
            "we try again at the next run",
        ),
    ]
}

fn sources() -> Vec<Source> {
    let faults = faults();
    let path = |n: usize| match faults.get(n / 3) {
        Some(fault) => fault.path,
        None => "/feed",
    };
    (0..200).map(|n| source(&format!("s{n}"), &format!("http://s{n}.example{}", path(n)))).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn thirty_faulty_sources_of_two_hundred_cost_the_time_of_the_slowest_and_are_each_named() {
    let site = Website::start().await;
    site.on("/robots.txt", Reply::ok("text/plain", "User-agent: *\nDisallow: /private/\n"));
    site.on("/feed", Reply::feed(rss(&item(1, &long_text()))));
    for fault in faults() {
        site.on(fault.path, fault.reply);
    }
    let mut desk = Newsdesk::open(&site, "2020-06-26T08:00:00Z", sources()).await;
    let gather = &mut Arc::make_mut(&mut desk.pipeline.config).gather;
    (gather.total_timeout, gather.idle_timeout) = (Span::seconds(8), Span::seconds(4));
    let start = Instant::now();
    let gathered = desk.pipeline.gather(&[]).await.unwrap().sources;
    // In turn the six that drip and hang alone would take 36 seconds.
    assert!(start.elapsed() < Duration::from_secs(30), "{:?}", start.elapsed());
    let ids: Vec<_> = gathered.iter().map(|one| one.source.to_string()).collect();
    assert_eq!(ids, (0..200).map(|n| format!("s{n}")).collect::<Vec<_>>());
    for (one, fault) in gathered.iter().zip(faults().iter().flat_map(|fault| [fault; 3])) {
        let message = one.message.as_deref().unwrap();
        assert_eq!(one.outcome, fault.outcome, "{message}");
        assert!(message.starts_with(&format!("`{}`: ", one.source)), "{message}");
        assert!(message.contains(fault.says) && !message.contains('\n'), "{message}");
    }
    let mut good = BTreeMap::new();
    for one in &gathered[30..] {
        *good.entry((format!("{:?}", one.outcome), one.new)).or_insert(0) += 1;
    }
    assert_eq!(Vec::from_iter(good), [(("Ok".to_owned(), 1), 170)]);
}
