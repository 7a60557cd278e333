//! Pace, brake, ledger and suppressions: the same on both engines.

use jiff::SignedDuration;
use sitrep::model::delivery::{DeliveryState, SendOutcome};
use sitrep::model::reply::ReplyClass;
use sitrep::store::outbox::{self, Settled, Turn};
use sitrep::store::{Db, subscribers, suppressions};

use crate::support::samples::{at, delivery, subscriber};
use crate::support::{TestDb, contract};

const NOW: &str = "2026-03-02T04:00Z";
const UNTIL: &str = "2026-03-02T04:10Z";

/// Queues a message to each of `count` readers, claims them and takes them into *sending*.
async fn sending(db: &Db, count: u32) -> Vec<sitrep::model::delivery::Delivery> {
    let mut rows = Vec::new();
    for n in 0..count {
        let reader = subscriber(&format!("r{n}@example.org"));
        subscribers::add(db, &reader).await.unwrap();
        rows.push(delivery(&reader, "digest"));
    }
    outbox::enqueue(db, &rows).await.unwrap();
    outbox::claim_due(db, 1_000, "one", at(UNTIL), at(NOW)).await.unwrap();
    let next = |row: &sitrep::model::delivery::Delivery| Turn {
        settled: None,
        next: Some((row.id, "one".to_owned())),
    };
    let turns: Vec<_> = rows.iter().map(next).collect();
    let states = outbox::take_turns(db, &turns, at(NOW)).await.unwrap();
    assert!(states.iter().all(|state| *state == Some(DeliveryState::Sending)));
    rows
}

async fn settle(db: &Db, rows: &[sitrep::model::delivery::Delivery], outcome: SendOutcome) {
    settle_at(db, rows, outcome, NOW).await;
}

async fn settle_at(
    db: &Db,
    rows: &[sitrep::model::delivery::Delivery],
    outcome: SendOutcome,
    now: &str,
) {
    let settled = |row: &sitrep::model::delivery::Delivery| Turn {
        settled: Some(Settled {
            id: row.id,
            worker: "one".to_owned(),
            outcome: outcome.clone(),
            retry_at: at(UNTIL),
        }),
        next: None,
    };
    let turns: Vec<_> = rows.iter().map(settled).collect();
    outbox::take_turns(db, &turns, at(now)).await.unwrap();
}

fn refused(words: &str) -> SendOutcome {
    SendOutcome::Failed(words.to_owned())
}

contract! {
    async fn d_30_several_connections_share_a_commit_and_each_try_is_kept_with_its_words(test: &TestDb) {
        let rows = sending(&test.db, 30).await;
        settle(&test.db, &rows[..10], SendOutcome::Accepted("250 ok".to_owned())).await;
        settle(&test.db, &rows[10..], SendOutcome::Deferred("450 4.7.1 later".to_owned())).await;
        let tries = outbox::tries(&test.db, rows[10].id).await.unwrap();
        assert_eq!(tries.len(), 1);
        assert_eq!((tries[0].class, tries[0].reply.as_str()), (ReplyClass::Deferred, "450 4.7.1 later"));
        let accounting = outbox::accounting(&test.db, "digest").await.unwrap();
        assert_eq!(accounting.count(DeliveryState::Accepted), 10);
        assert_eq!(accounting.count(DeliveryState::Deferred), 20);
    }

    async fn d_33_the_number_of_candidates_is_kept_beside_the_rows_and_a_lost_row_shows(test: &TestDb) {
        let rows = sending(&test.db, 25).await;
        outbox::enqueue(&test.db, &rows).await.unwrap();
        let counted = outbox::candidates(&test.db, "digest").await.unwrap();
        assert_eq!(counted, 25);
        assert_eq!(outbox::accounting(&test.db, "digest").await.unwrap().candidates(), counted);
        test.tamper(&format!("DELETE FROM outbox WHERE id = '{}'", rows[0].id)).await;
        let left = outbox::accounting(&test.db, "digest").await.unwrap().candidates();
        assert_eq!((left, outbox::candidates(&test.db, "digest").await.unwrap()), (24, 25));
        assert_eq!(outbox::mailings(&test.db, 10).await.unwrap()[0].candidates, 25);
    }

    async fn d_13_a_domain_gives_each_message_an_instant_of_its_own_across_processes(test: &TestDb) {
        let other = test.another().await;
        let every = SignedDuration::from_secs(2);
        let mut slots = Vec::new();
        for db in [&test.db, &other, &test.db, &other] {
            slots.push(outbox::reserve(db, "gmail.com", every, at(NOW)).await.unwrap());
        }
        let expected: Vec<_> = (0..4).map(|n| at(NOW) + every * n).collect();
        assert_eq!(slots, expected);
        outbox::pause(&test.db, "gmail.com", at(UNTIL), at(NOW)).await.unwrap();
        let after = outbox::reserve(&other, "gmail.com", every, at(NOW)).await.unwrap();
        assert_eq!(after, at(UNTIL));
        outbox::pause(&test.db, "gmail.com", at(UNTIL), at(NOW)).await.unwrap();
        assert_eq!(outbox::paces(&other).await.unwrap()["gmail.com"].pauses, 2);
    }

    async fn d_17_bad_addresses_among_the_first_and_refusals_at_the_end_are_counted_until_released(test: &TestDb) {
        let rows = sending(&test.db, 40).await;
        settle(&test.db, &rows[..10], refused("550 5.1.1 no such user")).await;
        settle_at(&test.db, &rows[10..], refused("550 5.7.1 policy"), "2026-03-02T04:01Z").await;
        let since = at("2026-03-02T00:00Z");
        let harm = outbox::harm(&test.db, since).await.unwrap();
        assert_eq!((harm.bad_addresses, harm.policy_in_a_row, harm.settled), (10, 20, 40));
        assert!(outbox::put_brake(&test.db, "too many", at(NOW)).await.unwrap());
        assert!(!outbox::put_brake(&test.db, "too many", at(NOW)).await.unwrap());
        let reader = subscriber("late@example.org");
        subscribers::add(&test.db, &reader).await.unwrap();
        outbox::enqueue(&test.db, &[delivery(&reader, "next")]).await.unwrap();
        let held = outbox::claim_due(&test.db, 9, "one", at(UNTIL), at(NOW)).await.unwrap();
        assert!(held.is_empty(), "the brake holds");
        assert!(outbox::release_brake(&test.db, at("2026-03-02T04:02Z")).await.unwrap());
        assert_eq!(outbox::harm(&test.db, since).await.unwrap(), outbox::Harm::default());
        let free = outbox::claim_due(&test.db, 9, "one", at(UNTIL), at(NOW)).await.unwrap();
        assert_eq!(free.ready.len(), 1);
    }

    async fn d_14_a_message_that_comes_back_is_no_longer_accepted_and_names_its_reader_once(test: &TestDb) {
        let rows = sending(&test.db, 1).await;
        settle(&test.db, &rows, SendOutcome::Accepted("250 ok".to_owned())).await;
        let bounced = async || {
            let class = ReplyClass::BadAddress;
            outbox::bounced(&test.db, rows[0].id, class, "5.1.1 gone", at(UNTIL)).await.unwrap()
        };
        assert_eq!(bounced().await, Some(rows[0].subscriber));
        assert_eq!(bounced().await, None);
        assert_eq!(outbox::tries(&test.db, rows[0].id).await.unwrap().len(), 2);
    }

    async fn d_43_erasing_keeps_only_a_mark_and_the_accounting_of_digests(test: &TestDb) {
        let rows = sending(&test.db, 2).await;
        settle(&test.db, &rows[..1], SendOutcome::Accepted("250 ok".to_owned())).await;
        let id = rows[0].subscriber;
        suppressions::erase(&test.db, id, "mark", at(UNTIL)).await.unwrap();
        assert_eq!(subscribers::get(&test.db, id).await.unwrap(), None);
        assert_eq!(outbox::of_subscriber(&test.db, &id.to_string()).await.unwrap(), []);
        assert_eq!(outbox::tries(&test.db, rows[0].id).await.unwrap(), []);
        assert_eq!(outbox::accounting(&test.db, "digest").await.unwrap().candidates(), 2);
        assert_eq!(suppressions::find(&test.db, "mark").await.unwrap().unwrap().why, "erased");
    }

    async fn d_15_a_complaint_outweighs_other_reasons_and_lifting_ends_it(test: &TestDb) {
        let reader = subscriber("a@example.org");
        subscribers::add(&test.db, &reader).await.unwrap();
        for why in ["bounced", "complained", "asked to leave"] {
            suppressions::suppress(&test.db, reader.id, "mark", why, at(NOW)).await.unwrap();
        }
        assert_eq!(suppressions::find(&test.db, "mark").await.unwrap().unwrap().why, "complained");
        assert!(suppressions::lift(&test.db, "a@example.org", "mark").await.unwrap());
        assert!(!suppressions::lift(&test.db, "a@example.org", "mark").await.unwrap());
    }

    async fn d_43_words_of_servers_and_who_got_what_are_forgotten_in_time(test: &TestDb) {
        let rows = sending(&test.db, 2).await;
        settle(&test.db, &rows[..1], SendOutcome::Accepted("250 ok".to_owned())).await;
        outbox::prune(&test.db, at(UNTIL), at("2026-01-01T00:00Z")).await.unwrap();
        assert_eq!(outbox::tries(&test.db, rows[0].id).await.unwrap(), []);
        assert_eq!(outbox::get(&test.db, rows[0].id).await.unwrap().unwrap().reply, None);
        outbox::prune(&test.db, at(UNTIL), at(UNTIL)).await.unwrap();
        assert_eq!(outbox::get(&test.db, rows[0].id).await.unwrap(), None);
        assert!(outbox::get(&test.db, rows[1].id).await.unwrap().is_some(), "it is under way");
    }

    async fn full_mailboxes_count_once_a_day(test: &TestDb) {
        let id = subscriber("a@example.org").id;
        let strike = async |when: &str| {
            let since = at("2026-01-01T00:00Z");
            suppressions::strike(&test.db, id, ReplyClass::Soft, since, at(when)).await.unwrap()
        };
        assert_eq!(strike("2026-03-01T04:00Z").await.count, 1);
        assert_eq!(strike("2026-03-01T05:00Z").await.count, 1);
        let last = strike("2026-03-15T06:00Z").await;
        assert_eq!((last.count, last.span.as_hours() >= 14 * 24), (2, true));
    }
}
