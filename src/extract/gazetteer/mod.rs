//! Where a name lies: the world gazetteer, the packs' places, the place names of a text and which place each means.
//!
//! The gazetteer is two embedded files: the table that `config/gazetteer/derive.py` makes and the index of its
//! names that `sitrep dev gazetteer` makes. [`Places`] lays the packs' places over it and answers everything.

mod candidate;
mod context;
mod embedded;
mod index;
mod known;
mod left;
mod lexicon;
mod link;
mod mention;
mod places;
mod prior;
mod reading;
mod resolve;
mod right;
mod role;
mod scan;
mod table;
mod token;
mod unknown;
mod votes;

#[cfg(test)]
mod tests;

pub use candidate::{Candidate, Match, PlaceKind};
pub use context::PlaceContext;
pub use index::{BuiltIndex, build as build_index};
pub use mention::{MentionRole, PlaceMention};
pub use places::Places;
pub use resolve::Choice;

/// Why the gazetteer cannot be used. Both mean that the program was built from broken files.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum GazetteerError {
    /// A file does not unpack or is cut short.
    #[error("the gazetteer's `{file}` is broken: {reason}; build from a clean checkout")]
    Broken {
        /// Which of the embedded files.
        file: &'static str,
        /// What is wrong with it.
        reason: String,
    },
    /// The index was made from another table or with another way of folding.
    #[error(
        "the gazetteer's index does not fit its table; run `sitrep dev gazetteer` and build again"
    )]
    Stale,
}
