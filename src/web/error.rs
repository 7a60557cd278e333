//! What goes wrong while a page is made. None of it shows an address or anything else of a reader.

use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use thiserror::Error;

use crate::pipeline::PipelineError;
use crate::render::RenderError;
use crate::store::StoreError;

/// Why there is no page.
#[derive(Debug, Error)]
pub enum WebError {
    /// There is none at that address.
    #[error("there is no such page")]
    NotFound,
    /// A form that another site's page sent (S-9).
    #[error("a form of another site was refused; open the page here and send it again")]
    CrossSite,
    /// A form that is larger than any of ours.
    #[error("the form is too large")]
    TooLarge,
    /// A body that is no form.
    #[error("the request cannot be read, or is far too large")]
    Unreadable,
    /// It took too long.
    #[error("the answer took too long; try again later")]
    TimedOut,
    /// Something is being made for this reader already.
    #[error("a digest is being made for you; wait for it and ask again")]
    Busy,
    /// The reader had as many as there are a day.
    #[error("you had as many new digests as there are a day; tomorrow there are new ones")]
    TooMany,
    /// Somebody who edits, and may not do this.
    #[error("your role does not let you do this")]
    NotAllowed,
    /// The system gives no random numbers.
    #[error("the page cannot be made now; try again later")]
    NoRandom,
    /// A page for those who run this service.
    #[error("this page is shown to the operator's machines only; see `web.metrics_from`")]
    NotYours,
    /// State could not be read or written.
    #[error("the page cannot be made now; try again later")]
    Store(#[from] StoreError),
    /// A step of the pipeline failed.
    #[error("the page cannot be made now; try again later")]
    Pipeline(#[from] PipelineError),
    /// A template could not be filled in.
    #[error("the page cannot be made now; try again later")]
    Template(#[from] askama::Error),
    /// A digest could not be rendered.
    #[error("the page cannot be made now; try again later")]
    Render(#[from] RenderError),
    /// Something could not be written as JSON.
    #[error("the page cannot be made now; try again later")]
    Json(#[from] serde_json::Error),
}

impl WebError {
    /// The status of the answer.
    pub fn status(&self) -> StatusCode {
        match self {
            Self::NotFound => StatusCode::NOT_FOUND,
            Self::CrossSite | Self::NotYours | Self::NotAllowed => StatusCode::FORBIDDEN,
            Self::Busy | Self::TooMany => StatusCode::TOO_MANY_REQUESTS,
            Self::TooLarge => StatusCode::PAYLOAD_TOO_LARGE,
            Self::Unreadable => StatusCode::BAD_REQUEST,
            Self::TimedOut | Self::Store(_) | Self::Pipeline(_) => StatusCode::SERVICE_UNAVAILABLE,
            Self::Template(_) | Self::Render(_) | Self::Json(_) | Self::NoRandom => {
                StatusCode::INTERNAL_SERVER_ERROR
            }
        }
    }
}

/// As plain text; `dress` makes a page of it.
impl IntoResponse for WebError {
    fn into_response(self) -> Response {
        let status = self.status();
        if status.is_server_error() {
            tracing::error!(error = &self as &dyn std::error::Error, "a page could not be made");
        }
        (status, self.to_string()).into_response()
    }
}
