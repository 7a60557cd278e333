//! The articles and what a careful reader takes from them.

use jiff::civil::Date;
use serde::Deserialize;
use sitrep::model::actor::Role;
use sitrep::model::casualty::Fate;
use sitrep::model::claim::Status;
use sitrep::model::document::Document;
use sitrep::model::kind::{Kind, SubType};

/// An article with its key: one line of the corpus.
#[derive(Debug, Deserialize)]
pub(super) struct Entry {
    pub(super) doc_id: String,
    /// The id of the pack that knows its names.
    pub(super) theatre: String,
    published: Date,
    source: String,
    title: String,
    pub(super) text: String,
    pub(super) gold: Gold,
}

/// All that happened, as the article tells it.
#[derive(Debug, Deserialize)]
pub(super) struct Gold {
    pub(super) events: Vec<KeyEvent>,
}

/// One happening of a key.
#[derive(Debug, Deserialize)]
pub(super) struct KeyEvent {
    #[serde(flatten)]
    pub(super) kind: Kind,
    /// Other sub-types that are right too.
    pub(super) sub_type_alts: Vec<SubType>,
    pub(super) date: Period,
    pub(super) places: Vec<String>,
    pub(super) admin1: Option<String>,
    pub(super) country: Option<String>,
    pub(super) actors: Vec<KeyActor>,
    pub(super) casualties: Vec<KeyCasualties>,
    pub(super) materiel: Vec<KeyMateriel>,
    pub(super) claimed_by: Vec<String>,
    pub(super) status: Status,
    /// What the article is about.
    pub(super) main: bool,
    pub(super) evidence: String,
    /// Right if found, no fault if not: mostly background.
    pub(super) optional: bool,
}

/// The days on which it may have happened.
#[derive(Debug, Deserialize)]
pub(super) struct Period {
    pub(super) from: Date,
    pub(super) to: Date,
}

/// Somebody who takes part, with other names for them.
#[derive(Debug, Deserialize)]
pub(super) struct KeyActor {
    pub(super) name: String,
    pub(super) alts: Vec<String>,
    pub(super) role: Role,
}

/// What one side lost in people.
#[derive(Debug, Deserialize)]
pub(super) struct KeyCasualties {
    pub(super) side: String,
    pub(super) killed: Option<Count>,
    pub(super) wounded: Option<Count>,
    pub(super) captured: Option<Count>,
}

/// A range: open above without `max`, no number at all without `min`.
#[derive(Debug, Clone, Copy, Deserialize)]
pub(super) struct Count {
    pub(super) min: Option<u32>,
    pub(super) max: Option<u32>,
    #[serde(default)]
    pub(super) vague: bool,
}

/// What became of one side's things.
#[derive(Debug, Deserialize)]
pub(super) struct KeyMateriel {
    pub(super) item: String,
    pub(super) fate: Fate,
}

impl Entry {
    /// The article as the program gets it: without its key and its theatre.
    pub(super) fn document(&self) -> Document {
        Document {
            doc_id: self.doc_id.clone(),
            text: self.text.clone(),
            title: Some(self.title.clone()),
            published: Some(self.published),
            source: Some(self.source.clone()),
            ..Document::default()
        }
    }
}

/// Every article of the corpus, in its order.
pub(super) fn entries() -> Vec<Entry> {
    let lines = include_str!("../../data/extract/corpus/corpus.jsonl").lines();
    lines.map(|line| serde_json::from_str(line).unwrap()).collect()
}
