//! Errors as pages, whoever made them: ours, and those of the router.

use std::sync::Arc;

use axum::body::to_bytes;
use axum::extract::{Request, State};
use axum::http::{HeaderMap, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

use super::page;
use super::site::Site;

/// The longest reason that is shown, in bytes.
const REASON: usize = 1 << 10;

/// Makes a page of an error's plain text, for a browser.
pub(super) async fn dress(State(site): State<Arc<Site>>, request: Request, next: Next) -> Response {
    let is_browser = accepts_html(request.headers());
    let response = next.run(request).await;
    let status = response.status();
    if !is_browser || !(status.is_client_error() || status.is_server_error()) || is_page(&response)
    {
        return response;
    }
    let (parts, body) = response.into_parts();
    let reason = to_bytes(body, REASON).await.unwrap_or_default();
    let reason = String::from_utf8_lossy(&reason).into_owned();
    let title = status.canonical_reason().unwrap_or("Error");
    let mut dressed = page::message(status, site.shell(title), &[reason.as_str()])
        .unwrap_or_else(IntoResponse::into_response);
    if let Some(allow) = parts.headers.get(header::ALLOW) {
        dressed.headers_mut().insert(header::ALLOW, allow.clone());
    }
    dressed
}

fn accepts_html(headers: &HeaderMap) -> bool {
    let accept = headers.get(header::ACCEPT).and_then(|accept| accept.to_str().ok());
    accept.is_some_and(|accept| accept.contains("text/html"))
}

fn is_page(response: &Response) -> bool {
    let kind = response.headers().get(header::CONTENT_TYPE).and_then(|kind| kind.to_str().ok());
    kind.is_some_and(|kind| !kind.starts_with("text/plain"))
}
