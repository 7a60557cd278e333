//! Opening a database, and what is said when that cannot be.

use std::time::{Duration, Instant};

use sitrep::store::{Db, StoreError, articles, installation, status};

use crate::support::samples::{article, at};
use crate::support::{TestDb, contract};

contract! {
    async fn bringing_the_tables_up_to_date_twice_changes_nothing(test: &TestDb) {
        test.another().await.migrate().await.unwrap();
        assert_eq!(status::status(&test.db).await.unwrap(), status::Status::default());
    }

    async fn a_database_of_a_newer_version_is_refused_with_its_name_and_what_to_do(test: &TestDb) {
        test.tamper("UPDATE _sqlx_migrations SET version = 9999 WHERE version = 1").await;
        let error = test.db.migrate().await.unwrap_err();
        assert!(matches!(error, StoreError::NewerSchema { found: 9999, .. }), "{error:?}");
        let said = error.to_string();
        assert!(said.contains(&test.db.place()) && said.contains("install that version"), "{said}");
    }

    async fn a_row_that_cannot_be_read_is_named(test: &TestDb) {
        test.tamper("INSERT INTO source (id, body) VALUES ('wire', '{')").await;
        let said = sitrep::store::sources::list(&test.db).await.unwrap_err().to_string();
        assert!(said.contains("table `source`, row `wire`, column `body`"), "{said}");
    }

    async fn the_first_machine_stays_the_home_of_a_database(test: &TestDb) {
        assert_eq!(installation::get(&test.db).await.unwrap(), None);
        let record = async |machine: &str, place: &str, when: &str| {
            installation::record(&test.db, machine, place, at(when)).await.unwrap()
        };
        let first = record("one", "/srv/a.db", "2026-03-01T00:00Z").await;
        let second = record("two", "/srv/b.db", "2026-03-02T00:00Z").await;
        assert_eq!(first, second);
        assert_eq!((second.machine.as_str(), second.place.as_str()), ("one", "/srv/a.db"));
        assert_eq!(installation::depart(&test.db).await.unwrap(), 1);
        assert_eq!(installation::depart(&test.db).await.unwrap(), 2);
    }
}

#[tokio::test]
async fn s_13_a_printed_database_does_not_tell_its_password() {
    let error = Db::connect("postgres://me:secret@127.0.0.1:1/sitrep").await.unwrap_err();
    let printed = format!("{error} {error:?}");
    assert!(printed.contains("postgres://127.0.0.1:1/sitrep"), "{printed}");
    assert!(!printed.contains("secret"), "{printed}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn processes_that_start_at_once_on_a_new_file_all_find_the_tables() {
    let folder = tempfile::tempdir().unwrap();
    let url = format!("sqlite:{}", folder.path().join("new.db").display());
    let starts = (0..6).map(|_| {
        let url = url.clone();
        tokio::spawn(async move { Db::connect(&url).await.unwrap().migrate().await })
    });
    for start in starts.collect::<Vec<_>>() {
        start.await.unwrap().unwrap();
    }
}

/// Else it would be moved at 256 MiB.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_log_of_many_articles_is_moved_into_the_file_while_others_write() {
    let test = TestDb::sqlite().await;
    let path = test.url.strip_prefix("sqlite:").unwrap();
    let size = || std::fs::metadata(path).unwrap().len();
    let text = "Two shells fell on the road. ".repeat(100);
    let told = |n| article(&format!("https://wire.example/{n}"), &text, "2026-03-01T05:00Z");
    let all: Vec<_> = (0..5000).map(told).collect();
    let written = u64::try_from(all.len() * text.len()).unwrap();
    assert_eq!(articles::insert_new(&test.db, &all).await.unwrap(), 5000);
    let began = Instant::now();
    while size() < written && began.elapsed() < Duration::from_secs(20) {
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    assert!(size() >= written, "{} of {written} bytes", size());
    assert_eq!(articles::insert_new(&test.db, &all).await.unwrap(), 0);
}

#[tokio::test]
async fn a_folder_that_is_missing_is_named() {
    let error = Db::connect("sqlite:/nowhere/at/all/sitrep.db").await.unwrap_err().to_string();
    assert!(error.contains("`sqlite:/nowhere/at/all/sitrep.db`"), "{error}");
}
