//! Asking for the link to one's preferences; it goes to the address alone (D-44).

use std::sync::Arc;

use askama::Template;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;

use crate::web::WebError;
use crate::web::client::Client;
use crate::web::fields::Fields;
use crate::web::form::{AGAIN, Seal};
use crate::web::page::{Shell, message, page};
use crate::web::site::Site;

#[derive(Template)]
#[template(path = "web/link.html")]
struct Link<'a> {
    shell: Shell<'a>,
    address: &'a str,
    seal: String,
    wrong: Vec<String>,
}

pub(in crate::web) async fn show(State(site): State<Arc<Site>>) -> Result<Response, WebError> {
    shown(&site, StatusCode::OK, "", Vec::new())
}

pub(in crate::web) async fn send(
    State(site): State<Arc<Site>>,
    client: Client,
    fields: Fields,
) -> Result<Response, WebError> {
    let address = fields.text("address");
    match site.judge(&fields) {
        Seal::Again => {
            let wrong = vec![AGAIN.to_owned()];
            return shown(&site, StatusCode::UNPROCESSABLE_ENTITY, address, wrong);
        }
        Seal::Good => {
            if let Ok(address) = address.parse() {
                site.counter.link(address, client.network()).await;
            }
        }
        Seal::Machine => {}
    }
    let text = [
        "If that address is subscribed here, a letter with a link is on its way. The link works for 15 minutes.",
    ];
    message(StatusCode::OK, site.shell("Look into your mailbox"), &text)
}

fn shown(
    site: &Site,
    status: StatusCode,
    address: &str,
    wrong: Vec<String>,
) -> Result<Response, WebError> {
    if site.config().web.site().is_none() {
        return Err(WebError::NotFound);
    }
    let (shell, seal) = (site.shell("Your subscription"), site.seal());
    page(status, &Link { shell, address, seal, wrong })
}
