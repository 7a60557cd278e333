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

#[test]
fn a_past_issue_rendered_again_from_its_frozen_input_is_byte_identical() {
    let dir = desk();
    let again = || ok(dir.path(), &["digest", "daily", "--format", "html"]);
    let sent = stored_html(dir.path());
    assert_eq!(again(), sent);
    let id = id_at(dir.path(), "Palmyra");
    ok(dir.path(), &["event", "retract", &id, "--reason", "misread"]);
    article(
        dir.path(),
        "three.txt",
        "Shells hit a market in Aleppo on Thursday, killing two people, doctors said.",
    );
    ok(dir.path(), &["gather"]);
    assert_eq!(again(), sent);
}

fn stored_html(dir: &Path) -> String {
    let url = format!("sqlite:{}", dir.join("sitrep.db").display());
    tokio::runtime::Runtime::new().unwrap().block_on(async {
        let pool = sqlx::SqlitePool::connect(&url).await.unwrap();
        let row: (String,) =
            sqlx::query_as("SELECT html FROM digest").fetch_one(&pool).await.unwrap();
        row.0
    })
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
