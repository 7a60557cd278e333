//! Digests on demand: asked for by subscribers, within limits, with a link that stays (S-14).

use sitrep::store::subscribers;

use crate::support::samples::subscriber;
use crate::support::webdesk::{Answer, SITE, Webdesk};

const POST: &str = "Militants raid post\n\nIslamic State militants attacked a Syrian Army post near Palmyra on Monday, killing three soldiers, the Syrian Observatory for Human Rights said.";
const STRIKE: &str = "Convoy hit in Idlib\n\nRussian warplanes struck a convoy of Hayat Tahrir al-Sham in Idlib on Monday, killing four fighters, a monitor said.";

/// A site with two events and a subscriber who is signed in. Gives the cookie.
async fn open() -> (Webdesk, String) {
    let desk = Webdesk::open().await;
    desk.article("one.txt", POST);
    desk.article("two.txt", STRIKE);
    desk.close().await;
    let cookie = sign_in(&desk, "r@example.org", "192.0.2.1").await;
    (desk, cookie)
}

async fn sign_in(desk: &Webdesk, address: &str, from: &str) -> String {
    subscribers::add(&desk.pipeline.db, &subscriber(address)).await.unwrap();
    desk.fill("/preferences", from, &[("address", address)]).await;
    let link = desk.link(address, "/preferences/").await;
    let signed = desk.post(&format!("{link}/read"), &[]).await;
    signed.headers["set-cookie"].split(';').next().unwrap().to_owned()
}

async fn get(desk: &Webdesk, path: &str, cookie: &str) -> Answer {
    desk.ask("GET", path, &[("cookie", cookie), ("accept", "text/html")], "").await
}

/// Asks for a digest by the form, as its page sends it.
async fn ask(desk: &Webdesk, cookie: &str, fields: &[(&str, &str)]) -> Answer {
    let csrf = get(desk, "/digest", cookie).await.field("csrf");
    let form = [fields, &[("csrf", csrf.as_str())]].concat();
    desk.post_with("/digest", &[("origin", SITE), ("cookie", cookie)], &form).await
}

const DAYS: [(&str, &str); 2] = [("from", "2026-03-01"), ("to", "2026-03-03")];

#[tokio::test]
async fn a_digest_on_demand_is_shown_downloaded_shared_and_mailed() {
    let (desk, cookie) = open().await;
    let made = ask(&desk, &cookie, &[&DAYS[..], &[("faction", "Islamic State")]].concat()).await;
    assert_eq!(made.status, 303, "{}", made.body);
    let place = made.headers["location"].clone();
    let page = get(&desk, &place, &cookie).await;
    assert!(page.body.contains("Palmyra") && !page.body.contains("Idlib"), "{}", page.body);
    assert!(page.body.contains(&format!("{SITE}{place}")));
    for (form, part) in [
        ("html", "<!DOCTYPE html>"),
        ("txt", "Palmyra"),
        ("md", "Palmyra"),
        ("json", "\"schema\""),
        ("csv", "event_id_cnty"),
    ] {
        let file = get(&desk, &format!("{place}.{form}"), &cookie).await;
        assert!(file.status == 200 && file.body.contains(part), "{form}: {}", file.body);
        assert!(file.headers["content-disposition"].starts_with("attachment"), "{form}");
    }
    assert_eq!(get(&desk, &format!("{place}.exe"), &cookie).await.status, 404);
    let other = sign_in(&desk, "other@example.org", "192.0.3.1").await;
    assert!(get(&desk, &place, &other).await.body.contains("Palmyra"), "shared");
    assert_eq!(desk.get(&place).await.status, 403, "not with everybody");
    let before = desk.mails().await.len();
    let csrf = page.field("csrf");
    let headers = [("origin", SITE), ("cookie", cookie.as_str())];
    for _ in 0..2 {
        let mailed = desk.post_with(&format!("{place}/mail"), &headers, &[("csrf", &csrf)]).await;
        assert_eq!(mailed.status, 200);
    }
    let mails = desk.mails().await;
    assert_eq!(mails.len(), before + 1, "the same one once");
}

#[tokio::test]
async fn s_14_five_new_digests_a_day_and_none_longer_than_92_days() {
    let (desk, cookie) = open().await;
    let long = [("from", "2025-10-01"), ("to", "2026-03-01")];
    assert_eq!(ask(&desk, &cookie, &long).await.status, 413);
    for day in 1..=5 {
        let from = format!("2026-02-0{day}");
        let fields = [("from", from.as_str()), ("to", "2026-03-03")];
        assert_eq!(ask(&desk, &cookie, &fields).await.status, 303, "{day}");
        assert_eq!(ask(&desk, &cookie, &fields).await.status, 303, "the same again costs nothing");
    }
    let sixth = ask(&desk, &cookie, &[("from", "2026-02-09"), ("to", "2026-03-03")]).await;
    assert_eq!(sixth.status, 429);
    desk.clock.advance(25 * 3600);
    assert_eq!(ask(&desk, &cookie, &DAYS).await.status, 303);
}

#[tokio::test]
async fn s_14_only_subscribers_ask_also_where_everybody_reads() {
    let desk = Webdesk::with(|config| config.web.public_archive = true).await;
    assert_eq!(desk.get("/digest").await.status, 403);
    assert_eq!(desk.post("/digest", &DAYS).await.status, 403);
}

#[tokio::test]
async fn s_9_a_form_without_the_readers_own_seal_is_refused() {
    let (desk, cookie) = open().await;
    let other = sign_in(&desk, "other@example.org", "192.0.3.1").await;
    let foreign = get(&desk, "/digest", &other).await.field("csrf");
    for csrf in ["", "abc", foreign.as_str()] {
        let form = [&DAYS[..], &[("csrf", csrf)]].concat();
        let headers = [("origin", SITE), ("cookie", cookie.as_str())];
        assert_eq!(desk.post_with("/digest", &headers, &form).await.status, 403, "{csrf}");
    }
}

#[tokio::test]
async fn a_question_that_names_nobody_known_is_shown_again() {
    let (desk, cookie) = open().await;
    let wrong = ask(&desk, &cookie, &[&DAYS[..], &[("faction", "Nobody at All")]].concat()).await;
    assert!(wrong.status == 422 && wrong.body.contains("Nobody at All"), "{}", wrong.body);
    let region = ask(&desk, &cookie, &[&DAYS[..], &[("region", "atlantis")]].concat()).await;
    assert_eq!(region.status, 422);
    let order = ask(&desk, &cookie, &[("from", "2026-03-03"), ("to", "2026-03-01")]).await;
    assert_eq!(order.status, 422);
}
