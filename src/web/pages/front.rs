//! The first page.

use std::sync::Arc;

use askama::Template;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;

use crate::web::WebError;
use crate::web::page::{Shell, page};
use crate::web::site::Site;

#[derive(Template)]
#[template(path = "web/front.html")]
struct Front<'a> {
    shell: Shell<'a>,
    editions: Vec<String>,
}

pub(in crate::web) async fn show(State(site): State<Arc<Site>>) -> Result<Response, WebError> {
    let editions = site.config().edition.iter();
    let editions = editions.map(|(name, edition)| edition.edition(name).title).collect();
    page(StatusCode::OK, &Front { shell: site.shell("Briefings"), editions })
}
