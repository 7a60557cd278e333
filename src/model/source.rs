//! Sources: where articles come from, and how each fared.

use std::collections::BTreeMap;
use std::fmt;
use std::path::PathBuf;

use jiff::{SignedDuration, Timestamp};
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

    /// Whether it will not mend by itself: somebody has to change an address, or ask the outlet.
    pub fn is_lasting(self) -> bool {
        matches!(self, Self::Robots | Self::Moved | Self::Gone | Self::Forbidden)
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
    #[serde(default)]
    pub failures: u32,
    /// When it was first tried.
    pub first_tried: Option<Timestamp>,
    /// When it last gave something new.
    pub last_changed: Option<Timestamp>,
    /// When the failures in a row began.
    pub failing_since: Option<Timestamp>,
    /// Since when it counts as broken; an editor is told then, and when it ends.
    pub broken_since: Option<Timestamp>,
    /// When it is to be asked next by the timetable.
    pub next_poll: Option<Timestamp>,
    /// Before this the outlet asked us not to come again (`Retry-After`).
    pub not_before: Option<Timestamp>,
    /// Where the outlet says that it is for good. An editor decides: only they change `url`.
    pub moved_to: Option<String>,
}

/// So many failures in a row make a source count as broken …
const BROKEN_AFTER: u32 = 3;

/// … or failures for so long, however few.
const BROKEN_FOR: SignedDuration = SignedDuration::from_hours(24);

impl FetchState {
    /// The state after a try that ended with `outcome`, said in one line by `message`. A 304 after a failure proves
    /// nothing, since it speaks of the last full answer: the source stays as it was.
    #[must_use]
    pub fn after(&self, outcome: FetchOutcome, message: String, now: Timestamp) -> Self {
        let first_tried = self.first_tried.or(self.last_tried).or(Some(now));
        let tried = Self {
            first_tried,
            last_tried: Some(now),
            outcome: Some(outcome),
            message: Some(message),
            ..self.clone()
        };
        match outcome {
            FetchOutcome::NotModified if self.failures > 0 => tried,
            _ if outcome.is_read() => Self {
                last_read: Some(now),
                failures: 0,
                failing_since: None,
                broken_since: None,
                ..tried
            },
            _ => tried.failed(outcome, now),
        }
    }

    fn failed(self, outcome: FetchOutcome, now: Timestamp) -> Self {
        let failures = self.failures.saturating_add(1);
        let since = self.failing_since.unwrap_or(now);
        let broken = outcome.is_lasting()
            || failures >= BROKEN_AFTER
            || now.duration_since(since) >= BROKEN_FOR;
        let broken_since = self.broken_since.or_else(|| broken.then_some(now));
        Self { failures, failing_since: Some(since), broken_since, ..self }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(minutes: i64) -> Timestamp {
        Timestamp::UNIX_EPOCH + SignedDuration::from_mins(minutes)
    }

    fn after(outcomes: &[FetchOutcome]) -> FetchState {
        let mut state = FetchState::default();
        for (minutes, outcome) in (0..).zip(outcomes) {
            state = state.after(*outcome, String::new(), at(minutes));
        }
        state
    }

    #[test]
    fn a_source_breaks_at_its_third_failure_and_recovers_when_it_is_read() {
        use FetchOutcome::{Ok, TimedOut};
        assert_eq!(after(&[Ok, TimedOut, TimedOut]).broken_since, None);
        let broken = after(&[Ok, TimedOut, TimedOut, TimedOut, TimedOut]);
        assert_eq!((broken.failures, broken.failing_since), (4, Some(at(1))));
        assert_eq!((broken.broken_since, broken.last_read), (Some(at(3)), Some(at(0))));
        let well = broken.after(FetchOutcome::Empty, String::new(), at(9));
        assert_eq!((well.failures, well.broken_since, well.last_read), (0, None, Some(at(9))));
    }

    #[test]
    fn what_no_waiting_mends_counts_as_broken_at_once_and_a_day_of_failure_too() {
        assert_eq!(after(&[FetchOutcome::Gone]).broken_since, Some(at(0)));
        let slow = after(&[FetchOutcome::TimedOut]);
        let day = slow.after(FetchOutcome::TimedOut, String::new(), at(24 * 60));
        assert_eq!((day.failures, day.broken_since), (2, Some(at(24 * 60))));
    }

    #[test]
    fn a_304_after_a_failure_does_not_turn_the_source_green() {
        use FetchOutcome::{NotModified, Ok, Unreachable};
        let state = after(&[Ok, Unreachable, Unreachable, Unreachable, NotModified]);
        assert_eq!((state.failures, state.broken_since), (3, Some(at(3))));
        assert_eq!((state.last_read, state.last_tried), (Some(at(0)), Some(at(4))));
        assert_eq!(after(&[Ok, NotModified]).last_read, Some(at(1)));
    }

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
