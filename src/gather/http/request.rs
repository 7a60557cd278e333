//! What is asked for and what comes back.

use std::time::Duration;

use jiff::Timestamp;
use url::Url;

/// What kind of document is asked for: it sets the limit and what we accept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum What {
    /// A feed.
    Feed,
    /// An article's page.
    Page,
}

impl What {
    /// The `Accept` header.
    pub(super) fn accept(self) -> &'static str {
        match self {
            Self::Feed => {
                "application/atom+xml, application/rss+xml, application/feed+json, application/xml;q=0.9, */*;q=0.5"
            }
            Self::Page => "text/html, application/xhtml+xml, */*;q=0.5",
        }
    }
}

/// What is known from the last full answer, for a conditional request.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Conditions {
    /// `ETag`.
    pub etag: Option<String>,
    /// `Last-Modified`.
    pub last_modified: Option<String>,
}

/// What a fetch brought.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Answer {
    /// The document did not change (304).
    NotModified {
        /// The server's clock.
        date: Option<Timestamp>,
        /// How long it need not be asked for again.
        fresh_for: Option<Duration>,
    },
    /// The document.
    Document(Box<Document>),
}

/// A document that was fetched.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Document {
    /// Where it came from in the end.
    pub url: Url,
    /// Where the outlet says it is for good from now on.
    pub moved_to: Option<Url>,
    /// The status, a success.
    pub status: u16,
    /// `Content-Type`.
    pub content_type: Option<String>,
    /// For the next conditional request.
    pub conditions: Conditions,
    /// The server's clock.
    pub date: Option<Timestamp>,
    /// How long it need not be asked for again.
    pub fresh_for: Option<Duration>,
    /// Unpacked.
    pub body: Vec<u8>,
}
