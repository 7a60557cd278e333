//! Those who edit, their sessions and their deeds; digests that readers asked for.

use sitrep::model::staff::{Deed, Staff, StaffRole};
use sitrep::store::requests::{self, StoredRequest};
use sitrep::store::staff;

use crate::support::samples::at;
use crate::support::{TestDb, contract};

const NOW: &str = "2026-03-02T00:00Z";
const LATER: &str = "2026-03-02T12:00Z";

fn one(name: &str, role: StaffRole) -> Staff {
    Staff { name: name.to_owned(), role, created_at: at(NOW) }
}

contract! {
    async fn a_session_ends_in_time_at_once_and_with_a_new_password(test: &TestDb) {
        let ed = one("ed", StaffRole::Editor);
        staff::put(&test.db, &ed, "hash-1").await.unwrap();
        for token in ["one", "two", "three"] {
            staff::begin(&test.db, token, "ed", at(LATER), at(NOW)).await.unwrap();
        }
        let who = async |token: &str, now: &str| staff::of_session(&test.db, token, at(now)).await.unwrap();
        assert_eq!(who("one", NOW).await, Some(ed));
        assert_eq!(who("one", LATER).await, None);
        assert_eq!(who("none", NOW).await, None);
        staff::end(&test.db, "one").await.unwrap();
        assert_eq!(who("one", NOW).await, None);
        let admin = one("ed", StaffRole::Admin);
        staff::put(&test.db, &admin, "hash-2").await.unwrap();
        assert_eq!(who("two", NOW).await, None, "a new password signs out");
        assert_eq!(staff::hash(&test.db, "ed").await.unwrap().as_deref(), Some("hash-2"));
        assert_eq!(staff::list(&test.db).await.unwrap(), [admin]);
        staff::begin(&test.db, "four", "ed", at(LATER), at(NOW)).await.unwrap();
        assert!(staff::remove(&test.db, "ed").await.unwrap());
        assert!(!staff::remove(&test.db, "ed").await.unwrap());
        assert_eq!(who("four", NOW).await, None);
        assert_eq!(staff::hash(&test.db, "ed").await.unwrap(), None);
    }

    async fn deeds_are_listed_latest_first_and_outlive_who_did_them(test: &TestDb) {
        let deed = |when: &str, what: &str| Deed {
            at: at(when),
            who: "ed".to_owned(),
            what: what.to_owned(),
            subject: "wire".to_owned(),
            detail: String::new(),
        };
        for (when, what) in [(NOW, "pause source"), (LATER, "resume source")] {
            staff::record(&test.db, &deed(when, what)).await.unwrap();
        }
        let all = staff::deeds(&test.db, 10).await.unwrap();
        assert_eq!(all, [deed(LATER, "resume source"), deed(NOW, "pause source")]);
        assert_eq!(staff::deeds(&test.db, 1).await.unwrap().len(), 1);
    }

    async fn s_14_a_digest_that_was_asked_for_is_kept_once_and_forgotten_in_time(test: &TestDb) {
        let asked = |page: &str| StoredRequest {
            body: "{}".to_owned(),
            page: page.to_owned(),
            asked_at: at(NOW),
        };
        let id = "d1".into();
        requests::put(&test.db, &id, &asked("first")).await.unwrap();
        requests::put(&test.db, &id, &asked("second")).await.unwrap();
        assert_eq!(requests::get(&test.db, &id).await.unwrap(), Some(asked("first")));
        assert_eq!(requests::forget(&test.db, at(NOW)).await.unwrap(), 0);
        assert_eq!(requests::forget(&test.db, at(LATER)).await.unwrap(), 1);
        assert_eq!(requests::get(&test.db, &id).await.unwrap(), None);
    }
}
