//! Leaving by the token of a mail: one click for mail programs (RFC 8058), one button for people (D-41).

use std::sync::Arc;

use askama::Template;
use axum::body::to_bytes;
use axum::extract::rejection::PathRejection;
use axum::extract::{Path, Request, State};
use axum::http::StatusCode;
use axum::response::Response;

use crate::deliver::token::Purpose;
use crate::model::id::SubscriberId;
use crate::web::page::{Shell, message, page};
use crate::web::site::Site;
use crate::web::{BODY, WebError};

#[derive(Template)]
#[template(path = "web/leave.html")]
struct Leave<'a> {
    shell: Shell<'a>,
}

/// A button. Nothing happens yet: mail scanners open every link.
pub(in crate::web) async fn show(State(site): State<Arc<Site>>) -> Result<Response, WebError> {
    page(StatusCode::OK, &Leave { shell: site.shell("Stop the mails") })
}

/// Suppresses whose token it is. The answer is the same for any token, valid or not, first time or again.
pub(in crate::web) async fn send(
    State(site): State<Arc<Site>>,
    token: Result<Path<String>, PathRejection>,
    request: Request,
) -> Result<Response, WebError> {
    // What is said in the body does not matter; it is read so that the sender can finish.
    let _ = to_bytes(request.into_body(), BODY).await;
    let token = token.map_or_else(|_| String::new(), |Path(token)| token);
    if let Some(id) = site.tokens().check(Purpose::Unsubscribe, &token, site.now()) {
        site.pipeline.leaving.leave(SubscriberId(id), site.now()).await?;
    }
    message(
        StatusCode::OK,
        site.shell("You will get no more mails"),
        &["Nothing more is sent to this address, what is already waiting included."],
    )
}
