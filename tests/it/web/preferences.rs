//! Seeing, changing, taking along and erasing what is stored of a reader.

use sitrep::model::subscriber::Frequency;
use sitrep::store::{subscribers, subscriptions, suppressions};

use crate::support::samples::{digest, subscriber, subscription};
use crate::support::webdesk::{WISH, Webdesk};

/// A reader, and the path of the page that they asked for.
async fn reader(desk: &Webdesk) -> String {
    let who = subscriber("r@example.org");
    subscribers::add(&desk.pipeline.db, &who).await.unwrap();
    subscriptions::put(&desk.pipeline.db, &subscription(&who, "daily")).await.unwrap();
    desk.fill("/preferences", "192.0.2.1", &[("address", "r@example.org")]).await;
    desk.link("r@example.org", "/preferences/").await
}

#[tokio::test]
async fn d_44_the_link_is_mailed_to_the_address_alone_and_works_for_15_minutes() {
    let desk = Webdesk::open().await;
    let link = reader(&desk).await;
    let page = desk.get(&link).await;
    assert!(page.status == 200 && page.body.contains("r@example.org"), "{}", page.body);
    let unknown = desk.fill("/preferences", "192.0.3.1", &[("address", "x@example.org")]).await;
    let known = desk.fill("/preferences", "192.0.4.1", &[("address", "r@example.org")]).await;
    assert_eq!((unknown.status, unknown.body), (known.status, known.body));
    assert!(desk.mails().await.iter().all(|mail| mail.contains("To: r@example.org")));
    desk.clock.advance(16 * 60);
    assert_eq!(desk.get(&link).await.status, 410);
    assert_eq!(desk.post(&link, WISH).await.status, 410);
}

#[tokio::test]
async fn a_reader_changes_what_they_get_and_ends_it() {
    let desk = Webdesk::open().await;
    let link = reader(&desk).await;
    let id = desk.get(&link).await.field("subscription");
    let changed = [
        ("subscription", id.as_str()),
        ("edition", "daily"),
        ("language", "fr"),
        ("zone", "Europe/Paris"),
        ("at", "07:45"),
        ("frequency", "weekly"),
        ("grouping", "faction"),
        ("skip_quiet", "yes"),
    ];
    let saved = desk.post(&link, &changed).await;
    assert!(saved.status == 200 && saved.body.contains("Saved."), "{}", saved.body);
    let db = &desk.pipeline.db;
    let who = subscribers::find(db, &"r@example.org".parse().unwrap()).await.unwrap().unwrap();
    assert_eq!((who.language.as_str(), who.zone.as_str()), ("fr", "Europe/Paris"));
    let wanted = subscriptions::of(db, who.id).await.unwrap();
    assert_eq!(wanted.len(), 1);
    assert!(wanted[0].frequency == Frequency::Weekly && wanted[0].skip_quiet);
    assert_eq!(wanted[0].at.to_string(), "07:45:00");
    desk.post(&link, &[("subscription", id.as_str()), ("stop", "yes")]).await;
    assert_eq!(subscriptions::of(db, who.id).await.unwrap(), []);
}

#[tokio::test]
async fn nobody_changes_the_subscription_of_another() {
    let desk = Webdesk::open().await;
    let link = reader(&desk).await;
    let other = subscriber("other@example.org");
    subscribers::add(&desk.pipeline.db, &other).await.unwrap();
    let theirs = subscription(&other, "daily");
    subscriptions::put(&desk.pipeline.db, &theirs).await.unwrap();
    let id = theirs.id.to_string();
    desk.post(&link, &[("subscription", id.as_str()), ("stop", "yes")]).await;
    desk.post(&link, &[&[("subscription", id.as_str())], WISH].concat()).await;
    assert_eq!(subscriptions::of(&desk.pipeline.db, other.id).await.unwrap(), [theirs]);
}

#[tokio::test]
async fn d_43_a_reader_takes_everything_along_that_is_stored_of_them() {
    let desk = Webdesk::open().await;
    let link = reader(&desk).await;
    let who = subscribers::find(&desk.pipeline.db, &"r@example.org".parse().unwrap()).await;
    desk.pipeline.enqueue_one(&digest("d1"), &who.unwrap().unwrap()).await.unwrap();
    desk.mails().await;
    let file = desk.get(&format!("{link}/export")).await;
    assert!(file.headers["content-disposition"].contains("attachment"));
    let all: serde_json::Value = serde_json::from_str(&file.body).unwrap();
    assert_eq!(all["subscriber"]["address"], "r@example.org");
    assert_eq!(all["subscriptions"][0]["edition"], "daily");
    let mut kinds: Vec<_> = all["mail"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| one["delivery"]["kind"].as_str().unwrap())
        .collect();
    // The clock stands still: messages of one instant have no order.
    kinds.sort_unstable();
    assert_eq!(kinds, ["digest", "preferences"]);
}

#[tokio::test]
async fn d_43_erasing_leaves_a_mark_and_no_address_and_asks_for_a_tick_first() {
    let desk = Webdesk::open().await;
    let link = reader(&desk).await;
    assert_eq!(desk.post(&format!("{link}/erase"), &[]).await.status, 422);
    assert_eq!(desk.post(&format!("{link}/erase"), &[("sure", "yes")]).await.status, 200);
    let db = &desk.pipeline.db;
    assert_eq!(subscribers::find(db, &"r@example.org".parse().unwrap()).await.unwrap(), None);
    let marks = suppressions::list(db).await.unwrap();
    assert_eq!(marks.len(), 1);
    assert!(desk.state().await.iter().all(|row| !row.contains("r@example.org")));
    assert_eq!(desk.get(&link).await.status, 410);
}

#[tokio::test]
async fn stopping_all_mails_on_the_page_suppresses() {
    let desk = Webdesk::open().await;
    let link = reader(&desk).await;
    assert_eq!(desk.post(&format!("{link}/leave"), &[]).await.status, 200);
    let address = "r@example.org".parse().unwrap();
    assert!(desk.pipeline.leaving.is_suppressed(&address).await.unwrap());
}
