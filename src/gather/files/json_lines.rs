//! JSON lines: `{"doc_id","text","title"?,"published"?,"source"?,"url"?,"lang"?}`, one document each.

use serde_json::Value;

use super::FileReading;
use crate::gather::page::credit_line;
use crate::gather::reading::Reading;
use crate::gather::{clean, dates, links};

/// Reads every line; a bad one is noted and left out. Addresses default to `name#doc_id`.
pub(super) fn read(text: &str, name: &str) -> FileReading {
    let mut read = FileReading::default();
    for (index, line) in text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty()) {
        match document(line, name, index + 1) {
            Ok(article) => read.articles.push(article),
            Err(why) => read.skipped.push(format!("`{name}`, line {}: {why}", index + 1)),
        }
    }
    read
}

fn document(line: &str, name: &str, number: usize) -> Result<Reading, &'static str> {
    let value: Value =
        serde_json::from_str(line).map_err(|_| "this is no JSON object; write one on each line")?;
    let string =
        |key: &str| value.get(key).and_then(Value::as_str).map(str::trim).filter(|s| !s.is_empty());
    let text = clean::text(string("text").ok_or("the key `text` is missing or empty")?);
    let id = string("doc_id").map_or_else(|| number.to_string(), str::to_owned);
    Ok(Reading {
        url: string("url").map_or_else(|| format!("{name}#{id}"), links::canonical),
        title: clean::title(string("title").unwrap_or("")),
        published: string("published").and_then(dates::parse),
        author: string("author").map(clean::title),
        credit: credit_line(&text, None),
        language: string("lang").map(str::to_owned),
        text,
        ..Reading::default()
    })
}
