//! From a source to articles: fetching, feeds, pages, folders of files.

pub mod clean;
pub mod dates;
pub mod decode;
pub mod feed;
pub mod files;
pub mod html_text;
pub mod limit;
pub mod links;
mod months;
pub mod page;
mod patterns;
pub mod reading;
