//! Joining by the form and the letter.

use sitrep::model::subscriber::SubscriberState;
use sitrep::store::{subscribers, subscriptions};

use crate::support::samples::{at, subscriber, subscription};
use crate::support::webdesk::{Answer, WISH, Webdesk};

async fn state(desk: &Webdesk, address: &str) -> Option<SubscriberState> {
    let found = subscribers::find(&desk.pipeline.db, &address.parse().unwrap()).await.unwrap();
    found.map(|found| found.state)
}

#[tokio::test]
async fn d_40_the_link_of_the_letter_shows_a_button_and_the_button_confirms() {
    let desk = Webdesk::open().await;
    assert_eq!(desk.join("new@example.org", "192.0.2.1").await.status, 200);
    assert_eq!(state(&desk, "new@example.org").await, Some(SubscriberState::Pending));
    let link = desk.link("new@example.org", "/confirm/").await;
    let shown = desk.get(&link).await;
    assert!(shown.status == 200 && shown.body.contains("<button"), "{}", shown.body);
    assert_eq!(state(&desk, "new@example.org").await, Some(SubscriberState::Pending));
    assert_eq!(desk.post(&link, &[]).await.status, 200);
    assert_eq!(state(&desk, "new@example.org").await, Some(SubscriberState::Active));
    let who = subscribers::find(&desk.pipeline.db, &"new@example.org".parse().unwrap()).await;
    let who = who.unwrap().unwrap();
    let wanted = subscriptions::of(&desk.pipeline.db, who.id).await.unwrap();
    assert_eq!((wanted[0].edition.as_str(), who.zone.as_str()), ("daily", "Asia/Damascus"));
    assert_eq!(desk.post(&link, &[]).await.status, 200, "a second press says the same");
}

#[tokio::test]
async fn d_40_the_answer_is_the_same_whatever_is_known_of_the_address() {
    let desk = Webdesk::open().await;
    let (known, left) = (subscriber("known@example.org"), subscriber("left@example.org"));
    for who in [&known, &left] {
        subscribers::add(&desk.pipeline.db, who).await.unwrap();
        subscriptions::put(&desk.pipeline.db, &subscription(who, "daily")).await.unwrap();
    }
    desk.pipeline.leaving.suppress(&left, "asked to leave", at("2026-03-01T00:00Z")).await.unwrap();
    let mut answers: Vec<Answer> = Vec::new();
    for (n, address) in [
        "new@example.org",
        "new@example.org",
        "known@example.org",
        "left@example.org",
        "nobody@nowhere",
        "no address",
        "a@[127.0.0.1]",
    ]
    .into_iter()
    .enumerate()
    {
        answers.push(desk.join(address, &format!("192.0.{n}.1")).await);
    }
    for answer in &answers {
        assert_eq!((answer.status, &answer.body), (200, &answers[0].body));
        let names = |answer: &Answer| answer.headers.keys().cloned().collect::<Vec<_>>();
        assert_eq!(names(answer), names(&answers[0]));
    }
    let mails = desk.mails().await;
    let to = |address: &str| {
        let to = format!("To: {address}\r\n");
        mails.iter().filter(move |mail| mail.contains(&to))
    };
    assert_eq!(to("new@example.org").count(), 1);
    assert_eq!(to("left@example.org").count(), 0);
    assert!(to("known@example.org").all(|mail| mail.contains("/preferences/")));
    assert_eq!(mails.len(), 2);
}

#[tokio::test]
async fn d_2_a_letter_is_of_no_list_comes_from_its_own_address_and_holds_nothing_of_the_form() {
    let desk = Webdesk::open().await;
    desk.join("new@example.org", "192.0.2.1").await;
    let mails = desk.mails().await;
    let [mail] = mails.as_slice() else { panic!("{mails:?}") };
    let head = mail.split("\r\n\r\n").next().unwrap();
    assert!(!head.contains("List-"), "{head}");
    assert!(head.contains("digest-account@sitrep.example"), "{head}");
    assert!(head.contains("Auto-Submitted: auto-generated"), "{head}");
    assert!(!mail.contains("Asia/Damascus"), "{mail}");
}

#[tokio::test]
async fn d_42_who_does_not_confirm_is_forgotten_after_48_hours() {
    let desk = Webdesk::open().await;
    desk.join("new@example.org", "192.0.2.1").await;
    let link = desk.link("new@example.org", "/confirm/").await;
    desk.clock.advance(47 * 3600);
    assert_eq!(desk.pipeline.forget_unconfirmed().await.unwrap(), 0);
    desk.clock.advance(2 * 3600);
    assert_eq!(desk.post(&link, &[]).await.status, 410);
    assert_eq!(desk.pipeline.forget_unconfirmed().await.unwrap(), 1);
    assert_eq!(state(&desk, "new@example.org").await, None);
}

#[tokio::test]
async fn d_40_nobody_who_has_not_confirmed_is_sent_a_digest() {
    let desk = Webdesk::open().await;
    desk.join("new@example.org", "192.0.2.1").await;
    desk.link("new@example.org", "/confirm/").await;
    let edition = desk.pipeline.edition("daily").unwrap();
    let run = desk.pipeline.close_and_queue(&edition, at("2026-03-03T05:30Z"), None).await.unwrap();
    assert_eq!(run.queued(), 0);
    let who = subscribers::find(&desk.pipeline.db, &"new@example.org".parse().unwrap()).await;
    let digest = crate::support::samples::digest("d1");
    desk.pipeline.enqueue_one(&digest, &who.unwrap().unwrap()).await.unwrap();
    assert_eq!(desk.mails().await.len(), 1, "the letter alone");
}

#[tokio::test]
async fn d_16_an_address_that_left_is_asked_again_after_30_days_and_comes_back_by_confirming() {
    let desk = Webdesk::open().await;
    let left = subscriber("left@example.org");
    subscribers::add(&desk.pipeline.db, &left).await.unwrap();
    desk.pipeline.leaving.suppress(&left, "complained", at("2026-03-02T00:00Z")).await.unwrap();
    desk.clock.advance(29 * 24 * 3600);
    desk.join("left@example.org", "192.0.2.1").await;
    assert_eq!(desk.mails().await.len(), 0);
    desk.clock.advance(2 * 24 * 3600);
    desk.join("left@example.org", "192.0.2.1").await;
    let link = desk.link("left@example.org", "/confirm/").await;
    assert!(desk.pipeline.leaving.is_suppressed(&left.address).await.unwrap());
    assert_eq!(desk.post(&link, &[]).await.status, 200);
    assert_eq!(state(&desk, "left@example.org").await, Some(SubscriberState::Active));
    assert!(!desk.pipeline.leaving.is_suppressed(&left.address).await.unwrap());
}

#[tokio::test]
async fn a_form_that_cannot_be_read_is_shown_again_with_what_is_wrong() {
    let desk = Webdesk::open().await;
    let changed = |name: &str, value: &'static str| -> Vec<(&str, &str)> {
        let keep = |field: &(&'static str, &'static str)| {
            if field.0 == name { (field.0, value) } else { *field }
        };
        [("address", "new@example.org")].into_iter().chain(WISH.iter().map(keep)).collect()
    };
    for (name, value, said) in [
        ("edition", "none", "editions"),
        ("zone", "Mars/Base", "time zone"),
        ("at", "soon", "06:30"),
        ("frequency", "hourly", "how often"),
        ("language", "xx", "languages"),
    ] {
        let answer = desk.fill("/subscribe", "192.0.2.1", &changed(name, value)).await;
        assert_eq!(answer.status, 422, "{name}");
        assert!(answer.body.contains(said) && answer.body.contains("new@example.org"), "{name}");
    }
    assert_eq!(state(&desk, "new@example.org").await, None);
}

#[tokio::test]
async fn a_reader_chooses_factions_and_regions_of_a_theatre() {
    let desk = Webdesk::open().await;
    assert!(!desk.get("/subscribe").await.body.contains("value=\"islamic-state\""));
    let listed = desk.get("/subscribe?show=syria").await;
    assert!(listed.body.contains("value=\"hayat-tahrir-al-sham\""));
    let chosen =
        [("address", "new@example.org"), ("faction", "islamic-state"), ("theatre", "syria")];
    assert_eq!(desk.fill("/subscribe", "192.0.2.1", &[&chosen, WISH].concat()).await.status, 200);
    let who = subscribers::find(&desk.pipeline.db, &"new@example.org".parse().unwrap()).await;
    let wanted = subscriptions::of(&desk.pipeline.db, who.unwrap().unwrap().id).await.unwrap();
    assert_eq!(wanted[0].filter.factions[0].as_str(), "islamic-state");
    assert_eq!(wanted[0].filter.theatres, ["syria"]);
}
