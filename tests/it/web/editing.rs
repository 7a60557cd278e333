//! Changing a source on the site: tried before it is saved, what is wrong beside its field, what changed in the record.

use sitrep::model::source::{FetchState, Source, SourceKind};
use sitrep::model::staff::StaffRole;
use sitrep::store::{sources, staff};

use super::desk::staffed;
use super::staff::{get, post, sign_in};
use crate::support::webdesk::{POST, Webdesk};
use crate::support::website::{Reply, Website};

/// An outlet with a feed at one address and a page that lists its articles at another, and a desk that knows it.
async fn open() -> (Website, Webdesk) {
    let site = Website::start().await;
    let outlet = site.address();
    let desk = Webdesk::with(|config| {
        for host in ["outlet.example", "other.example"] {
            config.gather.hosts.insert(host.to_owned(), outlet.clone());
        }
        config.gather.host_delay = 0;
        config.gather.retries = 0;
    })
    .await;
    let text = POST.split("\n\n").nth(1).unwrap();
    let feed = format!(
        "<rss version=\"2.0\"><channel><title>The Outlet</title><link>http://outlet.example/</link>\
         <item><title>Militants raid post</title><link>http://outlet.example/a</link><guid>a</guid>\
         <pubDate>Mon, 02 Mar 2026 10:00:00 GMT</pubDate><description>{text}</description></item></channel></rss>"
    );
    let page = format!(
        "<html><body><div class=\"note\"><a href=\"/b\">Post raided</a><time datetime=\"2026-03-02T10:00:00Z\">today</time>\
         <p>{text}</p></div></body></html>"
    );
    site.on("/feed", Reply::feed(feed)).on("/news", Reply::page(page));
    let mut source = Source::new("outlet".into(), "The Outlet", "http://outlet.example/feed");
    source.request.cookie = Some("session=hunter2".to_owned());
    sources::upsert(&desk.pipeline.db, &source).await.unwrap();
    (site, desk)
}

const EDIT: &str = "/admin/sources/outlet/edit";
const TRY: &str = "/admin/sources/outlet/try";

/// What the form holds when nothing is changed, with `changed` in the place of its fields.
fn form<'a>(seen: &'a str, changed: &[(&'a str, &'a str)]) -> Vec<(&'a str, &'a str)> {
    let all = [
        ("seen", seen),
        ("address", "http://outlet.example/feed"),
        ("name", "The Outlet"),
        ("role", "media"),
    ];
    let kept = all.into_iter().filter(|(name, _)| changed.iter().all(|(other, _)| other != name));
    kept.chain(changed.iter().copied()).collect()
}

async fn stored(desk: &Webdesk) -> Source {
    sources::list(&desk.pipeline.db).await.unwrap().remove(0)
}

async fn remembered(desk: &Webdesk) -> FetchState {
    sources::fetch_state(&desk.pipeline.db, &"outlet".into()).await.unwrap()
}

#[tokio::test]
async fn a_source_is_changed_after_a_try_and_the_record_says_what_changed() {
    let (_site, desk) = open().await;
    let (ed, _) = staffed(&desk).await;
    let page = get(&desk, EDIT, &ed).await;
    assert!(page.status == 200 && page.body.contains("Cookie; what stands there"), "{}", page.body);
    assert!(!page.body.contains("hunter2"), "s_13: a cookie is not shown");
    let seen = page.field("seen");
    let changes = [
        ("address", "http://outlet.example/news"),
        ("kind", "page"),
        ("parts.entry", ".note"),
        ("parts.link", "a@href"),
        ("parts.title", "a"),
        ("parts.date", "time@datetime"),
        ("parts.text", "p"),
        ("whole", "yes"),
        ("owner", "outlet media"),
        ("role", "ngo"),
        ("aligned_with", "Islamic State, syrian-army"),
        ("calls", "our forces = Syrian Army\nthe group = islamic-state"),
        ("theatre", "syria"),
        ("folder", "Syria / Monitors"),
        ("language", "en"),
        ("republishes", "yes"),
    ];
    let tried = post(&desk, TRY, &ed, &form(&seen, &changes)).await;
    assert!(tried.status == 200 && tried.body.contains("Post raided"), "{}", tried.body);
    assert!(tried.body.contains("Palmyra") && tried.field("parts.entry") == ".note");
    assert_eq!(stored(&desk).await.url, "http://outlet.example/feed", "nothing is stored");
    assert_eq!(post(&desk, EDIT, &ed, &form(&seen, &changes)).await.status, 303);
    let after = stored(&desk).await;
    assert_eq!((after.id.as_str(), after.kind), ("outlet", Some(SourceKind::Page)));
    assert_eq!(
        after.aligned_with,
        Some(vec!["islamic-state".to_owned(), "syrian-army".to_owned()])
    );
    assert_eq!(after.calls["our forces"], "syrian-army");
    assert_eq!(
        (after.theatres, after.folder),
        (vec!["syria".into()], vec!["Syria".into(), "Monitors".into()])
    );
    assert_eq!(after.request.cookie.as_deref(), Some("session=hunter2"), "of the same host");
    desk.pipeline.prepare().await.unwrap();
    assert!(get(&desk, "/admin/events?q=palmyra", &ed).await.body.contains("Palmyra"));
    let deed = staff::deeds(&desk.pipeline.db, 1).await.unwrap().remove(0);
    assert_eq!(
        (deed.who.as_str(), deed.what.as_str(), deed.subject.as_str()),
        ("ed", "edit source", "outlet")
    );
    for told in [
        "url: http://outlet.example/feed → http://outlet.example/news",
        "role: media → ngo",
        "parts.entry: nothing → .note",
    ] {
        assert!(deed.detail.contains(told), "{told}: {}", deed.detail);
    }
    let seen = get(&desk, EDIT, &ed).await.field("seen");
    let same = form(&seen, &changes);
    assert_eq!(post(&desk, EDIT, &ed, &same).await.status, 303);
    assert_eq!(staff::deeds(&desk.pipeline.db, 9).await.unwrap().len(), 1, "nothing changed");
}

#[tokio::test]
async fn what_is_wrong_with_a_source_stands_beside_its_field_and_nothing_is_changed() {
    let (_site, desk) = open().await;
    let (ed, _) = staffed(&desk).await;
    let before = stored(&desk).await;
    let seen = get(&desk, EDIT, &ed).await.field("seen");
    let articles = desk.pipeline.file_sources[0].url.clone();
    for (field, value, told) in [
        ("address", "file:/etc/passwd", "no address of a web site"),
        ("address", articles.as_str(), "no address of a web site"),
        ("name", "", "Write a name"),
        ("role", "oracle", "Choose what it is"),
        ("kind", "files", "Choose one of these"),
        ("aligned_with", "nobody at all", "`nobody at all`"),
        ("calls", "our forces", "words = faction"),
        ("theatre", "atlantis", "theatres that are listed"),
        ("text_selector", "div >> p", "no CSS selector"),
        ("headers", "no colon", "Name: value"),
        ("headers", "Host: other.example", "not for a source to set"),
    ] {
        for place in [EDIT, TRY] {
            let again = post(&desk, place, &ed, &form(&seen, &[(field, value)])).await;
            assert!(again.status == 422 && again.body.contains(told), "{field}: {}", again.body);
            let beside = format!("id=\"wrong-{field}\"");
            assert!(field == "theatre" || again.body.contains(&beside), "{field}: {}", again.body);
        }
    }
    let json = [("kind", "json"), ("parts.link", "url")];
    let again = post(&desk, EDIT, &ed, &form(&seen, &json)).await;
    assert!(again.body.contains("id=\"wrong-parts.link\""), "{}", again.body);
    let gone = [("address", "http://outlet.example/gone")];
    assert_eq!(post(&desk, TRY, &ed, &form(&seen, &gone)).await.status, 422);
    let stale = post(&desk, EDIT, &ed, &form("abc", &[("name", "Mine")])).await;
    assert!(stale.status == 422 && stale.body.contains("Somebody changed it"), "{}", stale.body);
    assert_eq!(stored(&desk).await, before);
    assert!(staff::deeds(&desk.pipeline.db, 9).await.unwrap().is_empty());
}

#[tokio::test]
async fn s_13_what_requests_carry_goes_to_no_other_host_than_it_was_given_for() {
    let (site, desk) = open().await;
    let (ed, _) = staffed(&desk).await;
    let seen = get(&desk, EDIT, &ed).await.field("seen");
    let elsewhere = [("address", "http://other.example/feed"), ("kind", "feed")];
    let tried = post(&desk, TRY, &ed, &form(&seen, &elsewhere)).await;
    assert_eq!(tried.status, 200, "{}", tried.body);
    assert!(!site.seen().iter().any(|request| format!("{request:?}").contains("hunter2")));
    assert_eq!(post(&desk, EDIT, &ed, &form(&seen, &elsewhere)).await.status, 303);
    assert!(stored(&desk).await.request.is_plain());
    let deed = staff::deeds(&desk.pipeline.db, 1).await.unwrap().remove(0);
    assert!(
        deed.detail.contains("cookie: removed") && !deed.detail.contains("hunter"),
        "{}",
        deed.detail
    );
    let seen = get(&desk, EDIT, &ed).await.field("seen");
    let given =
        [elsewhere[0], elsewhere[1], ("headers", "X-Key: hunter3\nX-Two: b"), ("cookie", "a=b")];
    assert_eq!(post(&desk, EDIT, &ed, &form(&seen, &given)).await.status, 303);
    assert_eq!(stored(&desk).await.request.headers.len(), 2);
    let page = get(&desk, EDIT, &ed).await;
    assert!(
        page.body.contains("X-Key, X-Two, Cookie") && !page.body.contains("hunter3"),
        "{}",
        page.body
    );
    let forget = [elsewhere[0], elsewhere[1], ("forget", "yes")];
    let seen = page.field("seen");
    assert_eq!(post(&desk, EDIT, &ed, &form(&seen, &forget)).await.status, 303);
    assert!(stored(&desk).await.request.is_plain());
}

#[tokio::test]
async fn a_source_that_is_read_otherwise_is_read_anew_and_one_elsewhere_from_the_start() {
    let (_site, desk) = open().await;
    let (ed, _) = staffed(&desk).await;
    desk.pipeline.prepare().await.unwrap();
    let first = remembered(&desk).await;
    assert!(first.last_read.is_some() && first.next_poll.is_some());
    let save = async |changed: &[(&str, &str)]| {
        let seen = get(&desk, EDIT, &ed).await.field("seen");
        assert_eq!(post(&desk, EDIT, &ed, &form(&seen, changed)).await.status, 303);
        remembered(&desk).await
    };
    assert_eq!(save(&[("owner", "x")]).await, first, "who owns it is not how it is read");
    let otherwise = save(&[("owner", "x"), ("kind", "feed")]).await;
    assert_eq!(
        (otherwise.next_poll, otherwise.etag, otherwise.last_read),
        (None, None, first.last_read)
    );
    let elsewhere = save(&[("owner", "x"), ("address", "http://outlet.example/news")]).await;
    assert_eq!(elsewhere, FetchState::default());
}

#[tokio::test]
async fn a_source_of_a_file_is_shown_with_where_to_change_it() {
    let desk = Webdesk::open().await;
    let (ed, _) = staffed(&desk).await;
    desk.hire("vi", StaffRole::Viewer).await;
    let vi = sign_in(&desk, "vi").await;
    for cookie in [&ed, &vi] {
        let page = get(&desk, "/admin/sources/desk/edit", cookie).await;
        assert!(page.status == 200 && page.body.contains("alone may change it"), "{}", page.body);
        assert!(!page.body.contains("name=\"address\""));
    }
    for place in ["edit", "try"] {
        let place = format!("/admin/sources/desk/{place}");
        let refused = post(&desk, &place, &ed, &form("", &[("name", "Mine")])).await;
        assert!(
            refused.status == 422 && refused.body.contains("was not changed"),
            "{}",
            refused.body
        );
    }
    assert_eq!(get(&desk, "/admin/sources/none/edit", &ed).await.status, 404);
    sources::upsert(
        &desk.pipeline.db,
        &Source::new("mine".into(), "Mine", "https://mine.example/feed"),
    )
    .await
    .unwrap();
    let page = get(&desk, "/admin/sources/mine/edit", &vi).await;
    assert!(
        page.body.contains("https://mine.example/feed") && !page.body.contains("name=\"address\"")
    );
}
