//! The editors' pages: events, editions, drafts, sources, names, deliveries and subscribers, each by its forms.

use sitrep::config::edition::ReviewMode;
use sitrep::model::delivery::DeliveryState;
use sitrep::model::event::Measure;
use sitrep::model::staff::StaffRole;
use sitrep::model::{Clock as _, source};
use sitrep::store::terms::{Search, search};
use sitrep::store::{jobs, outbox, reviews, sources, staff};

use super::staff::{get, post, sign_in};
use crate::support::webdesk::{Answer, PASSWORD, POST, SITE, Webdesk};
use crate::support::website::{Reply, Website};

const STRIKE: &str = "Convoy hit in Idlib\n\nRussian warplanes struck a convoy of Hayat Tahrir al-Sham in Idlib on Monday, killing four fighters, a monitor said.";

/// A site with two events in an issue, and the cookies of an editor and an administrator.
async fn open() -> (Webdesk, String, String) {
    let desk = Webdesk::open().await;
    desk.article("one.txt", POST);
    desk.article("two.txt", STRIKE);
    desk.close().await;
    let (ed, ad) = staffed(&desk).await;
    (desk, ed, ad)
}

pub(super) async fn staffed(desk: &Webdesk) -> (String, String) {
    desk.hire("ed", StaffRole::Editor).await;
    desk.hire("ad", StaffRole::Admin).await;
    (sign_in(desk, "ed").await, sign_in(desk, "ad").await)
}

/// The id of the first event that a search finds.
async fn id_of(desk: &Webdesk, cookie: &str, word: &str) -> String {
    let found = get(desk, &format!("/admin/events?q={word}"), cookie).await.body;
    let (_, after) = found.split_once("href=\"/admin/events/").unwrap();
    after.split('"').next().unwrap().to_owned()
}

pub(super) async fn deeds(desk: &Webdesk) -> Vec<String> {
    let all = staff::deeds(&desk.pipeline.db, 50).await.unwrap();
    let mut deeds: Vec<_> = all.iter().map(|it| format!("{} {}", it.who, it.what)).collect();
    // The clock stands still: those of one instant have no order.
    deeds.sort();
    deeds
}

#[tokio::test]
async fn an_event_is_amended_with_a_reason_and_its_readers_are_told_at_once() {
    let desk = Webdesk::open().await;
    desk.reader("r@example.org").await;
    desk.article("one.txt", POST);
    desk.close().await;
    assert_eq!(desk.mails().await.len(), 1);
    let (ed, _) = staffed(&desk).await;
    let id = id_of(&desk, &ed, "palmyra").await;
    let page = get(&desk, &format!("/admin/events/{id}"), &ed).await.body;
    assert!(page.contains("Amend") && page.contains("Palmyra"), "{page}");
    let place = format!("/admin/events/{id}/amend");
    for (fields, told) in [
        (&[("reason", "read again")][..], "nothing to amend"),
        (&[("reason", ""), ("date", "2026-03-01")], "Say why"),
        (&[("reason", "the regime lied"), ("date", "2026-03-01")], "`regime`"),
        (&[("reason", "read again"), ("killed", "eight")], "civilians=8"),
        (&[("reason", "read again"), ("killed", "civilians=8")], "`Syrian Army`"),
        (&[("reason", "read again"), ("target", "nobody at all")], "no pack knows"),
        (&[("reason", "read again"), ("kind", "magic")], "magic"),
    ] {
        let again = post(&desk, &place, &ed, fields).await;
        assert!(again.status == 422 && again.body.contains(told), "{told}: {}", again.body);
    }
    assert!(deeds(&desk).await.is_empty());
    let fields = [
        ("reason", "the text says five"),
        ("killed", "Syrian Army=5"),
        ("initiator", "Islamic State"),
        ("notify", "yes"),
    ];
    let done = post(&desk, &place, &ed, &fields).await;
    assert!(done.status == 200 && done.body.contains("1 readers"), "{}", done.body);
    let events = search(&desk.pipeline.db, &Search::default(), 5).await.unwrap().events;
    let killed = events[0].figures.iter().find(|side| side.measure == Measure::Killed).unwrap();
    assert_eq!(killed.counted.as_ref().and_then(|figure| figure.min), Some(5));
    assert_eq!(desk.mails().await.len(), 2, "the notice");
    assert_eq!(deeds(&desk).await, ["ed amend event"]);
}

#[tokio::test]
async fn two_events_are_made_one_and_only_reports_of_several_sources_are_parted() {
    let (desk, ed, _) = open().await;
    let (one, two) = (id_of(&desk, &ed, "palmyra").await, id_of(&desk, &ed, "idlib").await);
    let place = format!("/admin/events/{one}/merge");
    for other in [one.as_str(), "zzzzzz", ""] {
        let again = post(&desk, &place, &ed, &[("other", other), ("reason", "the same")]).await;
        assert_eq!(again.status, 422, "{other}");
    }
    let short = format!("#{}", &two[..6]);
    let done = post(&desk, &place, &ed, &[("other", &short), ("reason", "the same")]).await;
    assert_eq!(done.status, 200, "{}", done.body);
    let merged = id_of(&desk, &ed, "palmyra").await;
    let left = [("source", "desk"), ("reason", "two")];
    let again = post(&desk, &format!("/admin/events/{merged}/split"), &ed, &left).await;
    assert!(again.status == 422 && again.body.contains("nothing would be left"), "{}", again.body);
    assert_eq!(deeds(&desk).await, ["ed merge events"]);
}

#[tokio::test]
async fn an_edition_is_previewed_tested_and_run_out_of_turn() {
    let (desk, ed, _) = open().await;
    desk.reader("r@example.org").await;
    let page = get(&desk, "/admin/editions", &ed).await.body;
    for day in ["3 March 2026, 05:30 UTC", "7 March 2026, 05:30 UTC"] {
        assert!(page.contains(day), "{day}: {page}");
    }
    desk.article("three.txt", "Clash near Raqqa\n\nIslamic State militants attacked a Syrian Army patrol near Raqqa on Monday, killing two soldiers, a monitor said.");
    desk.pipeline.prepare().await.unwrap();
    desk.clock.advance(60);
    let preview = get(&desk, "/admin/editions/daily/preview", &ed).await;
    assert!(preview.status == 200 && preview.body.contains("Raqqa"), "{}", preview.body);
    assert!(!preview.body.contains("Palmyra"), "told before");
    let address = [("address", "r@example.org")];
    let sent = post(&desk, "/admin/editions/daily/test", &ed, &address).await;
    let unknown = [("address", "nobody@example.org")];
    let nobody = post(&desk, "/admin/editions/daily/test", &ed, &unknown).await;
    assert_eq!((sent.status, &sent.body), (nobody.status, &nobody.body), "s_12");
    let mails = desk.mails().await;
    assert!(mails.len() == 1 && mails[0].contains("Draft: "), "{mails:?}");
    assert_eq!(post(&desk, "/admin/editions/daily/run", &ed, &[]).await.status, 422);
    for _ in 0..2 {
        let run = post(&desk, "/admin/editions/daily/run", &ed, &[("sure", "yes")]).await;
        assert_eq!(run.status, 200);
    }
    let waiting = jobs::list(&desk.pipeline.db, "run/", None, 10, desk.clock.now()).await.unwrap();
    assert_eq!(waiting.len(), 1, "within a minute one is enough");
    assert!(get(&desk, "/admin/editions", &ed).await.body.contains("run/daily"));
    assert_eq!(post(&desk, "/admin/editions/none/run", &ed, &[("sure", "yes")]).await.status, 404);
    assert_eq!(deeds(&desk).await, ["ed mail preview", "ed run edition"]);
}

async fn held() -> (Webdesk, String, String) {
    let desk = Webdesk::with(|config| {
        let edition = config.edition.get_mut("daily").unwrap();
        edition.review = ReviewMode::Hold;
    })
    .await;
    desk.reader("r@example.org").await;
    desk.article("one.txt", POST);
    let issue = desk.close().await;
    let (ed, _) = staffed(&desk).await;
    (desk, ed, issue)
}

#[tokio::test]
async fn a_draft_is_read_corrected_and_released() {
    let (desk, ed, issue) = held().await;
    let listed = get(&desk, "/admin/drafts", &ed).await.body;
    assert!(listed.contains(&format!("/admin/drafts/{issue}")), "{listed}");
    let draft = get(&desk, &format!("/admin/drafts/{issue}"), &ed).await.body;
    assert!(draft.contains("Palmyra") && draft.contains("Send it to its readers"), "{draft}");
    assert_eq!(desk.get(&format!("/archive/{issue}")).await.status, 403, "not for readers");
    assert!(desk.mails().await.is_empty());
    let released = post(&desk, "/admin/editions/daily/release", &ed, &[]).await;
    assert!(released.body.contains("1 messages"), "{}", released.body);
    assert_eq!(desk.mails().await.len(), 1);
    let after = get(&desk, &format!("/admin/drafts/{issue}"), &ed).await.body;
    assert!(after.contains("It was sent to its readers"), "{after}");
    assert_eq!(deeds(&desk).await, ["ed release issue"]);
}

#[tokio::test]
async fn a_draft_is_withheld_with_a_reason_and_nobody_is_mailed() {
    let (desk, ed, _) = held().await;
    let place = "/admin/editions/daily/withhold";
    assert_eq!(post(&desk, place, &ed, &[]).await.status, 422);
    let why = [("reason", "its one event is doubtful")];
    assert_eq!(post(&desk, place, &ed, &why).await.status, 200);
    assert!(reviews::held(&desk.pipeline.db).await.unwrap().is_empty());
    assert!(desk.mails().await.is_empty());
    assert_eq!(deeds(&desk).await, ["ed withhold issue"]);
}

#[tokio::test]
async fn a_source_is_tried_by_its_sites_address_added_and_read() {
    let site = Website::start().await;
    let outlet = site.address();
    let desk = Webdesk::with(|config| {
        config.gather.hosts.insert("outlet.example".to_owned(), outlet);
        config.gather.host_delay = 0;
        config.gather.retries = 0;
    })
    .await;
    let (ed, _) = staffed(&desk).await;
    let feed = format!(
        "<rss version=\"2.0\"><channel><title>The Outlet</title><link>http://outlet.example/</link>\
         <item><title>Militants raid post</title><link>http://outlet.example/a</link>\
         <guid>a</guid><pubDate>Mon, 02 Mar 2026 10:00:00 GMT</pubDate>\
         <description>{}</description></item></channel></rss>",
        POST.split("\n\n").nth(1).unwrap()
    );
    let home = "<html><head><link rel=\"alternate\" type=\"application/rss+xml\" href=\"/feed\"></head><body>News</body></html>";
    site.on("/", Reply::page(home)).on("/feed", Reply::feed(feed.clone()));
    let new = get(&desk, "/admin/sources/new", &ed).await;
    assert_eq!(new.status, 200);
    for wrong in ["file:/etc/passwd", "outlet", "http://127.0.0.1/", "http://none.example/"] {
        let again = post(&desk, "/admin/sources/try", &ed, &[("url", wrong)]).await;
        assert_eq!(again.status, 422, "{wrong}: {}", again.body);
    }
    let url = [("url", "http://outlet.example/")];
    let tried = post(&desk, "/admin/sources/try", &ed, &url).await;
    assert!(tried.status == 200 && tried.body.contains("Militants raid post"), "{}", tried.body);
    assert!(tried.body.contains("Palmyra") && tried.body.contains("The Outlet"), "{}", tried.body);
    assert!(sources::list(&desk.pipeline.db).await.unwrap().is_empty(), "nothing is stored");
    let field = |name: &str| tried.field(name);
    assert!(tried.body.contains("<option value=\"feed\" selected>"), "{}", tried.body);
    let address = field("address");
    let form = |id| {
        vec![
            ("address", address.as_str()),
            ("kind", "feed"),
            ("preset", ""),
            ("id", id),
            ("name", "The Outlet"),
            ("owner", "outlet media"),
            ("role", "media"),
            ("aligned_with", "none"),
            ("language", "en"),
        ]
    };
    for (id, aligned) in [("No Id", "none"), ("outlet", "nobody at all"), ("desk", "none")] {
        let mut fields = form(id);
        fields[7] = ("aligned_with", aligned);
        assert_eq!(post(&desk, "/admin/sources", &ed, &fields).await.status, 422, "{id}");
    }
    assert_eq!(post(&desk, "/admin/sources", &ed, &form("outlet")).await.status, 303);
    let added = sources::list(&desk.pipeline.db).await.unwrap();
    assert_eq!(
        (added[0].url.as_str(), added[0].kind),
        ("http://outlet.example/feed", Some(source::SourceKind::Feed))
    );
    assert_eq!(added[0].aligned_with, Some(Vec::new()));
    desk.pipeline.prepare().await.unwrap();
    assert!(get(&desk, "/admin/events?q=palmyra", &ed).await.body.contains("Palmyra"));
    assert_eq!(deeds(&desk).await, ["ed add source"]);
}

/// A form with a file, as a browser sends it.
async fn upload(desk: &Webdesk, cookie: &str, csrf: &str, file: &str) -> Answer {
    let body = format!(
        "--b\r\nContent-Disposition: form-data; name=\"csrf\"\r\n\r\n{csrf}\r\n\
         --b\r\nContent-Disposition: form-data; name=\"list\"; filename=\"a.opml\"\r\n\
         Content-Type: text/xml\r\n\r\n{file}\r\n--b--\r\n"
    );
    let headers = [
        ("origin", SITE),
        ("cookie", cookie),
        ("accept", "text/html"),
        ("content-type", "multipart/form-data; boundary=b"),
    ];
    desk.ask("POST", "/admin/sources/import", &headers, &body).await
}

#[tokio::test]
async fn a_list_of_feeds_is_taken_in_and_given_out() {
    let desk = Webdesk::open().await;
    let (ed, _) = staffed(&desk).await;
    let csrf = get(&desk, "/admin/sources", &ed).await.field("csrf");
    let list = "<opml version=\"2.0\"><head><title>x</title></head><body>\
        <outline type=\"rss\" text=\"One\" xmlUrl=\"https://one.example/feed\"/>\
        <outline type=\"rss\" text=\"Mine\" xmlUrl=\"file:/etc/passwd\"/></body></opml>";
    assert_eq!(upload(&desk, &ed, "abc", list).await.status, 403);
    assert_eq!(upload(&desk, &ed, &csrf, "<html>no list</html>").await.status, 422);
    let taken = upload(&desk, &ed, &csrf, list).await;
    assert!(taken.status == 200 && taken.body.contains("1 added, 0 known"), "{}", taken.body);
    let again = upload(&desk, &ed, &csrf, list).await;
    assert!(again.body.contains("0 added, 1 known"), "{}", again.body);
    assert_eq!(sources::list(&desk.pipeline.db).await.unwrap().len(), 1);
    let given = get(&desk, "/admin/sources.opml", &ed).await;
    assert!(given.body.contains("https://one.example/feed"), "{}", given.body);
    assert!(given.headers["content-disposition"].contains("sources.opml"));
    let large = "x".repeat(3 << 20);
    assert!(upload(&desk, &ed, &csrf, &large).await.status >= 400);
}

#[tokio::test]
async fn a_name_in_no_pack_comes_with_an_entry_that_is_ready() {
    let desk = Webdesk::open().await;
    let (ed, _) = staffed(&desk).await;
    desk.article("one.txt", "Raid\n\nFighters of the Qalat Defence Brigade attacked a Syrian Army post near Palmyra on Monday, killing three soldiers, the Syrian Observatory for Human Rights said.");
    desk.pipeline.prepare().await.unwrap();
    let page = get(&desk, "/admin/names?least=1&days=30", &ed).await;
    assert!(page.body.contains("Qalat Defence Brigade"), "{}", page.body);
    assert!(page.body.contains("[[faction]]") && page.body.contains("qalat-defence-brigade"));
}

#[tokio::test]
async fn a_message_that_failed_shows_the_servers_words_and_goes_out_again() {
    let (desk, ed, ad) = open().await;
    let who = desk.reader("r@example.org").await;
    desk.pipeline.enqueue_one(&crate::support::samples::digest("d1"), &who).await.unwrap();
    let db = &desk.pipeline.db;
    let one = outbox::of_reference(db, "d1").await.unwrap().remove(0);
    let listed = get(&desk, "/admin/deliveries", &ed).await.body;
    assert!(listed.contains("/admin/deliveries/d1"), "{listed}");
    let page = get(&desk, "/admin/deliveries/d1", &ed).await.body;
    assert!(page.contains("r***@example.org") && !page.contains("r@example.org"), "s_12: {page}");
    let whole = get(&desk, "/admin/deliveries/d1", &ad).await.body;
    assert!(whole.contains("r@example.org"), "{whole}");
    assert_eq!(get(&desk, "/admin/deliveries/none", &ed).await.status, 404);
    let retried = post(&desk, "/admin/deliveries/d1/retry", &ed, &[]).await;
    assert_eq!(retried.status, 303);
    let place = format!("/admin/messages/{}", one.id);
    assert_eq!(post(&desk, &format!("{place}/retry"), &ed, &[]).await.status, 303);
    assert_eq!(
        post(&desk, &format!("{place}/resend"), &ed, &[]).await.status,
        403,
        "not for editors"
    );
}

#[tokio::test]
async fn a_message_is_sent_once_more_with_the_same_bytes_when_its_reader_asks() {
    let (desk, _, ad) = open().await;
    let who = desk.reader("r@example.org").await;
    desk.pipeline.enqueue_one(&crate::support::samples::digest("d1"), &who).await.unwrap();
    let first = desk.mails().await;
    let one = outbox::of_reference(&desk.pipeline.db, "d1").await.unwrap().remove(0);
    assert_eq!(one.state, DeliveryState::Accepted);
    let page = get(&desk, &format!("/admin/subscribers/{}", who.id), &ad).await.body;
    assert!(page.contains(&format!("/admin/messages/{}/resend", one.id)), "{page}");
    let place = format!("/admin/messages/{}/resend", one.id);
    assert_eq!(post(&desk, &place, &ad, &[]).await.status, 303);
    let both = desk.mails().await;
    assert_eq!(both.iter().filter(|mail| **mail == first[0]).count(), both.len(), "d_31");
    assert_eq!(deeds(&desk).await, ["ad resend message"]);
}

#[tokio::test]
async fn s_12_subscribers_are_for_administrators_and_leave_only_with_the_password_again() {
    let (desk, ed, ad) = open().await;
    let who = desk.reader("reader@example.org").await;
    desk.reader("=cmd@example.org").await;
    for path in ["/admin/subscribers".to_owned(), format!("/admin/subscribers/{}", who.id)] {
        assert_eq!(get(&desk, &path, &ed).await.status, 403, "{path}");
    }
    let found = get(&desk, "/admin/subscribers?q=READ", &ad).await.body;
    assert!(found.contains("reader@example.org") && !found.contains("=cmd"), "{found}");
    assert!(!get(&desk, "/admin/subscribers?q=%25", &ad).await.body.contains("reader@"));
    let export = "/admin/subscribers/export";
    assert_eq!(post(&desk, export, &ed, &[("password", PASSWORD)]).await.status, 403);
    assert_eq!(post(&desk, export, &ad, &[("password", "wrong password")]).await.status, 403);
    let file = post(&desk, export, &ad, &[("password", PASSWORD)]).await;
    assert_eq!(file.headers["content-type"], "text/csv; charset=utf-8");
    assert!(file.body.contains(",reader@example.org,active,"), "{}", file.body);
    assert!(file.body.contains(",'=cmd@example.org,"), "s_15: {}", file.body);
    let place = format!("/admin/subscribers/{}/suppress", who.id);
    assert_eq!(post(&desk, &place, &ad, &[("reason", "")]).await.status, 422);
    let why = [("reason", "asked by telephone")];
    assert_eq!(post(&desk, &place, &ad, &why).await.status, 303);
    assert!(desk.pipeline.leaving.is_suppressed(&who.address).await.unwrap());
    assert_eq!(deeds(&desk).await, ["ad export subscribers", "ad suppress subscriber"]);
    assert!(!deeds(&desk).await.join(" ").contains('@'));
}

#[tokio::test]
async fn s_9_no_page_of_the_desk_changes_anything_when_it_is_read() {
    let (desk, _, ad) = open().await;
    let who = desk.reader("r@example.org").await;
    desk.pipeline.enqueue_one(&crate::support::samples::digest("d1"), &who).await.unwrap();
    let before = desk.state().await;
    let mut waiting = vec!["/admin".to_owned()];
    let mut seen = std::collections::BTreeSet::new();
    while let Some(path) = waiting.pop() {
        if !path.starts_with("/admin") || !seen.insert(path.clone()) {
            continue;
        }
        let page = get(&desk, &path, &ad).await;
        assert!(page.status < 500 && page.body.len() < 100_000, "{path}: {}", page.status);
        assert!(!page.body.contains(" style=") && !page.body.contains("<script"), "{path}");
        let links =
            page.body.split("href=\"/").skip(1).chain(page.body.split("action=\"/").skip(1));
        waiting.extend(links.map(|part| format!("/{}", part.split('"').next().unwrap())));
    }
    for page in
        ["editions", "drafts", "events", "sources", "names", "pack", "deliveries", "subscribers"]
    {
        assert!(seen.contains(&format!("/admin/{page}")), "{page}: {seen:?}");
    }
    assert_eq!(desk.state().await, before);
    assert!(deeds(&desk).await.is_empty());
}

#[tokio::test]
async fn every_form_of_the_desk_needs_its_role_and_the_seal_of_the_session() {
    let (desk, ed, _) = open().await;
    desk.hire("vi", StaffRole::Viewer).await;
    let vi = sign_in(&desk, "vi").await;
    let id = "0198c5e0-0000-7000-8000-000000000000";
    let forms = [
        "/admin/events/abcdef/retract".to_owned(),
        "/admin/events/abcdef/amend".to_owned(),
        "/admin/events/abcdef/merge".to_owned(),
        "/admin/events/abcdef/split".to_owned(),
        "/admin/editions/daily/run".to_owned(),
        "/admin/editions/daily/test".to_owned(),
        "/admin/editions/daily/release".to_owned(),
        "/admin/editions/daily/withhold".to_owned(),
        "/admin/sources".to_owned(),
        "/admin/sources/try".to_owned(),
        "/admin/pack/entry".to_owned(),
        "/admin/pack/remove".to_owned(),
        "/admin/sources/desk/edit".to_owned(),
        "/admin/sources/desk/try".to_owned(),
        "/admin/sources/desk/pause".to_owned(),
        "/admin/sources/desk/resume".to_owned(),
        "/admin/deliveries/resume".to_owned(),
        "/admin/deliveries/d1/retry".to_owned(),
        format!("/admin/messages/{id}/retry"),
        format!("/admin/messages/{id}/resend"),
        "/admin/subscribers/export".to_owned(),
        format!("/admin/subscribers/{id}/suppress"),
    ];
    for form in &forms {
        assert_eq!(post(&desk, form, &vi, &[]).await.status, 403, "{form}: a viewer");
        let headers = [("origin", SITE), ("cookie", ed.as_str())];
        let bare = desk.post_with(form, &headers, &[("csrf", "abc")]).await;
        assert_eq!(bare.status, 403, "{form}: without the seal");
        assert_eq!(desk.post(form, &[]).await.status, 303, "{form}: nobody");
    }
    assert!(deeds(&desk).await.is_empty());
}

#[tokio::test]
async fn s_9_a_viewer_may_not_take_in_a_list_of_feeds() {
    let desk = Webdesk::open().await;
    desk.hire("vi", StaffRole::Viewer).await;
    let vi = sign_in(&desk, "vi").await;
    let page = get(&desk, "/admin/sources", &vi).await;
    assert!(!page.body.contains("/admin/sources/import"), "{}", page.body);
    let list = "<opml version=\"2.0\"><head><title>x</title></head><body>\
        <outline type=\"rss\" text=\"One\" xmlUrl=\"https://one.example/feed\"/></body></opml>";
    let refused = upload(&desk, &vi, &page.field("csrf"), list).await;
    assert_eq!(refused.status, 403, "{}", refused.body);
    assert!(sources::list(&desk.pipeline.db).await.unwrap().is_empty());
    assert!(deeds(&desk).await.is_empty());
}
