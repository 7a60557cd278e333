//! A source's health in one word.

use crate::model::source::{FetchState, Source};

/// How a source is, the best first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Health {
    /// Read at the last try.
    Read,
    /// Not tried yet.
    Untried,
    /// Not read at the last try; it is tried again before anybody is told.
    Failing,
    /// Not read for so long, or so surely, that an editor is told.
    Broken,
    /// Not tried, by an editor's wish.
    Paused,
}

impl Health {
    /// The health of a source by what is remembered of it.
    pub(crate) fn of(source: &Source, state: Option<&FetchState>) -> Self {
        match state {
            _ if source.paused => Self::Paused,
            None => Self::Untried,
            Some(state) if state.broken_since.is_some() => Self::Broken,
            Some(state) if state.failures > 0 => Self::Failing,
            Some(state) if state.last_tried.is_none() => Self::Untried,
            Some(_) => Self::Read,
        }
    }

    /// The word.
    pub(crate) fn word(self) -> &'static str {
        match self {
            Self::Read => "read",
            Self::Untried => "not tried",
            Self::Failing => "failing",
            Self::Broken => "broken",
            Self::Paused => "paused",
        }
    }
}
