//! Joining.

use std::sync::Arc;

use askama::Template;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;

use crate::web::WebError;
use crate::web::client::Client;
use crate::web::fields::{Fields, Query};
use crate::web::form::{AGAIN, Seal};
use crate::web::page::{Shell, message, page};
use crate::web::site::Site;
use crate::web::wish::{Asked, Joining, WishForm};

#[derive(Template)]
#[template(path = "web/subscribe.html")]
struct Subscribe<'a> {
    shell: Shell<'a>,
    address: &'a str,
    form: WishForm,
    seal: String,
    wrong: Vec<String>,
}

/// The form; `show` in the query names theatres whose factions and regions are listed.
pub(in crate::web) async fn show(
    State(site): State<Arc<Site>>,
    Query(query): Query,
) -> Result<Response, WebError> {
    if !site.has_signup() {
        return Err(WebError::NotFound);
    }
    let listed: Vec<String> = query.all("show").map(str::to_owned).collect();
    let form = Asked::at_first(&site).form(&site, &listed);
    shown(&site, StatusCode::OK, "", form, Vec::new())
}

/// Takes the form in. What is answered does not depend on the address.
pub(in crate::web) async fn send(
    State(site): State<Arc<Site>>,
    client: Client,
    fields: Fields,
) -> Result<Response, WebError> {
    if !site.has_signup() {
        return Err(WebError::NotFound);
    }
    let (address, asked) = (fields.text("address"), Asked::of(&fields));
    let seal = site.judge(&fields);
    let wish = match (asked.wish(&site), seal) {
        (_, Seal::Machine) => return taken(&site),
        (Ok(wish), Seal::Good) => wish,
        (wish, seal) => {
            let mut wrong = wish.err().unwrap_or_default();
            if seal == Seal::Again {
                wrong.push(AGAIN.to_owned());
            }
            let form = asked.form(&site, &[]);
            return shown(&site, StatusCode::UNPROCESSABLE_ENTITY, address, form, wrong);
        }
    };
    if let Ok(address) = address.parse() {
        site.counter.join(Joining { address, wish }, client.network()).await;
    }
    taken(&site)
}

fn shown(
    site: &Site,
    status: StatusCode,
    address: &str,
    form: WishForm,
    wrong: Vec<String>,
) -> Result<Response, WebError> {
    let (shell, seal) = (site.shell("Subscribe"), site.seal());
    page(status, &Subscribe { shell, address, form, seal, wrong })
}

fn taken(site: &Site) -> Result<Response, WebError> {
    let text = [
        "A letter with a link is on its way, if we may write to that address. Open the link and press the button there \
         within 48 hours; without that nothing else is sent.",
        "No letter after a few minutes? Look into the folder for unwanted mail. For one address there is one letter a \
         day.",
    ];
    message(StatusCode::OK, site.shell("Look into your mailbox"), &text)
}
