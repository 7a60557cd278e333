//! Feeds: RSS 0.9x, 1 and 2, Atom 0.3 and 1, JSON Feed, well formed or not.

mod build;
mod draft;
mod json;
mod markup;
mod pace;

pub(in crate::gather) use build::document_of;

use std::time::Duration;

use jiff::Zoned;
use url::Url;

use super::decode::decode;
use super::http::FetchError;

/// How many entries of a feed are read (S-3).
pub const MOST_ENTRIES: usize = 2000;

/// How deep elements may nest in a feed (S-3).
pub const DEEPEST: usize = 64;

/// A feed as read, or another document that names articles: a sitemap, a listing page, the answer of an API.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Feed {
    /// The dialect: `rss`, `rdf`, `atom` or `json`; else `sitemap`, `page` or `answer`.
    pub dialect: &'static str,
    /// The feed's own title.
    pub title: String,
    /// The language that the feed names.
    pub language: Option<String>,
    /// In the order of the document.
    pub entries: Vec<Entry>,
    /// Whether entries after the 2,000th were left unread.
    pub truncated: bool,
    /// Whether the texts of the entries are whole, so that no page is fetched for them.
    pub whole: bool,
    /// Whether entries come from other documents that this one names: that it is unchanged then says nothing.
    pub followed: bool,
    /// What was left out, one line each.
    pub notes: Vec<String>,
    /// How long the feed says that it need not be read again (`ttl`, `sy:updatePeriod`).
    pub ttl: Option<Duration>,
    /// Where its older entries are (RFC 5005, `next_url` of JSON Feed).
    pub older: Option<String>,
    /// What made it.
    pub generator: String,
}

/// An entry of a feed; each field is empty where the feed has none. All text is plain.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Entry {
    /// The feed's id of the entry, else its address.
    pub id: String,
    /// The headline.
    pub title: String,
    /// Where the article is; absolute where the feed's own address is known.
    pub url: String,
    /// When it was published, else last changed, with the zone in which the feed says it.
    pub published: Option<Zoned>,
    /// When a sitemap says that it changed: its date where neither entry nor page has one.
    pub changed: Option<Zoned>,
    /// Whom it names as author.
    pub author: Option<String>,
    /// Whose text it is, where the feed carries those of others.
    pub credit: Option<String>,
    /// The longest text that the feed gives: content, else summary.
    pub text: String,
}

impl Entry {
    /// Whether there is nothing to read and nowhere to go.
    pub fn is_blank(&self) -> bool {
        self.title.is_empty() && self.url.is_empty() && self.text.is_empty()
    }
}

/// Why bytes are not a feed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum FeedError {
    /// Nothing but white space.
    #[error("the answer is empty")]
    Nothing,
    /// Some other kind of document.
    #[error("this is {found}, not {wanted}")]
    Other {
        /// What it is, with its article.
        found: String,
        /// What it should be, with its article.
        wanted: &'static str,
    },
    /// What the source's `parts` say cannot be followed.
    #[error("`parts.{part}`: `{given}` is no {wanted}")]
    Part {
        /// Which part.
        part: &'static str,
        /// What is given.
        given: String,
        /// What is wanted.
        wanted: &'static str,
    },
    /// It says where nothing stands.
    #[error("it needs `parts`: {missing}")]
    NoParts {
        /// What to write.
        missing: &'static str,
    },
    /// It is packed, and cannot be unpacked within our limits.
    #[error(transparent)]
    Packed(#[from] FetchError),
    /// The page asks whether we are human.
    #[error("the outlet asks whether we are human")]
    Challenge,
    /// It names other documents, and none of them can be read.
    #[error("none of the sitemaps that it names can be read: {why}")]
    Followed {
        /// What is wrong with the first.
        why: String,
    },
    /// More elements, or deeper ones, than any page needs.
    #[error("the page has more or deeper elements than we read")]
    TooLarge,
    /// Elements nest deeper than any feed needs.
    #[error("its elements nest deeper than {DEEPEST} levels")]
    TooDeep,
    /// The reader failed on it.
    #[error("the reader cannot cope with it; please report the feed")]
    Panicked,
}

/// Reads a feed. `content_type` is the HTTP header; links are resolved against `base`, the address it came from.
///
/// # Errors
/// Where the bytes are no feed; a damaged feed is read as far as it goes.
pub fn read(
    bytes: &[u8],
    content_type: Option<&str>,
    base: Option<&Url>,
) -> Result<Feed, FeedError> {
    read_text(&decode(bytes, content_type), base)
}

/// Reads a feed that is decoded already.
pub(super) fn read_text(text: &str, base: Option<&Url>) -> Result<Feed, FeedError> {
    match text.trim_start().chars().next() {
        None => Err(FeedError::Nothing),
        Some('{') => json::read(text, base),
        Some(_) => build::read(text, base),
    }
}

#[cfg(test)]
mod tests;
