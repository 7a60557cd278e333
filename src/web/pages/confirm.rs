//! Confirming a subscription: the link of the letter shows a button, the button confirms (D-40).

use std::sync::Arc;

use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;

use crate::deliver::token::Purpose;
use crate::model::id::SubscriberId;
use crate::web::WebError;
use crate::web::page::{Shell, message, page};
use crate::web::site::Site;
use crate::web::wish::FORM;

#[derive(Template)]
#[template(path = "web/confirm.html")]
struct Confirm<'a> {
    shell: Shell<'a>,
}

/// The button.
pub(in crate::web) async fn show(
    State(site): State<Arc<Site>>,
    Path(token): Path<String>,
) -> Result<Response, WebError> {
    if site.tokens().check(Purpose::Confirm, &token, site.now()).is_none() {
        return expired(&site);
    }
    page(StatusCode::OK, &Confirm { shell: site.shell("Confirm your subscription") })
}

/// Confirms.
pub(in crate::web) async fn send(
    State(site): State<Arc<Site>>,
    Path(token): Path<String>,
) -> Result<Response, WebError> {
    let id = site.tokens().check(Purpose::Confirm, &token, site.now());
    let confirmed = match id {
        Some(id) => site.pipeline.confirm(SubscriberId(id), FORM).await?,
        None => false,
    };
    if !confirmed {
        return expired(&site);
    }
    let text = ["You are subscribed. Your first briefing comes at the time that you chose."];
    message(StatusCode::OK, site.shell("Subscribed"), &text)
}

fn expired(site: &Site) -> Result<Response, WebError> {
    let text = ["This link has expired or is not complete. Fill in the form again to get another."];
    message(StatusCode::GONE, site.shell("This link no longer works"), &text)
}
