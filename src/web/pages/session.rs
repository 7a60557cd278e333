//! Reading in a browser: begins with the mailed link, ends with a button.

use std::sync::Arc;

use axum::extract::{Path, State};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse as _, Response};

use super::preferences::{expired, owner};
use crate::web::WebError;
use crate::web::access::no_reader_cookie;
use crate::web::site::Site;

/// Lets who has the link read in this browser.
pub(in crate::web) async fn begin(
    State(site): State<Arc<Site>>,
    Path(token): Path<String>,
) -> Result<Response, WebError> {
    let Some(who) = owner(&site, &token).await? else { return expired(&site) };
    let headers =
        [(header::SET_COOKIE, site.reader_cookie(&who)), (header::LOCATION, "/archive".to_owned())];
    Ok((StatusCode::SEE_OTHER, headers).into_response())
}

/// Ends it.
pub(in crate::web) async fn end() -> Response {
    let headers = [(header::SET_COOKIE, no_reader_cookie()), (header::LOCATION, "/".to_owned())];
    (StatusCode::SEE_OTHER, headers).into_response()
}
