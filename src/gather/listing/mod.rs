//! Listing pages: a page that shows what the outlet wrote last, read by the source's CSS selectors or by itself.

mod automatic;
mod selected;

use trafilatura::dom::Document;
use url::Url;

use super::clean;
use super::feed::{Feed, FeedError, MOST_ENTRIES};
use super::links;
use super::nesting::is_hostile;
use crate::model::source::Parts;

/// Reads a listing page that came from `base`. Without `parts.entry`, the links to articles are found by themselves.
pub(super) fn read(html: &str, base: Option<&Url>, parts: &Parts) -> Result<Feed, FeedError> {
    if !html.contains('<') {
        let found = "neither HTML nor a feed".to_owned();
        return Err(FeedError::Other { found, wanted: "a listing page" });
    }
    if is_hostile(html) {
        return Err(FeedError::TooLarge);
    }
    let doc = Document::parse(html);
    let base = base_of(&doc, base);
    let mut entries = match &parts.entry {
        Some(entry) => selected::entries(&doc, base.as_ref(), entry, parts)?,
        None => automatic::entries(&doc, base.as_ref()),
    };
    if parts.whole {
        entries.retain(|entry| !entry.text.is_empty());
    }
    let truncated = entries.len() > MOST_ENTRIES;
    entries.truncate(MOST_ENTRIES);
    let (title, older) = (title(&doc), selected::older(&doc, base.as_ref(), parts)?);
    let whole = parts.whole;
    Ok(Feed { dialect: "page", title, entries, truncated, whole, older, ..Feed::default() })
}

/// What links are resolved against: `base` of the page, else its address.
fn base_of(doc: &Document, address: Option<&Url>) -> Option<Url> {
    let said = doc.query_selector(doc.root(), "base[href]");
    let said = said.and_then(|base| doc.get_attribute(base, "href"));
    let said = said.and_then(|href| Url::parse(&links::resolve(address, &href)).ok());
    said.or_else(|| address.cloned())
}

fn title(doc: &Document) -> String {
    let meta = doc.query_selector(doc.root(), r#"meta[property="og:title"][content]"#);
    let said = meta.and_then(|meta| doc.get_attribute(meta, "content"));
    let said = said
        .or_else(|| doc.query_selector(doc.root(), "title").map(|title| doc.text_content(title)));
    clean::title(&said.unwrap_or_default())
}

#[cfg(test)]
mod tests;
