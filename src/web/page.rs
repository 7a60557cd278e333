//! A page: the shell around it, its style sheet, and the answer it makes.

use askama::Template;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse as _, Response};

use super::WebError;
use crate::config::look::LookConfig;
use crate::model::id::content_id;

/// What is around every page.
pub(super) struct Shell<'a> {
    /// The product's name.
    pub(super) name: &'a str,
    /// The page's own.
    pub(super) title: String,
    /// The address of the style sheet.
    pub(super) style: &'a str,
    /// Whether people may join by themselves.
    pub(super) signup: bool,
    /// Whether a link to the preferences can be mailed.
    pub(super) letters: bool,
}

/// The style sheet.
pub(super) struct Style {
    pub(super) css: String,
    /// Its address, which changes with it.
    pub(super) href: String,
}

#[derive(Template)]
#[template(path = "web/style.css", escape = "none")]
struct Css<'a> {
    look: &'a LookConfig,
}

impl Style {
    pub(super) fn of(look: &LookConfig) -> Result<Self, WebError> {
        let css = Css { look }.render()?;
        let href = format!("/style.css?v={}", content_id(&["style", &css]));
        Ok(Self { css, href })
    }
}

/// The status of a form that is shown again, or for the first time.
pub(super) fn status(wrong: &[String]) -> StatusCode {
    if wrong.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY }
}

/// Sends the browser to a page of ours.
pub(super) fn to(place: &str) -> Response {
    (StatusCode::SEE_OTHER, [(header::LOCATION, place)]).into_response()
}

/// The answer that shows a template.
pub(super) fn page(status: StatusCode, template: &impl Template) -> Result<Response, WebError> {
    let html = template.render()?;
    Ok((status, [(header::CONTENT_TYPE, "text/html; charset=utf-8")], html).into_response())
}

/// A page that says one thing.
#[derive(Template)]
#[template(path = "web/message.html")]
pub(super) struct Message<'a> {
    pub(super) shell: Shell<'a>,
    /// Paragraphs.
    pub(super) text: &'a [&'a str],
}

/// The answer that says one thing, under the shell's title.
pub(super) fn message(
    status: StatusCode,
    shell: Shell<'_>,
    text: &[&str],
) -> Result<Response, WebError> {
    page(status, &Message { shell, text })
}
