//! The outbox: queued once, claimed by one, sent to nobody who left.

use sitrep::model::delivery::{Delivery, DeliveryState, SendOutcome};
use sitrep::model::subscriber::Subscriber;
use sitrep::store::outbox::{self, ClaimedBatch};
use sitrep::store::{Db, subscribers};

use crate::support::samples::{at, delivery, subscriber};
use crate::support::{TestDb, contract};

const NOW: &str = "2026-03-02T04:00Z";
const UNTIL: &str = "2026-03-02T04:10Z";

async fn readers(db: &Db, count: u32) -> Vec<Subscriber> {
    let mut readers = Vec::new();
    for n in 0..count {
        let reader = subscriber(&format!("r{n}@example.org"));
        subscribers::add(db, &reader).await.unwrap();
        readers.push(reader);
    }
    readers
}

async fn queued(db: &Db, count: u32) -> Vec<Delivery> {
    let readers = readers(db, count).await;
    let rows: Vec<_> = readers.iter().map(|reader| delivery(reader, "digest")).collect();
    outbox::enqueue(db, &rows).await.unwrap();
    rows
}

async fn claim(db: &Db, worker: &str, now: &str) -> ClaimedBatch {
    outbox::claim_due(db, 100, worker, at(UNTIL), at(now)).await.unwrap()
}

async fn state(db: &Db, row: &Delivery) -> DeliveryState {
    outbox::get(db, row.id).await.unwrap().unwrap().state
}

contract! {
    async fn d_30_a_message_is_queued_once_for_a_kind_a_reference_and_a_subscriber(test: &TestDb) {
        let reader = readers(&test.db, 1).await.remove(0);
        let (row, again) = (delivery(&reader, "digest"), delivery(&reader, "digest"));
        let other = delivery(&reader, "another");
        assert_eq!(outbox::enqueue(&test.db, std::slice::from_ref(&row)).await.unwrap(), 1);
        assert_eq!(outbox::enqueue(&test.db, &[again, other]).await.unwrap(), 1);
        assert_eq!(outbox::of_reference(&test.db, "digest").await.unwrap(), [row]);
    }

    async fn what_nobody_has_begun_to_send_can_be_taken_back(test: &TestDb) {
        let rows = queued(&test.db, 2).await;
        outbox::claim_due(&test.db, 1, "a", at(UNTIL), at(NOW)).await.unwrap();
        assert_eq!(outbox::withdraw(&test.db, "digest", at(NOW)).await.unwrap(), 1);
        assert_eq!(outbox::withdraw(&test.db, "another", at(NOW)).await.unwrap(), 0);
        let mut states = Vec::new();
        for row in &rows {
            states.push(state(&test.db, row).await);
        }
        assert!(states.contains(&DeliveryState::Expired) && states.contains(&DeliveryState::Queued));
    }

    async fn d_34_two_senders_at_once_never_get_the_same_message(test: &TestDb) {
        let rows = queued(&test.db, 60).await;
        let other = test.another().await;
        let drain = async |db: &Db, worker: &str| {
            let mut got = Vec::new();
            loop {
                let batch = outbox::claim_due(db, 4, worker, at(UNTIL), at(NOW)).await.unwrap();
                if batch.is_empty() { return got; }
                got.extend(batch.ready.into_iter().map(|outgoing| outgoing.delivery.id));
            }
        };
        let (mut got, two) = tokio::join!(drain(&test.db, "one"), drain(&other, "two"));
        got.extend(two);
        got.sort();
        let mut ids: Vec<_> = rows.iter().map(|row| row.id).collect();
        ids.sort();
        assert_eq!(got, ids);
    }

    async fn b_59_who_was_sent_a_thing_is_known_and_who_was_not_is_left_out(test: &TestDb) {
        let rows = queued(&test.db, 3).await;
        claim(&test.db, "one", NOW).await;
        let outcomes = [
            SendOutcome::Accepted("250".to_owned()),
            SendOutcome::Failed("550".to_owned()),
            SendOutcome::Unknown("lost".to_owned()),
        ];
        for (row, outcome) in rows.iter().zip(outcomes) {
            outbox::mark_sending(&test.db, row.id, "one", at(NOW)).await.unwrap();
            outbox::settle(&test.db, row.id, "one", &outcome, at(UNTIL), at(NOW)).await.unwrap();
        }
        let mut sent = outbox::recipients(&test.db, "digest").await.unwrap();
        sent.sort();
        let mut expected = vec![rows[0].subscriber, rows[2].subscriber];
        expected.sort();
        assert_eq!(sent, expected);
        assert_eq!(outbox::recipients(&test.db, "another").await.unwrap(), []);
    }

    async fn a_message_waits_for_its_time_and_knows_its_address(test: &TestDb) {
        let rows = queued(&test.db, 1).await;
        assert!(claim(&test.db, "one", "2026-03-02T03:59:59Z").await.is_empty());
        let batch = claim(&test.db, "one", NOW).await;
        assert_eq!(batch.ready[0].delivery, rows[0]);
        assert_eq!(batch.ready[0].address.as_str(), "r0@example.org");
    }

    async fn d_16_who_left_or_is_gone_is_settled_by_the_claim_itself(test: &TestDb) {
        let rows = queued(&test.db, 3).await;
        for (address, gone) in [("r0@example.org", false), ("r1@example.org", true)] {
            let address = address.parse().unwrap();
            if gone {
                subscribers::remove(&test.db, &address).await.unwrap();
            } else {
                subscribers::suppress(&test.db, &address, "left", at(NOW)).await.unwrap();
            }
        }
        let batch = claim(&test.db, "one", NOW).await;
        assert_eq!((batch.ready.len(), batch.suppressed, batch.expired), (1, 2, 0));
        assert_eq!(batch.ready[0].delivery.id, rows[2].id);
        assert_eq!(state(&test.db, &rows[0]).await, DeliveryState::Suppressed);
        assert_eq!(state(&test.db, &rows[1]).await, DeliveryState::Suppressed);
    }

    async fn d_6_who_leaves_between_claim_and_sending_is_not_mailed(test: &TestDb) {
        let rows = queued(&test.db, 1).await;
        claim(&test.db, "one", NOW).await;
        let address = "r0@example.org".parse().unwrap();
        subscribers::suppress(&test.db, &address, "left", at(NOW)).await.unwrap();
        let marked = outbox::mark_sending(&test.db, rows[0].id, "one", at(NOW)).await.unwrap();
        assert_eq!(marked, Some(DeliveryState::Suppressed));
        let row = outbox::get(&test.db, rows[0].id).await.unwrap().unwrap();
        assert_eq!((row.state, row.attempts), (DeliveryState::Suppressed, 0));
    }

    async fn a_message_that_is_too_late_expires(test: &TestDb) {
        let rows = queued(&test.db, 1).await;
        let late = outbox::claim_due(&test.db, 9, "one", at("2026-03-03T00:00Z"), at("2026-03-02T16:00Z"));
        assert_eq!(late.await.unwrap().expired, 1);
        assert_eq!(state(&test.db, &rows[0]).await, DeliveryState::Expired);
        let later = at("2026-03-03T00:00Z");
        assert!(outbox::retry(&test.db, rows[0].id, later, at("2026-03-02T17:00Z")).await.unwrap());
        assert_eq!(claim(&test.db, "two", "2026-03-02T17:00Z").await.ready.len(), 1);
    }

    async fn only_the_holder_of_a_lease_that_runs_may_send(test: &TestDb) {
        let id = queued(&test.db, 1).await[0].id;
        claim(&test.db, "one", NOW).await;
        let mark = async |worker: &str, now: &str| {
            outbox::mark_sending(&test.db, id, worker, at(now)).await.unwrap()
        };
        assert_eq!(mark("two", NOW).await, None);
        assert_eq!(mark("one", UNTIL).await, None);
        let taken = outbox::claim_due(&test.db, 9, "two", at("2026-03-02T04:20Z"), at(UNTIL)).await;
        assert_eq!(taken.unwrap().ready.len(), 1);
        assert_eq!(mark("one", "2026-03-02T04:11Z").await, None);
        assert_eq!(mark("two", "2026-03-02T04:11Z").await, Some(DeliveryState::Sending));
        assert_eq!(mark("two", "2026-03-02T04:11Z").await, None);
    }

    async fn d_33_every_candidate_is_accounted_for(test: &TestDb) {
        let rows = queued(&test.db, 4).await;
        claim(&test.db, "one", NOW).await;
        let outcomes = [
            SendOutcome::Accepted("250 ok".to_owned()),
            SendOutcome::Failed("550 no".to_owned()),
            SendOutcome::Deferred("450 later".to_owned()),
            SendOutcome::Deferred("450 too late".to_owned()),
        ];
        let retries = [NOW, NOW, "2026-03-02T04:05Z", "2026-03-02T16:00Z"];
        for ((row, outcome), retry) in rows.iter().zip(&outcomes).zip(retries) {
            outbox::mark_sending(&test.db, row.id, "one", at(NOW)).await.unwrap();
            let settled = outbox::settle(&test.db, row.id, "one", outcome, at(retry), at(NOW)).await;
            assert!(settled.unwrap());
        }
        let accounting = outbox::accounting(&test.db, "digest").await.unwrap();
        assert_eq!((accounting.candidates(), accounting.is_complete()), (4, false));
        assert_eq!(accounting.count(DeliveryState::Expired), 1);
        assert_eq!(claim(&test.db, "two", "2026-03-02T04:04Z").await.ready.len(), 0);
        let again = claim(&test.db, "two", "2026-03-02T04:05Z").await.ready.remove(0).delivery;
        assert_eq!((again.attempts, again.reply.as_deref()), (1, Some("450 later")));
        assert_eq!((again.message_id, again.dated), (rows[2].message_id.clone(), rows[2].dated));
        outbox::mark_sending(&test.db, again.id, "two", at("2026-03-02T04:05Z")).await.unwrap();
        outbox::settle(&test.db, again.id, "two", &outcomes[0], at(NOW), at(NOW)).await.unwrap();
        let accounting = outbox::accounting(&test.db, "digest").await.unwrap();
        assert!(accounting.is_complete());
        assert_eq!(accounting.count(DeliveryState::Accepted), 2);
    }
}
