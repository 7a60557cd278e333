//! Articles in other languages: recognised, kept unread with their headline, counted.

use std::fs;
use std::path::Path;

use sitrep::extract::Extractor;
use sitrep::model::document::{Document, Reading};
use sitrep::model::registry::Registry;

use crate::support::program::ok;

const ENGLISH: &str = "Islamic State militants attacked a Syrian Army post near Palmyra on Monday, killing three soldiers, a monitor said.";
const ARABIC: &str = "قال مراسلنا إن القصف استهدف أطراف البلدة مساء الخميس وأدى إلى أضرار في عدد من المنازل دون وقوع إصابات بين السكان";
const FRENCH: &str = "Des hommes armés ont attaqué un poste de l'armée près de la ville jeudi soir et tué trois soldats, selon des habitants.";
const UKRAINIAN: &str = "Увечері в четвер обстріл пошкодив кілька будинків на околиці міста, постраждалих немає, повідомили місцеві жителі.";

fn read(text: &str, lang: Option<&str>) -> Reading {
    let registry = Registry::merge(sitrep::config::packs::builtin().unwrap());
    let lang = lang.map(str::to_owned);
    let doc =
        Document { doc_id: "t".to_owned(), text: text.to_owned(), lang, ..Document::default() };
    Extractor::new(&registry).unwrap().read(&doc)
}

#[test]
fn a_text_is_read_by_what_it_is_in_and_not_by_what_its_feed_says() {
    for (text, said, language) in [
        (ENGLISH, None, "en"),
        (ENGLISH, Some("ar"), "en"),
        (ENGLISH, Some("en-GB"), "en"),
        (ARABIC, Some("en"), "ar"),
        (FRENCH, None, "fr"),
        (FRENCH, Some("en-us"), "fr"),
        (UKRAINIAN, Some("en"), "uk"),
    ] {
        let reading = read(text, said);
        assert_eq!(reading.language.as_deref(), Some(language), "{said:?}: {text}");
        assert_eq!(reading.unread.is_some(), language != "en", "{text}");
    }
    assert!(!read(ENGLISH, Some("ar")).claims.is_empty());
}

#[test]
fn a_short_text_is_in_the_language_that_its_feed_says_and_is_else_taken_for_english() {
    assert!(read("Deux soldats tués à Alep", Some("fr")).unread.is_some());
    assert!(read("Two dead in Ariha", None).unread.is_none());
}

#[test]
fn a_text_that_is_surely_not_english_is_not_read_though_its_page_says_so() {
    let text = "ᎣᏏᏲ ᏙᎯᏧ ".repeat(20);
    for (said, language) in [(Some("en"), "und"), (None, "und"), (Some("chr"), "chr")] {
        let reading = read(&text, said);
        assert_eq!(reading.language.as_deref(), Some(language), "{said:?}");
        assert!(reading.unread.is_some(), "{said:?}");
    }
}

#[test]
fn a_text_with_its_translation_is_read_in_english() {
    let reading = read(&format!("{ARABIC}\n\n{ENGLISH}"), Some("ar"));
    assert_eq!(reading.claims.len(), 1, "{reading:?}");
}

#[test]
fn unread_articles_keep_their_headline_and_are_counted_by_language() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path();
    ok(path, &["init"]);
    fs::create_dir(path.join("articles")).unwrap();
    let sources = format!(
        "[[source]]\nid = \"desk\"\nname = \"Our desk\"\nurl = \"file:{}\"\naligned_with = []\n",
        path.join("articles").display()
    );
    fs::write(path.join("config/sources.toml"), sources).unwrap();
    let article = |name: &str, head: &str, text: &str| {
        fs::write(path.join("articles").join(name), format!("{head}\n\n{text}")).unwrap();
    };
    article("en.txt", "Post attacked near Palmyra", ENGLISH);
    article("ar.txt", "قصف على أطراف البلدة", ARABIC);
    article("fr.txt", "Trois soldats tués jeudi", FRENCH);
    let said = ok(path, &["gather"]);
    assert!(said.contains("1 articles read, 2 kept unread"), "{said}");
    let kept = unread(path);
    assert_eq!(kept.len(), 2, "{kept:?}");
    assert!(kept.iter().all(|(title, ..)| !title.is_empty()), "{kept:?}");
    let languages: Vec<_> = kept.iter().map(|(_, language, _)| language.as_str()).collect();
    assert_eq!(languages, ["ar", "fr"]);
    assert!(
        kept.iter().all(|(_, language, why)| why.contains(&format!("`{language}`"))),
        "{kept:?}"
    );
}

/// Title, language and reason of the articles kept unread.
fn unread(dir: &Path) -> Vec<(String, String, String)> {
    let url = format!("sqlite:{}", dir.join("sitrep.db").display());
    tokio::runtime::Runtime::new().unwrap().block_on(async {
        let pool = sqlx::SqlitePool::connect(&url).await.unwrap();
        let sql =
            "SELECT title, language, why FROM article WHERE state = 'unread' ORDER BY language";
        let rows = sqlx::query_as(sql).fetch_all(&pool).await.unwrap();
        pool.close().await;
        rows
    })
}
