//! Names that no pack knows, packs that clash, and what the program says of its data.

use std::fs;
use std::path::Path;

use crate::support::program::{ok, run};

const ARTICLES: &str = concat!(
    r#"{"doc_id":"a","published":"2020-06-26","text":"The Qalat Defence Brigade attacked a Syrian Army post near the village of Kartaq in Idlib on Thursday, killing two soldiers."}"#,
    "\n",
    r#"{"doc_id":"b","published":"2020-06-26","text":"The Qalat Defence Brigade shelled Ariha on Thursday and wounded three farmers, residents said."}"#,
    "\n"
);

fn json(dir: &Path, args: &[&str]) -> serde_json::Value {
    serde_json::from_str(&ok(dir, args)).unwrap()
}

fn named<'a>(names: &'a serde_json::Value, name: &str) -> Option<&'a serde_json::Value> {
    names.as_array().unwrap().iter().find(|row| row["name"] == name)
}

#[test]
fn unknown_names_are_listed_with_their_counts_and_sentences() {
    let dir = tempfile::tempdir().unwrap();
    fs::write(dir.path().join("in.jsonl"), ARTICLES).unwrap();
    let names = json(dir.path(), &["unresolved", "in.jsonl", "--format", "json"]);
    let brigade = named(&names, "Qalat Defence Brigade").unwrap();
    assert_eq!(
        (&brigade["kind"], &brigade["claims"], &brigade["articles"]),
        (&"actor".into(), &2.into(), &2.into())
    );
    assert!(brigade["sentences"][0]["quote"].as_str().unwrap().contains("Qalat Defence Brigade"));
    let place = named(&names, "Kartaq").unwrap();
    assert_eq!((&place["kind"], &place["country"]), (&"place".into(), &"SY".into()));
    let places = json(dir.path(), &["unresolved", "places", "in.jsonl", "--format", "json"]);
    assert!(
        named(&places, "Kartaq").is_some() && named(&places, "Qalat Defence Brigade").is_none()
    );
    assert!(
        ok(dir.path(), &["unresolved", "actors", "in.jsonl"]).contains("Qalat Defence Brigade")
    );
}

#[test]
fn the_pack_that_unresolved_writes_makes_its_names_known() {
    let dir = tempfile::tempdir().unwrap();
    fs::write(dir.path().join("in.jsonl"), ARTICLES).unwrap();
    let pack = ok(dir.path(), &["unresolved", "in.jsonl", "--format", "toml"]);
    fs::write(dir.path().join("local.toml"), pack).unwrap();
    let with = ["in.jsonl", "--pack", "local.toml"];
    let names = json(dir.path(), &[&["unresolved", "--format", "json"], &with[..]].concat());
    assert!(named(&names, "Qalat Defence Brigade").is_none(), "{names}");
    assert!(named(&names, "Kartaq").is_none(), "{names}");
    let read = ok(dir.path(), &[&["extract", "--format", "jsonl"], &with[..]].concat());
    assert!(read.contains("\"qalat-defence-brigade\""), "{read}");
}

#[test]
fn unknown_names_of_the_database_are_listed_without_files() {
    let dir = tempfile::tempdir().unwrap();
    ok(dir.path(), &["init"]);
    fs::create_dir(dir.path().join("articles")).unwrap();
    let sources = format!(
        "[[source]]\nid = \"desk\"\nname = \"Our desk\"\nurl = \"file:{}\"\naligned_with = []\n",
        dir.path().join("articles").display()
    );
    fs::write(dir.path().join("config/sources.toml"), sources).unwrap();
    let text = "Post attacked\n\nThe Qalat Defence Brigade attacked a Syrian Army post near Palmyra on Thursday, killing two soldiers.";
    fs::write(dir.path().join("articles/one.txt"), text).unwrap();
    ok(dir.path(), &["gather"]);
    let names = json(dir.path(), &["unresolved", "--format", "json"]);
    assert_eq!(named(&names, "Qalat Defence Brigade").unwrap()["claims"], 1, "{names}");
}

#[test]
fn check_strict_refuses_packs_that_clash_and_says_where() {
    let dir = tempfile::tempdir().unwrap();
    ok(dir.path(), &["init"]);
    let pack = "[pack]\nid = \"local\"\nname = \"Local\"\n\n[[faction]]\nid = \"other\"\nname = \"Other\"\nkind = \"rebel\"\naliases = [\"Hezbollah\"]\n";
    fs::write(dir.path().join("config/local.toml"), pack).unwrap();
    let config = dir.path().join("config/sitrep.toml");
    let text = fs::read_to_string(&config).unwrap();
    fs::write(&config, text.replace("#packs = []", "packs = [\"local.toml\"]")).unwrap();
    let strict = run(dir.path(), &["check", "--strict"]);
    let said = String::from_utf8_lossy(&strict.stdout).into_owned();
    assert!(!strict.status.success(), "{said}");
    assert!(said.contains("FAIL") && said.contains("local.toml` line"), "{said}");
    assert!(said.contains("`other`") && said.contains("Hezbollah"), "{said}");
    let said = ok(dir.path(), &["check"]);
    assert!(said.contains("note  packs"), "{said}");
}

#[test]
fn about_names_the_data_and_their_licence() {
    let dir = tempfile::tempdir().unwrap();
    let said = ok(dir.path(), &["about"]);
    for part in [
        env!("CARGO_PKG_VERSION"),
        "GeoNames",
        "Creative Commons Attribution 4.0",
        "MIT OR Apache-2.0",
    ] {
        assert!(said.contains(part), "`{part}` is missing in:\n{said}");
    }
}

#[test]
fn the_index_of_the_gazetteer_is_the_one_that_its_table_makes() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    assert!(ok(root, &["dev", "gazetteer", "--check"]).contains("up to date"));
}
