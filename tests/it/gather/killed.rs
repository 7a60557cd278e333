//! kill -9 in the middle of gathering: each article is stored exactly once afterwards.
//!
//! Ten kills by default; `SITREP_KILLS=20 cargo test --test it killed_at` makes it twenty.

use std::fmt::Write as _;
use std::fs;
use std::path::Path;
use std::process::{Child, Stdio};
use std::time::Duration;

use super::{long_text, page, rss};
use crate::support::program::{ok, sitrep};
use crate::support::website::{Reply, Website};

const SOURCES: usize = 20;
const ENTRIES: usize = 25;
/// Of the entries of a source, so many have only a summary, and a page.
const PAGES: usize = 5;
const KILLS: usize = 10;

fn url(source: usize, entry: usize) -> String {
    format!("http://s{source}.example/{source}/{entry}")
}

fn script(site: &Website) {
    for source in 0..SOURCES {
        let items = (0..ENTRIES).fold(String::new(), |mut all, entry| {
            let text = if entry < PAGES { "Short.".to_owned() } else { long_text() };
            let _ = write!(
                all,
                "<item><title>Report {source} {entry}</title><link>{}</link>\
                 <description>{text}</description></item>",
                url(source, entry)
            );
            all
        });
        site.on(&format!("/{source}/feed"), Reply::feed(rss(&items)).header("etag", "\"1\""));
        for entry in 0..PAGES {
            let page = Reply::page(page(&long_text())).after(Duration::from_millis(20));
            site.on(&format!("/{source}/{entry}"), page);
        }
    }
}

fn newsdesk(site: &Website) -> tempfile::TempDir {
    let dir = tempfile::tempdir().unwrap();
    ok(dir.path(), &["init"]);
    let (mut hosts, mut sources) = (String::new(), String::new());
    for n in 0..SOURCES {
        let _ = writeln!(hosts, "\"s{n}.example\" = \"{}\"", site.address());
        let _ = writeln!(
            sources,
            "[[source]]\nid = \"s{n}\"\nname = \"S{n}\"\nurl = \"http://s{n}.example/{n}/feed\""
        );
    }
    let config = format!("[gather]\nhost_delay = 0\nlease = \"1s\"\n[gather.hosts]\n{hosts}");
    fs::write(dir.path().join("config/sitrep.toml"), config).unwrap();
    fs::write(dir.path().join("config/sources.toml"), sources).unwrap();
    dir
}

#[expect(clippy::disallowed_methods, reason = "how often to kill, only the caller knows")]
fn kills() -> usize {
    std::env::var("SITREP_KILLS").map_or(KILLS, |said| said.parse().unwrap())
}

/// Lets a gathering make so many requests, or end before, and kills it.
async fn kill_after(dir: &Path, site: &Website, requests: usize) {
    let already = site.paths().len();
    let mut child: Child =
        sitrep(dir, &["gather"]).stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
    while child.try_wait().unwrap().is_none() && site.paths().len() < already + requests {
        tokio::time::sleep(Duration::from_millis(2)).await;
    }
    child.kill().unwrap();
    child.wait().unwrap();
}

/// Each address with how often it is stored, and how long its shortest text is.
async fn stored(dir: &Path) -> Vec<(String, i64, i64)> {
    let url = format!("sqlite:{}", dir.join("sitrep.db").display());
    let pool = sqlx::SqlitePool::connect(&url).await.unwrap();
    let sql = "SELECT url, COUNT(*), MIN(LENGTH(text)) FROM article GROUP BY url ORDER BY url";
    sqlx::query_as(sql).fetch_all(&pool).await.unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn killed_at_ten_points_of_gathering_500_articles_each_is_stored_exactly_once() {
    let site = Website::start().await;
    script(&site);
    let dir = newsdesk(&site);
    let mut chance = 0x5eed_u64;
    for _ in 0..kills() {
        // A linear congruential generator (Knuth, MMIX): the points are the same in every run.
        chance =
            chance.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        let most = u64::try_from(SOURCES * (PAGES + 1)).unwrap();
        let requests = usize::try_from((chance >> 33) % most).unwrap();
        kill_after(dir.path(), &site, 1 + requests).await;
    }
    let asked = site.paths().len();
    assert!(asked > SOURCES * (PAGES + 1), "the kills came before anything was done: {asked}");
    ok(dir.path(), &["gather"]);
    let mut expected: Vec<String> =
        (0..SOURCES).flat_map(|source| (0..ENTRIES).map(move |entry| url(source, entry))).collect();
    expected.sort();
    let stored = stored(dir.path()).await;
    assert_eq!(stored.iter().map(|(url, ..)| url.clone()).collect::<Vec<_>>(), expected);
    for (url, times, length) in stored {
        assert_eq!(times, 1, "{url}");
        assert!(length > 1000, "{url} is stored with {length} characters");
    }
}
