//! Sources: where articles come from, and how each fared.

use std::collections::BTreeMap;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::id::SourceId;

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

/// A well-known kind of page or API, whose parts we know.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Preset {
    /// The public preview of a Telegram channel, `https://t.me/s/NAME`.
    Telegram,
    /// Reports of the `ReliefWeb` API.
    Reliefweb,
    /// Articles of the GDELT DOC 2.0 API.
    Gdelt,
}

/// Where the parts of an entry stand: CSS selectors on a page, JSON pointers in an answer. Several, separated by
/// commas, are tried in turn; on a page, `selector@attribute` takes an attribute.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Parts {
    /// Each entry; in an answer, the array of them. All other parts are looked for within it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub entry: Option<String>,
    /// The article's address.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub link: Option<String>,
    /// The headline.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// When it was published.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub date: Option<String>,
    /// The text, or a summary of it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub text: Option<String>,
    /// Who wrote it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub author: Option<String>,
    /// Whose text it is, where the source carries those of others.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub credit: Option<String>,
    /// Whether the text is whole, so that no page is fetched for it.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub whole: bool,
}

impl Parts {
    /// Whether nothing is said.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
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
            site: None,
            folder: Vec::new(),
            outline: BTreeMap::new(),
        }
    }

    /// The owner by which independence is counted.
    pub fn owner_name(&self) -> &str {
        self.owner.as_deref().unwrap_or(self.id.as_str())
    }
}

/// A short name for commands: from the display name, else from the host without `www.` and its ending, else from the
/// last part of a path.
pub fn slug(name: &str, address: &str) -> String {
    let of_name = dashed(name);
    if of_name.bytes().filter(u8::is_ascii_alphanumeric).count() >= FEWEST_LETTERS {
        return of_name;
    }
    let after_scheme = address.split_once("://").map(|(_, rest)| rest);
    let host = after_scheme.map(|rest| rest.split(['/', '?', '#', ':']).next().unwrap_or(rest));
    let host = host.filter(|host| !host.is_empty()).map(|host| {
        let host = host.trim_start_matches("www.");
        host.rsplit_once('.').map_or(host, |(name, _)| name)
    });
    let path = address.trim_end_matches('/').rsplit('/').next().unwrap_or("");
    let found = dashed(host.unwrap_or(path));
    if found.is_empty() { "source".to_owned() } else { found }
}

/// The fewest letters and digits that make a name.
const FEWEST_LETTERS: usize = 3;

/// The longest slug, in bytes.
const LONGEST_SLUG: usize = 40;

/// Small ASCII letters and digits, everything else one dash.
fn dashed(text: &str) -> String {
    let words = text.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty());
    let mut slug = words.collect::<Vec<_>>().join("-").to_ascii_lowercase();
    slug.truncate(LONGEST_SLUG);
    slug.trim_end_matches('-').to_owned()
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

/// How one fetch of a source ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FetchOutcome {
    /// Read, with entries.
    Ok,
    /// Read, and it holds no entries.
    Empty,
    /// The server says that nothing changed.
    NotModified,
    /// Entries, none with a date.
    AllUndated,
    /// Not what a source of this kind looks like.
    Malformed,
    /// Refused: 401, 403, 429, a captcha page.
    Blocked,
    /// No answer in time.
    TimedOut,
    /// robots.txt asks us not to.
    Robots,
    /// Larger than we read.
    TooLarge,
    /// Permanently elsewhere.
    Moved,
    /// 404 or 410.
    Gone,
    /// No connection, no name, no TLS, or a server error.
    Unreachable,
    /// The address is not one that we may connect to.
    Forbidden,
}

impl FetchOutcome {
    /// Whether the source was read, so that it counts in coverage.
    pub fn is_read(self) -> bool {
        matches!(self, Self::Ok | Self::Empty | Self::NotModified | Self::AllUndated)
    }
}

/// What is remembered of a source between fetches.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct FetchState {
    /// `ETag` of the last full answer.
    pub etag: Option<String>,
    /// `Last-Modified` of the last full answer.
    pub last_modified: Option<String>,
    /// When it was last tried.
    pub last_tried: Option<Timestamp>,
    /// When it was last read.
    pub last_read: Option<Timestamp>,
    /// How the last try ended.
    pub outcome: Option<FetchOutcome>,
    /// One line for an editor: what went wrong and what to do.
    pub message: Option<String>,
    /// Failures in a row.
    pub failures: u32,
}
