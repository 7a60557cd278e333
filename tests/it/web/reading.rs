//! Reading: the archive, one issue, events, feeds, and who may.

use mail_parser::MessageParser;
use sitrep::store::{subscribers, subscriptions};

use crate::support::samples::{subscriber, subscription};
use crate::support::webdesk::{SITE, WISH, Webdesk};

const POST: &str = "Militants raid post\n\nIslamic State militants attacked a Syrian Army post near Palmyra on 2 March 2026, killing three soldiers, the Syrian Observatory for Human Rights said.";
const STRIKE: &str = "Convoy hit in Idlib\n\nRussian warplanes struck a convoy of Hayat Tahrir al-Sham in Idlib on 2 March 2026, killing four fighters, a monitor said.";

/// A public site with one issue of two events. Gives the issue's id.
async fn open() -> (Webdesk, String) {
    let desk = Webdesk::with(|config| config.web.public_archive = true).await;
    desk.article("one.txt", POST);
    desk.article("two.txt", STRIKE);
    let issue = desk.close().await;
    (desk, issue)
}

/// The addresses of a page's links that begin with `path`.
fn links(body: &str, path: &str) -> Vec<String> {
    let opening = format!("href=\"{path}");
    let rest = body.split(&opening).skip(1);
    rest.map(|rest| format!("{path}{}", rest.split('"').next().unwrap())).collect()
}

#[tokio::test]
async fn the_archive_lists_issues_by_date_and_the_latest_is_one_step_away() {
    let (desk, issue) = open().await;
    let list = desk.get("/archive").await;
    assert_eq!(links(&list.body, "/archive/"), [format!("/archive/{issue}")], "{}", list.body);
    assert!(list.body.contains("2 March 2026"));
    let latest = desk.get("/latest").await;
    assert_eq!(
        (latest.status, latest.headers["location"].as_str()),
        (303, format!("/archive/{issue}").as_str())
    );
    assert_eq!(
        links(&desk.get("/archive?until=2026-03-01").await.body, "/archive/"),
        Vec::<String>::new()
    );
    assert_eq!(links(&desk.get("/archive?until=2026-03-02").await.body, "/archive/").len(), 1);
    assert_eq!(links(&desk.get("/archive?edition=other").await.body, "/archive/").len(), 0);
}

#[tokio::test]
async fn an_issue_is_read_whole_or_by_faction_or_region_and_in_another_language() {
    let (desk, issue) = open().await;
    let page = async |query: &str| desk.get(&format!("/archive/{issue}{query}")).await;
    let whole = desk.get(&format!("/archive/{issue}")).await;
    assert!(whole.body.contains("Palmyra") && whole.body.contains("Idlib"), "{}", whole.body);
    let faction = page("?faction=islamic-state").await;
    let article = |body: &str| body.split("</article>").next().unwrap().to_owned();
    assert!(
        article(&faction.body).contains("Palmyra") && !article(&faction.body).contains("Idlib")
    );
    let region = page("?region=SY/Idlib").await;
    assert!(!article(&region.body).contains("Palmyra") && article(&region.body).contains("Idlib"));
    let arabic = page("?language=ar").await;
    assert!(arabic.body.contains("<article lang=\"ar\" dir=\"rtl\">"));
    assert_eq!(page("?faction=no-such-faction").await.status, 404);
    assert_eq!(desk.get("/archive/nonesuch").await.status, 404);
    for body in [&whole.body, &arabic.body] {
        assert!(!body.contains(" style=") && !body.contains("<style") && body.len() < 100_000);
    }
}

#[tokio::test]
async fn b_4_each_event_id_of_a_mail_resolves_and_links_where_there_is_a_site() {
    let (desk, _) = open().await;
    let who = subscriber("r@example.org");
    subscribers::add(&desk.pipeline.db, &who).await.unwrap();
    subscriptions::put(&desk.pipeline.db, &subscription(&who, "daily")).await.unwrap();
    desk.article("three.txt", "Shells fall\n\nSyrian Army artillery shelled Saraqib on Monday, wounding two civilians, the White Helmets said.");
    desk.close().await;
    desk.clock.advance(24 * 3600);
    let mail = desk.mails().await.remove(0);
    let parsed = MessageParser::default().parse(mail.as_bytes()).unwrap();
    let html = parsed.body_html(0).unwrap().into_owned();
    let text = parsed.body_text(0).unwrap().into_owned();
    let linked = links(&html, &format!("{SITE}/e/"));
    assert!(!linked.is_empty(), "{html}");
    let printed = text.split('#').skip(1).map(|rest| rest.get(..6).unwrap_or_default());
    let printed: Vec<_> = printed
        .filter(|id| id.len() == 6 && id.chars().all(|c| c.is_ascii_alphanumeric()))
        .collect();
    assert!(!printed.is_empty());
    let paths = linked
        .iter()
        .map(|link| link.replace(SITE, ""))
        .chain(printed.iter().map(|id| format!("/e/{id}")));
    for path in paths {
        let page = desk.get(&path).await;
        assert_eq!(page.status, 200, "{path}");
        assert!(page.body.contains("Reports"), "{path}");
    }
    assert!(text.contains(&format!("{SITE}/method")), "b_44: {text}");
}

#[tokio::test]
async fn an_events_page_shows_each_report_with_its_sentence_source_figures_and_versions() {
    let (desk, issue) = open().await;
    let body = desk.get(&format!("/archive/{issue}")).await.body;
    let mut pages = Vec::new();
    for link in links(&body, "/e/") {
        pages.push(desk.get(&link).await.body);
    }
    let page = pages.iter().find(|page| page.contains("Palmyra")).unwrap();
    for part in [
        "attacked a Syrian Army post near Palmyra on 2 March 2026, killing three soldiers",
        "Militants raid post",
        "killed, Syrian Army",
        "Cites Syrian Observatory for Human Rights",
        &format!("/archive/{issue}"),
    ] {
        assert!(page.contains(part), "{part} in {page}");
    }
}

#[tokio::test]
async fn an_event_that_an_editor_took_back_says_so_and_the_feed_of_corrections_tells_it() {
    let (desk, issue) = open().await;
    let body = desk.get(&format!("/archive/{issue}")).await.body;
    let link = links(&body, "/e/").remove(0);
    let sitrep::pipeline::Found::Event(event) =
        desk.pipeline.event_by_id(&link[3..]).await.unwrap()
    else {
        panic!("no event at {link}")
    };
    desk.pipeline.retract(&event, "the monitor took its report back").await.unwrap();
    let page = desk.get(&link).await;
    assert!(page.status == 200 && page.body.contains("Retracted"), "{}", page.body);
    assert!(page.body.contains("the monitor took its report back"));
    let feed = desk.get("/feeds/corrections.atom").await.body;
    assert!(
        feed.contains("the monitor took its report back") && feed.contains(&format!("{SITE}/e/"))
    );
}

#[tokio::test]
async fn feeds_list_digests_as_atom_and_as_json() {
    let (desk, issue) = open().await;
    let atom = desk.get("/feeds/digests.atom").await;
    assert!(atom.headers["content-type"].starts_with("application/atom+xml"));
    let parsed = quick_xml::Reader::from_str(&atom.body);
    let mut reader = parsed;
    let mut entries = 0;
    loop {
        match reader.read_event().unwrap() {
            quick_xml::events::Event::Start(tag) if tag.name().as_ref() == "entry" => entries += 1,
            quick_xml::events::Event::Eof => break,
            _ => {}
        }
    }
    assert_eq!(entries, 1);
    let json: serde_json::Value =
        serde_json::from_str(&desk.get("/feeds/digests.json").await.body).unwrap();
    assert_eq!(json["version"], "https://jsonfeed.org/version/1.1");
    assert_eq!(json["items"][0]["url"], format!("{SITE}/archive/{issue}"));
    assert!(json["items"][0]["content_text"].as_str().unwrap().contains("Palmyra"));
    assert_eq!(desk.get("/feeds/digests.rss").await.status, 404);
    assert_eq!(desk.get("/feeds/readers.atom").await.status, 404);
}

#[tokio::test]
async fn events_are_found_by_word_faction_region_and_day() {
    let (desk, _) = open().await;
    let found = async |query: &str| {
        let page = desk.get(&format!("/events?{query}")).await;
        links(&page.body, "/e/").len()
    };
    assert_eq!(found("").await, 2);
    assert_eq!(found("q=palmyra").await, 1);
    assert_eq!(found("q=Palmyra+idlib").await, 0);
    assert_eq!(found("faction=islamic-state").await, 1);
    assert_eq!(found("faction=Islamic+State&q=palmyra").await, 1);
    assert_eq!(found("region=SY/Idlib").await, 1);
    assert_eq!(found("region=sy").await, 2);
    assert_eq!(found("from=2026-03-02&to=2026-03-02").await, 2);
    assert_eq!(found("to=2026-03-01").await, 0);
    assert_eq!(desk.get("/events?faction=nobody").await.status, 422);
    assert_eq!(desk.get("/events?from=Friday").await.status, 422);
    let by_id = desk.get("/events?q=%23abc123").await;
    assert_eq!((by_id.status, by_id.headers["location"].as_str()), (303, "/e/abc123"));
    assert_eq!(desk.get("/e/abc123").await.status, 404);
    assert_eq!(desk.get("/e/abc").await.status, 404);
}

#[tokio::test]
async fn subscribers_alone_read_by_default_with_a_cookie_that_they_asked_for() {
    let desk = Webdesk::open().await;
    desk.article("one.txt", POST);
    let issue = desk.close().await;
    let paths = [
        "/archive",
        "/latest",
        &format!("/archive/{issue}"),
        "/events",
        "/e/abcdef",
        "/feeds/digests.atom",
    ];
    for path in paths {
        let refused = desk.get(path).await;
        assert!(refused.status == 403 && !refused.body.contains("Palmyra"), "{path}");
    }
    assert_eq!(desk.get("/method").await.status, 200);
    let who = subscriber("r@example.org");
    subscribers::add(&desk.pipeline.db, &who).await.unwrap();
    desk.fill("/preferences", "192.0.2.1", &[("address", "r@example.org")]).await;
    let link = desk.link("r@example.org", "/preferences/").await;
    let page = desk.get(&link).await;
    let feed = links(&page.body, "/feeds/digests.atom").remove(0);
    let signed = desk.post(&format!("{link}/read"), &[]).await;
    let cookie = &signed.headers["set-cookie"];
    for part in ["__Host-reader=", "Secure", "HttpOnly", "SameSite=Lax", "Path=/"] {
        assert!(cookie.contains(part), "s_9: {cookie}");
    }
    let cookie = cookie.split(';').next().unwrap().to_owned();
    let read = async |path: &str| {
        desk.ask("GET", path, &[("cookie", cookie.as_str()), ("accept", "text/html")], "").await
    };
    assert!(read(&format!("/archive/{issue}")).await.body.contains("Palmyra"));
    assert!(desk.get(&feed).await.body.contains("Palmyra"), "the reader's own feed");
    let token = cookie.split('=').nth(1).unwrap();
    assert_eq!(desk.get(&format!("/preferences/{token}")).await.status, 410, "s_8");
    desk.pipeline.leaving.leave(who.id, desk.site_now()).await.unwrap();
    assert_eq!(read("/archive").await.status, 403, "who left reads no more");
    assert_eq!(desk.get(&feed).await.status, 403);
}

#[tokio::test]
async fn s_4_what_articles_and_queries_write_is_no_markup() {
    let desk = Webdesk::with(|config| config.web.public_archive = true).await;
    desk.article(
        "one.txt",
        "<script>alert(1)</script> \"onload=x\n\nIslamic State militants attacked a Syrian Army post near Palmyra on 2 March 2026, killing three <b onclick=x>soldiers</b>, the Syrian Observatory for Human Rights said.",
    );
    let issue = desk.close().await;
    let body = desk.get(&format!("/archive/{issue}")).await.body;
    let event = links(&body, "/e/").remove(0);
    let payload = "%22%3E%3Cscript%3Ealert(1)%3C/script%3E%7B%7B7*7%7D%7D";
    let mut paths = vec![format!("/archive/{issue}"), event, "/feeds/digests.atom".to_owned()];
    for name in ["q", "faction", "region", "from", "to"] {
        paths.push(format!("/events?{name}={payload}"));
    }
    paths.push(format!("/archive?edition={payload}&until={payload}&before={payload}"));
    for path in paths {
        let page = desk.get(&path).await;
        assert!(
            !page.body.contains("<script") && !page.body.contains("<b onclick"),
            "{path}: {}",
            page.body
        );
        assert!(!page.body.contains("{{49}}") && page.status < 500, "{path}");
    }
}

#[tokio::test]
async fn s_12_pages_for_everybody_hold_no_address_of_a_reader() {
    let (desk, issue) = open().await;
    let joined = [&[("address", "secret@example.org")], WISH].concat();
    desk.fill("/subscribe", "192.0.2.1", &joined).await;
    let confirm = desk.link("secret@example.org", "/confirm/").await;
    desk.post(&confirm, &[]).await;
    for path in [
        "/",
        "/archive",
        &format!("/archive/{issue}"),
        "/events",
        "/feeds/digests.json",
        "/metrics",
        "/help",
    ] {
        assert!(!desk.get(path).await.body.contains("secret@"), "{path}");
    }
}
