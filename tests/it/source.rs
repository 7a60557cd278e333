//! `sitrep source`: adding by discovery, trying, pausing, lists of feeds.

use std::collections::BTreeMap;
use std::fs;
use std::io::Write as _;
use std::path::Path;
use std::process::{Output, Stdio};

use quick_xml::events::Event;
use quick_xml::reader::Reader;

use crate::support::program::{fails, ok, run, sitrep};
use crate::support::website::{Reply, Website};

const SOURCE: &str =
    "[[source]]\nid = \"desk\"\nname = \"Our desk\"\nurl = \"file:../in\"\naligned_with = []\n";

const STORY: &str = "Islamic State militants attacked a Syrian Army post near Palmyra on Thursday, killing three \
    soldiers, the Syrian Observatory for Human Rights said. Residents heard gunfire until the evening. The road to the \
    east was closed, and schools in the town stayed shut, a teacher told the Valley Post by telephone.";

/// A folder with a configuration in which `outlet.example` is the site.
fn newsdesk(site: &Website) -> tempfile::TempDir {
    let dir = tempfile::tempdir().unwrap();
    ok(dir.path(), &["init"]);
    fs::create_dir(dir.path().join("in")).unwrap();
    let config = format!(
        "[gather]\nhost_delay = 0\nhosts = {{ \"outlet.example\" = \"{}\" }}\n[edition.daily]\ncloses = [\"05:30 UTC\"]\n",
        site.address()
    );
    fs::write(dir.path().join("config/sitrep.toml"), config).unwrap();
    fs::write(dir.path().join("config/sources.toml"), SOURCE).unwrap();
    dir
}

/// A site with a feed that its page announces.
async fn outlet() -> Website {
    let site = Website::start().await;
    let page = "<html><head><link rel=alternate type=application/rss+xml href=/feed></head><p>Home</p></html>";
    let feed = format!(
        "<rss version=\"2.0\"><channel><title>Valley Post</title><language>en</language>\
         <item><title>Post near Palmyra attacked</title><link>http://outlet.example/1</link><pubDate>Thu, 25 Jun 2020 18:00:00 +0300</pubDate><description>{STORY}</description></item>\
         <item><title>Weather</title><link>http://outlet.example/2</link><description>Sun.</description></item></channel></rss>"
    );
    let article = format!(
        "<html><body><article><h1>Post near Palmyra attacked</h1><p>{STORY}</p><p>{STORY}</p></article></body></html>"
    );
    site.on("/", Reply::page(page)).on("/feed", Reply::feed(feed)).on("/1", Reply::page(article));
    site
}

/// Runs it with an answer to its question.
fn answering(dir: &Path, args: &[&str], answer: &str) -> Output {
    let mut child = sitrep(dir, args)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    child.stdin.take().unwrap().write_all(answer.as_bytes()).unwrap();
    child.wait_with_output().unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn add_finds_the_feed_shows_what_it_reads_and_asks() {
    let site = outlet().await;
    let dir = newsdesk(&site);
    let add = ["source", "add", "http://outlet.example/", "--aligned-with", "none"];
    for answer in ["n\n", ""] {
        let refused = answering(dir.path(), &add, answer);
        assert!(!refused.status.success());
        assert!(String::from_utf8_lossy(&refused.stderr).contains("nothing was added"));
        assert!(!ok(dir.path(), &["source", "list"]).contains("Valley Post"));
    }
    let said = answering(dir.path(), &add, "y\n");
    let shown = String::from_utf8_lossy(&said.stdout);
    assert!(said.status.success(), "{shown}");
    for part in [
        "found a feed: the page announces it",
        "Valley Post (rss, 2 entries",
        "Post near Palmyra attacked",
        "added `outlet`",
    ] {
        assert!(shown.contains(part), "{part}: {shown}");
    }
    let stored = ok(dir.path(), &["source", "export"]);
    for line in [
        "url = \"http://outlet.example/feed\"",
        "name = \"Valley Post\"",
        "kind = \"feed\"",
        "language = \"en\"",
    ] {
        assert!(stored.contains(line), "{line}: {stored}");
    }
    let again = ["source", "add", "http://outlet.example/", "--yes", "--id", "other"];
    assert!(fails(dir.path(), &again).contains("there is a source `outlet` already"));
}

#[tokio::test(flavor = "multi_thread")]
async fn try_shows_entries_texts_events_and_drops_and_stores_nothing() {
    let site = outlet().await;
    let dir = newsdesk(&site);
    let said = ok(dir.path(), &["source", "try", "http://outlet.example/"]);
    for part in [
        "2020-06-25 18:00 +03:00",
        "as an article:",
        "Initiator: Islamic State",
        "dropped by",
        "no date",
    ] {
        assert!(said.contains(part), "{part}: {said}");
    }
    let json = ok(
        dir.path(),
        &["source", "try", "http://outlet.example/feed", "--format", "json", "--read", "1"],
    );
    let json: serde_json::Value = serde_json::from_str(&json).unwrap();
    assert_eq!(json["kind"], "feed");
    let article = &json["entries"][0]["article"];
    assert!(!article["events"].as_array().unwrap().is_empty(), "{article}");
    assert!(article["dropped"].is_array() && json["entries"][1]["article"].is_null());
    let counted = ok(dir.path(), &["status"]);
    assert!(!counted.contains("outlet"), "{counted}");
}

#[tokio::test(flavor = "multi_thread")]
async fn try_reads_a_page_by_selectors_an_answer_by_pointers_and_a_folder() {
    let site = Website::start().await;
    let dir = newsdesk(&site);
    site.on("/list", Reply::page(format!("<html><body><div class=x><a href=/1>Attack</a><div class=t>{STORY}</div></div></body></html>")));
    site.on(
        "/api",
        Reply::json(
            serde_json::json!({ "d": [{ "u": "/1", "t": "Attack", "b": STORY }] }).to_string(),
        ),
    );
    fs::write(dir.path().join("in/a.txt"), format!("Date: 2020-06-25\n\n{STORY}")).unwrap();
    let page = [
        "source",
        "try",
        "http://outlet.example/list",
        "--kind",
        "page",
        "--part",
        "entry=.x",
        "--part",
        "text=.t",
        "--whole",
    ];
    let json = [
        "source",
        "try",
        "http://outlet.example/api",
        "--kind",
        "json",
        "--part",
        "entry=/d",
        "--part",
        "link=/u",
        "--part",
        "title=/t",
        "--part",
        "text=/b",
        "--whole",
    ];
    for args in [&page[..], &json[..], &["source", "try", "in"], &["source", "try", "in/a.txt"]] {
        let said = ok(dir.path(), args);
        assert!(said.contains("Initiator: Islamic State"), "{args:?}: {said}");
    }
    let wrong =
        ["source", "try", "http://outlet.example/list", "--kind", "page", "--part", "entry=a >> b"];
    assert!(fails(dir.path(), &wrong).contains("`parts.entry`: `a >> b` is no CSS selector"));
    assert!(fails(dir.path(), &["source", "try", "no-such"]).contains("no address and no source"));
    assert!(
        fails(dir.path(), &["source", "try", "in", "--kind", "feeed"])
            .contains("known: feed, sitemap")
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_pause_holds_for_a_source_of_a_file_until_it_is_resumed() {
    let site = Website::start().await;
    let dir = newsdesk(&site);
    fs::write(dir.path().join("in/a.txt"), STORY).unwrap();
    ok(dir.path(), &["source", "pause", "desk"]);
    // The file is read anew with each command, and says nothing of a pause.
    fs::write(dir.path().join("config/sources.toml"), format!("{SOURCE}role = \"monitor\"\n"))
        .unwrap();
    assert!(ok(dir.path(), &["source", "list"]).contains("paused"));
    assert!(ok(dir.path(), &["gather"]).contains("0 articles read"));
    assert!(ok(dir.path(), &["source", "resume", "desk"]).contains("is read again"));
    assert!(ok(dir.path(), &["gather"]).contains("1 articles read"));
    fs::write(dir.path().join("config/sources.toml"), format!("{SOURCE}paused = true\n")).unwrap();
    assert!(fails(dir.path(), &["source", "resume", "desk"]).contains("sources.toml` says so"));
    assert!(
        fails(dir.path(), &["source", "pause", "nobody"]).contains("there is no source `nobody`")
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn only_sources_of_the_database_are_removed_by_command() {
    let site = Website::start().await;
    let dir = newsdesk(&site);
    ok(dir.path(), &["source", "add", "https://outlet.example/feed", "--unchecked"]);
    ok(dir.path(), &["source", "pause", "outlet"]);
    assert!(ok(dir.path(), &["source", "remove", "outlet"]).contains("its articles stay"));
    ok(dir.path(), &["source", "add", "https://outlet.example/feed", "--unchecked"]);
    assert!(!ok(dir.path(), &["source", "list"]).contains("paused"));
    let said = fails(dir.path(), &["source", "remove", "desk"]);
    assert!(said.contains("sources.toml`") && said.contains("source pause desk"), "{said}");
}

/// Each feed of a list: the names of the outlines around it, and its attributes but for our own.
fn feeds(path: &Path) -> Vec<(Vec<String>, BTreeMap<String, String>)> {
    let text = fs::read_to_string(path).unwrap();
    let mut reader = Reader::from_str(&text);
    let (mut open, mut found) = (Vec::new(), Vec::new());
    loop {
        let (tag, empty) = match reader.read_event().unwrap() {
            Event::Start(tag) => (tag, false),
            Event::Empty(tag) => (tag, true),
            Event::End(tag) => {
                if tag.name().as_ref() == "outline" {
                    open.pop();
                }
                continue;
            }
            Event::Eof => return found,
            _ => continue,
        };
        if tag.name().as_ref() != "outline" {
            continue;
        }
        let attributes: BTreeMap<String, String> = tag
            .attributes()
            .map(|a| a.unwrap())
            .map(|a| {
                (
                    a.key.as_ref().to_owned(),
                    quick_xml::escape::unescape(&a.value).unwrap().into_owned(),
                )
            })
            .filter(|(name, _)| !name.starts_with("sitrep:") && !name.starts_with("xmlns"))
            .collect();
        let name = attributes.get("text").cloned().unwrap_or_default();
        if attributes.contains_key("xmlUrl") {
            found.push((open.clone(), attributes));
        }
        if !empty {
            open.push(name);
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn lists_of_feeds_come_back_without_loss() {
    let site = Website::start().await;
    let data = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/gather/opml");
    for name in ["reader-folders.opml", "self-hosted.opml", "desktop-nested.opml"] {
        let dir = newsdesk(&site);
        fs::write(dir.path().join("config/sources.toml"), "").unwrap();
        let list = data.join(name);
        let said = ok(dir.path(), &["source", "import", list.to_str().unwrap()]);
        let (mut before, out) = (feeds(&list), dir.path().join("out.opml"));
        assert!(
            said.starts_with(&format!("{} added, 0 replaced, 0 known", before.len())),
            "{said}"
        );
        ok(dir.path(), &["source", "export", "--out", out.to_str().unwrap()]);
        let mut after = feeds(&out);
        for (_, attributes) in &mut before {
            // Always written, and left out by some.
            let text = attributes["text"].clone();
            attributes.entry("title".to_owned()).or_insert(text);
        }
        before.sort();
        after.sort();
        assert_eq!(before, after, "{name}");

        let other = newsdesk(&site);
        fs::write(other.path().join("config/sources.toml"), "").unwrap();
        ok(other.path(), &["source", "import", out.to_str().unwrap()]);
        let toml = ok(dir.path(), &["source", "export", "--format", "toml"]);
        assert_eq!(ok(other.path(), &["source", "export", "--format", "toml"]), toml, "{name}");
        assert!(
            ok(other.path(), &["source", "import", out.to_str().unwrap()]).starts_with("0 added")
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn our_own_attributes_travel_in_opml_and_toml() {
    let site = Website::start().await;
    let dir = newsdesk(&site);
    let sources = "[[source]]\nid = \"post\"\nname = \"Valley & Hill “Post”\"\nurl = \"https://outlet.example/list?a=1&b=2\"\nkind = \"page\"\n\
        parts = { entry = \"a[href*='x'] > b\", whole = true }\nowner = \"hill\"\nrole = \"official\"\naligned_with = [\"syrian-army\", \"hezbollah\"]\nrepublishes = true\n\
        language = \"ar\"\ntheatres = [\"syria\"]\ncalls = { \"our forces\" = \"syrian-army\" }\npaused = true\nfolder = [\"Middle East\", \"Syria\"]\n\
        [[source]]\nid = \"free\"\nname = \"Free\"\nurl = \"https://free.example/feed\"\naligned_with = []\n";
    fs::write(dir.path().join("config/sources.toml"), sources).unwrap();
    let toml = ok(dir.path(), &["source", "export"]);
    for (name, args) in [("all.opml", ["--format", "opml"]), ("all.toml", ["--format", "toml"])] {
        let out = dir.path().join(name);
        ok(dir.path(), &["source", "export", args[0], args[1], "--out", out.to_str().unwrap()]);
        let other = newsdesk(&site);
        fs::write(other.path().join("config/sources.toml"), "").unwrap();
        ok(other.path(), &["source", "import", out.to_str().unwrap()]);
        let back: toml::Table = ok(other.path(), &["source", "export"]).parse().unwrap();
        let by_id = |table: &toml::Table| {
            let all = table["source"].as_array().unwrap().iter().cloned();
            all.map(|one| (one["id"].to_string(), one)).collect::<BTreeMap<_, _>>()
        };
        assert_eq!(by_id(&back), by_id(&toml.parse().unwrap()), "{name}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_import_leaves_what_is_known_unless_told_to_replace_it() {
    let site = Website::start().await;
    let dir = newsdesk(&site);
    let list = |name: &str| {
        let text = format!(
            "<opml><body><outline text='{name}' xmlUrl='https://outlet.example/feed'/><outline text='Again' xmlUrl='https://outlet.example/feed'/></body></opml>"
        );
        fs::write(dir.path().join("list.opml"), text).unwrap();
    };
    list("One");
    assert!(
        ok(dir.path(), &["source", "import", "list.opml"])
            .starts_with("1 added, 0 replaced, 1 known")
    );
    list("Two");
    ok(dir.path(), &["source", "import", "list.opml"]);
    assert!(ok(dir.path(), &["source", "list"]).contains("One"));
    assert!(
        ok(dir.path(), &["source", "import", "list.opml", "--update"])
            .starts_with("0 added, 1 replaced")
    );
    assert!(ok(dir.path(), &["source", "list"]).contains("Two"));
    fs::write(dir.path().join("list.opml"), "<html></html>").unwrap();
    let said =
        String::from_utf8(run(dir.path(), &["source", "import", "list.opml"]).stderr).unwrap();
    assert!(said.contains("an HTML page, not a list of feeds"), "{said}");
}
