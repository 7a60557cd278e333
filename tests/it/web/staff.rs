//! Those who edit: signing in, what each role may, and the record of what was done.

use std::sync::atomic::Ordering;

use sitrep::model::staff::StaffRole;
use sitrep::store::{decisions, pauses};

use crate::support::webdesk::{Answer, PASSWORD, POST, SITE, Webdesk};

async fn try_in(desk: &Webdesk, name: &str, given: &str, from: &str) -> Answer {
    let headers = [("origin", SITE), ("x-forwarded-for", from)];
    desk.post_with("/admin/sign-in", &headers, &[("name", name), ("password", given)]).await
}

pub(super) async fn sign_in(desk: &Webdesk, name: &str) -> String {
    let signed = try_in(desk, name, PASSWORD, "192.0.2.1").await;
    assert_eq!(signed.status, 303, "{}", signed.body);
    signed.headers["set-cookie"].split(';').next().unwrap().to_owned()
}

pub(super) async fn get(desk: &Webdesk, path: &str, cookie: &str) -> Answer {
    desk.ask("GET", path, &[("cookie", cookie), ("accept", "text/html")], "").await
}

pub(super) async fn post(
    desk: &Webdesk,
    path: &str,
    cookie: &str,
    fields: &[(&str, &str)],
) -> Answer {
    let csrf = get(desk, "/admin", cookie).await.field("csrf");
    let form = [fields, &[("csrf", csrf.as_str())]].concat();
    desk.post_with(path, &[("origin", SITE), ("cookie", cookie)], &form).await
}

#[tokio::test]
async fn s_10_there_is_no_default_password_and_nothing_is_shown_without_signing_in() {
    let desk = Webdesk::open().await;
    for name in ["admin", "root", "sitrep", ""] {
        for given in ["admin", "password", "sitrep", ""] {
            assert_eq!(try_in(&desk, name, given, "198.51.100.1").await.status, 403);
        }
    }
    for path in ["/admin", "/admin/sources", "/admin/audit", "/admin/events/abcdef"] {
        let answer = desk.get(path).await;
        assert_eq!(
            (answer.status, answer.headers["location"].as_str()),
            (303, "/admin/sign-in"),
            "{path}"
        );
    }
    for path in ["/admin/sources/desk/pause", "/admin/sign-out", "/admin/events/abcdef/retract"] {
        assert_eq!(desk.post(path, &[]).await.status, 303, "{path}");
    }
    assert!(pauses::list(&desk.pipeline.db).await.unwrap().is_empty());
}

#[tokio::test]
async fn s_10_a_thousand_tries_cost_at_most_twenty_hashes_and_are_all_answered_alike() {
    let desk = Webdesk::open().await;
    desk.hire("ed", StaffRole::Editor).await;
    let unknown = try_in(&desk, "nobody", "wrong password", "198.51.100.9").await;
    let before = desk.site.hashes().load(Ordering::Relaxed);
    for n in 0..1_000 {
        let from = format!("10.{}.{}.1", n / 250, n % 250);
        let answer = try_in(&desk, "ed", "wrong password", &from).await;
        assert_eq!((answer.status, &answer.body), (403, &unknown.body), "{n}");
    }
    assert!(desk.site.hashes().load(Ordering::Relaxed) - before <= 20);
    let locked = try_in(&desk, "ed", PASSWORD, "192.0.2.1").await;
    assert_eq!((locked.status, &locked.body), (403, &unknown.body));
    desk.clock.advance(25 * 3600);
    sign_in(&desk, "ed").await;
    for n in 0..100 {
        try_in(&desk, &format!("name{n}"), "wrong password", "203.0.113.5").await;
    }
    assert!(desk.site.hashes().load(Ordering::Relaxed) - before <= 30, "of one network too");
}

#[tokio::test]
async fn s_9_a_session_is_new_with_each_sign_in_strict_and_ends_after_twelve_hours_or_at_once() {
    let desk = Webdesk::open().await;
    desk.hire("ed", StaffRole::Editor).await;
    let set = try_in(&desk, "ed", PASSWORD, "192.0.2.1").await.headers["set-cookie"].clone();
    for part in ["__Host-staff=", "Secure", "HttpOnly", "SameSite=Strict"] {
        assert!(set.contains(part), "{set}");
    }
    let (one, two) = (sign_in(&desk, "ed").await, sign_in(&desk, "ed").await);
    assert_ne!(one, two);
    assert_eq!(get(&desk, "/admin", &one).await.status, 200);
    assert_eq!(post(&desk, "/admin/sign-out", &one, &[]).await.status, 303);
    assert_eq!(get(&desk, "/admin", &one).await.status, 303);
    assert_eq!(get(&desk, "/admin", &two).await.status, 200);
    desk.clock.advance(13 * 3600);
    assert_eq!(get(&desk, "/admin", &two).await.status, 303);
    let rows = desk.state().await;
    assert!(
        !rows.iter().any(|row| row.contains(two.split('=').nth(1).unwrap())),
        "s_8: only its hash"
    );
}

#[tokio::test]
async fn roles_a_viewer_sees_an_editor_changes_and_an_admin_sees_who_did_it() {
    let desk = Webdesk::open().await;
    for (name, role) in
        [("vi", StaffRole::Viewer), ("ed", StaffRole::Editor), ("ad", StaffRole::Admin)]
    {
        desk.hire(name, role).await;
    }
    let (vi, ed, ad) =
        (sign_in(&desk, "vi").await, sign_in(&desk, "ed").await, sign_in(&desk, "ad").await);
    let page = get(&desk, "/admin/sources", &vi).await;
    assert!(page.status == 200 && page.body.contains("desk") && !page.body.contains("Pause"));
    assert_eq!(post(&desk, "/admin/sources/desk/pause", &vi, &[]).await.status, 403);
    assert!(pauses::list(&desk.pipeline.db).await.unwrap().is_empty());
    assert_eq!(post(&desk, "/admin/sources/desk/pause", &ed, &[]).await.status, 303);
    assert_eq!(pauses::list(&desk.pipeline.db).await.unwrap().len(), 1);
    assert!(get(&desk, "/admin/sources", &ed).await.body.contains("Resume"));
    assert_eq!(post(&desk, "/admin/sources/desk/resume", &ed, &[]).await.status, 303);
    assert_eq!(post(&desk, "/admin/sources/none/pause", &ed, &[]).await.status, 404);
    for cookie in [&vi, &ed] {
        assert_eq!(get(&desk, "/admin/audit", cookie).await.status, 403);
    }
    let audit = get(&desk, "/admin/audit", &ad).await.body;
    assert!(
        audit.contains("pause source")
            && audit.contains("resume source")
            && audit.contains("<td>ed</td>")
    );
}

#[tokio::test]
async fn s_9_an_editors_form_needs_the_seal_of_the_session() {
    let desk = Webdesk::open().await;
    desk.hire("ed", StaffRole::Editor).await;
    let (one, two) = (sign_in(&desk, "ed").await, sign_in(&desk, "ed").await);
    let foreign = get(&desk, "/admin", &two).await.field("csrf");
    let headers = [("origin", SITE), ("cookie", one.as_str())];
    for csrf in ["", "abc", foreign.as_str()] {
        let answer = desk.post_with("/admin/sources/desk/pause", &headers, &[("csrf", csrf)]).await;
        assert_eq!(answer.status, 403, "{csrf}");
    }
    let evil = [("origin", "https://evil.example"), ("cookie", one.as_str())];
    assert_eq!(desk.post_with("/admin/sources/desk/pause", &evil, &[]).await.status, 403);
    assert!(pauses::list(&desk.pipeline.db).await.unwrap().is_empty());
}

#[tokio::test]
async fn an_editor_takes_an_event_back_with_a_reason_that_a_digest_may_print() {
    let desk = Webdesk::with(|config| config.web.public_archive = true).await;
    desk.hire("ed", StaffRole::Editor).await;
    desk.article("one.txt", POST);
    let issue = desk.close().await;
    let body = desk.get(&format!("/archive/{issue}")).await.body;
    let id = body.split("href=\"/e/").nth(1).unwrap().split('"').next().unwrap().to_owned();
    let ed = sign_in(&desk, "ed").await;
    let place = format!("/admin/events/{id}/retract");
    assert!(get(&desk, &format!("/admin/events/{id}"), &ed).await.body.contains("Palmyra"));
    for reason in ["", "the terrorists lied"] {
        assert_eq!(post(&desk, &place, &ed, &[("reason", reason)]).await.status, 422, "{reason}");
    }
    let why = [("reason", "the monitor took its report back")];
    assert_eq!(post(&desk, &place, &ed, &why).await.status, 200);
    assert_eq!(decisions::list(&desk.pipeline.db).await.unwrap().len(), 1);
    assert!(desk.get(&format!("/e/{id}")).await.body.contains("the monitor took its report back"));
}
