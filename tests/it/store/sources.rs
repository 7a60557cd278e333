//! Sources of the database, and what is remembered between fetches.

use sitrep::model::id::SourceId;
use sitrep::model::source::{FetchOutcome, FetchState, Source};
use sitrep::store::sources;

use crate::support::samples::at;
use crate::support::{TestDb, contract};

fn source(id: &str, name: &str) -> Source {
    let json = serde_json::json!({ "id": id, "name": name, "url": "https://wire.example/feed" });
    serde_json::from_value(json).unwrap()
}

contract! {
    async fn a_source_is_added_replaced_paused_and_removed(test: &TestDb) {
        let id = SourceId::new("wire");
        sources::upsert(&test.db, &source("wire", "Wire")).await.unwrap();
        sources::upsert(&test.db, &source("wire", "The Wire")).await.unwrap();
        assert!(sources::set_paused(&test.db, &id, true).await.unwrap());
        let listed = sources::list(&test.db).await.unwrap();
        assert_eq!(listed, [Source { paused: true, ..source("wire", "The Wire") }]);
        assert!(sources::remove(&test.db, &id).await.unwrap());
        assert!(!sources::remove(&test.db, &id).await.unwrap());
        assert!(!sources::set_paused(&test.db, &id, true).await.unwrap());
    }

    async fn what_a_fetch_left_is_remembered_for_sources_of_files_too(test: &TestDb) {
        let id = SourceId::new("of-a-file");
        assert_eq!(sources::fetch_state(&test.db, &id).await.unwrap(), FetchState::default());
        let state = FetchState {
            etag: Some("\"abc\"".to_owned()),
            last_tried: Some(at("2026-03-01T05:00:00.123456Z")),
            outcome: Some(FetchOutcome::TimedOut),
            failures: 2,
            ..FetchState::default()
        };
        sources::put_fetch_state(&test.db, &id, &FetchState::default()).await.unwrap();
        sources::put_fetch_state(&test.db, &id, &state).await.unwrap();
        assert_eq!(sources::fetch_state(&test.db, &id).await.unwrap(), state);
        assert_eq!(sources::fetch_states(&test.db).await.unwrap()[&id], state);
    }
}
