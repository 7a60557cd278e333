//! How a source is read, as options of a command.

use anyhow::{Context as _, bail};
use clap::Args;
use serde::de::DeserializeOwned;
use serde_json::{Map, Value};

use crate::model::source::{Parts, Preset, Source, SourceKind};

/// How it is read; left out, it is found out.
#[derive(Debug, Clone, Default, Args)]
pub(super) struct Shape {
    /// feed, sitemap, page, json or files; left out, it is found out
    #[arg(long)]
    kind: Option<String>,
    /// telegram, reliefweb or gdelt; left out, told by the address
    #[arg(long)]
    preset: Option<String>,
    /// Where a part of an entry stands, by a CSS selector (page) or a JSON pointer (json); parts: entry, link, title,
    /// date, text, author, credit, older
    #[arg(long = "part", value_name = "NAME=WHERE")]
    parts: Vec<String>,
    /// The text of an entry is whole: no page is fetched for it
    #[arg(long)]
    whole: bool,
}

impl Shape {
    /// Whether anything is said.
    pub(super) fn is_said(&self) -> bool {
        self.kind.is_some() || self.preset.is_some() || !self.parts.is_empty() || self.whole
    }

    /// Lays what is said over a source.
    pub(super) fn apply(&self, source: &mut Source) -> anyhow::Result<()> {
        const KINDS: &str = "feed, sitemap, page, json, files";
        if let Some(kind) = &self.kind {
            source.kind = Some(word::<SourceKind>(kind, "kind", KINDS)?);
        }
        if let Some(preset) = &self.preset {
            source.preset = Some(word::<Preset>(preset, "preset", "telegram, reliefweb, gdelt")?);
        }
        if !self.parts.is_empty() || self.whole {
            source.parts = self.parts()?;
        }
        Ok(())
    }

    fn parts(&self) -> anyhow::Result<Parts> {
        let mut all = Map::new();
        for part in &self.parts {
            let Some((name, place)) = part.split_once('=') else {
                bail!("`{part}` names no part; write --part entry=WHERE");
            };
            all.insert(name.trim().to_owned(), Value::from(place.trim()));
        }
        all.insert("whole".to_owned(), Value::from(self.whole));
        serde_json::from_value(Value::Object(all)).context("--part")
    }
}

/// A word that the configuration knows; `known` lists them.
pub(super) fn word<T: DeserializeOwned>(text: &str, what: &str, known: &str) -> anyhow::Result<T> {
    match serde_json::from_value(Value::from(text)) {
        Ok(word) => Ok(word),
        Err(_) => bail!("`{text}` is no {what}; known: {known}"),
    }
}
