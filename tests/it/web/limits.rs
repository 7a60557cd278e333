//! The form is no mail bomber (S-11), and tells nobody who is subscribed (S-12).

use crate::support::webdesk::{Answer, SITE, WISH, Webdesk};

/// Sends one form again and again with addresses of `who` from networks of `from`.
async fn flood(
    desk: &Webdesk,
    times: usize,
    who: impl Fn(usize) -> String,
    from: impl Fn(usize) -> String,
) -> Vec<Answer> {
    let seal = desk.get("/subscribe").await.field("seal");
    desk.clock.advance(5);
    let mut answers = Vec::new();
    for n in 0..times {
        let (address, network) = (who(n), from(n));
        let form = [&[("address", address.as_str()), ("seal", seal.as_str())], WISH].concat();
        let headers = [("origin", SITE), ("x-forwarded-for", network.as_str())];
        answers.push(desk.post_with("/subscribe", &headers, &form).await);
    }
    desk.site.settled().await;
    assert!(answers.iter().all(|answer| answer.status == 200 && answer.body == answers[0].body));
    answers
}

fn network(n: usize) -> String {
    format!("10.{}.{}.1", n / 250, n % 250)
}

#[tokio::test]
async fn s_11_one_address_gets_one_letter_a_day_and_three_a_month() {
    let desk = Webdesk::open().await;
    flood(&desk, 300, |_| "a@example.org".to_owned(), network).await;
    assert_eq!(desk.mails().await.len(), 1);
    for _ in 0..5 {
        desk.clock.advance(25 * 3600);
        flood(&desk, 2, |_| "a@example.org".to_owned(), network).await;
        desk.mails().await;
    }
    assert_eq!(desk.mails().await.len(), 3);
}

#[tokio::test]
async fn s_11_one_network_brings_about_five_letters_an_hour() {
    let desk = Webdesk::open().await;
    let who = |n| format!("a@{n}.example.org");
    flood(&desk, 300, who, |n| format!("192.0.2.{}", n % 250)).await;
    assert_eq!(desk.mails().await.len(), 5);
}

#[tokio::test]
async fn s_11_one_domain_gets_fifty_letters_an_hour() {
    let desk = Webdesk::open().await;
    flood(&desk, 80, |n| format!("a{n}@example.org"), network).await;
    assert_eq!(desk.mails().await.len(), 50);
}

#[tokio::test]
async fn s_11_all_together_bring_about_five_hundred_letters_an_hour() {
    let desk = Webdesk::open().await;
    flood(&desk, 1_000, |n| format!("a@{n}.example.org"), network).await;
    assert_eq!(desk.mails().await.len(), 500);
}

#[tokio::test]
async fn s_11_a_form_counts_from_three_seconds_to_five_minutes_after_it_was_shown() {
    let desk = Webdesk::open().await;
    let seal = desk.get("/subscribe").await.field("seal");
    let form = [&[("address", "a@example.org"), ("seal", seal.as_str())], WISH].concat();
    let quick = desk.post("/subscribe", &form).await;
    assert!(quick.status == 422 && quick.body.contains("three seconds"), "{}", quick.body);
    desk.clock.advance(7 * 60);
    assert_eq!(desk.post("/subscribe", &form).await.status, 422);
    let forged = [&[("address", "a@example.org"), ("seal", "abc")], WISH].concat();
    assert_eq!(desk.post("/subscribe", &forged).await.status, 422);
    desk.site.settled().await;
    assert_eq!(desk.mails().await.len(), 0);
}

#[tokio::test]
async fn s_11_a_program_that_fills_in_what_people_do_not_see_is_answered_and_nothing_is_sent() {
    let desk = Webdesk::open().await;
    let good = desk.join("a@example.org", "192.0.2.1").await;
    let trapped =
        [&[("address", "b@example.org"), ("website", "https://spam.example")], WISH].concat();
    let answer = desk.fill("/subscribe", "192.0.2.1", &trapped).await;
    assert_eq!((answer.status, answer.body), (good.status, good.body));
    assert_eq!(desk.mails().await.len(), 1);
}

#[tokio::test]
async fn s_11_limits_keep_neither_address_nor_network() {
    let desk = Webdesk::open().await;
    desk.join("a@example.org", "192.0.2.1").await;
    let uses: Vec<_> = desk
        .state()
        .await
        .into_iter()
        .filter(|row| row.starts_with("form/") || row.starts_with("confirm/"))
        .collect();
    assert!(uses.len() >= 4, "{uses:?}");
    assert!(uses.iter().all(|row| !row.contains("example.org") && !row.contains("192.0.2")));
}
