//! From a source to articles: fetching, feeds, pages, folders of files.

mod archive;
mod challenge;
pub mod clean;
pub mod dates;
pub mod decode;
pub mod feed;
mod feed_source;
mod file_source;
pub mod files;
mod full_text;
mod gatherer;
pub mod html_text;
pub mod http;
mod known;
mod limit;
pub mod links;
mod months;
mod nesting;
pub mod page;
mod patterns;
pub mod poll;
pub mod reading;
mod report;

pub use gatherer::{GatherError, Gatherer, Known};
pub use known::{Marks, Shelf, nothing_known};
pub use report::SourceReport;
