//! What the benches share: an extractor, and articles of our own to read.

#![allow(dead_code, reason = "each bench uses a part")]

pub(crate) mod claims;
pub(crate) mod clock;

use std::path::Path;

use jiff::civil::date;
use sitrep::extract::Extractor;
use sitrep::model::document::Document;
use sitrep::model::registry::Registry;

const CORPUS: &str = include_str!("../../tests/data/extract/corpus/corpus.jsonl");

/// The built-in packs.
pub(crate) fn registry() -> Registry {
    Registry::merge(sitrep::config::packs::builtin().unwrap())
}

/// An extractor over the built-in packs.
pub(crate) fn extractor() -> Extractor {
    Extractor::new(&registry()).unwrap()
}

/// The articles of the corpus and of the demonstration's newsroom.
pub(crate) fn articles() -> Vec<Document> {
    let corpus =
        CORPUS.lines().map(|line| serde_json::from_str::<serde_json::Value>(line).unwrap());
    let corpus = corpus.map(|row| Document {
        doc_id: row["doc_id"].as_str().unwrap().to_owned(),
        text: row["text"].as_str().unwrap().to_owned(),
        title: row["title"].as_str().map(str::to_owned),
        published: row["published"].as_str().and_then(|day| day.parse().ok()),
        source: row["source"].as_str().map(str::to_owned),
        ..Document::default()
    });
    let newsroom = newsroom().into_iter().map(|text| Document {
        doc_id: "newsroom".to_owned(),
        text,
        published: Some(date(2020, 6, 26)),
        ..Document::default()
    });
    corpus.chain(newsroom).collect()
}

fn newsroom() -> Vec<String> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("config/newsroom");
    let folders = std::fs::read_dir(root).unwrap().map(|entry| entry.unwrap().path());
    let mut files: Vec<_> = folders
        .filter(|path| path.is_dir())
        .flat_map(|folder| std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()))
        .filter(|path| path.extension().is_some_and(|ending| ending == "txt"))
        .collect();
    files.sort();
    files.into_iter().map(|file| std::fs::read_to_string(file).unwrap()).collect()
}
