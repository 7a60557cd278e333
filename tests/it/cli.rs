//! The command line on good and bad input: one clear line that names the thing and what to do.

use std::fs;

use crate::support::folder_desk::{article, newsdesk};
use crate::support::program::{fails, ok, run};

#[test]
fn init_writes_a_configuration_that_check_accepts_and_keeps_what_is_there() {
    let dir = newsdesk();
    let said = ok(dir.path(), &["check", "--strict"]);
    assert!(said.lines().all(|line| line.starts_with("ok")), "{said}");
    let said = ok(dir.path(), &["init"]);
    assert!(said.contains("kept"), "{said}");
}

#[test]
fn a_typo_in_the_configuration_names_line_and_nearest_key() {
    let dir = newsdesk();
    let path = dir.path().join("config/sitrep.toml");
    fs::write(&path, "[gather]\nuser_agnet = \"x\"\n").unwrap();
    let said = fails(dir.path(), &["check"]);
    assert!(said.contains("line 2") && said.contains("did you mean `user_agent`"), "{said}");
}

#[test]
fn an_outlet_of_an_unknown_faction_is_refused_by_check() {
    let dir = newsdesk();
    let sources = "[[source]]\nid = \"x\"\nname = \"X\"\nurl = \"file:articles\"\naligned_with = [\"ruritania\"]\n";
    fs::write(dir.path().join("config/sources.toml"), sources).unwrap();
    let said = run(dir.path(), &["check"]);
    assert!(!said.status.success());
    assert!(String::from_utf8_lossy(&said.stdout).contains("`ruritania`"));
}

#[test]
fn what_is_only_fetched_needs_no_pack() {
    let dir = newsdesk();
    let path = dir.path().join("config/sitrep.toml");
    fs::write(&path, "[extract]\npacks = [\"broken.toml\"]\n").unwrap();
    fs::write(dir.path().join("config/broken.toml"), "id = ").unwrap();
    article(dir.path(), "one.txt", "Two shells hit the village of Town on Thursday.");
    assert!(fails(dir.path(), &["gather"]).contains("broken.toml"));
    let said = ok(dir.path(), &["gather", "--fetch-only"]);
    assert!(said.contains("1 new"), "{said}");
    fs::write(&path, "").unwrap();
    let said = ok(dir.path(), &["gather"]);
    assert!(said.contains("1 articles read"), "{said}");
}

#[test]
fn without_a_configuration_the_message_says_how_to_get_one() {
    let dir = tempfile::tempdir().unwrap();
    assert!(fails(dir.path(), &["status"]).contains("sitrep init"));
}

#[test]
fn wrong_usage_exits_with_two() {
    let dir = tempfile::tempdir().unwrap();
    assert_eq!(run(dir.path(), &["no-such-command"]).status.code(), Some(2));
}

#[test]
fn a_database_from_a_newer_version_is_refused_by_name() {
    let dir = newsdesk();
    ok(dir.path(), &["status"]);
    let url = format!("sqlite:{}", dir.path().join("sitrep.db").display());
    let runtime = tokio::runtime::Runtime::new().unwrap();
    runtime.block_on(async {
        let pool = sqlx::SqlitePool::connect(&url).await.unwrap();
        let sql = "INSERT INTO _sqlx_migrations (version, description, success, checksum, execution_time) \
                   VALUES (9999, 'later', 1, x'00', 0)";
        sqlx::query(sql).execute(&pool).await.unwrap();
        pool.close().await;
    });
    let said = fails(dir.path(), &["status"]);
    assert!(said.contains("newer") && said.contains("sitrep.db"), "{said}");
}

#[test]
fn an_empty_file_and_an_article_in_arabic_end_nothing() {
    let dir = newsdesk();
    article(dir.path(), "empty.txt", "");
    article(
        dir.path(),
        "arabic.txt",
        "قال مراسلنا إن القصف استهدف أطراف البلدة مساء الخميس وأدى إلى أضرار في عدد من المنازل دون وقوع إصابات بين السكان",
    );
    article(
        dir.path(),
        "english.txt",
        "date 2026-11-24\n\nIslamic State militants attacked a Syrian Army post near Palmyra on Monday, killing three soldiers, a monitor said.",
    );
    let said = ok(dir.path(), &["gather"]);
    assert!(said.contains("1 articles read, 1 kept unread"), "{said}");
    assert!(said.contains("empty.txt"), "{said}");
}

#[test]
fn extract_is_a_filter_that_keeps_the_order_and_survives_a_bad_line() {
    let dir = tempfile::tempdir().unwrap();
    let lines = "{\"doc_id\":\"a\",\"text\":\"Shells hit Aleppo on 3 May 2016, killing two people.\"}\nnot json\n{\"doc_id\":\"c\",\"text\":\"The weather was fine.\"}\n";
    fs::write(dir.path().join("in.jsonl"), lines).unwrap();
    let out = ok(dir.path(), &["extract", "--format", "jsonl", "in.jsonl"]);
    let rows: Vec<serde_json::Value> =
        out.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(rows.len(), 3);
    assert_eq!(rows[0]["doc_id"], "a");
    assert!(rows[1]["error"].as_str().unwrap().contains("line 2"));
    assert_eq!(rows[2]["events"].as_array().unwrap().len(), 0);
}

#[test]
fn an_on_demand_digest_comes_as_text_html_and_json_by_the_same_renderer() {
    let dir = newsdesk();
    article(
        dir.path(),
        "one.txt",
        "date 2026-11-20\n\nIslamic State militants attacked a Syrian Army post near Palmyra on Thursday, killing three soldiers, the Syrian Observatory for Human Rights said.",
    );
    ok(dir.path(), &["gather"]);
    let base = [
        "digest",
        "--faction",
        "islamic-state",
        "--region",
        "SY",
        "--since",
        "2026-11-18",
        "--until",
        "2026-11-21",
    ];
    let with = |format| [&base[..], &["--format", format]].concat();
    let json: serde_json::Value = serde_json::from_str(&ok(dir.path(), &with("json"))).unwrap();
    assert_eq!(json["events"].as_object().unwrap().len(), 1, "{json}");
    let (text, html) = (ok(dir.path(), &with("text")), ok(dir.path(), &with("html")));
    for part in [&text, &html] {
        assert!(part.contains("Palmyra"), "{part}");
    }
    let other = ["digest", "--faction", "hezbollah", "--since", "2026-11-18", "--format", "json"];
    let json: serde_json::Value = serde_json::from_str(&ok(dir.path(), &other)).unwrap();
    assert_eq!(json["events"].as_object().unwrap().len(), 0);
}

#[test]
fn an_on_demand_digest_comes_as_markdown_and_csv() {
    let dir = newsdesk();
    article(
        dir.path(),
        "one.txt",
        "date 2026-11-20\n\nIslamic State militants attacked a Syrian Army post near Palmyra on Thursday, killing three soldiers, the Syrian Observatory for Human Rights said.",
    );
    ok(dir.path(), &["gather"]);
    let span = ["digest", "--since", "2026-11-18", "--until", "2026-11-21"];
    let with = |more: &[&'static str]| ok(dir.path(), &[&span[..], more].concat());
    let markdown = with(&["--format", "md", "--type", "battles", "--brief"]);
    assert!(markdown.starts_with("# Sitrep") && markdown.contains("## By region"), "{markdown}");
    assert!(markdown.contains("Span before"), "{markdown}");
    let csv = with(&["--format", "csv", "--min-severity", "1"]);
    assert!(csv.starts_with("event_id_cnty,event_date,"), "{csv}");
    assert!(csv.contains("2026-11-19") && csv.contains("Islamic State"), "{csv}");
    let none = with(&["--format", "csv", "--exact-faction", "--faction", "syria"]);
    assert_eq!(none.lines().count(), 1, "{none}");
}

#[test]
fn s_14_a_span_beyond_92_days_is_refused_with_what_to_do() {
    let dir = newsdesk();
    let said = fails(dir.path(), &["digest", "--since", "2026-01-01", "--until", "2026-11-01"]);
    assert!(said.contains("92") && said.contains("shorter"), "{said}");
    let said = fails(dir.path(), &["event", "list", "--since", "2026-01-01"]);
    assert!(said.contains("92"), "{said}");
}

#[test]
fn a_type_that_is_none_is_refused_with_those_there_are() {
    let dir = newsdesk();
    let said = fails(dir.path(), &["event", "list", "--type", "fights"]);
    assert!(said.contains("`fights`") && said.contains("`battles`"), "{said}");
}

#[test]
fn an_unknown_faction_in_a_request_is_named_with_what_to_try() {
    let dir = newsdesk();
    let said = fails(dir.path(), &["digest", "--faction", "ruritanians", "--since", "7d"]);
    assert!(said.contains("`ruritanians`") && said.contains("faction lookup"), "{said}");
}

#[test]
fn lookups_find_a_name_in_another_spelling() {
    let dir = tempfile::tempdir().unwrap();
    assert!(ok(dir.path(), &["faction", "lookup", "Daesh"]).contains("islamic-state"));
    assert!(ok(dir.path(), &["place", "lookup", "Deir", "Ezzour"]).contains("Deir ez-Zor"));
    assert!(
        fails(dir.path(), &["place", "lookup", "Nowhereville-upon-Nothing"])
            .contains("Nowhereville")
    );
}

#[test]
fn subscribers_are_added_imported_listed_and_leave_for_good() {
    let dir = newsdesk();
    ok(
        dir.path(),
        &["subscriber", "add", "a@example.org", "--region", "SY/Idlib", "--zone", "Asia/Damascus"],
    );
    fs::write(dir.path().join("list.csv"), "email\nb@example.org\nnot-an-address\na@example.org\n")
        .unwrap();
    let said = ok(dir.path(), &["subscriber", "import", "list.csv"]);
    assert!(said.contains("1 added, 1 known already"), "{said}");
    ok(dir.path(), &["subscriber", "remove", "a@example.org"]);
    assert!(
        fails(dir.path(), &["subscriber", "add", "a@example.org"]).contains("not mailed again")
    );
    let listed = ok(dir.path(), &["subscriber", "list"]);
    assert!(listed.contains("suppressed") && listed.contains("b@example.org"), "{listed}");
}

#[test]
fn a_source_is_added_once_and_listed_with_where_it_is_defined() {
    let dir = newsdesk();
    ok(
        dir.path(),
        &[
            "source",
            "add",
            "https://www.observer.example/feed",
            "--unchecked",
            "--aligned-with",
            "none",
        ],
    );
    assert!(
        fails(dir.path(), &["source", "add", "https://observer.example/other"]).contains("already")
    );
    let listed = ok(dir.path(), &["source", "list"]);
    assert!(
        listed.contains("observer") && listed.contains("database") && listed.contains("desk"),
        "{listed}"
    );
}

#[test]
fn run_closes_an_edition_and_a_second_run_continues_where_it_ended() {
    let dir = newsdesk();
    ok(dir.path(), &["subscriber", "add", "a@example.org", "--frequency", "each-issue"]);
    article(
        dir.path(),
        "one.txt",
        "Islamic State militants attacked a Syrian Army post near Palmyra on Thursday, killing three soldiers, a monitor said.",
    );
    let said = ok(dir.path(), &["run", "daily"]);
    assert!(said.contains("1 messages queued; 1 accepted"), "{said}");
    let said = ok(dir.path(), &["run", "daily"]);
    assert!(said.contains("1 messages queued; 1 accepted"), "{said}");
    let mails = fs::read_dir(dir.path().join("outbox")).unwrap().count();
    assert_eq!(mails, 2);
}

#[test]
fn a_source_that_breaks_is_shown_by_list_and_status_until_it_is_read_again() {
    let dir = newsdesk();
    article(dir.path(), "one.txt", "date 2026-11-20\n\nThe weather was fine.");
    fs::rename(dir.path().join("articles"), dir.path().join("away")).unwrap();
    ok(dir.path(), &["gather"]);
    let listed = ok(dir.path(), &["source", "list"]);
    assert!(listed.contains("broken") && listed.contains("gone"), "{listed}");
    let status = ok(dir.path(), &["status"]);
    assert!(status.contains("sources    1 broken"), "{status}");
    assert!(
        status.contains("wrong      `desk`: ") && status.contains("check that it exists"),
        "{status}"
    );
    fs::rename(dir.path().join("away"), dir.path().join("articles")).unwrap();
    ok(dir.path(), &["gather"]);
    let status = ok(dir.path(), &["status"]);
    assert!(status.contains("sources    1 read") && !status.contains("wrong"), "{status}");
}

#[test]
fn a_backfill_needs_its_day_and_its_old_articles_are_in_no_issue() {
    let dir = newsdesk();
    ok(dir.path(), &["run", "daily"]);
    article(
        dir.path(),
        "old.txt",
        "date 2024-11-20\n\nIslamic State militants attacked a Syrian Army post near Palmyra on Wednesday, killing three soldiers.",
    );
    assert_eq!(run(dir.path(), &["gather", "--backfill"]).status.code(), Some(2));
    let said = fails(dir.path(), &["gather", "--backfill", "--since", "2999-01-01"]);
    assert!(said.contains("lies in the future"), "{said}");
    let said = ok(dir.path(), &["gather", "--backfill", "--since", "2024-11-01"]);
    assert!(said.contains("1 articles read"), "{said}");
    ok(dir.path(), &["run", "daily"]);
    let issue = ok(dir.path(), &["digest", "daily", "--format", "json"]);
    let issue: serde_json::Value = serde_json::from_str(&issue).unwrap();
    assert_eq!(issue["events"].as_object().unwrap().len(), 0, "{issue}");
    let asked = ["digest", "--since", "2024-11-18", "--until", "2024-11-21", "--format", "json"];
    let asked: serde_json::Value = serde_json::from_str(&ok(dir.path(), &asked)).unwrap();
    assert_eq!(asked["events"].as_object().unwrap().len(), 1, "{asked}");
}
