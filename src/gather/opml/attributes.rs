//! A source's fields as attributes of an outline, and back. Every field that OPML itself has no attribute for is
//! written under our name space by its own name, so that new fields need nothing here but a word on their form.

use serde_json::{Map, Value};

use crate::model::id::SourceId;
use crate::model::source::Source;

/// Fields that OPML has attributes or nesting for, or that hold foreign attributes.
const OF_OPML: [&str; 6] = ["name", "url", "site", "language", "folder", "outline"];

/// Fields that are lists of ids, written with commas.
const LISTS: [&str; 2] = ["aligned_with", "theatres"];

/// Fields that are yes or no.
const FLAGS: [&str; 2] = ["republishes", "paused"];

/// Fields that are tables, written as JSON.
const TABLES: [&str; 3] = ["calls", "parts", "request"];

/// The attributes of ours that `source` needs, without those that say what goes without saying.
pub(super) fn of(source: &Source) -> Vec<(String, String)> {
    let unsaid = fields(&Source::new(SourceId::new(""), "", ""));
    let said = fields(source);
    let said = said.into_iter().filter(|(name, value)| {
        !OF_OPML.contains(&name.as_str()) && unsaid.get(name) != Some(value)
    });
    said.map(|(name, value)| (name, written(&value))).collect()
}

fn fields(source: &Source) -> Map<String, Value> {
    match serde_json::to_value(source) {
        Ok(Value::Object(fields)) => fields,
        _ => Map::new(),
    }
}

fn written(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Array(values) => {
            values.iter().filter_map(Value::as_str).collect::<Vec<_>>().join(",")
        }
        other => other.to_string(),
    }
}

/// The source with the fields that our attributes name; an error says which cannot be understood.
pub(super) fn laid_over(
    source: &Source,
    attributes: &[(String, String)],
) -> Result<Source, String> {
    let mut all = fields(source);
    for (name, text) in attributes {
        let value = read(name, text).ok_or_else(|| format!("`sitrep:{name}` holds no JSON"))?;
        all.insert(name.clone(), value);
    }
    serde_json::from_value(Value::Object(all)).map_err(|error| error.to_string())
}

fn read(name: &str, text: &str) -> Option<Value> {
    match name {
        _ if LISTS.contains(&name) => {
            let ids = text.split(',').map(str::trim).filter(|id| !id.is_empty());
            Some(Value::Array(ids.map(Value::from).collect()))
        }
        _ if FLAGS.contains(&name) => Some(Value::Bool(text.eq_ignore_ascii_case("true"))),
        _ if TABLES.contains(&name) => serde_json::from_str(text).ok(),
        _ => Some(Value::from(text)),
    }
}
