//! Web pages: the article's text and what the page says of it.

mod boilerplate;
mod credit;
mod json_ld;
mod lean;
mod metadata;
mod readable;
pub(in crate::gather) mod repeated;
mod shingles;

use std::time::Duration;

use trafilatura::dom::Document;
use url::Url;

use super::limit::{LimitError, within};
use super::nesting::is_hostile;
use super::reading::Reading;

pub use credit::credit_line;
pub use metadata::Metadata;

/// Why a page gave no article.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum PageError {
    /// No text was found.
    #[error("no article text was found on the page")]
    NoText,
    /// More elements, or deeper ones, than any page needs.
    #[error("the page has more or deeper elements than we read")]
    TooLarge,
    /// Another kind of document, such as a feed or a PDF.
    #[error("this is no web page")]
    NotAPage,
    /// The page asks whether we are human.
    #[error("the outlet asks whether we are human")]
    Challenge,
    /// It was not read in time, or the reader failed.
    #[error("{0}")]
    Limit(LimitError),
}

/// Reads an article from HTML within `limit`. `address` is where the page came from.
pub fn read(html: String, address: Option<Url>, limit: Duration) -> Result<Reading, PageError> {
    within(limit, move || read_unlimited(&html, address.as_ref(), &Told::default()))
        .map_err(PageError::Limit)?
}

/// What is known of an article before its page is read.
#[derive(Debug, Clone, Default)]
pub(super) struct Told {
    /// The CSS selector at which its text stands.
    pub(super) place: Option<String>,
    /// What the feed has of its text: a hint, where the page holds more than one.
    pub(super) begins: Option<String>,
}

/// Reads an article without a limit of time, and maybe with panics: for callers that contain both.
pub(super) fn read_unlimited(
    html: &str,
    address: Option<&Url>,
    told: &Told,
) -> Result<Reading, PageError> {
    if !is_page(html) {
        return Err(PageError::NotAPage);
    }
    if is_hostile(html) {
        return Err(PageError::TooLarge);
    }
    article(&lean::lean(html), address, told)
}

/// Roots of documents that are XML and no pages.
const NO_PAGES: [&str; 7] = ["rss", "rdf:rdf", "feed", "urlset", "sitemapindex", "opml", "error"];

/// Whether a text may be a page: neither JSON nor PDF, nor an XML document of another kind, such as the feed that some
/// outlets send for an article that is gone.
fn is_page(text: &str) -> bool {
    let text = text.trim_start();
    if text.starts_with(['{', '[']) || text.starts_with("%PDF-") {
        return false;
    }
    let is_element = |after: &&str| after.starts_with(|c: char| c.is_ascii_alphabetic());
    let root = text.split('<').skip(1).find(is_element).unwrap_or("");
    let name = root.split(|c: char| c.is_ascii_whitespace() || matches!(c, '>' | '/')).next();
    let name = name.unwrap_or("").to_ascii_lowercase();
    !NO_PAGES.contains(&name.as_str())
}

fn article(html: &str, address: Option<&Url>, told: &Told) -> Result<Reading, PageError> {
    let doc = Document::parse(html);
    let metadata = Metadata::of(&doc, address);
    let named = told.place.as_deref().and_then(|place| readable::at(&doc, place));
    let begins = told.begins.as_deref();
    let text = named.or_else(|| readable::text(html, doc, &metadata, address, begins));
    let text = text.ok_or(PageError::NoText)?;
    let credit = credit_line(&text, metadata.author.as_deref());
    Ok(Reading {
        url: metadata.canonical.unwrap_or_default(),
        title: metadata.title,
        published: metadata.published,
        modified: metadata.modified,
        author: metadata.author,
        language: metadata.language,
        credit,
        text,
        mark: None,
    })
}

#[cfg(test)]
mod tests;
