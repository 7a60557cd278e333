//! The editor's hand, from the command line to the next issue; events as tables for other programs.

use std::fs;
use std::path::Path;

use mail_parser::MessageParser;

use crate::support::folder_desk::{article, newsdesk};
use crate::support::program::{fails, ok};

const POST: &str = "Islamic State militants attacked a Syrian Army post near Palmyra on Thursday, killing three soldiers, the Syrian Observatory for Human Rights said.";
const STRIKE: &str = "Russian warplanes struck a convoy of Hayat Tahrir al-Sham in Idlib on Thursday, killing four fighters, a monitor said.";

/// A desk with two events of today in it, and a reader of every issue.
fn desk() -> tempfile::TempDir {
    let dir = newsdesk();
    ok(dir.path(), &["subscriber", "add", "a@example.org", "--frequency", "each-issue"]);
    article(dir.path(), "one.txt", POST);
    article(dir.path(), "two.txt", STRIKE);
    ok(dir.path(), &["run", "daily"]);
    dir
}

/// The events of the last days as JSON.
fn listed(dir: &Path) -> Vec<serde_json::Value> {
    serde_json::from_str(&ok(dir, &["event", "list", "--since", "30d", "--format", "json"]))
        .unwrap()
}

/// The id of the event at a place.
fn id_at(dir: &Path, place: &str) -> String {
    let events = listed(dir);
    let here = |event: &&serde_json::Value| event["places"][0].to_string().contains(place);
    let event =
        events.iter().find(here).unwrap_or_else(|| panic!("nothing at {place}: {events:?}"));
    event["id"].as_str().unwrap().to_owned()
}

/// The text part of the mail that was written last.
fn last_mail(dir: &Path) -> String {
    let bytes = newest_mail(dir);
    let mail = MessageParser::default().parse(&bytes).unwrap();
    mail.body_text(0).unwrap().replace("\r\n", "\n")
}

/// The bytes of the mail that was written last.
fn newest_mail(dir: &Path) -> Vec<u8> {
    let mails = fs::read_dir(dir.join("outbox")).unwrap().map(|entry| entry.unwrap().path());
    let newest = mails.max_by_key(|path| fs::metadata(path).unwrap().modified().unwrap()).unwrap();
    fs::read(newest).unwrap()
}

#[test]
fn b_59_a_retraction_is_told_in_the_next_issue_and_the_event_no_more() {
    let dir = desk();
    assert!(last_mail(dir.path()).contains("Palmyra"));
    let id = id_at(dir.path(), "Palmyra");
    ok(dir.path(), &["event", "retract", &id, "--reason", "the monitor took its report back"]);
    ok(dir.path(), &["run", "daily"]);
    let mail = last_mail(dir.path());
    let (before, corrections) =
        mail.split_once("== CORRECTIONS ==").unwrap_or_else(|| panic!("{mail}"));
    assert!(
        corrections.replace("\n  ", " ").contains("the monitor took its report back."),
        "{mail}"
    );
    assert!(before.contains("Retracted:"), "{mail}");
    assert!(!before.contains("attacked the Syrian Army"), "{mail}");
    assert!(mail.starts_with("Retracted"), "{mail}");
    let shown = ok(dir.path(), &["event", "show", &id]);
    assert!(shown.contains("Retracted by an editor") && shown.contains("version of"), "{shown}");
    ok(dir.path(), &["run", "daily"]);
    assert!(!last_mail(dir.path()).contains("CORRECTIONS"));
}

#[test]
fn b_59_a_notice_is_mailed_once_and_threaded_to_the_mail_that_it_corrects() {
    let dir = desk();
    let original = newest_mail(dir.path());
    let id = id_at(dir.path(), "Palmyra");
    let correct = ["correct", &id, "--reason", "another post is meant", "--target", "syria"];
    let said = ok(dir.path(), &[&correct[..], &["--notify"]].concat());
    assert!(said.contains("1 notices queued; 1 accepted"), "{said}");
    let notice = newest_mail(dir.path());
    let read = |bytes: &[u8]| MessageParser::default().parse(bytes).unwrap().into_owned();
    let (original, notice) = (read(&original), read(&notice));
    assert_eq!(notice.in_reply_to().as_text(), original.message_id());
    assert!(notice.subject().unwrap().ends_with(": correction"), "{:?}", notice.subject());
    let text = notice.body_text(0).unwrap().split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(text.starts_with("Correction to Daily of "), "{text}");
    assert!(text.contains("another post is meant."), "{text}");
    assert!(notice.body_html(0).unwrap().contains("<h1"), "the HTML part says so too");
}

/// A pack of one's own that names a group otherwise.
const RENAMED: &str = r#"
[pack]
id = "mine"
name = "Mine"
[[faction]]
id = "islamic-state"
name = "Group of another name"
kind = "rebel"
aliases = ["Islamic State"]
"#;

#[test]
fn a_past_issue_rendered_again_from_its_frozen_input_is_byte_identical() {
    let dir = desk();
    let last = || ok(dir.path(), &["digest", "daily", "--format", "html"]);
    let (sent, closed) = first_issue(dir.path());
    assert!(sent.contains("Islamic State"), "{sent}");
    assert_eq!(last(), sent);
    let id = id_at(dir.path(), "Palmyra");
    ok(dir.path(), &["event", "retract", &id, "--reason", "misread"]);
    article(
        dir.path(),
        "three.txt",
        "Islamic State shells hit a market in Aleppo on Thursday, killing two people, doctors said.",
    );
    ok(dir.path(), &["gather"]);
    assert_eq!(last(), sent);
    configure(dir.path(), "#packs = []", "packs = [\"mine.toml\"]");
    fs::write(dir.path().join("config/mine.toml"), RENAMED).unwrap();
    ok(dir.path(), &["run", "daily"]);
    assert!(last().contains("Group of another name"), "{}", last());
    let again = ok(dir.path(), &["digest", "daily", "--closed", &closed, "--format", "html"]);
    assert_eq!(again, sent, "the names are those of its day");
}

/// The first digest as it was sent, and when its issue closed.
fn first_issue(dir: &Path) -> (String, String) {
    const SQL: &str = "SELECT d.html, i.window_to FROM digest d JOIN issue i ON i.id = d.issue";
    let (html, closed): (String, i64) = row(dir, SQL);
    (html, jiff::Timestamp::from_microsecond(closed).unwrap().to_string())
}

/// Changes a line of the configuration.
fn configure(dir: &Path, line: &str, to: &str) {
    let path = dir.join("config/sitrep.toml");
    let text = fs::read_to_string(&path).unwrap();
    assert!(text.contains(line), "{line}");
    fs::write(path, text.replacen(line, to, 1)).unwrap();
}

/// The first row that a query of the desk's database gives.
fn row<T>(dir: &Path, sql: &'static str) -> T
where
    T: for<'r> sqlx::FromRow<'r, sqlx::sqlite::SqliteRow> + Send + Unpin,
{
    let url = format!("sqlite:{}", dir.join("sitrep.db").display());
    tokio::runtime::Runtime::new().unwrap().block_on(async {
        let pool = sqlx::SqlitePool::connect(&url).await.unwrap();
        sqlx::query_as(sql).fetch_one(&pool).await.unwrap()
    })
}

fn mails(dir: &Path) -> usize {
    fs::read_dir(dir.join("outbox")).map_or(0, Iterator::count)
}

/// A pack of one's own that knows a group of which our article speaks.
const LIONS: &str = r#"
[pack]
id = "mine"
name = "Mine"
[[faction]]
id = "marsh-lions"
name = "Marsh Lions"
kind = "rebel"
"#;

#[test]
fn b_59_decisions_survive_reprocessing_with_new_packs_and_nothing_is_mailed() {
    let dir = desk();
    article(
        dir.path(),
        "three.txt",
        "Marsh Lions fighters attacked a Syrian Army checkpoint near Aleppo on Thursday, killing two soldiers, a monitor said.",
    );
    ok(dir.path(), &["run", "daily"]);
    let id = id_at(dir.path(), "Palmyra");
    ok(dir.path(), &["event", "retract", &id, "--reason", "misread"]);
    let known =
        |dir: &Path| listed(dir).iter().any(|event| event.to_string().contains("marsh-lions"));
    assert!(!known(dir.path()));
    let (sent, versions) = (mails(dir.path()), "SELECT COUNT(*) FROM event_version");
    let before: (i64,) = row(dir.path(), versions);
    configure(dir.path(), "#packs = []", "packs = [\"mine.toml\"]");
    fs::write(dir.path().join("config/mine.toml"), LIONS).unwrap();
    let said = ok(dir.path(), &["reprocess", "--since", "2d", "--dry-run"]);
    assert!(said.starts_with("1 of 3 articles would tell something else"), "{said}");
    assert!(!known(dir.path()), "a dry run keeps nothing");
    let said = ok(dir.path(), &["reprocess", "--since", "2d"]);
    assert!(said.starts_with("3 articles read again"), "{said}");
    assert!(known(dir.path()));
    let shown = ok(dir.path(), &["event", "show", &id]);
    assert!(shown.contains("Retracted by an editor"), "{shown}");
    let after: (i64,) = row(dir.path(), versions);
    assert!(after.0 > before.0, "what tells something else is a version of its own");
    let packs: (i64,) = row(dir.path(), "SELECT COUNT(DISTINCT packs) FROM claim");
    assert_eq!((packs.0, mails(dir.path())), (1, sent));
}

/// A desk whose issues are held.
fn held_desk(more: &str) -> tempfile::TempDir {
    let dir = newsdesk();
    configure(dir.path(), "#review = \"none\"", &format!("review = \"hold\"\n{more}"));
    ok(dir.path(), &["subscriber", "add", "a@example.org", "--frequency", "each-issue"]);
    article(dir.path(), "one.txt", POST);
    article(dir.path(), "two.txt", STRIKE);
    let said = ok(dir.path(), &["run", "daily"]);
    assert!(said.contains("held for review until"), "{said}");
    dir
}

#[test]
fn a_held_issue_goes_out_when_it_is_released_as_editors_corrected_it() {
    let dir = held_desk("");
    assert_eq!(mails(dir.path()), 0);
    assert!(ok(dir.path(), &["digest", "daily"]).contains("Palmyra"), "editors read the draft");
    assert!(ok(dir.path(), &["status"]).contains("daily: for review until"));
    let id = id_at(dir.path(), "Palmyra");
    ok(dir.path(), &["event", "retract", &id, "--reason", "misread"]);
    let said = ok(dir.path(), &["issue", "release", "daily"]);
    assert!(said.contains("1 messages queued; 1 accepted"), "{said}");
    let mail = last_mail(dir.path());
    assert!(mail.contains("Idlib") && !mail.contains("Palmyra"), "{mail}");
    let said = fails(dir.path(), &["issue", "release", "daily"]);
    assert!(said.contains("no issue of edition `daily` is held"), "{said}");
    configure(dir.path(), "review = \"hold\"", "");
    ok(dir.path(), &["run", "daily"]);
    assert!(!last_mail(dir.path()).contains("CORRECTIONS"), "nobody was told otherwise");
}

#[test]
fn a_withheld_issue_goes_to_nobody_and_is_no_last_issue_of_theirs() {
    let dir = held_desk("editors = [\"a@example.org\"]");
    ok(dir.path(), &["deliver"]);
    let draft = newest_mail(dir.path());
    let draft = MessageParser::default().parse(&draft).unwrap();
    assert!(draft.subject().unwrap().starts_with("Draft: "), "{:?}", draft.subject());
    ok(dir.path(), &["issue", "withhold", "daily", "--reason", "the day was misread"]);
    assert_eq!(mails(dir.path()), 1);
    configure(dir.path(), "review = \"hold\"", "");
    ok(dir.path(), &["run", "daily"]);
    assert!(last_mail(dir.path()).contains("First issue: nothing to compare with."));
}

#[test]
fn an_issue_that_nobody_reviewed_in_time_goes_out_or_not_as_configured() {
    for (rule, mailed) in [("send", 1), ("withhold", 0)] {
        let dir = held_desk(&format!("review_for = \"1s\"\nif_unreviewed = \"{rule}\""));
        std::thread::sleep(std::time::Duration::from_millis(1_100));
        ok(dir.path(), &["deliver"]);
        assert_eq!(mails(dir.path()), mailed, "{rule}");
        assert_eq!(ok(dir.path(), &["issue", "list"]), "");
    }
}

#[test]
fn events_are_amended_merged_and_split_and_stay_so() {
    let dir = desk();
    let (post, strike) = (id_at(dir.path(), "Palmyra"), id_at(dir.path(), "Idlib"));
    let reason = ["--reason", "read again"];
    let amend = |more: &[&str]| {
        ok(dir.path(), &[&["event", "amend", &post], more, &reason[..]].concat());
    };
    amend(&["--type", "attack", "--target", "syrian-army"]);
    ok(dir.path(), &["gather"]);
    let amended =
        listed(dir.path()).into_iter().find(|event| event["id"] == post.as_str()).unwrap();
    assert_eq!(amended["sub_type"], "attack");
    assert_eq!(amended["corrections"][0]["kind"], "amended");
    ok(dir.path(), &[&["event", "merge", &post, &strike], &reason[..]].concat());
    let merged = listed(dir.path());
    assert_eq!(merged.len(), 1);
    let merged = merged[0]["id"].as_str().unwrap();
    let said =
        fails(dir.path(), &[&["event", "split", merged, "--source", "desk"], &reason[..]].concat());
    assert!(said.contains("nothing would be left"), "{said}");
}

#[test]
fn b_61_a_reason_that_takes_a_side_is_refused() {
    let dir = desk();
    let id = id_at(dir.path(), "Palmyra");
    let said = fails(dir.path(), &["event", "retract", &id, "--reason", "the regime lied"]);
    assert!(said.contains("`regime`"), "{said}");
    let said = fails(dir.path(), &["event", "amend", &id, "--reason", "x"]);
    assert!(said.contains("nothing to amend"), "{said}");
    let said = fails(dir.path(), &["event", "retract", "zzzzzz", "--reason", "x"]);
    assert!(said.contains("`#zzzzzz`") && said.contains("event list"), "{said}");
}

#[test]
fn events_are_listed_as_table_csv_and_geojson() {
    let dir = desk();
    let list = |format| ok(dir.path(), &["event", "list", "--since", "30d", "--format", format]);
    let table = list("table");
    assert!(table.contains("SUPPORT") && table.contains("Palmyra"), "{table}");
    let csv = list("csv");
    assert_eq!(csv.lines().count(), 3, "{csv}");
    let head: Vec<&str> = csv.lines().next().unwrap().split(',').collect();
    for column in ["event_date", "actor1", "admin1", "latitude", "fatalities", "notes"] {
        assert!(head.contains(&column), "{column}");
    }
    let map: serde_json::Value = serde_json::from_str(&list("geojson")).unwrap();
    assert_eq!(map["type"], "FeatureCollection");
    let features = map["features"].as_array().unwrap();
    assert_eq!(features.len(), 2);
    let palmyra = features.iter().find(|one| one["geometry"]["type"] == "Point").unwrap();
    let longitude = palmyra["geometry"]["coordinates"][0].as_f64().unwrap();
    assert!((36.0..40.0).contains(&longitude), "{palmyra}");
    let id = id_at(dir.path(), "Palmyra");
    let one = ok(dir.path(), &["event", "show", &id, "--format", "csv"]);
    assert_eq!(one.lines().count(), 2, "{one}");
}
