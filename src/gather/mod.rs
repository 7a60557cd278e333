//! From a source to articles: fetching, feeds, sitemaps, pages, answers of APIs, folders of files.

mod address;
mod answer;
mod archive;
mod challenge;
pub mod clean;
pub mod dates;
pub mod decode;
mod discovery;
mod entries;
pub mod feed;
mod file_source;
pub mod files;
mod full_text;
mod gatherer;
mod html_pieces;
pub mod html_text;
pub mod http;
mod known;
mod limit;
pub mod links;
mod listing;
mod mistakes;
mod months;
#[cfg(test)]
mod mutations;
mod nesting;
pub mod opml;
pub mod page;
mod patterns;
pub mod poll;
pub mod preset;
pub mod reading;
mod references;
mod report;
mod shape;
mod sitemap;
mod web_source;
mod xml;

pub use discovery::Found;
pub use gatherer::{GatherError, Gatherer, Known};
pub use known::{Marks, Shelf, nothing_known};
pub use mistakes::Mistake;
pub use report::SourceReport;
