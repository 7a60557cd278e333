//! After a crash in the middle of sending.

use jiff::Timestamp;
use sitrep::model::delivery::{Delivery, DeliveryState, SendOutcome};
use sitrep::store::outbox::{self, Recovered};
use sitrep::store::{Db, subscribers};

use crate::support::samples::{at, delivery, subscriber};
use crate::support::{TestDb, contract};

const NOW: &str = "2026-03-02T04:00Z";
const LATER: &str = "2026-03-02T04:15Z";

/// Queues one message and takes it as far as the transport.
async fn sending(db: &Db, now: &str) -> Delivery {
    let reader = subscriber("a@example.org");
    subscribers::add(db, &reader).await.unwrap();
    let row = delivery(&reader, "digest");
    outbox::enqueue(db, std::slice::from_ref(&row)).await.unwrap();
    send(db, &row, "one", at(now)).await;
    row
}

async fn send(db: &Db, row: &Delivery, worker: &str, now: Timestamp) {
    let until = now + jiff::SignedDuration::from_mins(10);
    let batch = outbox::claim_due(db, 1, worker, until, now).await.unwrap();
    assert_eq!(batch.ready.len(), 1);
    let marked = outbox::mark_sending(db, row.id, worker, now).await.unwrap();
    assert_eq!(marked, Some(DeliveryState::Sending));
}

async fn state(db: &Db, row: &Delivery) -> DeliveryState {
    outbox::get(db, row.id).await.unwrap().unwrap().state
}

contract! {
    async fn d_32_a_message_whose_sender_died_is_sent_again_as_it_was_however_often(test: &TestDb) {
        let row = sending(&test.db, NOW).await;
        let early = outbox::recover(&test.db, at("2026-03-02T03:59Z"), at(NOW)).await.unwrap();
        assert_eq!(early, Recovered::default());
        let mut died_at = at(NOW);
        for death in 0..3 {
            let now = died_at + jiff::SignedDuration::from_mins(15);
            let found = outbox::recover(&test.db, died_at, now).await.unwrap();
            assert_eq!(found, Recovered { requeued: 1, given_up: 0 }, "death {death}");
            let again = outbox::get(&test.db, row.id).await.unwrap().unwrap();
            assert_eq!((&again.message_id, again.dated), (&row.message_id, row.dated));
            send(&test.db, &row, "two", now).await;
            died_at = now;
        }
    }

    async fn d_32_a_lost_connection_is_taken_up_once_and_a_second_one_is_the_end(test: &TestDb) {
        let row = sending(&test.db, NOW).await;
        let lost = async |worker: &str, when: &str| {
            let outcome = SendOutcome::Unknown("connection lost".to_owned());
            let settled = outbox::settle(&test.db, row.id, worker, &outcome, at(when), at(when)).await;
            assert!(settled.unwrap());
            assert_eq!(state(&test.db, &row).await, DeliveryState::Unknown);
        };
        lost("one", NOW).await;
        let found = outbox::recover(&test.db, at(NOW), at(LATER)).await.unwrap();
        assert_eq!(found, Recovered { requeued: 1, given_up: 0 });
        assert_eq!(state(&test.db, &row).await, DeliveryState::Queued);
        send(&test.db, &row, "two", at(LATER)).await;
        lost("two", LATER).await;
        let found = outbox::recover(&test.db, at(LATER), at("2026-03-02T05:00Z")).await.unwrap();
        assert_eq!(found, Recovered { requeued: 0, given_up: 1 });
        assert!(outbox::accounting(&test.db, "digest").await.unwrap().is_complete());
    }

    async fn d_32_an_acceptance_that_comes_late_still_counts(test: &TestDb) {
        let row = sending(&test.db, NOW).await;
        outbox::recover(&test.db, at(NOW), at(LATER)).await.unwrap();
        let settle = async |outcome: SendOutcome| {
            outbox::settle(&test.db, row.id, "one", &outcome, at(LATER), at(LATER)).await.unwrap()
        };
        assert!(!settle(SendOutcome::Failed("550 no".to_owned())).await);
        assert!(settle(SendOutcome::Accepted("250 ok".to_owned())).await);
        assert_eq!(state(&test.db, &row).await, DeliveryState::Accepted);
        assert!(!settle(SendOutcome::Accepted("250 ok".to_owned())).await);
    }
}
