//! Entries of the local pack, and a source that is put in the place of itself.

use sitrep::model::source::{FetchState, Source};
use sitrep::store::local::{self, LocalRow};
use sitrep::store::sources::{self, Memory, Tried};

use crate::support::samples::at;
use crate::support::{TestDb, contract};

fn row(key: &str, body: &str) -> LocalRow {
    LocalRow { key: key.to_owned(), body: body.to_owned() }
}

contract! {
    async fn an_entry_is_added_once_changed_under_its_key_and_removed(test: &TestDb) {
        let (a, b) = (row("place/SY//A", "a"), row("region/b", "b"));
        for (row, new) in [(&a, true), (&b, true), (&a, false)] {
            assert_eq!(local::put(&test.db, None, row).await.unwrap(), new);
        }
        let other = row("place/SY//C", "c");
        assert!(local::put(&test.db, Some("place/SY//A"), &other).await.unwrap());
        assert!(!local::put(&test.db, Some("place/SY//A"), &a).await.unwrap(), "it is gone");
        assert!(!local::put(&test.db, Some("region/b"), &other).await.unwrap(), "its key is taken");
        assert_eq!(local::list(&test.db).await.unwrap(), [other, b]);
        assert!(local::remove(&test.db, "region/b").await.unwrap());
        assert!(!local::remove(&test.db, "region/b").await.unwrap());
    }

    async fn an_edit_of_a_source_keeps_reads_again_or_forgets_what_is_remembered(test: &TestDb) {
        let source = Source::new("a".into(), "A", "https://a.example/feed");
        sources::upsert(&test.db, &source).await.unwrap();
        let state = FetchState {
            etag: Some("x".to_owned()),
            last_read: Some(at("2026-03-02T05:00Z")),
            next_poll: Some(at("2026-03-02T06:00Z")),
            ..FetchState::default()
        };
        let tried = Tried {
            source: source.id.clone(),
            state: state.clone(),
            day: jiff::civil::date(2026, 3, 2),
            new: None,
            notice: None,
            robots: None,
            lease: None,
        };
        sources::settle(&test.db, &[tried]).await.unwrap();
        let after = |memory| {
            let renamed = Source { name: "B".to_owned(), ..source.clone() };
            async move {
                sources::replace(&test.db, &renamed, memory).await.unwrap();
                sources::fetch_state(&test.db, &renamed.id).await.unwrap()
            }
        };
        assert_eq!(after(Memory::Keep).await, state);
        assert_eq!(sources::get(&test.db, &source.id).await.unwrap().unwrap().name, "B");
        let again = after(Memory::ReadAgain).await;
        assert_eq!(again, FetchState { etag: None, next_poll: None, ..state.clone() });
        assert_eq!(after(Memory::Forget).await, FetchState::default());
        assert_eq!(sources::get(&test.db, &"none".into()).await.unwrap(), None);
    }
}
