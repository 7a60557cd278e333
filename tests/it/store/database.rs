//! Opening a database, and what is said when that cannot be.

use std::time::{Duration, Instant};

use sitrep::model::article::Article;
use sitrep::model::id::SourceId;
use sitrep::store::{Db, StoreError, articles, claims, installation, status};

use crate::support::samples::{article, at, claim};
use crate::support::{TestDb, contract};

contract! {
    async fn bringing_the_tables_up_to_date_twice_changes_nothing(test: &TestDb) {
        test.another().await.migrate().await.unwrap();
        assert_eq!(status::status(&test.db).await.unwrap(), status::Status::default());
    }

    async fn articles_of_an_earlier_version_keep_their_claims_and_are_known(test: &TestDb) {
        before_addresses(test).await;
        let url = |n: u32| format!("https://wire.example/{n}");
        let old = [
            (article(&url(1), "One fell.", SEEN), 1),
            (article(&url(1), "Two fell.", SEEN), 3),
            // as two processes could store them at once
            (article(&url(2), "Shells.", SEEN), 1),
            (article(&url(2), "More shells.", SEEN), 1),
        ];
        for (article, version) in &old {
            put_as_before(test, article, *version).await;
        }
        let (edited, told) = (&old[1].0, serde_json::to_string(&claim("Two fell.")).unwrap());
        test.tamper(&format!(
            "INSERT INTO claim (id, article, place_in_article, body, extractor, packs) \
            VALUES ('c', '{}', 0, '{}', '1', '1')",
            edited.id, told.replace('\'', "''"),
        )).await;
        test.db.migrate().await.unwrap();

        let stored = claims::claims_since(&test.db, at(SEEN)).await.unwrap();
        assert_eq!(stored.len(), 1);
        assert_eq!((&stored[0].claim, stored[0].version, stored[0].latest), (&claim("Two fell."), 2, true));
        let (wire, urls) = (SourceId::new("wire"), [url(1), url(2), url(3)]);
        let known = articles::known(&test.db, &[(&wire, &urls)]).await.unwrap();
        assert_eq!(known[0].len(), 2);
        let mut again: Vec<_> = old.into_iter().map(|(article, _)| article).collect();
        assert_eq!(articles::insert_new(&test.db, &again).await.unwrap(), 0);
        again.push(article(&url(2), "Even more shells.", SEEN));
        assert_eq!(articles::insert_new(&test.db, &again).await.unwrap(), 1);
        assert_eq!(status::status(&test.db).await.unwrap().articles["pending"], 5);
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

const SEEN: &str = "2026-03-01T05:00Z";

/// Brings the tables of articles and claims back to what they were before addresses had numbers.
async fn before_addresses(test: &TestDb) {
    let tables = include_str!("../../../src/store/migrations/0001_tables.sql");
    let mark = include_str!("../../../src/store/migrations/0002_gathering.sql");
    let of = |sql: &'static str, begins: &str| {
        let statements = sql.split(';').map(|one| {
            let lines = one.lines().filter(|line| !line.starts_with("--"));
            lines.collect::<Vec<_>>().join("\n").trim().to_owned()
        });
        statements.filter(|one| one.starts_with(begins)).collect::<Vec<_>>()
    };
    let drops = [
        "DROP TABLE claim",
        "DROP TABLE article",
        "DELETE FROM _sqlx_migrations WHERE version = 23",
    ];
    let parts = [
        drops.map(str::to_owned).to_vec(),
        of(tables, "CREATE TABLE article "),
        of(tables, "CREATE INDEX article_"),
        of(tables, "CREATE TABLE claim "),
        of(mark, "ALTER TABLE article "),
    ];
    for sql in parts.concat() {
        test.tamper(&sql).await;
    }
}

/// Stores an article as it was stored then.
async fn put_as_before(test: &TestDb, article: &Article, version: u32) {
    let (found, seen) = (&article.found, article.first_seen.as_microsecond());
    test.tamper(&format!(
        "INSERT INTO article (id, source, url, hash, version, title, text, first_seen, counts, mark) \
        VALUES ('{}', '{}', '{}', '{}', {version}, '{}', '{}', {seen}, 1, 'm')",
        article.id, article.source, found.url, article.hash, found.title, found.text,
    ))
    .await;
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
