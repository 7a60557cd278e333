//! Where the parts of an entry stand on a page or in an answer.

use serde::{Deserialize, Serialize};

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
    /// The address of the page or answer with older entries; looked for in the whole of it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub older: Option<String>,
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
