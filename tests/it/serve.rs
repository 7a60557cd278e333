//! The service as a process: one digest a minute, over kill -9 and restart.

use std::fs;
use std::path::Path;
use std::process::Child;
use std::time::{Duration, Instant};

use crate::support::program::{ok, sitrep};

/// A service that is killed with the test.
struct Service(Child);

impl Service {
    fn start(dir: &Path) -> Self {
        Self(sitrep(dir, &["serve"]).spawn().unwrap())
    }

    /// SIGKILL: nothing is finished, nothing is said.
    fn kill(mut self) {
        self.0.kill().unwrap();
        self.0.wait().unwrap();
    }
}

impl Drop for Service {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

fn newsdesk() -> tempfile::TempDir {
    let dir = tempfile::tempdir().unwrap();
    ok(dir.path(), &["init"]);
    let config = "[edition.minute]\ncloses = [\"* * * * * UTC\"]\nprepare = \"30s\"\n[schedule]\ngather_every = \"1m\"\n";
    fs::write(dir.path().join("config/sitrep.toml"), config).unwrap();
    ok(
        dir.path(),
        &["subscriber", "add", "r@example.org", "--edition", "minute", "--frequency", "each-issue"],
    );
    dir
}

fn mails(dir: &Path) -> usize {
    let files = fs::read_dir(dir.join("outbox")).map(|files| files.flatten().collect::<Vec<_>>());
    let is_mail = |path: &Path| path.extension().is_some_and(|end| end == "eml");
    files.map_or(0, |files| files.iter().filter(|file| is_mail(&file.path())).count())
}

fn wait_for(dir: &Path, count: usize, patience: Duration) {
    let start = Instant::now();
    while mails(dir) < count {
        assert!(
            start.elapsed() < patience,
            "{} mails after {patience:?}, wanted {count}",
            mails(dir)
        );
        std::thread::sleep(Duration::from_millis(200));
    }
}

fn windows(dir: &Path) -> Vec<(i64, i64)> {
    let url = format!("sqlite:{}", dir.join("sitrep.db").display());
    tokio::runtime::Runtime::new().unwrap().block_on(async {
        let pool = sqlx::SqlitePool::connect(&url).await.unwrap();
        let sql = "SELECT window_from, window_to FROM issue ORDER BY window_to";
        sqlx::query_as(sql).fetch_all(&pool).await.unwrap()
    })
}

#[test]
fn d_34_an_edition_that_closes_each_minute_writes_one_digest_a_minute_over_kill_and_restart() {
    let dir = newsdesk();
    let patience = Duration::from_secs(150);
    let first = Service::start(dir.path());
    wait_for(dir.path(), 1, patience);
    first.kill();
    let second = Service::start(dir.path());
    wait_for(dir.path(), 3, patience);
    second.kill();
    let windows = windows(dir.path());
    for pair in windows.windows(2) {
        assert_eq!(pair[0].1, pair[1].0, "windows tile: {windows:?}");
    }
    for (_, to) in &windows {
        assert_eq!(to % 60_000_000, 0, "each closes on the minute: {windows:?}");
    }
    // The last may have been closed and not yet written when the service was killed.
    assert!(mails(dir.path()) == windows.len() || mails(dir.path()) + 1 == windows.len());
}
