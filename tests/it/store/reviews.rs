//! Issues that are held: told apart from those that went out, and settled once.

use sitrep::model::id::EditionId;
use sitrep::model::issue::Issue;
use sitrep::model::review::ReviewState;
use sitrep::store::{Db, issues, reviews};

use crate::support::samples::{at, frozen, window};
use crate::support::{TestDb, contract};

const DAYS: [&str; 3] = ["2026-03-01T05:00Z", "2026-03-02T05:00Z", "2026-03-03T05:00Z"];

/// Two issues of one edition.
async fn closed(db: &Db) -> [Issue; 2] {
    let edition = EditionId::new("daily");
    issues::open_edition(db, &edition, at(DAYS[0])).await.unwrap();
    let mut all = Vec::new();
    for pair in DAYS.windows(2) {
        let issue = Issue::new(edition.clone(), window(pair[0], pair[1]), at(pair[1]));
        issues::insert(db, &issue, &frozen(issue.window)).await.unwrap();
        all.push(issue);
    }
    all.try_into().unwrap()
}

contract! {
    async fn a_held_issue_is_settled_once_and_told_only_when_it_was_released(test: &TestDb) {
        let [first, second] = closed(&test.db).await;
        let (due, now) = (at("2026-03-03T05:30Z"), at("2026-03-03T05:10Z"));
        assert!(reviews::get(&test.db, &second.id).await.unwrap().is_none());
        assert!(reviews::hold(&test.db, &second.id, due).await.unwrap());
        assert!(!reviews::hold(&test.db, &second.id, now).await.unwrap());
        let held = reviews::held(&test.db).await.unwrap();
        assert_eq!((held.len(), &held[0].issue, held[0].due_at), (1, &second.id, due));
        let told = async || issues::last_told(&test.db, &second.edition).await.unwrap().unwrap().id;
        let frozen = async || {
            issues::frozen_until(&test.db, &second.edition, due, 10).await.unwrap().len()
        };
        assert_eq!((told().await, frozen().await), (first.id.clone(), 1));
        let settle = async |state, why: Option<&str>| {
            reviews::settle(&test.db, &second.id, state, why, now).await.unwrap()
        };
        assert!(settle(ReviewState::Released, None).await);
        assert!(!settle(ReviewState::Withheld, Some("too late")).await);
        let review = reviews::get(&test.db, &second.id).await.unwrap().unwrap();
        assert_eq!((review.state, review.settled_at, review.reason), (ReviewState::Released, Some(now), None));
        assert_eq!((told().await, frozen().await), (second.id.clone(), 2));
        assert!(reviews::held(&test.db).await.unwrap().is_empty());
    }

    async fn an_issue_is_found_by_when_it_had_closed_and_frozen_anew(test: &TestDb) {
        let [first, second] = closed(&test.db).await;
        let until = async |time: &str| {
            let found = issues::last_until(&test.db, &first.edition, at(time)).await.unwrap();
            found.map(|issue| issue.id)
        };
        assert_eq!(until(DAYS[0]).await, None);
        assert_eq!(until("2026-03-02T23:00Z").await, Some(first.id.clone()));
        assert_eq!(until(DAYS[2]).await, Some(second.id.clone()));
        let mut anew = frozen(first.window);
        "Anew".clone_into(&mut anew.title);
        assert!(issues::refreeze(&test.db, &first.id, &anew).await.unwrap());
        assert_eq!(issues::frozen(&test.db, &first.id).await.unwrap(), Some(anew));
    }
}
