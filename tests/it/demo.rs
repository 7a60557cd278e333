//! The whole job, as `sitrep demo` runs it: the newsroom over HTTP into digests and mails.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use mail_parser::{MessageParser, MimeHeaders as _};

use crate::support::program;

/// What the demonstration left.
struct Demo {
    dir: tempfile::TempDir,
    said: String,
}

impl Demo {
    fn run() -> Self {
        let dir = tempfile::tempdir().unwrap();
        let said = program::ok(dir.path(), &["demo"]);
        Self { dir, said }
    }

    fn file(&self, name: &str) -> String {
        std::fs::read_to_string(self.path().join(name)).unwrap()
    }

    fn path(&self) -> PathBuf {
        self.dir.path().join("sitrep-demo")
    }

    fn mails(&self) -> Vec<(String, Vec<u8>)> {
        let mut mails: Vec<_> = std::fs::read_dir(self.path())
            .unwrap()
            .map(|entry| entry.unwrap().path())
            .filter(|path| path.extension().is_some_and(|end| end == "eml"))
            .map(|path| (name(&path), std::fs::read(&path).unwrap()))
            .collect();
        mails.sort();
        mails
    }
}

fn name(path: &Path) -> String {
    path.file_name().unwrap().to_string_lossy().into_owned()
}

/// The event ids of a text: `#` and six letters of base 32.
fn event_ids(text: &str) -> BTreeSet<String> {
    let id = |at: usize| text.get(at + 1..at + 7).map(str::to_owned);
    let is_id =
        |id: &String| id.chars().all(|c| c.is_ascii_lowercase() || ('2'..='7').contains(&c));
    text.match_indices('#').filter_map(|(at, _)| id(at)).filter(is_id).collect()
}

/// Every run of digits that stands by itself.
fn numerals(text: &str) -> BTreeSet<String> {
    let mut found: BTreeSet<String> = text
        .split(|c: char| !c.is_ascii_digit())
        .filter(|run| !run.is_empty())
        .map(str::to_owned)
        .collect();
    found.remove("");
    found
}

/// The visible text of the HTML part.
fn visible(html: &str) -> String {
    mail_parser::decoders::html::html_to_text(
        html.split_once("</head>").map_or(html, |(_, body)| body),
    )
}

#[test]
fn the_demo_leaves_a_database_a_digest_and_one_mail_for_each_reader() {
    let demo = Demo::run();
    assert!(demo.path().join("sitrep.db").is_file());
    assert!(demo.file("digest.html").contains("<h1"));
    assert!(demo.file("digest.txt").contains("== KEY POINTS =="));
    let mails = demo.mails();
    assert_eq!(mails.len(), 3, "{:?}", mails.iter().map(|(name, _)| name).collect::<Vec<_>>());
    for reader in ["desk@", "idlib-watch@", "steppe-watch@"] {
        assert_eq!(
            mails.iter().filter(|(name, _)| name.starts_with(reader)).count(),
            1,
            "{reader}"
        );
    }
    assert!(demo.said.contains("sitrep-demo/digest.html"), "{}", demo.said);
    keep_for_the_mail_checkers(&demo.file("digest.html"));
}

/// `tests/run` has the golden digests checked as mail, and this one with them.
fn keep_for_the_mail_checkers(html: &str) {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("golden");
    std::fs::create_dir_all(&folder).unwrap();
    std::fs::write(folder.join("demo.html"), html).unwrap();
}

#[test]
fn h_11_both_parts_of_each_mail_have_the_same_event_ids_and_numerals() {
    for (name, bytes) in Demo::run().mails() {
        let mail = MessageParser::default().parse(&bytes).unwrap();
        assert_eq!(mail.content_type().unwrap().subtype(), Some("alternative"), "{name}");
        assert_eq!(mail.to().unwrap().iter().count(), 1, "{name}");
        let (html, text) = (mail.body_html(0).unwrap(), mail.body_text(0).unwrap());
        let shown = visible(&html);
        assert_eq!(event_ids(&shown), event_ids(&text), "{name}");
        assert!(!event_ids(&text).is_empty(), "{name}");
        // A link's address is spelt out in the text part and an attribute in the other.
        let without_links: String = text
            .split_whitespace()
            .filter(|word| !word.contains("://") && !word.contains("mailto:"))
            .collect::<Vec<_>>()
            .join(" ");
        assert_eq!(numerals(&shown), numerals(&without_links), "{name}");
    }
}

#[test]
fn a_second_demo_in_the_same_folder_gives_the_same_digest() {
    let demo = Demo::run();
    let first = demo.file("digest.txt");
    program::ok(demo.dir.path(), &["demo"]);
    assert_eq!(demo.file("digest.txt"), first);
    assert_eq!(demo.mails().len(), 3);
}

#[test]
fn a_source_that_fails_is_named_with_what_to_do_and_the_rest_goes_on() {
    let demo = Demo::run();
    assert!(demo.said.contains("`coastal-evening`") && demo.said.contains("404"), "{}", demo.said);
    assert!(demo.said.contains("`jazira-radio`"), "{}", demo.said);
    assert!(demo.said.contains("32 articles read, 1 kept unread"), "{}", demo.said);
}

#[test]
fn the_denied_raid_is_told_with_its_denial_and_never_leads() {
    let text = Demo::run().file("digest.txt");
    let denied = text.split("== DENIED AND DISPUTED ==").nth(1).unwrap();
    let denied = denied.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(
        denied.contains("Maarrat al-Numan") && denied.contains("occurrence denied"),
        "{denied}"
    );
    let first = text.split("== KEY POINTS ==").nth(1).unwrap().split("\n2.").next().unwrap();
    assert!(!first.contains("occurrence denied"), "{first}");
}

#[test]
fn sport_an_accident_and_a_plan_are_nowhere_in_the_digest() {
    let demo = Demo::run();
    let text = demo.file("digest.txt").to_lowercase();
    for word in ["semi-final", "cup", "lorry overturned", "road accident", "warning"] {
        assert!(!text.contains(word), "{word}");
    }
}

#[test]
fn the_desk_reads_the_marks_tolls_and_talks_that_the_key_of_the_newsroom_holds() {
    let text = Demo::run().file("digest.txt");
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    for told in [
        "12 civilians killed and 15 injured. 3 INDEPENDENT REPORTS",
        "3–4 civilians killed and 10–13 injured. 2 INDEPENDENT REPORTS · SDF denies",
        "Truce ended: HTS – Fa Ithbatu",
        "Truce: broken, fighting resumed, as of 26 Jun",
        "The Syrian government forces – SNA, 26 Jun: Prisoner exchange: carried out",
    ] {
        assert!(text.contains(told), "{told}\n{text}");
    }
}
