//! Editions, and the issues that their closings make.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::filter::{Filter, Grouping};
use super::id::{EditionId, IssueId};
use super::review::ReviewRule;
use super::time::Window;

/// A named product.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Edition {
    /// Its name in the configuration.
    pub id: EditionId,
    /// The display name in masthead and subject.
    pub title: String,
    /// When it closes: `HH:MM Zone` or `<cron> Zone`.
    pub closes: Vec<String>,
    /// How long before a closing gathering starts, in seconds.
    pub prepare_seconds: i64,
    /// What it is about.
    pub filter: Filter,
    /// How events are grouped unless the reader chose.
    pub lead: Grouping,
    /// How its issues are reviewed before they go out; none where they go out at once.
    pub review: Option<ReviewRule>,
}

/// One closing of an edition; unique by edition and window.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Issue {
    /// Derived from edition and window.
    pub id: IssueId,
    /// Whose closing it is.
    pub edition: EditionId,
    /// What it covers: events first seen, or materially changed, in it.
    pub window: Window,
    /// When it was closed.
    pub closed_at: Timestamp,
}

impl Issue {
    /// The issue of `edition` for `window`.
    pub fn new(edition: EditionId, window: Window, closed_at: Timestamp) -> Self {
        let id = IssueId::of(&edition, window.from.as_microsecond(), window.to.as_microsecond());
        Self { id, edition, window, closed_at }
    }
}
