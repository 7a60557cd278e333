//! Who asks: a program with a bearer token, what it may, and requests that it sends again.

use std::sync::Arc;

use axum::body::{Body, to_bytes};
use axum::extract::{FromRequestParts, Request, State};
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse as _, Response};
use jiff::SignedDuration;

use super::json::bytes;
use super::problem::{PROBLEM, Problem};
use crate::model::access::{Program, Scope};
use crate::model::id::{bytes_hash, content_hash};
use crate::model::staff::Deed;
use crate::store::api::{self, Keyed, Sent, StoredAnswer};
use crate::store::limits::{self, Limit};
use crate::store::staff;
use crate::web::client::Client;
use crate::web::site::Site;

/// Wrong tokens from one network in a minute, beyond which none is looked at.
const WRONG_TOKENS: u32 = 30;
/// The longest key of a request that may be sent again.
const LONGEST_KEY: usize = 200;
/// The largest answer that is remembered, in bytes.
const ANSWER: usize = 1 << 20;
/// The header with that key.
const KEY: &str = "idempotency-key";

/// The program that asks.
#[derive(Debug, Clone)]
pub(super) struct Caller(Program);

impl Caller {
    /// Refuses a program that may not.
    pub(super) fn needs(&self, scope: Scope) -> Result<(), Problem> {
        if self.0.scopes.contains(&scope) {
            return Ok(());
        }
        let detail = format!("this needs a token with the scope `{}`", scope.word());
        Err(Problem::new(StatusCode::FORBIDDEN, detail))
    }

    /// What it is called.
    pub(super) fn name(&self) -> &str {
        &self.0.name
    }

    /// Writes down what it did.
    pub(super) async fn record(
        &self,
        site: &Site,
        what: &str,
        subject: &str,
        detail: &str,
    ) -> Result<(), Problem> {
        let deed = Deed {
            at: site.now(),
            who: format!("api/{}", self.0.name),
            what: what.to_owned(),
            subject: subject.to_owned(),
            detail: detail.to_owned(),
        };
        Ok(staff::record(&site.pipeline.db, &deed).await?)
    }
}

impl FromRequestParts<Arc<Site>> for Caller {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _: &Arc<Site>) -> Result<Self, Problem> {
        parts.extensions.get::<Self>().cloned().ok_or_else(unknown)
    }
}

fn unknown() -> Problem {
    let detail = "send `Authorization: Bearer TOKEN`; `sitrep admin add-token` makes one";
    Problem::new(StatusCode::UNAUTHORIZED, detail)
}

/// Lets in who has a token. Wrong ones are counted by network (S-8).
pub(super) async fn known(
    State(site): State<Arc<Site>>,
    client: Client,
    mut request: Request,
    next: Next,
) -> Response {
    match caller(&site, client, request.headers()).await {
        Ok(caller) => {
            request.extensions_mut().insert(caller);
            next.run(request).await
        }
        Err(problem) => problem.into_response(),
    }
}

async fn caller(site: &Site, client: Client, headers: &HeaderMap) -> Result<Caller, Problem> {
    let given = headers.get(header::AUTHORIZATION).and_then(|value| value.to_str().ok());
    let scheme = given.and_then(|given| given.split_once(' '));
    let token = scheme.filter(|(scheme, _)| scheme.eq_ignore_ascii_case("bearer"));
    let (_, token) = token.ok_or_else(unknown)?;
    let (db, now) = (&site.pipeline.db, site.now());
    let network = site.tokens().stamp(&["api", &client.network()]);
    let limit = Limit {
        key: format!("api/network/{network}"),
        most: WRONG_TOKENS,
        span: SignedDuration::from_mins(1),
    };
    // What is looked up is a hash: how long it takes says nothing about a token.
    if let Some(program) = api::of_token(db, &content_hash(token.trim())).await? {
        return Ok(Caller(program));
    }
    if limits::take(db, &[limit], now).await? {
        return Err(unknown());
    }
    let detail = "there were too many wrong tokens; wait a minute";
    Err(Problem::new(StatusCode::TOO_MANY_REQUESTS, detail))
}

/// Gives the answer again to a `POST` that is sent again with its key.
pub(super) async fn once(
    State(site): State<Arc<Site>>,
    caller: Caller,
    request: Request,
    next: Next,
) -> Response {
    let key = request.headers().get(KEY).cloned();
    match (key, request.method()) {
        (Some(key), &Method::POST) => match keyed(&site, &caller, &key, request, next).await {
            Ok(response) => response,
            Err(problem) => problem.into_response(),
        },
        _ => next.run(request).await,
    }
}

async fn keyed(
    site: &Site,
    caller: &Caller,
    key: &HeaderValue,
    request: Request,
    next: Next,
) -> Result<Response, Problem> {
    let key = key.to_str().ok().filter(|key| !key.is_empty() && key.len() <= LONGEST_KEY);
    let key = key.ok_or_else(|| {
        Problem::unfit(format!("`Idempotency-Key` is 1 to {LONGEST_KEY} visible letters"))
    })?;
    let (parts, body) = request.into_parts();
    let body = bytes(Request::from_parts(parts.clone(), body)).await?;
    let target = parts.uri.path_and_query().map_or("", |target| target.as_str());
    let fingerprint = content_hash(&format!("POST {target} {}", bytes_hash(&body)));
    let sent = Keyed { token: caller.name(), key, fingerprint: &fingerprint };
    let db = &site.pipeline.db;
    match api::begin(db, sent, site.now()).await? {
        Sent::New => {
            let response = next.run(Request::from_parts(parts, Body::from(body))).await;
            remember(site, sent, response).await
        }
        Sent::Open => Err(Problem::conflict("the same request is being worked on")),
        Sent::Other => Err(Problem::unfit("this `Idempotency-Key` was sent with another request")),
        Sent::Answered(answer) => Ok(again(answer)),
    }
}

/// Keeps an answer; not one of a failure of ours, which may be tried again.
async fn remember(site: &Site, sent: Keyed<'_>, response: Response) -> Result<Response, Problem> {
    let db = &site.pipeline.db;
    let status = response.status();
    if status.is_server_error() || status == StatusCode::TOO_MANY_REQUESTS {
        api::forget(db, sent).await?;
        return Ok(response);
    }
    let (parts, body) = response.into_parts();
    let body = to_bytes(body, ANSWER).await.unwrap_or_default();
    let place = parts.headers.get(header::LOCATION).and_then(|place| place.to_str().ok());
    let answer = StoredAnswer {
        status: status.as_u16(),
        place: place.map(str::to_owned),
        body: String::from_utf8_lossy(&body).into_owned(),
    };
    api::end(db, sent, &answer).await?;
    Ok(Response::from_parts(parts, Body::from(body)))
}

fn again(answer: StoredAnswer) -> Response {
    let status = StatusCode::from_u16(answer.status).unwrap_or(StatusCode::OK);
    let kind = if status.is_client_error() { PROBLEM } else { "application/json" };
    let mut response = (status, answer.body).into_response();
    let headers = response.headers_mut();
    headers.remove(header::CONTENT_TYPE);
    if status != StatusCode::NO_CONTENT {
        headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(kind));
    }
    if let Some(place) = answer.place.and_then(|place| place.parse().ok()) {
        headers.insert(header::LOCATION, place);
    }
    response
}
