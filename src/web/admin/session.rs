//! Signing in and out.

use std::sync::Arc;

use askama::Template;
use axum::extract::State;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse as _, Response};

use crate::model::staff::StaffRole;
use crate::web::WebError;
use crate::web::client::Client;
use crate::web::fields::Fields;
use crate::web::page::{Shell, page};
use crate::web::site::Site;
use crate::web::staff::{Desk, no_cookie};

#[derive(Template)]
#[template(path = "web/admin/sign_in.html")]
struct SignIn<'a> {
    shell: Shell<'a>,
    wrong: Vec<String>,
}

pub(in crate::web) async fn show(State(site): State<Arc<Site>>) -> Result<Response, WebError> {
    page(StatusCode::OK, &SignIn { shell: site.shell("Sign in"), wrong: Vec::new() })
}

/// The answer to a wrong name, a wrong password and too many tries is the same.
pub(in crate::web) async fn send(
    State(site): State<Arc<Site>>,
    client: Client,
    fields: Fields,
) -> Result<Response, WebError> {
    let (name, password) = (fields.text("name"), fields.text("password"));
    if let Some(cookie) = site.sign_in(name, password, &client.network()).await? {
        let headers = [(header::SET_COOKIE, cookie), (header::LOCATION, "/admin".to_owned())];
        Ok((StatusCode::SEE_OTHER, headers).into_response())
    } else {
        let text = "Name and password do not go together, or there were too many tries; after a quarter of an \
                        hour there are new ones.";
        let shown = SignIn { shell: site.shell("Sign in"), wrong: vec![text.to_owned()] };
        page(StatusCode::FORBIDDEN, &shown)
    }
}

pub(in crate::web) async fn end(
    State(site): State<Arc<Site>>,
    desk: Desk,
    fields: Fields,
) -> Result<Response, WebError> {
    desk.check(&site, &fields, StaffRole::Viewer)?;
    desk.end(&site).await?;
    let headers = [(header::SET_COOKIE, no_cookie()), (header::LOCATION, "/".to_owned())];
    Ok((StatusCode::SEE_OTHER, headers).into_response())
}
