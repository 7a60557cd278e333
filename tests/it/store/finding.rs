//! Finding events by their terms, and issues by date.

use jiff::civil::date;
use sitrep::model::actor::{ActorKind, Role};
use sitrep::model::event::{Event, EventActor};
use sitrep::model::id::{EditionId, EventId, FactionId};
use sitrep::model::issue::Issue;
use sitrep::model::place::{ClaimPlace, PlacePrecision};
use sitrep::store::terms::{self, Search};
use sitrep::store::{digests, events, issues};

use crate::support::samples::{at, digest, event, frozen, window};
use crate::support::{TestDb, contract};

/// An event at a place of Syria in which a faction and a person take part.
fn happening(id: &str, day: i8, place: &str, faction: &str) -> Event {
    let actor = |faction: Option<&str>, name: &str, kind| EventActor {
        faction: faction.map(FactionId::from),
        name: name.to_owned(),
        kind,
        role: Role::Initiator,
        generic: false,
    };
    Event {
        places: vec![ClaimPlace {
            name: place.to_owned(),
            relation: "in".to_owned(),
            canonical: None,
            country: Some("SY".to_owned()),
            admin1: Some("Homs".to_owned()),
            admin2: None,
            lat: None,
            lon: None,
            precision: PlacePrecision::Place,
        }],
        actors: vec![
            actor(Some(faction), faction, ActorKind::Organisation),
            actor(None, "Jane Roe", ActorKind::Person),
        ],
        ..event(id, date(2026, 3, day), "2026-03-01T05:00Z")
    }
}

async fn found(test: &TestDb, words: &[&str]) -> Vec<String> {
    let terms = words.iter().map(|word| (*word).to_owned()).collect();
    let search = Search { terms, ..Search::default() };
    let found = terms::search(&test.db, &search, 10).await.unwrap().events;
    found.into_iter().map(|event| event.id.to_string()).collect()
}

contract! {
    async fn events_are_found_by_all_of_their_terms_latest_first(test: &TestDb) {
        let all = [
            happening("a", 1, "Palmyra", "islamic-state"),
            happening("b", 2, "Palmyra", "syrian-army"),
            happening("c", 3, "Ma‘arrat an-Nu‘mān", "islamic-state"),
        ];
        let now = at("2026-03-04T00:00Z");
        events::upsert(&test.db, &all, now).await.unwrap();
        assert_eq!(found(test, &[]).await, ["c", "b", "a"]);
        assert_eq!(found(test, &["palmyra"]).await, ["b", "a"]);
        assert_eq!(found(test, &["palmyra", "f:islamic-state"]).await, ["a"]);
        assert_eq!(found(test, &["maarrat", "armed", "clash", "r:SY", "r:SY/Homs"]).await, ["c"]);
        assert_eq!(found(test, &["jane"]).await, Vec::<String>::new(), "b_67: no person is looked up");
        let moved = happening("a", 5, "Homs", "islamic-state");
        events::upsert(&test.db, &[moved], now).await.unwrap();
        assert_eq!(found(test, &["palmyra"]).await, ["b"]);
        assert_eq!(found(test, &["f:islamic-state"]).await, ["a", "c"]);
        events::remove(&test.db, &EventId::new("c")).await.unwrap();
        assert_eq!(found(test, &["f:islamic-state"]).await, ["a"]);
        let former = events::former(&test.db, "c").await.unwrap();
        assert_eq!(former.map(|event| event.id), Some(EventId::new("c")));
        assert_eq!(events::former(&test.db, "x").await.unwrap(), None);
    }

    async fn a_search_is_bound_by_days_and_goes_on_where_a_page_ended(test: &TestDb) {
        let all: Vec<Event> =
            (1..=9).map(|day| happening(&format!("e{day}"), day, "Palmyra", "islamic-state")).collect();
        events::upsert(&test.db, &all, at("2026-03-10T00:00Z")).await.unwrap();
        let days = Search {
            terms: vec!["palmyra".to_owned()],
            from: Some(date(2026, 3, 3)),
            to: Some(date(2026, 3, 7)),
            after: None,
        };
        let ids = |events: Vec<Event>| events.into_iter().map(|event| event.id.to_string()).collect::<Vec<_>>();
        let first = ids(terms::search(&test.db, &days, 3).await.unwrap().events);
        assert_eq!(first, ["e7", "e6", "e5"]);
        let next = Search { after: Some(("2026-03-05".to_owned(), "e5".to_owned())), ..days };
        assert_eq!(ids(terms::search(&test.db, &next, 3).await.unwrap().events), ["e4", "e3"]);
    }

    async fn a_search_for_terms_that_hardly_ever_meet_goes_through_so_many_rows_and_says_where_to_go_on(test: &TestDb) {
        events::upsert(&test.db, &[happening("a", 1, "Palmyra", "islamic-state")], at("2026-03-02T00:00Z")).await.unwrap();
        let later = |term: &str| {
            let rows = (0..terms::WALK + 5).map(|n| format!("('{term}', '2026-03-05', '{term}{n:06}')"));
            format!("INSERT INTO event_term (term, day, event) VALUES {}", rows.collect::<Vec<_>>().join(", "))
        };
        for term in ["palmyra", "armed"] {
            test.tamper(&later(term)).await;
        }
        let both = Search { terms: vec!["palmyra".to_owned(), "armed".to_owned()], ..Search::default() };
        let first = terms::search(&test.db, &both, 3).await.unwrap();
        assert!(first.events.is_empty() && first.further.is_some(), "{first:?}");
        let then = Search { after: first.further, ..both };
        let next = terms::search(&test.db, &then, 3).await.unwrap();
        assert_eq!((next.events.len(), next.further), (1, None));
    }

    async fn events_of_an_earlier_version_get_their_terms_once(test: &TestDb) {
        let all = [happening("a", 1, "Palmyra", "islamic-state"), happening("b", 2, "Homs", "x")];
        events::upsert(&test.db, &all, at("2026-03-04T00:00Z")).await.unwrap();
        test.tamper("DELETE FROM event_term").await;
        assert_eq!(found(test, &["palmyra"]).await, Vec::<String>::new());
        assert_eq!(terms::fill(&test.db, 100).await.unwrap(), 2);
        assert_eq!(terms::fill(&test.db, 100).await.unwrap(), 0);
        assert_eq!(found(test, &["palmyra"]).await, ["a"]);
    }

    async fn issues_are_listed_latest_first_by_edition_and_found_by_what_they_cover(test: &TestDb) {
        let edition = EditionId::new("daily");
        let days = ["2026-03-01T05:30Z", "2026-03-02T05:30Z", "2026-03-03T05:30Z"];
        issues::open_edition(&test.db, &edition, at(days[0])).await.unwrap();
        for pair in days.windows(2) {
            let span = window(pair[0], pair[1]);
            let issue = Issue::new(edition.clone(), span, span.to);
            issues::insert(&test.db, &issue, &frozen(span)).await.unwrap();
        }
        let ends = async |edition: Option<&EditionId>, before: &str| {
            let listed = issues::list(&test.db, edition, at(before), 10).await.unwrap();
            listed.into_iter().map(|issue| issue.window.to).collect::<Vec<_>>()
        };
        assert_eq!(ends(None, "2026-04-01T00:00Z").await, [at(days[2]), at(days[1])]);
        assert_eq!(ends(Some(&edition), days[2]).await, [at(days[1])]);
        assert_eq!(ends(Some(&EditionId::new("other")), "2026-04-01T00:00Z").await, []);
        let around = issues::around(&test.db, at(days[1])).await.unwrap();
        assert_eq!(around.iter().map(|issue| issue.window.to).collect::<Vec<_>>(), [at(days[2])]);
        let told = digest("d1");
        digests::insert(&test.db, &told).await.unwrap();
        assert_eq!(digests::subject(&test.db, &told.id).await.unwrap(), Some(told.subject));
        assert_eq!(digests::subject(&test.db, &"x".into()).await.unwrap(), None);
    }
}
