//! Programs with tokens, requests that are sent again, jobs out of turn, pages of messages and of subscribers.

use std::collections::BTreeSet;

use sitrep::model::access::{Program, Scope};
use sitrep::model::delivery::DeliveryState;
use sitrep::store::api::{self, Keyed, Sent, StoredAnswer};
use sitrep::store::{jobs, outbox, subscribers, subscriptions};

use crate::support::samples::{at, delivery, subscriber, subscription};
use crate::support::{TestDb, contract};

const NOW: &str = "2026-03-02T00:00Z";

fn program(name: &str) -> Program {
    let scopes = BTreeSet::from([Scope::Read, Scope::Edit]);
    Program { name: name.to_owned(), scopes, created_at: at(NOW) }
}

contract! {
    async fn a_program_is_known_by_the_hash_of_its_token(test: &TestDb) {
        assert!(api::put(&test.db, &program("feed"), "h1").await.unwrap());
        assert!(!api::put(&test.db, &program("feed"), "h2").await.unwrap());
        assert_eq!(api::of_token(&test.db, "h1").await.unwrap(), Some(program("feed")));
        assert_eq!(api::of_token(&test.db, "h2").await.unwrap(), None);
        assert_eq!(api::list(&test.db).await.unwrap(), [program("feed")]);
        assert!(api::remove(&test.db, "feed").await.unwrap());
        assert!(!api::remove(&test.db, "feed").await.unwrap());
        assert_eq!(api::of_token(&test.db, "h1").await.unwrap(), None);
    }

    async fn a_request_that_is_sent_again_is_answered_as_before_for_a_day(test: &TestDb) {
        let sent = |fingerprint| Keyed { token: "feed", key: "k", fingerprint };
        let begin = async |fingerprint, when| {
            api::begin(&test.db, sent(fingerprint), at(when)).await.unwrap()
        };
        assert_eq!(begin("a", NOW).await, Sent::New);
        assert_eq!(begin("a", NOW).await, Sent::Open);
        assert_eq!(begin("b", NOW).await, Sent::Other);
        let answer = StoredAnswer { status: 201, place: Some("/x".to_owned()), body: "{}".to_owned() };
        api::end(&test.db, sent("a"), &answer).await.unwrap();
        assert_eq!(begin("a", NOW).await, Sent::Answered(answer));
        assert_eq!(begin("a", "2026-03-03T01:00Z").await, Sent::New, "a day later");
        assert_eq!(begin("a", "2026-03-03T01:06Z").await, Sent::New, "it never came to its end");
        api::forget(&test.db, sent("a")).await.unwrap();
        assert_eq!(begin("a", "2026-03-03T01:07Z").await, Sent::New);
    }

    async fn a_job_out_of_turn_is_made_once_and_listed_with_how_it_stands(test: &TestDb) {
        let (db, now) = (&test.db, at(NOW));
        assert!(jobs::put(db, "run/daily", now, now).await.unwrap());
        assert!(!jobs::put(db, "run/daily", now, now).await.unwrap());
        assert!(jobs::put(db, "close/daily", at("2026-03-02T01:00Z"), now).await.unwrap());
        let all = jobs::list(db, "", None, 10, now).await.unwrap();
        let names: Vec<_> = all.iter().map(|job| job.schedule.as_str()).collect();
        assert_eq!(names, ["close/daily", "run/daily"]);
        let after = Some((all[0].due_at, all[0].schedule.as_str()));
        assert_eq!(jobs::list(db, "", after, 10, now).await.unwrap(), all[1..]);
        assert_eq!(jobs::list(db, "run/", None, 10, now).await.unwrap(), all[1..]);
        let job = jobs::claim(db, "w", at("2026-03-02T00:05Z"), now).await.unwrap().unwrap();
        let held = jobs::get(db, &job.schedule, job.due_at, now).await.unwrap().unwrap();
        assert!(held.is_held && held.attempts == 1 && held.done_at.is_none());
        assert!(jobs::finish(db, &job, "w", &jobs::JobEnd::Done, now).await.unwrap());
        let done = jobs::get(db, &job.schedule, job.due_at, now).await.unwrap().unwrap();
        assert_eq!((done.is_held, done.done_at), (false, Some(now)));
        assert_eq!(jobs::get(db, "none", now, now).await.unwrap(), None);
    }

    async fn messages_are_listed_a_page_at_a_time_and_sent_once_more(test: &TestDb) {
        let db = &test.db;
        let who = subscriber("r@example.org");
        subscribers::add(db, &who).await.unwrap();
        let sent: Vec<_> = ["d1", "d2", "d3"].iter().map(|id| delivery(&who, id)).collect();
        outbox::enqueue(db, &sent).await.unwrap();
        let first = outbox::page(db, None, None, 2).await.unwrap();
        let rest = outbox::page(db, None, Some(first[1].id), 2).await.unwrap();
        assert_eq!((first.len(), rest.len()), (2, 1));
        assert!(first[0].id > first[1].id && first[1].id > rest[0].id);
        assert!(outbox::page(db, Some(DeliveryState::Failed), None, 5).await.unwrap().is_empty());
        let of_one = outbox::page_of(db, "d2", Some(DeliveryState::Queued), None, 5).await.unwrap();
        assert_eq!(of_one.len(), 1);
        assert!(outbox::page_of(db, "d2", None, Some(of_one[0].id), 5).await.unwrap().is_empty());
        let until = at("2026-03-02T12:00Z");
        assert!(!outbox::resend(db, of_one[0].id, until, at(NOW)).await.unwrap(), "it waits");
    }

    async fn subscribers_are_found_by_a_part_of_their_address(test: &TestDb) {
        let db = &test.db;
        for address in ["Ada_x@example.org", "ben@example.org", "adam@other.example"] {
            let who = subscriber(address);
            subscribers::add(db, &who).await.unwrap();
            subscriptions::put(db, &subscription(&who, "daily")).await.unwrap();
        }
        let found = async |part: &str, after: &str| -> Vec<String> {
            let all = subscribers::search(db, part, after, 10).await.unwrap();
            all.into_iter().map(|who| who.address.to_string()).collect()
        };
        assert_eq!(found("ADA", "").await.len(), 2);
        assert_eq!(found("a_x", "").await, ["Ada_x@example.org"]);
        assert!(found("%", "").await.is_empty());
        assert_eq!(found("", "adam@other.example").await, ["ben@example.org"]);
        let readers = subscriptions::readers(db).await.unwrap();
        assert_eq!(readers.get(&"daily".into()), Some(&3));
    }
}
