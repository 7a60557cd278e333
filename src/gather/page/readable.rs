//! The article's text out of a page.

use trafilatura::dom::Document;
use trafilatura::{ExtractionFocus, HtmlDateMode, Options, extract_document};
use url::Url;

use super::{Metadata, boilerplate, shingles::Shingles};
use crate::gather::html_text::{html_to_text, node_to_text};

/// The fewest characters of an `articleBody` that is more than a teaser.
const FULL_BODY: usize = 600;

/// The fewest characters of an article: below, a page is read again less strictly.
const SHORTEST: usize = 200;

/// The fewest characters by which what a feed says of a text tells where the text is.
const TELLING: usize = 80;

/// The share of that which is found in a reading of the same text: feeds shorten and reword.
const FOUND: f64 = 0.3;

/// The article's text, or none where the page has none.
pub(super) fn text(
    html: &str,
    doc: Document,
    metadata: &Metadata,
    address: Option<&Url>,
    begins: Option<&str>,
) -> Option<String> {
    let body = metadata.body.as_deref().map(body_text).unwrap_or_default();
    let mut read = extracted(doc, ExtractionFocus::FavorPrecision, address);
    if read.chars().count() < SHORTEST {
        let again = extracted(Document::parse(html), ExtractionFocus::Balanced, address);
        read = [again, read].into_iter().max_by_key(String::len).unwrap_or_default();
    }
    if let Some(begins) = begins.filter(|begins| begins.chars().count() >= TELLING) {
        read = nearer(read, begins, || {
            extracted(Document::parse(html), ExtractionFocus::Balanced, address)
        });
    }
    let text = without_title(&boilerplate::drop_from(&better(read, body)), &metadata.title);
    (!text.is_empty()).then_some(text)
}

/// The reading, or another one that holds what the feed has of the text where the first misses it.
fn nearer(read: String, begins: &str, other: impl FnOnce() -> String) -> String {
    let begins = Shingles::of(begins);
    let share = begins.share_in(&Shingles::of(&read));
    if share >= FOUND {
        return read;
    }
    let other = other();
    if begins.share_in(&Shingles::of(&other)) > share + FOUND { other } else { read }
}

/// The text of everything that a CSS selector finds; none where that is nothing.
pub(super) fn at(doc: &Document, selector: &str) -> Option<String> {
    let found = doc.query_selector_all(doc.root(), selector);
    let texts = found.into_iter().map(|node| node_to_text(doc, node));
    let text = texts.filter(|text| !text.is_empty()).collect::<Vec<_>>().join("\n\n");
    (!text.is_empty()).then_some(text)
}

fn extracted(doc: Document, focus: ExtractionFocus, address: Option<&Url>) -> String {
    // The date is read by ourselves: a second search of the page would be in vain.
    let mut options = Options::default()
        .with_fallback(true)
        .with_exclude_comments(true)
        .with_html_date_mode(HtmlDateMode::Disabled)
        .with_focus(focus);
    options.original_url = address.cloned();
    extract_document(doc, &options)
        .map(|found| html_to_text(&found.content_html))
        .unwrap_or_default()
}

/// The text of an `articleBody`, which may be plain, HTML, or HTML escaped once more.
fn body_text(body: &str) -> String {
    let text = html_to_text(body);
    if text.contains("</") || text.contains(';') && text.contains('&') {
        html_to_text(&text)
    } else {
        text
    }
}

/// Chooses between what the page shows and what its `articleBody` says: the body where the reading misses much of it,
/// else the reading without the paragraphs of which a full body knows nothing.
fn better(read: String, body: String) -> String {
    if read.is_empty() {
        return body;
    }
    if body.chars().count() < FULL_BODY {
        return read;
    }
    let (of_read, of_body) = (Shingles::of(&read), Shingles::of(&body));
    if of_body.share_in(&of_read) < 0.8 {
        return body;
    }
    if of_body.len() * 2 < of_read.len() {
        return read;
    }
    let known = |paragraph: &&str| Shingles::of(paragraph).share_in(&of_body) > 0.3;
    read.split("\n\n").filter(known).collect::<Vec<_>>().join("\n\n")
}

/// Drops a first paragraph that repeats the title.
fn without_title(text: &str, title: &str) -> String {
    match text.split_once("\n\n") {
        Some((first, rest)) if !title.is_empty() && first == title => rest.to_owned(),
        _ => text.to_owned(),
    }
}
