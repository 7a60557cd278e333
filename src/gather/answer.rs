//! JSON answers of APIs, mapped to entries by JSON pointers (RFC 6901).

use serde_json::Value;
use url::Url;

use super::feed::{Entry, Feed, FeedError, MOST_ENTRIES};
use super::{clean, dates, html_text, links};
use crate::model::source::Parts;

/// How much of an answer that is no JSON is shown, in characters: APIs say there what they did not like.
const SHOWN: usize = 120;

/// Reads an answer. `parts` says where things stand.
pub(super) fn read(text: &str, base: Option<&Url>, parts: &Parts) -> Result<Feed, FeedError> {
    let entries = checked(parts)?;
    let other = |found: String| FeedError::Other { found, wanted: "the JSON that `parts` maps" };
    let root: Value = serde_json::from_str(text).map_err(|_| other(said(text)))?;
    let values: Vec<&Value> = match root.pointer(entries) {
        Some(Value::Array(values)) => values.iter().collect(),
        Some(Value::Object(values)) => values.values().collect(),
        // An empty answer is often `{}`.
        None | Some(Value::Null) if is_empty(&root) => Vec::new(),
        _ => return Err(other(format!("JSON without a list at `{entries}`"))),
    };
    let older = alternatives(parts.older.as_ref()).find_map(|at| words(root.pointer(at)?));
    let older = older.map(|older| links::resolve(base, &older));
    let truncated = values.len() > MOST_ENTRIES;
    let entries = values.into_iter().take(MOST_ENTRIES);
    let entries = entries.map(|value| entry(value, base, parts)).collect();
    let whole = parts.whole;
    Ok(Feed { dialect: "answer", entries, truncated, whole, older, ..Feed::default() })
}

/// Whether there are pointers for what an entry needs, and all are pointers; gives the one to the list.
fn checked(parts: &Parts) -> Result<&str, FeedError> {
    let all = [
        ("entry", &parts.entry),
        ("link", &parts.link),
        ("title", &parts.title),
        ("date", &parts.date),
        ("text", &parts.text),
        ("author", &parts.author),
        ("credit", &parts.credit),
        ("older", &parts.older),
    ];
    for (part, given) in all {
        for pointer in alternatives(given.as_ref()) {
            if !pointer.is_empty() && !pointer.starts_with('/') {
                let given = pointer.to_owned();
                return Err(FeedError::Part {
                    part,
                    given,
                    wanted: "JSON pointer; it begins with `/`",
                });
            }
        }
    }
    if parts.link.is_none() && parts.title.is_none() && parts.text.is_none() {
        return Err(FeedError::NoParts {
            missing: "JSON pointers to `entry` (the list), and in each entry to `link`, `title`, `date`",
        });
    }
    Ok(parts.entry.as_deref().unwrap_or("").trim())
}

fn is_empty(root: &Value) -> bool {
    root.as_object().is_some_and(serde_json::Map::is_empty) || root.is_null()
}

fn said(text: &str) -> String {
    let line = clean::line(text);
    if line.is_empty() {
        return "an empty answer".to_owned();
    }
    let shown: String = line.chars().take(SHOWN).collect();
    format!("no JSON but “{shown}”")
}

fn entry(value: &Value, base: Option<&Url>, parts: &Parts) -> Entry {
    let part = |given: &Option<String>| {
        alternatives(given.as_ref()).find_map(|at| words(value.pointer(at)?))
    };
    let title = |given: &Option<String>| {
        part(given).map(|text| html_text::html_to_title(&text)).filter(|text| !text.is_empty())
    };
    let url = part(&parts.link).map(|link| links::resolve(base, &link)).unwrap_or_default();
    Entry {
        id: url.clone(),
        title: title(&parts.title).unwrap_or_default(),
        published: part(&parts.date).and_then(|date| dates::parse(&date)),
        author: title(&parts.author),
        credit: title(&parts.credit),
        text: part(&parts.text).map(|text| html_text::html_to_text(&text)).unwrap_or_default(),
        url,
        ..Entry::default()
    }
}

fn alternatives(given: Option<&String>) -> impl Iterator<Item = &str> {
    given.into_iter().flat_map(|given| given.split(',')).map(str::trim)
}

/// A value as text: a string, a number, or several of them.
fn words(value: &Value) -> Option<String> {
    let text = match value {
        Value::String(text) => text.trim().to_owned(),
        Value::Number(number) => number.to_string(),
        Value::Array(values) => {
            values.iter().filter_map(words_of_one).collect::<Vec<_>>().join(", ")
        }
        _ => String::new(),
    };
    Some(text).filter(|text| !text.is_empty())
}

fn words_of_one(value: &Value) -> Option<String> {
    match value {
        Value::Array(_) => None,
        other => words(other),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::gather::preset;
    use crate::model::source::Preset;

    fn base() -> Option<Url> {
        Url::parse("https://api.example/v1/reports").ok()
    }

    #[test]
    fn pointers_map_an_answer_of_any_shape() {
        let parts = Parts {
            entry: Some("/result/items".to_owned()),
            link: Some("/missing, /slug".to_owned()),
            title: Some("/head/0/text".to_owned()),
            date: Some("/ts".to_owned()),
            author: Some("/by".to_owned()),
            ..Parts::default()
        };
        let text = r#"{"result":{"items":[{"slug":"/r/1","head":[{"text":"Shelling &amp; talks"}],"ts":1593068700,"by":["A","B"]}]}}"#;
        let feed = read(text, base().as_ref(), &parts).unwrap();
        let entry = &feed.entries[0];
        assert_eq!(
            (entry.url.as_str(), entry.title.as_str(), entry.author.as_deref()),
            ("https://api.example/r/1", "Shelling & talks", Some("A, B"))
        );
        assert_eq!(entry.published.as_ref().unwrap().timestamp().as_second(), 1_593_068_700);
    }

    #[test]
    fn reliefweb_reports_are_read_whole_with_their_origin() {
        let text = r#"{"data":[{"id":"1","fields":{"title":"Flash update 3","url_alias":"https://reports.example/1","body-html":"<p>Two villages.</p><p>Calm.</p>",
            "date":{"original":"2020-06-25T00:00:00+00:00"},"source":[{"name":"Relief Office"}]}}]}"#;
        let feed = read(text, base().as_ref(), &preset::parts(Preset::Reliefweb)).unwrap();
        let entry = &feed.entries[0];
        assert!(feed.whole);
        assert_eq!(
            (entry.text.as_str(), entry.credit.as_deref()),
            ("Two villages.\n\nCalm.", Some("Relief Office"))
        );
    }

    #[test]
    fn gdelt_articles_carry_the_outlet_as_their_origin() {
        let text = r#"{"articles":[{"url":"https://a.example/x","title":"T","seendate":"20200625T070500Z","domain":"a.example"}]}"#;
        let feed = read(text, None, &preset::parts(Preset::Gdelt)).unwrap();
        let entry = &feed.entries[0];
        assert_eq!(entry.credit.as_deref(), Some("a.example"));
        assert_eq!(
            entry.published.as_ref().unwrap().timestamp().to_string(),
            "2020-06-25T07:05:00Z"
        );
        assert!(read("{}", None, &preset::parts(Preset::Gdelt)).unwrap().entries.is_empty());
    }

    #[test]
    fn what_cannot_be_mapped_is_told_in_the_words_of_the_api() {
        let gdelt = preset::parts(Preset::Gdelt);
        let no = |text: &str, parts: &Parts| read(text, None, parts).unwrap_err().to_string();
        assert!(no("Your query was too short.", &gdelt).contains("“Your query was too short.”"));
        assert!(no("{\"a\":1}", &gdelt).contains("without a list at `/articles`"));
        assert!(no("{}", &Parts::default()).contains("JSON pointers"));
        let wrong = Parts { link: Some("url".to_owned()), ..Parts::default() };
        assert!(no("[]", &wrong).contains("`parts.link`: `url` is no JSON pointer"));
    }

    #[test]
    fn s_3_deeply_nested_json_is_refused() {
        let text = "[".repeat(200_000);
        assert!(read(&text, None, &preset::parts(Preset::Gdelt)).is_err());
    }
}
