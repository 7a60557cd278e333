//! What a page says of its article in JSON-LD (schema.org).

use serde_json::Value;
use trafilatura::dom::Document;

/// The fields of an article's JSON-LD; empty where absent.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct JsonLd {
    /// `headline`.
    pub headline: Option<String>,
    /// `articleBody`, maybe with markup.
    pub body: Option<String>,
    /// `datePublished`.
    pub published: Option<String>,
    /// `dateModified`.
    pub modified: Option<String>,
    /// Names of `author`.
    pub authors: Vec<String>,
    /// `inLanguage`.
    pub language: Option<String>,
}

impl JsonLd {
    /// The first article of the page's JSON-LD scripts, completed by later ones.
    pub(super) fn of(doc: &Document) -> Self {
        let mut found = Self::default();
        for script in doc.query_selector_all(doc.root(), r#"script[type="application/ld+json"]"#) {
            if let Some(value) = parse(&doc.text_content(script)) {
                visit(&value, 0, &mut found);
            }
        }
        found
    }

    fn take(&mut self, article: &Value) {
        let text = |key: &str| {
            article.get(key).and_then(Value::as_str).map(str::trim).filter(|t| !t.is_empty())
        };
        let fill = |slot: &mut Option<String>, value: Option<&str>| {
            if slot.is_none() {
                *slot = value.map(str::to_owned);
            }
        };
        fill(&mut self.headline, text("headline").or_else(|| text("name")));
        fill(&mut self.body, text("articleBody"));
        fill(&mut self.published, text("datePublished").or_else(|| text("dateCreated")));
        fill(&mut self.modified, text("dateModified"));
        fill(&mut self.language, text("inLanguage"));
        if self.authors.is_empty() {
            self.authors = article
                .get("author")
                .or_else(|| article.get("creator"))
                .map(names)
                .unwrap_or_default();
        }
    }
}

/// Reads a script; line breaks inside of strings and a trailing semicolon are common errors.
fn parse(script: &str) -> Option<Value> {
    let script =
        script.trim().trim_start_matches("<!--").trim_end_matches("-->").trim_end_matches(';');
    let script = script.trim().trim_start_matches("//<![CDATA[").trim_end_matches("//]]>");
    let strict = serde_json::from_str(script).ok();
    strict.or_else(|| serde_json::from_str(&script.replace(['\n', '\r', '\t'], " ")).ok())
}

/// Looks for articles in a value: itself, lists, `@graph`, `mainEntity`.
fn visit(value: &Value, depth: usize, found: &mut JsonLd) {
    match value {
        _ if depth > 4 => {}
        Value::Array(list) => list.iter().for_each(|item| visit(item, depth + 1, found)),
        Value::Object(object) => {
            if object.get("@type").is_some_and(is_article) {
                found.take(value);
            }
            for key in ["@graph", "mainEntity", "mainEntityOfPage", "itemListElement", "item"] {
                object.get(key).into_iter().for_each(|inner| visit(inner, depth + 1, found));
            }
        }
        _ => {}
    }
}

fn is_article(kind: &Value) -> bool {
    let article = |name: &str| {
        let name = name.rsplit('/').next().unwrap_or(name);
        name.ends_with("Article")
            || name.ends_with("Posting")
            || matches!(name, "Report" | "BackgroundNewsArticle")
    };
    match kind {
        Value::String(name) => article(name),
        Value::Array(names) => names.iter().filter_map(Value::as_str).any(article),
        _ => false,
    }
}

fn names(author: &Value) -> Vec<String> {
    match author {
        Value::String(name) => vec![name.trim().to_owned()],
        Value::Array(list) => list.iter().flat_map(names).collect(),
        Value::Object(object) => object.get("name").map(names).unwrap_or_default(),
        _ => Vec::new(),
    }
}
