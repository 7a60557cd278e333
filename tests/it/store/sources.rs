//! Sources of the database, and what is remembered between fetches.

use jiff::civil::date;
use sitrep::model::id::SourceId;
use sitrep::model::notice::{Notice, NoticeKind};
use sitrep::model::source::{FetchOutcome, FetchState, RobotsFile, Source, SourceOrigin};
use sitrep::store::source_days::{self, Volume};
use sitrep::store::sources::{self, Lease, Tried};
use sitrep::store::{leases, notices, pauses, robots};

use crate::support::samples::at;
use crate::support::{TestDb, contract};

fn source(id: &str, name: &str) -> Source {
    let json = serde_json::json!({ "id": id, "name": name, "url": "https://wire.example/feed" });
    serde_json::from_value(json).unwrap()
}

fn tried(source: &SourceId, state: &FetchState, new: Option<u32>) -> Tried {
    let (source, state) = (source.clone(), state.clone());
    Tried { source, state, day: date(2026, 3, 1), new, notice: None, robots: None, lease: None }
}

fn notice(hour: u32, kind: NoticeKind) -> Notice {
    let at = at(&format!("2026-03-01T{hour:02}:00Z"));
    Notice::new("source/wire".to_owned(), at, kind, format!("at {hour}"))
}

contract! {
    async fn a_pause_holds_wherever_the_source_is_defined_until_it_is_resumed_or_removed(test: &TestDb) {
        let (of_file, wire) = (source("of-a-file", "Of a file"), source("wire", "Wire"));
        sources::upsert_all(&test.db, std::slice::from_ref(&wire)).await.unwrap();
        let now = at("2026-03-01T05:00:00Z");
        assert!(pauses::pause(&test.db, &of_file.id, now).await.unwrap());
        assert!(!pauses::pause(&test.db, &of_file.id, now).await.unwrap());
        assert!(pauses::pause(&test.db, &wire.id, now).await.unwrap());
        let defined = std::slice::from_ref(&of_file);
        let all = sitrep::pipeline::sources::all(&test.db, defined).await.unwrap();
        let told: Vec<_> =
            all.iter().map(|(s, origin)| (s.id.as_str(), *origin, s.paused)).collect();
        assert_eq!(
            told,
            [("of-a-file", SourceOrigin::File, true), ("wire", SourceOrigin::Database, true)]
        );
        assert!(pauses::resume(&test.db, &of_file.id).await.unwrap());
        assert!(!pauses::resume(&test.db, &of_file.id).await.unwrap());
        assert!(sources::remove(&test.db, &wire.id).await.unwrap());
        assert!(pauses::list(&test.db).await.unwrap().is_empty());
    }

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
        let both = [tried(&id, &FetchState::default(), None), tried(&id, &state, None)];
        sources::settle(&test.db, &both).await.unwrap();
        assert_eq!(sources::fetch_state(&test.db, &id).await.unwrap(), state);
        assert_eq!(sources::fetch_states(&test.db).await.unwrap()[&id], state);
    }
    async fn the_days_on_which_sources_were_read_and_what_was_new_on_them(test: &TestDb) {
        let (wire, post) = (SourceId::new("wire"), SourceId::new("post"));
        let state = FetchState::default();
        for (source, day, new) in
            [(&wire, 1, Some(3)), (&wire, 1, Some(4)), (&wire, 2, Some(0)), (&post, 2, Some(1)), (&post, 3, None)]
        {
            let tried = Tried { day: date(2026, 3, day), ..tried(source, &state, new) };
            sources::settle(&test.db, &[tried]).await.unwrap();
        }
        let (from, to) = (date(2026, 3, 1), date(2026, 3, 4));
        let read = source_days::read_on(&test.db, from, to).await.unwrap();
        assert_eq!(Vec::from_iter(read), [(date(2026, 3, 1), 1), (date(2026, 3, 2), 2)]);
        let volumes = source_days::volumes(&test.db, from, to).await.unwrap();
        assert_eq!(volumes[&wire], Volume { days: 2, new: 7 });
        assert_eq!((volumes[&wire].per_week(), volumes[&post].per_week()), (Some(25), Some(7)));
        assert_eq!(Volume::default().per_week(), None);
        let before = source_days::read_on(&test.db, from, date(2026, 3, 2)).await.unwrap();
        assert_eq!(Vec::from_iter(before), [(from, 1)]);
    }

    async fn sources_of_the_last_day_on_which_any_was_read_are_remembered_over_a_gap(test: &TestDb) {
        let (wire, post) = (SourceId::new("wire"), SourceId::new("post"));
        for (source, day) in [(&wire, 1), (&post, 2), (&wire, 9)] {
            let tried = Tried { day: date(2026, 3, day), ..tried(source, &FetchState::default(), Some(1)) };
            sources::settle(&test.db, &[tried]).await.unwrap();
        }
        let about = async |near, to| {
            let (near, to) = (date(2026, 3, near), date(2026, 3, to));
            Vec::from_iter(source_days::read_about(&test.db, near, to).await.unwrap())
        };
        assert_eq!(about(8, 8).await, std::slice::from_ref(&post));
        assert_eq!(about(8, 9).await, [post, wire.clone()]);
        assert_eq!(about(9, 9).await, [wire]);
    }

    async fn a_lease_is_given_back_with_what_the_try_left(test: &TestDb) {
        let now = at("2026-03-01T05:00Z");
        let take = async |holder: &str| {
            leases::take(&test.db, "gather/a", holder, at("2026-03-01T06:00Z"), now).await.unwrap()
        };
        assert!(take("one").await);
        for (holder, free) in [("two", false), ("one", true)] {
            let lease = Some(Lease { name: "gather/a".to_owned(), holder: holder.to_owned() });
            let tried = Tried { lease, ..tried(&SourceId::new("wire"), &FetchState::default(), None) };
            sources::settle(&test.db, &[tried]).await.unwrap();
            assert_eq!(take("three").await, free);
        }
    }

    async fn a_robots_txt_is_kept_with_what_the_try_left_the_last_of_each_origin(test: &TestDb) {
        let file = |origin: &str, hour: u32, text: &str| RobotsFile {
            origin: origin.to_owned(),
            read_at: at(&format!("2026-03-01T{hour:02}:00Z")),
            status: 200,
            text: text.to_owned(),
        };
        let (one, two) = ("https://one.example", "https://two.example");
        let settle = async |files: &[RobotsFile]| {
            let tried = files.iter().enumerate().map(|(n, file)| {
                let id = SourceId::new(format!("s{n}"));
                Tried { robots: Some(file.clone()), ..tried(&id, &FetchState::default(), None) }
            });
            sources::settle(&test.db, &tried.collect::<Vec<_>>()).await.unwrap();
        };
        settle(&[file(one, 1, "a"), file(two, 2, "b")]).await;
        settle(&[file(one, 3, "c"), file(one, 4, "d")]).await;
        let both = [one.to_owned(), two.to_owned(), "https://other.example".to_owned()];
        let of = async |oldest: &str| {
            let mut files = robots::of(&test.db, &both, at(oldest)).await.unwrap();
            files.sort_by(|a, b| a.origin.cmp(&b.origin));
            files
        };
        assert_eq!(of("2026-03-01T00:00Z").await, [file(one, 4, "d"), file(two, 2, "b")]);
        assert_eq!(of("2026-03-01T02:00Z").await, [file(one, 4, "d")]);
        robots::forget(&test.db, at("2026-03-01T02:00Z")).await.unwrap();
        assert_eq!(of("2026-03-01T00:00Z").await, [file(one, 4, "d")]);
        assert_eq!(robots::of(&test.db, &[], at("2026-03-01T00:00Z")).await.unwrap(), []);
    }

    async fn an_editor_is_told_once_when_a_source_breaks_and_once_when_it_recovers(test: &TestDb) {
        use NoticeKind::{SourceBroke, SourceRecovered};
        let (id, state) = (SourceId::new("wire"), FetchState::default());
        // That all is well is no news where nothing was wrong.
        assert!(!notices::put(&test.db, &notice(1, SourceRecovered)).await.unwrap());
        let broke = Some(notice(2, SourceBroke));
        let broken = Tried { notice: broke, ..tried(&id, &state, None) };
        sources::settle(&test.db, &[broken]).await.unwrap();
        assert!(!notices::put(&test.db, &notice(3, SourceBroke)).await.unwrap());
        assert_eq!(notices::standing(&test.db).await.unwrap(), [notice(2, SourceBroke)]);
        assert!(notices::put(&test.db, &notice(4, SourceRecovered)).await.unwrap());
        assert_eq!(notices::standing(&test.db).await.unwrap(), []);
        let untold = notices::untold(&test.db).await.unwrap();
        assert_eq!(untold, [notice(2, SourceBroke), notice(4, SourceRecovered)]);
        let now = at("2026-03-01T05:00Z");
        assert!(notices::told(&test.db, &untold[0], now).await.unwrap());
        assert!(!notices::told(&test.db, &untold[0], now).await.unwrap());
        assert_eq!(notices::untold(&test.db).await.unwrap(), [notice(4, SourceRecovered)]);
    }
}
