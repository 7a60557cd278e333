//! JSON Feed 1 and 1.1.

use serde_json::Value;
use url::Url;

use super::{Entry, Feed, FeedError, MOST_ENTRIES};
use crate::gather::{clean, dates, html_text, links};

/// Reads a JSON Feed.
pub(super) fn read(text: &str, base: Option<&Url>) -> Result<Feed, FeedError> {
    let not_a_feed = |found: &str| FeedError::Other { found: found.to_owned(), wanted: "a feed" };
    let root: Value = serde_json::from_str(text).map_err(|_| not_a_feed("damaged JSON"))?;
    let items = root
        .get("items")
        .and_then(Value::as_array)
        .ok_or_else(|| not_a_feed("JSON without `items`"))?;
    Ok(Feed {
        dialect: "json",
        title: clean::title(string(&root, "title")),
        language: root.get("language").and_then(Value::as_str).map(str::to_owned),
        entries: items.iter().take(MOST_ENTRIES).map(|item| entry(item, base)).collect(),
        truncated: items.len() > MOST_ENTRIES,
        older: root.get("next_url").and_then(Value::as_str).map(|url| links::resolve(base, url)),
        ..Feed::default()
    })
}

fn entry(item: &Value, base: Option<&Url>) -> Entry {
    let link =
        [string(item, "url"), string(item, "external_url")].into_iter().find(|l| !l.is_empty());
    let url = link.map(|link| links::resolve(base, link)).unwrap_or_default();
    let id = item.get("id").map(|id| id.as_str().map_or_else(|| id.to_string(), str::to_owned));
    let dated = |key| dates::parse(string(item, key));
    Entry {
        id: id.unwrap_or_else(|| url.clone()),
        title: clean::title(string(item, "title")),
        published: dated("date_published").or_else(|| dated("date_modified")),
        author: author(item).map(clean::title).filter(|name| !name.is_empty()),
        text: content(item),
        url,
        ..Entry::default()
    }
}

fn content(item: &Value) -> String {
    let html = html_text::html_to_text(string(item, "content_html"));
    let plain =
        [html, clean::text(string(item, "content_text")), clean::text(string(item, "summary"))];
    plain.into_iter().find(|text| !text.is_empty()).unwrap_or_default()
}

fn author(item: &Value) -> Option<&str> {
    let first = item.get("authors").and_then(|list| list.get(0)).or_else(|| item.get("author"))?;
    first.get("name").and_then(Value::as_str)
}

fn string<'a>(value: &'a Value, key: &str) -> &'a str {
    value.get(key).and_then(Value::as_str).unwrap_or("")
}
