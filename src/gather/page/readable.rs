//! The article's text out of a page.

use trafilatura::dom::Document;
use trafilatura::{Options, extract_document};
use url::Url;

use super::Metadata;
use crate::gather::html_text::html_to_text;

/// The article's text, or none where the page has none.
pub fn text(doc: Document, metadata: &Metadata, address: Option<&Url>) -> Option<String> {
    let mut options = Options::default().with_fallback(true).with_exclude_comments(true);
    options.original_url = address.cloned();
    let read = extract_document(doc, &options).map(|found| html_to_text(&found.content_html)).unwrap_or_default();
    let text = without_title(&read, &metadata.title);
    (!text.is_empty()).then_some(text)
}

/// Drops a first paragraph that repeats the title.
fn without_title(text: &str, title: &str) -> String {
    match text.split_once("\n\n") {
        Some((first, rest)) if !title.is_empty() && first == title => rest.to_owned(),
        _ => text.to_owned(),
    }
}
