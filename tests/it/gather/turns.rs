//! Several processes on one database: of all of them one at a time asks a host, and what one reads the others leave.

use std::fmt::Write as _;
use std::fs;
use std::process::Stdio;
use std::time::Duration;

use sitrep::config::span::Span;
use sitrep::model::Clock as _;
use sitrep::model::id::SourceId;
use sitrep::store::leases;

use super::{item, long_text, rss};
use crate::support::newsdesk::{Newsdesk, source};
use crate::support::program::{ok, sitrep};
use crate::support::website::{Reply, Website};

fn feed() -> Reply {
    Reply::feed(rss(&item(1, &long_text())))
}

#[tokio::test(flavor = "multi_thread")]
async fn a_host_that_another_process_reads_is_left_to_it_and_read_when_it_is_free() {
    let site = Website::start().await;
    site.on("/a", feed()).on("/b", feed());
    let sources = [("a", "outlet"), ("b", "other")];
    let sources = sources.map(|(id, host)| source(id, &format!("http://{host}.example/{id}")));
    let mut desk = Newsdesk::open(&site, "2020-06-26T08:00:00Z", sources.to_vec()).await;
    std::sync::Arc::make_mut(&mut desk.pipeline.config).gather.lease = Span::seconds(1);
    let (db, now) = (&desk.pipeline.db, desk.clock.now());
    let until = now + Duration::from_mins(1);
    assert!(leases::take(db, "gather/outlet.example", "another", until, now).await.unwrap());
    let ids = |gathered: &sitrep::pipeline::Gathered| {
        let read = gathered.sources.iter().map(|one| one.source.to_string());
        (read.collect::<Vec<_>>(), gathered.elsewhere.clone())
    };
    let due = desk.pipeline.gather_due().await.unwrap();
    assert_eq!(ids(&due), (vec!["b".to_owned()], vec![SourceId::new("a")]));
    let named = desk.pipeline.gather(&[SourceId::new("a")]).await.unwrap();
    assert_eq!(ids(&named), (vec![], vec![SourceId::new("a")]));
    // Its process is dead: the lease runs out.
    desk.after_minutes(2);
    let free = desk.pipeline.gather(&[SourceId::new("a")]).await.unwrap();
    assert_eq!(ids(&free), (vec!["a".to_owned()], vec![]));
    assert!(!leases::release(db, "gather/outlet.example", &desk.pipeline.worker).await.unwrap());
    assert_eq!(site.paths(), ["/b", "/a"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn two_processes_never_ask_one_host_at_the_same_time() {
    const SOURCES: usize = 6;
    let site = Website::start().await;
    let dir = tempfile::tempdir().unwrap();
    ok(dir.path(), &["init"]);
    let mut sources = String::new();
    for n in 0..SOURCES {
        site.on(&format!("/{n}"), feed().after(Duration::from_millis(40)));
        let url = format!("http://outlet.example/{n}");
        let _ = writeln!(sources, "[[source]]\nid = \"s{n}\"\nname = \"S\"\nurl = \"{url}\"");
    }
    let hosts = format!("[gather.hosts]\n\"outlet.example\" = \"{}\"", site.address());
    let config = format!("[gather]\nhost_delay = 0\n{hosts}\n");
    fs::write(dir.path().join("config/sitrep.toml"), config).unwrap();
    fs::write(dir.path().join("config/sources.toml"), sources).unwrap();
    ok(dir.path(), &["source", "list"]);
    let start = || {
        let mut command = sitrep(dir.path(), &["gather", "--fetch-only"]);
        command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap()
    };
    for mut child in [start(), start()] {
        let status = tokio::task::spawn_blocking(move || child.wait()).await.unwrap();
        assert!(status.unwrap().success());
    }
    assert_eq!(site.most_at_once(), 1);
    let asked = site.paths().iter().filter(|path| *path != "/robots.txt").count();
    assert!((SOURCES..=2 * SOURCES).contains(&asked), "{asked}");
}
