//! From a situation to HTML, text and JSON. Pure: values in, values out.
//!
//! `view` is what both parts say, `sentence` words one event, the templates under `templates/mail/` set it.

mod budget;
mod desk;
mod digest;
mod inline;
mod json;
mod link;
mod preheader;
mod sentence;
mod subject;
mod template;
mod view;
pub mod wording;
mod wrap;

pub use digest::{Footer, Rendered, digest};
pub use json::json;
pub use link::Href;

/// Why a situation cannot be rendered. None of these comes from what an article says.
#[derive(Debug, thiserror::Error)]
pub enum RenderError {
    /// A template could not be written.
    #[error("the digest's template cannot be filled in; check the look's templates")]
    Template(#[from] askama::Error),
    /// The style sheet could not be inlined.
    #[error("the digest's style sheet cannot be inlined; check `style.css` of the look")]
    Inline(#[from] css_inline::InlineError),
    /// The situation could not be written as JSON.
    #[error("the situation cannot be written as JSON")]
    Json(#[from] serde_json::Error),
}
