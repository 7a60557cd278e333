//! Sources: where articles come from, and how each fared.

mod changes;
mod fetch;
mod parts;
mod robots;
mod slug;

use std::collections::BTreeMap;
use std::fmt;
use std::path::PathBuf;

use serde::{Deserialize, Serialize};
use url::Url;

use super::id::SourceId;

pub use fetch::{FetchOutcome, FetchState};
pub use parts::{Parts, Preset};
pub use robots::RobotsFile;
pub use slug::slug;

/// How a source is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SourceKind {
    /// RSS, Atom or JSON Feed.
    Feed,
    /// A sitemap, best one of news, or an index of them.
    Sitemap,
    /// A web page that lists articles.
    Page,
    /// The JSON answer of an API.
    Json,
    /// A folder of text, HTML, `.eml` or JSON-lines files.
    Files,
}

/// What a source is, by itself; whether it is independent is decided for each event.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SourceRole {
    /// A news outlet.
    #[default]
    Media,
    /// A monitoring group.
    Monitor,
    /// A body of the United Nations.
    Un,
    /// A non-governmental organisation.
    Ngo,
    /// A state's office or agency.
    Official,
    /// A witness, an activist's blog.
    Witness,
}

/// A source as an editor configures it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Source {
    /// A slug.
    pub id: SourceId,
    /// The display name.
    pub name: String,
    /// `https:`, `http:` or `file:`.
    pub url: String,
    /// How to read it; left out, it is discovered.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub kind: Option<SourceKind>,
    /// What well-known page or API it is; left out, told by its address.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub preset: Option<Preset>,
    /// Where the parts of an entry stand, for the kinds `page` and `json`; on a page, left out, they are found.
    #[serde(default, skip_serializing_if = "Parts::is_empty")]
    pub parts: Parts,
    /// Who owns it: independence is counted by owner. Left out, the source's own id.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub owner: Option<String>,
    /// What it is.
    #[serde(default)]
    pub role: SourceRole,
    /// Factions or states it speaks for or leans to. Left out: unknown, never counted as independent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub aligned_with: Option<Vec<String>>,
    /// Reposts others: the origin is then the credit line, else unknown.
    #[serde(default)]
    pub republishes: bool,
    /// The language it writes in.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub language: Option<String>,
    /// Packs it reports on.
    #[serde(default)]
    pub theatres: Vec<String>,
    /// This outlet's own names for parties, to faction ids.
    #[serde(default)]
    pub calls: BTreeMap<String, String>,
    /// Not fetched while true.
    #[serde(default)]
    pub paused: bool,
    /// What its requests carry beside the usual.
    #[serde(default, skip_serializing_if = "SourceRequest::is_plain")]
    pub request: SourceRequest,
    /// CSS selector of the article's text on its pages, where the usual reading misses it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub text_selector: Option<String>,
    /// The outlet's web site, for people.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub site: Option<String>,
    /// Where it stands in a list of feeds: the names of the outlines around it, the outermost first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub folder: Vec<String>,
    /// What else an imported list says of it, kept for export.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub outline: BTreeMap<String, String>,
}

/// What the requests of one source carry beside the usual: for outlets that one has an account with. Sent to the
/// source's own host only. May hold secrets, so it is never printed.
#[derive(Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct SourceRequest {
    /// Header lines by name.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub headers: BTreeMap<String, String>,
    /// The `Cookie` header.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cookie: Option<String>,
    /// A file that holds it instead.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cookie_file: Option<PathBuf>,
}

impl SourceRequest {
    /// Whether it adds nothing.
    pub fn is_plain(&self) -> bool {
        *self == Self::default()
    }
}

impl fmt::Debug for SourceRequest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let cookie = self.cookie.as_ref().map(|_| "…");
        let names: Vec<_> = self.headers.keys().collect();
        let mut shown = f.debug_struct("SourceRequest");
        shown.field("headers", &names).field("cookie", &cookie);
        shown.field("cookie_file", &self.cookie_file).finish()
    }
}

impl Source {
    /// A source of which nothing more is known.
    pub fn new(id: SourceId, name: impl Into<String>, url: impl Into<String>) -> Self {
        Self {
            id,
            name: name.into(),
            url: url.into(),
            kind: None,
            preset: None,
            parts: Parts::default(),
            owner: None,
            role: SourceRole::default(),
            aligned_with: None,
            republishes: false,
            language: None,
            theatres: Vec::new(),
            calls: BTreeMap::new(),
            paused: false,
            request: SourceRequest::default(),
            text_selector: None,
            site: None,
            folder: Vec::new(),
            outline: BTreeMap::new(),
        }
    }

    /// Scheme, host and port, where it is on the web.
    pub fn origin(&self) -> Option<String> {
        let url = Url::parse(&self.url).ok().filter(Url::has_host)?;
        Some(url.origin().ascii_serialization())
    }

    /// The source as it may be printed: without what its requests carry.
    #[must_use]
    pub fn printable(&self) -> Self {
        Self { request: SourceRequest::default(), ..self.clone() }
    }

    /// The owner by which independence is counted.
    pub fn owner_name(&self) -> &str {
        self.owner.as_deref().unwrap_or(self.id.as_str())
    }
}

/// Where a source was defined.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SourceOrigin {
    /// In a configuration file, which alone may change it.
    File,
    /// By command; it lives in the database.
    Database,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn s_13_what_requests_carry_is_not_shown_by_debug_nor_in_what_is_printed() {
        let source: Source = serde_json::from_value(serde_json::json!({
            "id": "a", "name": "A", "url": "https://a.example/",
            "request": { "cookie": "hunter2", "headers": { "X-Key": "hunter3" } },
        }))
        .unwrap();
        assert!(!format!("{source:?}").contains("hunter"));
        let printed = serde_json::to_string(&source.printable()).unwrap();
        assert!(!printed.contains("hunter"), "{printed}");
    }
}
