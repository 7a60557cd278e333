//! How a briefing comes about: the document that the program is built with.

use std::sync::{Arc, LazyLock};

use askama::Template;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;

use crate::render::Fragment;
use crate::web::page::{Shell, page};
use crate::web::site::Site;
use crate::web::{WebError, markdown};

static METHOD: LazyLock<Fragment> =
    LazyLock::new(|| Fragment::of_ours(markdown::html(include_str!("../../../docs/METHOD.md"))));

#[derive(Template)]
#[template(path = "web/method.html")]
struct Method<'a> {
    shell: Shell<'a>,
    text: &'a Fragment,
}

pub(in crate::web) async fn show(State(site): State<Arc<Site>>) -> Result<Response, WebError> {
    page(StatusCode::OK, &Method { shell: site.shell("Method"), text: &METHOD })
}
