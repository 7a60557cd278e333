//! What readers and editors do, from the first page to the last mail.

use crate::driver::Browser;
use sitrep::config::deliver::Tls;
use sitrep::model::source::Source;
use sitrep::model::staff::StaffRole;
use sitrep::store::{decisions, pauses, sources};

use crate::support::smtp::ScriptedSmtp;
use crate::support::webdesk::{PASSWORD, POST, SITE, Webdesk};
use crate::support::website::{Reply, Website};

/// A site whose mail goes out by SMTP.
async fn mailing(smtp: &ScriptedSmtp) -> Webdesk {
    let address = smtp.address;
    Webdesk::with(move |config| {
        config.deliver.smtp.host = Some(address.ip().to_string());
        config.deliver.smtp.port = Some(address.port());
        config.deliver.smtp.tls = Tls::None;
    })
    .await
}

/// The mails that a server took, the latest last, with folds undone.
async fn mails(desk: &Webdesk, smtp: &ScriptedSmtp) -> Vec<String> {
    desk.pipeline.send_due().await.unwrap();
    let unfolded = |text: &str| text.replace("\r\n ", " ").replace("=\r\n", "").replace("=3D", "=");
    smtp.received().iter().map(|mail| unfolded(&mail.text)).collect()
}

/// The path of the link in a mail that begins with `path`.
fn link(mail: &str, path: &str) -> String {
    let (_, after) = mail.split_once(&format!("{SITE}{path}")).unwrap();
    format!("{path}{}", after.split(|c: char| !c.is_ascii_alphanumeric()).next().unwrap())
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_reader_joins_confirms_gets_a_digest_changes_it_and_leaves_with_one_click() {
    let smtp = ScriptedSmtp::start().await;
    let desk = mailing(&smtp).await;
    let Some(browser) = Browser::open(&desk).await else { return };
    browser.goto("/subscribe").await;
    browser.write("address", "r@example.org").await;
    browser.write("zone", "UTC").await;
    browser.write("at", "06:30").await;
    browser.choose("frequency", "each_issue").await;
    browser.shot("subscribe").await;
    desk.clock.advance(5);
    browser.press("Subscribe").await;
    desk.site.settled().await;
    let asked = mails(&desk, &smtp).await;
    assert_eq!(asked.len(), 1);
    browser.goto(&link(&asked[0], "/confirm/")).await;
    browser.press("Yes, send it to me").await;
    desk.article("one.txt", POST);
    desk.close().await;
    let digest = mails(&desk, &smtp).await.pop().unwrap();
    assert!(digest.contains("Palmyra"), "{digest}");

    browser.goto("/preferences").await;
    browser.write("address", "r@example.org").await;
    desk.clock.advance(5);
    browser.press("Mail me the link").await;
    desk.site.settled().await;
    let letter = mails(&desk, &smtp).await.pop().unwrap();
    let preferences = link(&letter, "/preferences/");
    browser.goto(&preferences).await;
    browser.choose("language", "fr").await;
    browser.press("Save").await;
    assert!(browser.text().await.contains("Saved"), "{}", browser.text().await);
    desk.article("two.txt", "Clash near Raqqa\n\nIslamic State militants attacked a Syrian Army patrol near Raqqa on Monday, killing two soldiers, a monitor said.");
    desk.close().await;
    let french = mails(&desk, &smtp).await.pop().unwrap();
    assert!(
        french.to_lowercase().contains("content-language: fr") || french.contains("lang=\"fr\""),
        "{french}"
    );

    let leave = link(&french, "/u/");
    browser.goto(&leave).await;
    browser.shot("leave").await;
    let before = mails(&desk, &smtp).await.len();
    browser.press("Stop all mails").await;
    desk.article("three.txt", "Shelling in Aleppo\n\nSyrian Army shelling killed three civilians in Aleppo on Monday, a monitor said.");
    desk.close().await;
    assert_eq!(mails(&desk, &smtp).await.len(), before, "no further mail");
    browser.quit().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_editor_signs_in_within_limits_and_each_role_sees_its_own() {
    let desk = Webdesk::open().await;
    let Some(browser) = Browser::open(&desk).await else { return };
    desk.hire("vi", StaffRole::Viewer).await;
    desk.hire("ed", StaffRole::Editor).await;
    for _ in 0..5 {
        browser.sign_in("ed", "wrong password").await;
        assert!(browser.text().await.contains("do not go together"));
    }
    browser.sign_in("ed", PASSWORD).await;
    assert_eq!(browser.path().await, "/admin/sign-in", "locked out");
    desk.clock.advance(16 * 60);
    browser.sign_in("vi", PASSWORD).await;
    assert_eq!(browser.path().await, "/admin");
    browser.follow("Sources").await;
    assert!(!browser.text().await.contains("Pause"), "{}", browser.text().await);
    browser.press("Sign out").await;
    browser.sign_in("ed", PASSWORD).await;
    browser.follow("Sources").await;
    // A page of another site, or one of ours with another session's seal, changes nothing.
    let tamper = "document.querySelector('form[action$=\"/pause\"] [name=csrf]').value = 'abc'";
    browser.driver.execute(tamper, vec![]).await.unwrap();
    browser.press("Pause").await;
    assert!(browser.text().await.contains("another site"), "{}", browser.text().await);
    assert!(pauses::list(&desk.pipeline.db).await.unwrap().is_empty());
    browser.goto("/admin/sources").await;
    browser.press("Pause").await;
    assert_eq!(pauses::list(&desk.pipeline.db).await.unwrap().len(), 1);
    assert!(browser.text().await.contains("Resume"));
    browser.quit().await;
}

/// An outlet with one article in its feed.
async fn outlet() -> Website {
    let site = Website::start().await;
    let text = POST.split("\n\n").nth(1).unwrap();
    let feed = format!(
        "<rss version=\"2.0\"><channel><title>The Outlet</title><link>http://outlet.example/</link>\
         <item><title>Militants raid post</title><link>http://outlet.example/a</link><guid>a</guid>\
         <pubDate>Mon, 02 Mar 2026 12:00:00 GMT</pubDate><description>{text}</description></item></channel></rss>"
    );
    let home = "<html><head><link rel=\"alternate\" type=\"application/rss+xml\" href=\"/feed\"></head><body>News</body></html>";
    site.on("/", Reply::page(home)).on("/feed", Reply::feed(feed));
    site
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_editor_adds_a_source_its_event_appears_and_is_corrected_for_who_was_told() {
    let (site, smtp) = (outlet().await, ScriptedSmtp::start().await);
    let (address, relay) = (site.address(), smtp.address);
    let desk = Webdesk::with(move |config| {
        config.gather.hosts.insert("outlet.example".to_owned(), address);
        config.gather.host_delay = 0;
        config.gather.retries = 0;
        config.deliver.smtp.host = Some(relay.ip().to_string());
        config.deliver.smtp.port = Some(relay.port());
        config.deliver.smtp.tls = Tls::None;
    })
    .await;
    let Some(browser) = Browser::open(&desk).await else { return };
    desk.hire("ed", StaffRole::Editor).await;
    let who = desk.reader("r@example.org").await;
    desk.close().await;

    browser.sign_in("ed", PASSWORD).await;
    browser.goto("/admin/sources/new").await;
    browser.write("url", "http://outlet.example/").await;
    browser.press("Try").await;
    let tried = browser.text().await;
    assert!(tried.contains("Militants raid post") && tried.contains("Palmyra"), "{tried}");
    browser.shot("try-a-source").await;
    browser.write("aligned_with", "none").await;
    browser.press("Add it").await;
    assert_eq!(browser.path().await, "/admin/sources");
    // It is changed: what is wrong stands beside its field, and is tried before it is saved.
    browser.follow("The Outlet").await;
    browser.write("name", "").await;
    browser.press("Save").await;
    assert!(browser.text().await.contains("Write a name"), "{}", browser.text().await);
    browser.write("name", "The Valley Outlet").await;
    browser.press("Try it as it is written here").await;
    assert!(browser.text().await.contains("Militants raid post"), "{}", browser.text().await);
    browser.press("Save").await;
    assert!(browser.text().await.contains("The Valley Outlet"), "{}", browser.text().await);
    desk.close().await;

    browser.goto("/admin/events").await;
    browser.write("q", "palmyra").await;
    browser.press("Search").await;
    assert!(browser.text().await.contains("Palmyra"), "{}", browser.text().await);
    browser.follow("Palmyra").await;
    browser.shot("amend-an-event").await;
    browser.write("killed", "Syrian Army=2").await;
    browser.tick("form[action$='/amend']", "notify").await;
    let why = "form[action$='/amend'] [name='reason']";
    let why = browser.driver.find(thirtyfour::By::Css(why)).await.unwrap();
    why.send_keys("the outlet corrected its figure").await.unwrap();
    let told_before = mails(&desk, &smtp).await.len();
    browser.press("Amend").await;
    assert!(browser.text().await.contains("1 readers"), "{}", browser.text().await);
    assert_eq!(decisions::list(&desk.pipeline.db).await.unwrap().len(), 1);
    let notice = mails(&desk, &smtp).await;
    assert_eq!(notice.len(), told_before + 1);
    assert!(notice.last().unwrap().contains("corrected its figure"), "{notice:?}");

    // The reader asks for a digest of these days, and reads it as corrected.
    browser.read_as(&desk, &who).await;
    browser.goto("/digest").await;
    browser.write("from", "2026-03-01").await;
    browser.write("to", "2026-03-03").await;
    browser.press("Make the digest").await;
    let made = browser.text().await;
    assert!(made.contains("Palmyra"), "{made}");
    browser.shot("on-demand").await;
    browser.quit().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn no_page_has_a_barrier_at_any_width_light_or_dark() {
    let desk = Webdesk::with(|config| config.web.public_archive = true).await;
    let Some(browser) = Browser::open(&desk).await else { return };
    desk.hire("ad", StaffRole::Admin).await;
    let who = desk.reader("r@example.org").await;
    desk.article("one.txt", POST);
    let issue = desk.close().await;
    desk.mails().await;
    let mut outlet = Source::new("outlet".into(), "The Outlet", "https://outlet.example/feed");
    outlet.request.cookie = Some("a=b".to_owned());
    sources::upsert(&desk.pipeline.db, &outlet).await.unwrap();
    browser.sign_in("ad", PASSWORD).await;
    browser.read_as(&desk, &who).await;
    browser.goto("/admin/events?q=palmyra").await;
    browser.follow("Palmyra").await;
    let event = browser.path().await.rsplit('/').next().unwrap().to_owned();
    let of = |path: &str| path.replace("{issue}", &issue).replace("{event}", &event);
    let mut found = Vec::new();
    for path in [
        "/",
        "/archive",
        "/archive/{issue}",
        "/archive/{issue}?language=ar",
        "/events",
        "/e/{event}",
        "/method",
        "/digest",
        "/subscribe",
        "/preferences",
        "/help",
        "/none",
        "/u/abc",
        "/admin",
        "/admin/editions",
        "/admin/editions/daily/preview",
        "/admin/drafts",
        "/admin/events",
        "/admin/events/{event}",
        "/admin/sources",
        "/admin/sources/new",
        "/admin/sources/desk/edit",
        "/admin/sources/outlet/edit",
        "/admin/pack",
        "/admin/pack/entry?new=faction",
        "/admin/names?least=1&days=60",
        "/admin/deliveries",
        "/admin/subscribers",
        "/admin/audit",
    ] {
        found.extend(browser.barriers(&of(path)).await);
        let name = path.trim_matches('/').replace(['/', '{', '}', '?', '=', '&'], "-");
        browser.shot(&format!("page-{name}")).await;
    }
    browser.quit().await;
    assert!(found.is_empty(), "{}", found.join("\n"));
}
