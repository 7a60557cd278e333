//! Leaving by the token of a mail.

use sitrep::model::subscriber::SubscriberState;
use sitrep::store::{subscribers, subscriptions};

use crate::support::samples::{digest, subscriber, subscription};
use crate::support::webdesk::{SITE, Webdesk};

/// A reader with a digest in the mail, and the path of its `List-Unsubscribe`.
async fn reader(desk: &Webdesk) -> String {
    let who = subscriber("r@example.org");
    subscribers::add(&desk.pipeline.db, &who).await.unwrap();
    subscriptions::put(&desk.pipeline.db, &subscription(&who, "daily")).await.unwrap();
    desk.pipeline.enqueue_one(&digest("d1"), &who).await.unwrap();
    desk.link("r@example.org", "/u/").await
}

async fn is_active(desk: &Webdesk) -> bool {
    let who = subscribers::find(&desk.pipeline.db, &"r@example.org".parse().unwrap()).await;
    who.unwrap().unwrap().state == SubscriberState::Active
}

#[tokio::test]
async fn d_41_one_click_leaves_at_once_without_cookie_redirect_or_token_of_a_form() {
    let desk = Webdesk::open().await;
    let link = reader(&desk).await;
    let answer = desk
        .ask(
            "POST",
            &link,
            &[
                ("content-type", "application/x-www-form-urlencoded"),
                ("origin", "https://mail.example"),
            ],
            "List-Unsubscribe=One-Click",
        )
        .await;
    assert_eq!(answer.status, 200);
    assert!(!answer.headers.contains_key("set-cookie") && !answer.headers.contains_key("location"));
    assert!(!is_active(&desk).await);
    let who = subscribers::find(&desk.pipeline.db, &"r@example.org".parse().unwrap()).await;
    desk.pipeline.enqueue_one(&digest("d2"), &who.unwrap().unwrap()).await.unwrap();
    assert_eq!(desk.mails().await.len(), 1, "no further mail");
}

#[tokio::test]
async fn d_41_a_post_without_body_counts_and_every_post_is_answered_alike() {
    let desk = Webdesk::open().await;
    let link = reader(&desk).await;
    let first = desk.ask("POST", &link, &[], "").await;
    assert!(first.status == 200 && !is_active(&desk).await);
    for path in [link.as_str(), "/u/unknown", "/u/%ff", &format!("/u/{}", "a".repeat(48))] {
        let again = desk.ask("POST", path, &[], "").await;
        assert_eq!((again.status, again.body), (200, first.body.clone()), "{path}");
    }
}

#[tokio::test]
async fn d_41_get_and_head_show_a_form_and_change_nothing() {
    let desk = Webdesk::open().await;
    let link = reader(&desk).await;
    let before = desk.state().await;
    for method in ["GET", "HEAD", "OPTIONS", "PUT"] {
        let answer = desk.ask(method, &link, &[], "").await;
        assert_eq!(answer.status, if matches!(method, "GET" | "HEAD") { 200 } else { 405 });
    }
    assert!(desk.get(&link).await.body.contains("<form method=\"post\">"));
    assert_eq!(desk.state().await, before);
    assert!(is_active(&desk).await);
}

#[tokio::test]
async fn d_41_the_token_of_an_old_mail_still_works() {
    let desk = Webdesk::open().await;
    let link = reader(&desk).await;
    desk.clock.advance(400 * 24 * 3600);
    assert_eq!(desk.ask("POST", &link, &[], "").await.status, 200);
    assert!(!is_active(&desk).await);
}

#[tokio::test]
async fn d_1_with_a_site_a_digest_has_one_click_headers_and_without_it_mailto_alone() {
    let desk = Webdesk::with(|config| {
        config.deliver.unsubscribe_to = Some("leave@sitrep.example".to_owned());
    })
    .await;
    reader(&desk).await;
    let mail = desk.mails().await.remove(0);
    let head = mail.split("\r\n\r\n").next().unwrap();
    let value = |name: &str| {
        let mut lines = head.lines().filter(|line| line.starts_with(&format!("{name}: ")));
        let line = lines.next().unwrap_or_else(|| panic!("{name} is missing in {head}"));
        assert!(lines.next().is_none(), "{name} stands twice");
        line.to_owned()
    };
    assert_eq!(value("List-Unsubscribe-Post"), "List-Unsubscribe-Post: List-Unsubscribe=One-Click");
    let leave = value("List-Unsubscribe");
    assert!(leave.contains(&format!("<{SITE}/u/")) && leave.contains("<mailto:leave+"), "{leave}");
    assert_eq!(value("List-Help"), format!("List-Help: <{SITE}/help>"));

    let bare = Webdesk::with(|config| {
        config.web.public_url.clear();
        config.deliver.unsubscribe_to = Some("leave@sitrep.example".to_owned());
    })
    .await;
    let who = subscriber("r@example.org");
    subscribers::add(&bare.pipeline.db, &who).await.unwrap();
    bare.pipeline.enqueue_one(&digest("d1"), &who).await.unwrap();
    let mail = bare.mails().await.remove(0);
    assert!(!mail.contains("List-Unsubscribe-Post") && mail.contains("List-Unsubscribe: <mailto:"));
}

#[tokio::test]
async fn d_44_the_token_of_a_digest_leaves_and_does_nothing_else() {
    let desk = Webdesk::open().await;
    let token = reader(&desk).await.replace("/u/", "");
    let before = desk.state().await;
    for path in ["/confirm/", "/preferences/"] {
        assert_eq!(desk.get(&format!("{path}{token}")).await.status, 410, "{path}");
        assert_eq!(desk.post(&format!("{path}{token}"), &[]).await.status, 410, "{path}");
    }
    for path in ["export", "leave", "erase"] {
        let path = format!("/preferences/{token}/{path}");
        let answer = if path.ends_with("export") {
            desk.get(&path).await
        } else {
            desk.post(&path, &[]).await
        };
        assert_eq!(answer.status, 410, "{path}");
        assert!(!answer.body.contains("r@example.org"));
    }
    assert_eq!(desk.state().await, before);
}
