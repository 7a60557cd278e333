//! Lists of feeds in OPML 2.0: nested outlines, with what only we know in attributes of our own name space.

mod attributes;
mod read;
mod write;

use crate::model::source::Source;

pub use read::read;
pub use write::write;

/// The name space of our attributes.
const SPACE: &str = "urn:sitrep:opml:1";

/// How deep outlines may nest.
const DEEPEST: usize = 64;

/// How many sources are read from one list.
const MOST_SOURCES: usize = 20_000;

/// A list of feeds as read.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Outlines {
    /// The list's own title.
    pub title: String,
    /// The feeds in it, in order; their ids differ from each other.
    pub sources: Vec<Source>,
    /// What could not be read, one line each.
    pub skipped: Vec<String>,
}

/// Why a text is no list of feeds.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum OpmlError {
    /// Some other document.
    #[error("this is {found}, not a list of feeds (OPML)")]
    Other {
        /// What it is, with its article.
        found: String,
    },
    /// Outlines within outlines without end.
    #[error("its outlines nest deeper than {DEEPEST} levels")]
    TooDeep,
    /// More feeds than anyone follows.
    #[error("it holds more than {MOST_SOURCES} feeds; split it")]
    TooMany,
}

#[cfg(test)]
mod tests;
