//! Personal digests: rendered once for all who want the same.

use std::collections::BTreeSet;

use sitrep::config::edition::EditionConfig;
use sitrep::model::filter::Filter;
use sitrep::model::id::RegionId;
use sitrep::model::subscriber::{Frequency, Subscription};
use sitrep::store::{digests, issues, subscribers, subscriptions};

use super::runs::Desk;
use crate::support::samples::{subscriber, subscription};

#[tokio::test]
async fn d_31_readers_who_want_the_same_share_one_stored_body() {
    let desk = Desk::with(|config| {
        config.edition.insert("daily".to_owned(), EditionConfig::default());
    })
    .await;
    let regions: [&[&str]; 3] = [&[], &["SY"], &["SY", "IQ"]];
    for n in 0..30 {
        let reader = subscriber(&format!("r{n}@example.net"));
        subscribers::add(&desk.pipeline.db, &reader).await.unwrap();
        let regions = regions[n % 3].iter().map(|id| RegionId::new(*id)).collect();
        let wanted = Subscription {
            frequency: Frequency::EachIssue,
            filter: Filter { regions, ..Filter::default() },
            ..subscription(&reader, "daily")
        };
        subscriptions::put(&desk.pipeline.db, &wanted).await.unwrap();
    }
    let edition = desk.pipeline.edition("daily").unwrap();
    let now = desk.pipeline.clock.now();
    let run = desk.pipeline.close_and_queue(&edition, now, None).await.unwrap();
    assert_eq!(run.queued(), 30);
    desk.pipeline.send_due().await.unwrap();
    let issue = issues::last(&desk.pipeline.db, &edition.id).await.unwrap().unwrap();
    let stored = digests::of_issue(&desk.pipeline.db, &issue.id).await.unwrap();
    assert_eq!(stored.len(), 3, "one for each wish, not for each reader");
    let received = desk.server.received();
    assert_eq!(received.len(), 30);
    let bodies: BTreeSet<_> =
        received.iter().map(|mail| mail.text.split_once("\r\n\r\n").unwrap().1).collect();
    assert_eq!(bodies.len(), 3);
}
