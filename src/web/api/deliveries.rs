//! What was mailed, and what servers said.

use std::sync::Arc;

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use serde::Serialize;
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

use super::caller::Caller;
use super::json::json;
use super::paging::{Asked, Page, Paging};
use super::problem::Problem;
use crate::model::access::Scope;
use crate::model::delivery::{Delivery, DeliveryState};
use crate::model::id::DeliveryId;
use crate::store::outbox::{self, Try};
use crate::web::fields::Query;
use crate::web::site::Site;

/// One message to one subscriber.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct DeliveryOut {
    id: String,
    /// digest, confirmation, preferences, correction or alert.
    kind: String,
    /// What it sends: a digest's id.
    reference: String,
    subscriber: String,
    /// queued, sending, accepted, deferred, failed, suppressed, expired or unknown.
    state: String,
    #[schema(format = DateTime)]
    due_at: String,
    #[schema(format = DateTime)]
    expires_at: String,
    attempts: u32,
    /// Each try; none in lists.
    #[serde(skip_serializing_if = "Option::is_none")]
    tries: Option<Vec<TryOut>>,
}

/// One try.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct TryOut {
    #[schema(format = DateTime)]
    at: String,
    /// What the reply means.
    class: String,
    /// The server's words.
    reply: String,
}

impl From<Delivery> for DeliveryOut {
    fn from(one: Delivery) -> Self {
        Self {
            id: one.id.to_string(),
            kind: super::word(&one.kind),
            subscriber: one.subscriber.to_string(),
            state: super::word(&one.state),
            due_at: one.due_at.to_string(),
            expires_at: one.expires_at.to_string(),
            attempts: one.attempts,
            reference: one.reference,
            tries: None,
        }
    }
}

impl From<Try> for TryOut {
    fn from(one: Try) -> Self {
        Self { at: one.at.to_string(), class: super::word(&one.class), reply: one.reply }
    }
}

/// Which messages.
#[derive(Debug, IntoParams)]
#[into_params(parameter_in = Query)]
#[expect(dead_code, reason = "it documents what `list` reads")]
pub(super) struct Which {
    /// Only in this state.
    state: Option<String>,
    /// Only those that send this: a digest's id.
    reference: Option<String>,
}

/// Messages, the latest first.
#[utoipa::path(get, path = "/deliveries", tag = "deliveries", params(Which, Paging),
    security(("token" = ["subscribers"])),
    responses((status = 200, body = Page<DeliveryOut>), (status = 422, body = Problem)))]
pub(super) async fn list(
    State(site): State<Arc<Site>>,
    caller: Caller,
    Query(query): Query,
) -> Result<Response, Problem> {
    caller.needs(Scope::Subscribers)?;
    let asked = Asked::of(&query, 1)?;
    let state =
        query.has("state").then(|| super::parsed::<DeliveryState>(query.text("state"), "state"));
    let state = state.transpose()?;
    let before = asked.read(0, |part| part.parse::<Uuid>().ok().map(DeliveryId))?;
    let (db, most) = (&site.pipeline.db, asked.limit + 1);
    let found = match query.text("reference") {
        "" => outbox::page(db, state, before, most).await?,
        reference => outbox::page_of(db, reference, state, before, most).await?,
    };
    let key = |one: &Delivery| vec![one.id.to_string()];
    json(StatusCode::OK, &asked.page(found, key, DeliveryOut::from))
}

/// One message with each try and the server's words.
#[utoipa::path(get, path = "/deliveries/{id}", tag = "deliveries", params(("id" = String, Path)),
    security(("token" = ["subscribers"])),
    responses((status = 200, body = DeliveryOut), (status = 404, body = Problem)))]
pub(super) async fn show(
    State(site): State<Arc<Site>>,
    caller: Caller,
    Path(id): Path<String>,
) -> Result<Response, Problem> {
    caller.needs(Scope::Subscribers)?;
    json(StatusCode::OK, &out(&site, &id).await?)
}

async fn one(site: &Site, id: &str) -> Result<Delivery, Problem> {
    let missing = || Problem::missing("delivery");
    let id = id.parse::<Uuid>().map_err(|_| missing())?;
    outbox::get(&site.pipeline.db, DeliveryId(id)).await?.ok_or_else(missing)
}

async fn out(site: &Site, id: &str) -> Result<DeliveryOut, Problem> {
    let one = one(site, id).await?;
    let tries = outbox::tries(&site.pipeline.db, one.id).await?;
    let tries = tries.into_iter().map(TryOut::from).collect();
    Ok(DeliveryOut { tries: Some(tries), ..DeliveryOut::from(one) })
}

/// Queues a message again that failed or expired, with the same bytes.
#[utoipa::path(post, path = "/deliveries/{id}/retry", tag = "deliveries",
    params(("id" = String, Path), super::KeyHeader), security(("token" = ["subscribers"])),
    responses((status = 200, body = DeliveryOut), (status = 404, body = Problem), (status = 409, body = Problem)))]
pub(super) async fn retry(
    State(site): State<Arc<Site>>,
    caller: Caller,
    Path(id): Path<String>,
) -> Result<Response, Problem> {
    caller.needs(Scope::Subscribers)?;
    let found = one(&site, &id).await?;
    if site.pipeline.retry(std::slice::from_ref(&found)).await? == 0 {
        return Err(Problem::conflict("it neither failed nor expired"));
    }
    caller.record(&site, "retry message", &found.id.to_string(), "").await?;
    json(StatusCode::OK, &out(&site, &id).await?)
}
