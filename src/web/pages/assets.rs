//! What browsers and crawlers ask for beside pages.

use std::sync::Arc;

use axum::extract::State;
use axum::http::header;
use axum::response::{IntoResponse as _, Response};

use crate::web::site::Site;

/// The style sheet; its address changes with it, so it is kept for a year.
pub(in crate::web) async fn style(State(site): State<Arc<Site>>) -> Response {
    let headers = [
        (header::CONTENT_TYPE, "text/css; charset=utf-8"),
        (header::CACHE_CONTROL, "public, max-age=31536000, immutable"),
    ];
    (headers, site.style.css.clone()).into_response()
}

/// Crawlers stay away from what belongs to one reader, and from everything where only subscribers read.
pub(in crate::web) async fn robots(State(site): State<Arc<Site>>) -> &'static str {
    if site.config().web.public_archive {
        "User-agent: *\nDisallow: /u/\nDisallow: /confirm/\nDisallow: /preferences\n"
    } else {
        "User-agent: *\nDisallow: /\n"
    }
}
