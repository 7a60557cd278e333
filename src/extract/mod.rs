//! From a document to claims: sentences, names, deeds with their roles, casualties, places, dates, who says so.
//!
//! Pure: the same document gives the same reading. Rules are in code, words in `config/lexicon`, names in packs.

pub mod dates;
mod dispute;
pub mod event;
mod extractor;
pub mod filter;
mod furniture;
pub mod gazetteer;
mod ground;
pub mod language;
pub mod names;
mod origin;
pub mod parse;
mod parts;
pub mod reader;
pub mod report;
pub mod speech;
mod topic;
mod work;
mod worth;

pub use extractor::{ExtractError, Extractor};
