//! What editors decide about events.

use std::sync::Arc;

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::one;
use crate::model::access::Scope;
use crate::model::decision::Correction;
use crate::model::event::Event;
use crate::model::kind::SubType;
use crate::pipeline::{AmendError, Changes};
use crate::render::{correction_words, wording};
use crate::web::api::KeyHeader;
use crate::web::api::caller::Caller;
use crate::web::api::json::{Json, json};
use crate::web::api::problem::Problem;
use crate::web::site::Site;

/// Why it is decided so, and whether those are told at once who were sent it otherwise.
#[derive(Debug, Deserialize, ToSchema)]
pub(in crate::web::api) struct Why {
    /// Printed in the next issue.
    #[schema(min_length = 1, max_length = 300)]
    reason: String,
    /// Mail a notice at once to those who were sent it.
    #[serde(default)]
    notify: bool,
}

impl Why {
    fn check(&self) -> Result<&str, Problem> {
        let reason = self.reason.trim();
        if reason.is_empty() || reason.chars().count() > 300 {
            return Err(Problem::unfit("`reason` has 1 to 300 characters: readers are told"));
        }
        match wording::violations(reason).first() {
            None => Ok(reason),
            Some(found) => Err(Problem::unfit(format!(
                "a digest does not say `{}` in its own voice; word the reason otherwise",
                found.word
            ))),
        }
    }
}

/// What was decided.
#[derive(Debug, Serialize, ToSchema)]
pub(in crate::web::api) struct DecisionOut {
    /// The event that it is about, as it was called then.
    event: String,
    what: String,
    reason: String,
    #[schema(format = DateTime)]
    at: String,
    /// Readers who get a notice.
    told: u32,
}

async fn decided(
    site: &Site,
    caller: &Caller,
    (event, why): (&Event, &Why),
    (what, made): (&str, Correction),
) -> Result<Response, Problem> {
    caller.record(site, what, event.id.as_str(), &made.reason).await?;
    let told = if why.notify { site.pipeline.notify(event, &made).await? } else { 0 };
    let out = DecisionOut {
        event: event.id.to_string(),
        what: correction_words(made.kind).to_owned(),
        reason: made.reason,
        at: made.at.to_string(),
        told,
    };
    json(StatusCode::OK, &out)
}

/// Takes an event back.
#[utoipa::path(post, path = "/events/{id}/retract", tag = "events", request_body = Why,
    params(("id" = String, Path), KeyHeader), security(("token" = ["edit"])),
    responses((status = 200, body = DecisionOut), (status = 404, body = Problem), (status = 422, body = Problem)))]
pub(in crate::web::api) async fn retract(
    State(site): State<Arc<Site>>,
    caller: Caller,
    Path(id): Path<String>,
    Json(why): Json<Why>,
) -> Result<Response, Problem> {
    caller.needs(Scope::Edit)?;
    let event = one(&site, &id).await?;
    let made = site.pipeline.retract(&event, why.check()?).await?;
    decided(&site, &caller, (&event, &why), ("retract event", made)).await
}

/// What of an event is otherwise; what is left out stays.
#[derive(Debug, Deserialize, ToSchema)]
pub(in crate::web::api) struct AmendIn {
    #[serde(flatten)]
    why: Why,
    /// The sub-type, as `armed_clash`.
    kind: Option<String>,
    /// 2026-11-21, or 2026-11-20..2026-11-21.
    date: Option<String>,
    /// A name, with its area where several have it: Al Bab, SY/Aleppo.
    place: Option<String>,
    /// Faction ids.
    #[serde(default)]
    initiators: Vec<String>,
    /// Faction ids.
    #[serde(default)]
    targets: Vec<String>,
    /// By side: civilians=8, syrian-army=2-4.
    #[serde(default)]
    killed: Vec<String>,
    /// By side.
    #[serde(default)]
    injured: Vec<String>,
}

impl AmendIn {
    fn changes(&self) -> Result<Changes, Problem> {
        let kind = self.kind.as_deref().map(str::parse::<SubType>).transpose();
        Ok(Changes {
            kind: kind.map_err(|error| Problem::unfit(error.to_string()))?,
            date: self.date.clone(),
            place: self.place.clone(),
            initiators: self.initiators.clone(),
            targets: self.targets.clone(),
            killed: self.killed.clone(),
            injured: self.injured.clone(),
        })
    }
}

/// Says how an event is otherwise.
#[utoipa::path(post, path = "/events/{id}/amend", tag = "events", request_body = AmendIn,
    params(("id" = String, Path), KeyHeader), security(("token" = ["edit"])),
    responses((status = 200, body = DecisionOut), (status = 404, body = Problem), (status = 422, body = Problem)))]
pub(in crate::web::api) async fn amend(
    State(site): State<Arc<Site>>,
    caller: Caller,
    Path(id): Path<String>,
    Json(given): Json<AmendIn>,
) -> Result<Response, Problem> {
    caller.needs(Scope::Edit)?;
    let event = one(&site, &id).await?;
    let reason = given.why.check()?;
    let amendment =
        site.pipeline.amendment(&event, &given.changes()?).map_err(|error| match error {
            AmendError::Pipeline(error) => Problem::from(error),
            error => Problem::unfit(error.to_string()),
        })?;
    let made = site.pipeline.amend(&event, amendment, reason).await?;
    decided(&site, &caller, (&event, &given.why), ("amend event", made)).await
}

/// Another event that is the same.
#[derive(Debug, Deserialize, ToSchema)]
pub(in crate::web::api) struct MergeIn {
    #[serde(flatten)]
    why: Why,
    /// The id of the other.
    other: String,
}

/// Makes one event of two.
#[utoipa::path(post, path = "/events/{id}/merge", tag = "events", request_body = MergeIn,
    params(("id" = String, Path), KeyHeader), security(("token" = ["edit"])),
    responses((status = 200, body = DecisionOut), (status = 404, body = Problem), (status = 422, body = Problem)))]
pub(in crate::web::api) async fn merge(
    State(site): State<Arc<Site>>,
    caller: Caller,
    Path(id): Path<String>,
    Json(given): Json<MergeIn>,
) -> Result<Response, Problem> {
    caller.needs(Scope::Edit)?;
    let event = one(&site, &id).await?;
    let other = one(&site, &given.other).await;
    let other = other.map_err(|_| Problem::unfit("`other` is no event"))?;
    if other.id == event.id {
        return Err(Problem::unfit("`other` is the same event"));
    }
    let made = site.pipeline.merge(&event, &other, given.why.check()?).await?;
    decided(&site, &caller, (&event, &given.why), ("merge events", made)).await
}

/// Whose reports tell another event.
#[derive(Debug, Deserialize, ToSchema)]
pub(in crate::web::api) struct SplitIn {
    #[serde(flatten)]
    why: Why,
    /// The id of the source.
    source: String,
}

/// Makes two events of one.
#[utoipa::path(post, path = "/events/{id}/split", tag = "events", request_body = SplitIn,
    params(("id" = String, Path), KeyHeader), security(("token" = ["edit"])),
    responses((status = 200, body = DecisionOut), (status = 404, body = Problem), (status = 422, body = Problem)))]
pub(in crate::web::api) async fn split(
    State(site): State<Arc<Site>>,
    caller: Caller,
    Path(id): Path<String>,
    Json(given): Json<SplitIn>,
) -> Result<Response, Problem> {
    caller.needs(Scope::Edit)?;
    let event = one(&site, &id).await?;
    let made = site.pipeline.split(&event, &given.source, given.why.check()?).await?;
    decided(&site, &caller, (&event, &given.why), ("split event", made)).await
}
