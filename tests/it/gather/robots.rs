//! robots.txt over several runs: what it says counts for a day (RFC 9309, 2.4), and a no is asked again.

use sitrep::model::source::FetchOutcome;
use sitrep::pipeline::Gathered;

use super::{item, long_text, rss};
use crate::support::newsdesk::{Newsdesk, source};
use crate::support::website::{Reply, Website};

async fn desk(site: &Website) -> Newsdesk {
    site.on("/feed", Reply::feed(rss(&item(1, &long_text()))));
    let sources =
        ["one", "two"].map(|id| source(id, &format!("http://outlet.example/feed?of={id}")));
    site.on("/feed?of=one", Reply::feed(rss(&item(1, &long_text()))));
    site.on("/feed?of=two", Reply::feed(rss(&item(2, &long_text()))));
    Newsdesk::open(site, "2020-06-26T08:00:00Z", sources.to_vec()).await
}

fn robots(text: &str) -> Reply {
    Reply::ok("text/plain", text.to_owned())
}

fn outcomes(gathered: &Gathered) -> Vec<FetchOutcome> {
    gathered.sources.iter().map(|one| one.outcome).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn robots_txt_is_asked_for_once_a_day_however_many_runs_and_sources_there_are() {
    for reply in [robots("User-agent: *\nDisallow: /private/\n"), Reply::status(404)] {
        let site = Website::start().await;
        site.on("/robots.txt", reply);
        let desk = desk(&site).await;
        for (minutes, asked) in [(0, 1), (60, 1), (22 * 60, 1), (61, 2)] {
            desk.after_minutes(minutes);
            let gathered = desk.pipeline.gather(&[]).await.unwrap();
            assert!(outcomes(&gathered).iter().all(|outcome| outcome.is_read()));
            assert_eq!(site.asked_for_robots(), asked, "{minutes} minutes later");
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_outlet_that_forbids_us_is_asked_again_at_each_run_so_that_its_change_of_mind_counts() {
    let site = Website::start().await;
    site.on("/robots.txt", robots("User-agent: *\nDisallow: /feed\n"));
    site.on("/robots.txt", robots("User-agent: *\nDisallow: /feed\n"));
    site.on("/robots.txt", robots("User-agent: *\nDisallow:\n"));
    let desk = desk(&site).await;
    for expected in [FetchOutcome::Robots, FetchOutcome::Robots, FetchOutcome::Ok] {
        let gathered = desk.pipeline.gather(&[]).await.unwrap();
        assert_eq!(outcomes(&gathered), [expected; 2]);
    }
    assert_eq!(site.asked_for_robots(), 3);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_robots_txt_that_could_not_be_read_is_not_remembered() {
    for reply in [Reply::status(503), Reply::status(429)] {
        let site = Website::start().await;
        site.on("/robots.txt", reply.clone()).on("/robots.txt", reply);
        site.on("/robots.txt", robots("User-agent: *\nDisallow: /feed\n"));
        let desk = desk(&site).await;
        for _ in 0..2 {
            desk.pipeline.gather(&[]).await.unwrap();
        }
        let gathered = desk.pipeline.gather(&[]).await.unwrap();
        assert_eq!(outcomes(&gathered), [FetchOutcome::Robots; 2]);
    }
}
