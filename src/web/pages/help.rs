//! How to join, change and leave, and whom to write to: where `List-Help` points.

use std::sync::Arc;

use askama::Template;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;

use crate::web::WebError;
use crate::web::page::{Shell, page};
use crate::web::site::Site;

#[derive(Template)]
#[template(path = "web/help.html")]
struct Help<'a> {
    shell: Shell<'a>,
    contact: &'a str,
}

pub(in crate::web) async fn show(State(site): State<Arc<Site>>) -> Result<Response, WebError> {
    let deliver = &site.config().deliver;
    let contact = deliver.reply_to.as_deref().unwrap_or(&deliver.from);
    page(StatusCode::OK, &Help { shell: site.shell("Help"), contact })
}
