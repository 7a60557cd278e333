//! The program killed in the middle of a run, again and again.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;
use std::process::{Child, Stdio};
use std::time::{Duration, Instant};

use sitrep::model::delivery::{Delivery, DeliveryState};
use sitrep::model::{Clock as _, SystemClock};
use sitrep::store::{Db, digests, outbox, subscribers};

use crate::support::program::{ok, sitrep};
use crate::support::samples::{delivery, digest, subscriber};
use crate::support::smtp::ScriptedSmtp;

const RECIPIENTS: usize = 1_000;
const CONNECTIONS: usize = 4;

/// How often the run is killed; `SITREP_TEST_KILLS` asks for more.
#[expect(clippy::disallowed_methods, reason = "only the caller knows how long it has")]
fn kills() -> usize {
    std::env::var("SITREP_TEST_KILLS").ok().and_then(|kills| kills.parse().ok()).unwrap_or(10)
}

async fn queue(dir: &Path) -> Db {
    let url = format!("sqlite:{}", dir.join("sitrep.db").display());
    let db = Db::connect(&url).await.unwrap();
    db.migrate().await.unwrap();
    digests::insert(&db, &digest("d1")).await.unwrap();
    let now = SystemClock.now();
    let mut rows = Vec::new();
    for n in 0..RECIPIENTS {
        let reader = subscriber(&format!("reader{n}@example.net"));
        subscribers::add(&db, &reader).await.unwrap();
        let expires_at = now + jiff::SignedDuration::from_hours(12);
        rows.push(Delivery { due_at: now, expires_at, ..delivery(&reader, "d1") });
    }
    outbox::enqueue(&db, &rows).await.unwrap();
    db
}

fn configure(dir: &Path, server: &ScriptedSmtp) {
    ok(dir, &["init"]);
    let config = format!(
        "[deliver]\nfrom = \"digest@example.org\"\nconnections = {CONNECTIONS}\nunknown_after = \"1s\"\n\
         [deliver.smtp]\nhost = \"127.0.0.1\"\nport = {}\ntls = \"none\"\n[schedule]\nlease = \"2s\"\n",
        server.address.port()
    );
    fs::write(dir.join("config/sitrep.toml"), config).unwrap();
}

/// Runs until the server has `count` messages, and kills the run then. One that ends before, because what the last one
/// held is still held, is started again.
fn kill_at(dir: &Path, server: &ScriptedSmtp, count: usize) {
    let start = Instant::now();
    loop {
        let mut child = start_run(dir);
        while server.received().len() < count && child.try_wait().unwrap().is_none() {
            assert!(start.elapsed() < Duration::from_mins(1), "the run hangs");
            std::thread::sleep(Duration::from_millis(1));
        }
        let killed = child.try_wait().unwrap().is_none();
        let _ = child.kill();
        child.wait().unwrap();
        if killed {
            return;
        }
        std::thread::sleep(Duration::from_millis(100));
    }
}

fn start_run(dir: &Path) -> Child {
    sitrep(dir, &["deliver"]).stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn d_32_a_run_that_is_killed_loses_nobody_and_repeats_at_most_the_messages_in_flight() {
    let dir = tempfile::tempdir().unwrap();
    let server = ScriptedSmtp::start().await;
    configure(dir.path(), &server);
    let db = queue(dir.path()).await;
    let kills = kills();
    for kill in 1..=kills {
        // Not at equal steps: the points lie at another place in each batch and transaction.
        kill_at(dir.path(), &server, kill * RECIPIENTS / (kills + 1) + kill * 7 % 13);
    }
    let start = Instant::now();
    while !outbox::accounting(&db, "d1").await.unwrap().is_complete() {
        assert!(start.elapsed() < Duration::from_secs(90), "the run never ends");
        start_run(dir.path()).wait().unwrap();
        std::thread::sleep(Duration::from_millis(100));
    }
    let accounting = outbox::accounting(&db, "d1").await.unwrap();
    assert_eq!(accounting.count(DeliveryState::Accepted) as usize, RECIPIENTS);
    let mut by_reader: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    let received = server.received();
    for mail in &received {
        by_reader.entry(mail.to.clone()).or_default().insert(mail.text.clone());
    }
    assert_eq!(by_reader.len(), RECIPIENTS, "nobody is lost");
    assert!(by_reader.values().all(|texts| texts.len() == 1), "repeats are byte-identical");
    let repeats = received.len() - RECIPIENTS;
    assert!(repeats <= CONNECTIONS * kills, "{repeats} repeats over {kills} kills");
}
