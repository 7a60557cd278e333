//! Folders of files as sources: each kind is read, a new file with the next run, every file once.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::path::Path;
use std::time::{Duration, SystemTime};

use sitrep::config::gather::GatherConfig;
use sitrep::gather::{Gatherer, SourceReport};
use sitrep::model::source::{FetchOutcome, FetchState, Source};
use sitrep::model::{Clock as _, SystemClock};

/// A folder that is watched: what came of each run is known in the next.
struct Watched {
    folder: tempfile::TempDir,
    state: FetchState,
    known: BTreeMap<String, Option<String>>,
}

/// Knows what former runs gave.
struct Shelf<'a>(&'a BTreeMap<String, Option<String>>);

impl sitrep::gather::Shelf for Shelf<'_> {
    fn known<'a>(
        &'a self,
        urls: &'a [String],
    ) -> futures::future::BoxFuture<'a, sitrep::gather::Marks> {
        let known = urls.iter().filter_map(|url| Some((url.clone(), self.0.get(url)?.clone())));
        Box::pin(std::future::ready(known.collect()))
    }
}

impl Watched {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        Self { folder, state: FetchState::default(), known: BTreeMap::new() }
    }

    /// A file that was written an hour ago.
    fn write(&self, name: &str, text: &str) {
        fs::write(self.path().join(name), text).unwrap();
        self.written(name, 3600);
    }

    /// Makes a file look as if it had been written so many seconds ago.
    fn written(&self, name: &str, seconds: u64) {
        let at = SystemTime::UNIX_EPOCH + Duration::from_secs(now() - seconds);
        File::options().write(true).open(self.path().join(name)).unwrap().set_modified(at).unwrap();
    }

    fn path(&self) -> &Path {
        self.folder.path()
    }

    async fn gather(&mut self) -> SourceReport {
        let source: Source = serde_json::from_value(serde_json::json!({
            "id": "desk", "name": "Desk", "url": self.path().to_str().unwrap(),
        }))
        .unwrap();
        let gatherer =
            Gatherer::new(&GatherConfig::default(), std::sync::Arc::new(SystemClock)).unwrap();
        let report = gatherer.gather(&source, &self.state, &Shelf(&self.known)).await;
        self.state = report.state.clone();
        let marks = report.articles.iter().map(|a| (a.url.clone(), a.mark.clone()));
        self.known.extend(marks);
        report
    }
}

/// Seconds of Unix time.
fn now() -> u64 {
    u64::try_from(SystemClock.now().as_second()).unwrap()
}

fn names(report: &SourceReport) -> Vec<&str> {
    report.articles.iter().map(|article| article.url.as_str()).collect()
}

#[tokio::test]
async fn every_kind_of_file_is_read_and_a_new_one_with_the_next_run() {
    let mut watched = Watched::new();
    fs::create_dir(watched.path().join("more")).unwrap();
    watched.write("a.txt", "Date: 2020-06-25\n\nTwo villages were shelled.");
    watched.write(
        "b.html",
        "<html><body><article><h1>Road closed</h1><p>The road to the market town was closed until noon, a driver said.</p></article></body></html>",
    );
    watched.write("more/c.eml", "Subject: Daily note\r\nDate: Thu, 25 Jun 2020 10:00:00 +0300\r\n\r\nAll calm in the valley.\r\n");
    watched.write("d.jsonl", "{\"doc_id\":\"1\",\"text\":\"One.\"}\n");
    watched.write("e.pdf", "%PDF");
    let report = watched.gather().await;
    assert_eq!(report.outcome, FetchOutcome::Ok, "{}", report.message);
    assert_eq!(names(&report), ["a.txt", "b.html", "d.jsonl#1", "more/c.eml"]);
    assert_eq!(report.articles[1].title, "Road closed");
    assert_eq!(report.articles[3].text, "All calm in the valley.");

    watched.write("f.txt", "A bridge was closed.");
    let line = "{\"doc_id\":\"1\",\"text\":\"One.\"}\n{\"doc_id\":\"2\",\"text\":\"Two.\"}\n";
    watched.write("d.jsonl", line);
    let report = watched.gather().await;
    assert_eq!(names(&report), ["d.jsonl#2", "f.txt"]);
    assert_eq!(watched.gather().await.articles.len(), 0);
}

#[tokio::test]
async fn a_file_that_did_not_change_is_not_opened_again_and_one_that_did_is() {
    let mut watched = Watched::new();
    watched.write("a.txt", "Two villages were sh");
    watched.gather().await;
    // Other words under an old date stand for a file that must not be opened.
    watched.write("a.txt", "Something else.");
    assert_eq!(watched.gather().await.articles.len(), 0);
    fs::write(watched.path().join("a.txt"), "Two villages were shelled.").unwrap();
    let report = watched.gather().await;
    assert_eq!(report.articles[0].text, "Two villages were shelled.");
}

#[tokio::test]
async fn files_of_a_folder_that_is_moved_in_are_read_however_old_they_are() {
    let mut watched = Watched::new();
    watched.write("a.txt", "Two villages were shelled.");
    watched.gather().await;
    let elsewhere = Watched::new();
    elsewhere.write("b.txt", "A bridge was closed.");
    fs::create_dir(watched.path().join("batch")).unwrap();
    fs::rename(elsewhere.path().join("b.txt"), watched.path().join("batch/b.txt")).unwrap();
    assert_eq!(names(&watched.gather().await), ["batch/b.txt"]);
}
