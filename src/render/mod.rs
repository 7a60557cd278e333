//! From a situation to HTML, text and JSON. Pure: values in, values out.
//!
//! `view` is what both parts say, `sentence` words one event, the templates under `templates/mail/` set it.

mod bidi;
mod budget;
mod desk;
mod digest;
mod discreet;
mod event;
mod export;
mod inline;
mod json;
mod letter;
mod link;
mod map;
mod markdown;
mod notice;
mod person;
mod preheader;
mod sentence;
mod subject;
mod template;
mod tongue;
mod view;
mod web;
pub mod wording;
mod wrap;

pub use digest::{Footer, Rendered, digest};
pub use discreet::discreet;
pub use event::{EventView, FigureView, ReportView, correction_words, event_views};
pub use export::{EventRow, csv, csv_line, event_rows, geojson};
pub use json::{json, read_text, text_of};
pub use letter::{Letter, LetterKind, letter};
pub use link::Href;
pub use map::{Map, map, png};
pub use markdown::markdown;
pub use notice::notice;
pub use tongue::LANGUAGES;
pub use web::{Fragment, WebDigest, web_digest};

/// Why a situation cannot be rendered. None of these comes from what an article says.
#[derive(Debug, thiserror::Error)]
pub enum RenderError {
    /// A template could not be written.
    #[error("the digest's template cannot be filled in; check the look's templates")]
    Template(#[from] askama::Error),
    /// The style sheet could not be inlined.
    #[error("the digest's style sheet cannot be inlined; check `style.css` of the look")]
    Inline(#[from] css_inline::InlineError),
    /// A map could not be drawn.
    #[error("the map's drawing cannot be read; check `templates/svg/map.svg`")]
    Map(#[from] resvg::usvg::Error),
    /// A map could not be made a picture.
    #[error("the map cannot be made a picture")]
    Canvas,
    /// The situation could not be written as JSON.
    #[error("the situation cannot be written as JSON")]
    Json(#[from] serde_json::Error),
}
