//! Whole runs of the sending loop against the scripted server.

use std::collections::BTreeSet;
use std::sync::Arc;

use jiff::{SignedDuration, Timestamp};
use sitrep::app;
use sitrep::config::Config;
use sitrep::model::FixedClock;
use sitrep::model::delivery::{Delivery, DeliveryState};
use sitrep::model::subscriber::{Subscriber, SubscriberState};
use sitrep::pipeline::{Pipeline, SendSummary};
use sitrep::store::{digests, notices, outbox, subscribers};

use super::config;
use crate::support::TestDb;
use crate::support::samples::{at, delivery, digest, subscriber};
use crate::support::smtp::ScriptedSmtp;

const NOW: &str = "2026-03-02T04:00Z";

/// The sending loop with a database of its own, at a fixed time, over a scripted server.
pub(super) struct Desk {
    pub(super) pipeline: Pipeline,
    pub(super) clock: Arc<FixedClock>,
    pub(super) server: ScriptedSmtp,
    pub(super) config: Config,
    pub(super) dir: tempfile::TempDir,
}

impl Desk {
    pub(super) async fn new() -> Self {
        Self::with(|_| {}).await
    }

    pub(super) async fn with(change: impl FnOnce(&mut Config)) -> Self {
        let (server, dir) = (ScriptedSmtp::start().await, tempfile::tempdir().unwrap());
        let mut config = Config { deliver: config(&server), ..Config::default() };
        config.sources.files.clear();
        config.folder = dir.path().to_owned();
        "sqlite:sitrep.db".clone_into(&mut config.database.url);
        config.deliver.suppressions = "suppressions.log".into();
        config.deliver.smtp.timeout = sitrep::config::span::Span::seconds(1);
        change(&mut config);
        let clock = Arc::new(FixedClock::new(at(NOW)));
        let pipeline = app::pipeline(config.clone(), Arc::clone(&clock) as _).await.unwrap();
        digests::insert(&pipeline.db, &digest("digest")).await.unwrap();
        Self { pipeline, clock, server, config, dir }
    }

    /// Another process on the same database.
    pub(super) async fn another(&self) -> Pipeline {
        app::pipeline(self.config.clone(), Arc::clone(&self.clock) as _).await.unwrap()
    }

    pub(super) async fn queue(&self, addresses: &[&str]) -> Vec<(Subscriber, Delivery)> {
        let mut all = Vec::new();
        for address in addresses {
            let reader = subscriber(address);
            subscribers::add(&self.pipeline.db, &reader).await.unwrap();
            let row = delivery(&reader, "digest");
            outbox::enqueue(&self.pipeline.db, std::slice::from_ref(&row)).await.unwrap();
            all.push((reader, row));
        }
        all
    }

    pub(super) async fn state(&self, row: &Delivery) -> DeliveryState {
        outbox::get(&self.pipeline.db, row.id).await.unwrap().unwrap().state
    }

    pub(super) fn later(&self, minutes: i64) -> Timestamp {
        let at = at(NOW) + SignedDuration::from_mins(minutes);
        self.clock.set(at);
        at
    }

    pub(super) async fn reader(&self, who: &Subscriber) -> SubscriberState {
        subscribers::get(&self.pipeline.db, who.id).await.unwrap().unwrap().state
    }
}

#[tokio::test]
async fn d_33_every_candidate_of_a_run_is_accounted_for_whatever_the_server_does() {
    let desk = Desk::new().await;
    let addresses = [
        "ok@a.example",
        "r450@b.example",
        "r550@c.example",
        "policy@d.example",
        "full@e.example",
        "close@f.example",
        "dropdata@g.example",
        "dropafter@h.example",
        "greylist@i.example",
        "busy@j.example",
        "split@k.example",
    ];
    let rows = desk.queue(&addresses).await;
    for minutes in [0, 2, 20, 90, 180, 400, 800] {
        desk.later(minutes);
        desk.pipeline.send_due().await.unwrap();
    }
    let accounting = outbox::accounting(&desk.pipeline.db, "digest").await.unwrap();
    assert!(accounting.is_complete(), "{accounting:?}");
    assert_eq!(accounting.candidates() as usize, rows.len());
    assert_eq!(accounting.count(DeliveryState::Accepted), 3, "ok, greylisted, split");
    assert_eq!(desk.reader(&rows[2].0).await, SubscriberState::Suppressed, "no such user");
    for soft in [3, 4, 9] {
        assert_eq!(
            desk.reader(&rows[soft].0).await,
            SubscriberState::Active,
            "{}",
            addresses[soft]
        );
    }
    assert!(
        desk.server.received().iter().filter(|mail| mail.to == "dropafter@h.example").count() <= 2
    );
}

#[tokio::test]
async fn d_6_who_leaves_during_a_run_gets_nothing_more() {
    let desk = Desk::new().await;
    let rows = desk.queue(&["r450@a.example", "ok@b.example"]).await;
    desk.pipeline.send_due().await.unwrap();
    let (who, row) = &rows[0];
    desk.pipeline.leaving.suppress(who, "asked to leave", at(NOW)).await.unwrap();
    desk.later(5);
    desk.pipeline.send_due().await.unwrap();
    assert_eq!(desk.state(row).await, DeliveryState::Suppressed);
    assert_eq!(outbox::tries(&desk.pipeline.db, row.id).await.unwrap().len(), 1);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn d_6_who_leaves_while_a_run_goes_on_is_not_mailed_by_it() {
    let desk = Desk::with(|config| config.deliver.connections = 1).await;
    let many: Vec<_> = (0..300).map(|n| format!("r{n}@example.net")).collect();
    let mut rows = desk.queue(&many.iter().map(String::as_str).collect::<Vec<_>>()).await;
    // in the order in which they are sent: ids of one moment have none
    rows.sort_by_key(|(_, row)| row.id);
    let leaving = async {
        let mut received = None;
        while desk.server.received().len() < 20 {
            tokio::time::sleep(std::time::Duration::from_millis(1)).await;
        }
        // These rows are claimed already, so only the step before the first byte can stop them. The last goes first:
        // the run may overtake who leaves after it.
        for (who, _) in rows[180..200].iter().rev() {
            desk.pipeline.leaving.suppress(who, "asked to leave", at(NOW)).await.unwrap();
            received.get_or_insert(desk.server.received().len());
        }
        received
    };
    let (sent, at_that_time) = tokio::join!(desk.pipeline.send_due(), leaving);
    let (accepted, received) =
        (sent.unwrap().count(DeliveryState::Accepted), desk.server.received());
    assert!(at_that_time.unwrap() < 180, "the run was faster than the readers");
    assert_eq!(accepted as usize, received.len());
    let first = rows[199].0.address.as_str();
    assert!(!received.iter().any(|mail| mail.to == first), "`{first}` had left");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn d_34_two_senders_on_one_database_send_each_message_once() {
    let postgres = TestDb::postgres().await;
    for url in [None, postgres.as_ref().map(|test| test.url.clone())] {
        let desk = Desk::with(|config| {
            if let Some(url) = &url {
                config.database.url.clone_from(url);
            }
        })
        .await;
        let many: Vec<_> = (0..400).map(|n| format!("r{n}@example.net")).collect();
        desk.queue(&many.iter().map(String::as_str).collect::<Vec<_>>()).await;
        let second = desk.another().await;
        let (one, two) = tokio::join!(desk.pipeline.send_due(), second.send_due());
        let (one, two) = (one.unwrap(), two.unwrap());
        let accepted = |sent: &SendSummary| sent.count(DeliveryState::Accepted);
        assert_eq!(accepted(&one) + accepted(&two), 400);
        let received = desk.server.received();
        let readers: BTreeSet<_> = received.iter().map(|mail| mail.to.as_str()).collect();
        assert_eq!((received.len(), readers.len()), (400, 400));
        second.db.close().await;
        desk.pipeline.db.close().await;
    }
}

#[tokio::test]
async fn d_13_a_domain_that_asks_for_it_is_left_alone_and_others_are_not() {
    let desk = Desk::with(|config| config.deliver.connections = 1).await;
    let rows = desk.queue(&["busy@slow.example", "ok@slow.example", "ok@fast.example"]).await;
    desk.pipeline.send_due().await.unwrap();
    assert_eq!(desk.state(&rows[2].1).await, DeliveryState::Accepted);
    desk.later(10);
    desk.pipeline.send_due().await.unwrap();
    let tries = outbox::tries(&desk.pipeline.db, rows[0].1.id).await.unwrap();
    assert_eq!(tries.len(), 1, "fifteen minutes have not passed");
    desk.later(20);
    desk.pipeline.send_due().await.unwrap();
    let tries = outbox::tries(&desk.pipeline.db, rows[0].1.id).await.unwrap();
    assert_eq!(tries.len(), 2);
}

#[tokio::test]
async fn d_13_a_configured_pace_spreads_the_messages_of_a_domain() {
    let desk = Desk::with(|config| config.deliver.pace_per_domain = 1).await;
    desk.queue(&["a@x.example", "b@x.example", "c@x.example", "a@y.example"]).await;
    let mut sent = Vec::new();
    for minutes in [0, 1, 2, 3] {
        desk.later(minutes);
        desk.pipeline.send_due().await.unwrap();
        sent.push(desk.server.received().len());
    }
    assert_eq!(sent, [2, 3, 4, 4]);
}

#[tokio::test]
async fn d_17_a_run_that_meets_many_bad_addresses_stops_is_told_and_goes_on_when_released() {
    let desk = Desk::with(|config| config.deliver.connections = 1).await;
    let bad: Vec<_> = (0..12).map(|n| format!("r550+{n}@a.example")).collect();
    desk.queue(&bad.iter().map(String::as_str).collect::<Vec<_>>()).await;
    desk.pipeline.send_due().await.unwrap();
    assert!(outbox::brake(&desk.pipeline.db).await.unwrap().is_some());
    let standing = notices::standing(&desk.pipeline.db).await.unwrap();
    assert!(standing.iter().any(|notice| notice.text.contains("sitrep delivery resume")));
    let good = desk.queue(&["ok@b.example"]).await;
    desk.pipeline.send_due().await.unwrap();
    assert_eq!(desk.state(&good[0].1).await, DeliveryState::Queued);
    desk.later(1);
    desk.pipeline.resume_sending().await.unwrap();
    desk.later(2);
    desk.pipeline.send_due().await.unwrap();
    assert_eq!(desk.state(&good[0].1).await, DeliveryState::Accepted);
}

#[tokio::test]
async fn d_43_a_database_that_is_restored_revives_nobody_who_left_meanwhile() {
    let desk = Desk::new().await;
    let rows = desk.queue(&["ok@a.example", "ok@b.example"]).await;
    let (who, row) = &rows[0];
    desk.pipeline.leaving.suppress(who, "asked to leave", at(NOW)).await.unwrap();
    // What a copy from before that moment holds.
    let db = sqlx::SqlitePool::connect(&desk.pipeline.db.place()).await.unwrap();
    for sql in ["UPDATE subscriber SET state = 'active'", "DELETE FROM suppression"] {
        sqlx::query(sql).execute(&db).await.unwrap();
    }
    assert_eq!(desk.pipeline.leaving.replay().await.unwrap(), 1);
    desk.pipeline.send_due().await.unwrap();
    assert_eq!(desk.state(row).await, DeliveryState::Suppressed);
    assert_eq!(desk.state(&rows[1].1).await, DeliveryState::Accepted);
}
