//! Editions and the runs of what is scheduled.

use std::sync::Arc;

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::caller::Caller;
use super::json::{Json, json};
use super::paging::{Asked, Page, Paging, decoded, encoded};
use super::problem::Problem;
use crate::model::access::Scope;
use crate::model::closing::next_closings;
use crate::model::issue::Edition;
use crate::schedule::run_now;
use crate::store::issues;
use crate::store::jobs::{self, JobRecord};
use crate::web::admin::editions::state_of;
use crate::web::fields::Query;
use crate::web::site::Site;

/// Closings that are told of each.
const NEXT: usize = 5;

/// A named product.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct EditionOut {
    id: String,
    title: String,
    /// Closing times, each with its zone.
    closes: Vec<String>,
    #[schema(format = DateTime)]
    last_closed: Option<String>,
    /// The next closings, on the clock of their zone.
    next: Vec<String>,
    /// Whether editors see an issue before its readers do.
    reviewed: bool,
    /// region or faction.
    lead: String,
}

async fn out(site: &Site, edition: Edition) -> Result<EditionOut, Problem> {
    let last = issues::last_close(&site.pipeline.db, &edition.id).await?;
    let next = next_closings(&edition.closes, site.now(), NEXT).unwrap_or_default();
    Ok(EditionOut {
        last_closed: last.map(|at| at.to_string()),
        next: next.iter().map(ToString::to_string).collect(),
        reviewed: edition.review.is_some(),
        lead: super::word(&edition.lead),
        id: edition.id.to_string(),
        title: edition.title,
        closes: edition.closes,
    })
}

/// All editions.
#[utoipa::path(get, path = "/editions", tag = "editions", params(Paging), security(("token" = ["read"])),
    responses((status = 200, body = Page<EditionOut>)))]
pub(super) async fn list(
    State(site): State<Arc<Site>>,
    caller: Caller,
    Query(query): Query,
) -> Result<Response, Problem> {
    caller.needs(Scope::Read)?;
    let asked = Asked::of(&query, 1)?;
    let after = asked.part(0).unwrap_or_default();
    let all = site.config().edition.iter().filter(|(name, _)| name.as_str() > after);
    let mut found = Vec::new();
    for (name, own) in all.take(asked.limit as usize + 1) {
        found.push(out(&site, own.edition(name)).await?);
    }
    json(StatusCode::OK, &asked.page(found, |one| vec![one.id.clone()], |one| one))
}

/// One edition.
#[utoipa::path(get, path = "/editions/{id}", tag = "editions", params(("id" = String, Path)),
    security(("token" = ["read"])),
    responses((status = 200, body = EditionOut), (status = 404, body = Problem)))]
pub(super) async fn show(
    State(site): State<Arc<Site>>,
    caller: Caller,
    Path(id): Path<String>,
) -> Result<Response, Problem> {
    caller.needs(Scope::Read)?;
    let edition = site.pipeline.edition(&id)?;
    json(StatusCode::OK, &out(&site, edition).await?)
}

/// One run of something scheduled.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct RunOut {
    id: String,
    /// What: `close/daily`, `gather/daily`, `run/daily`.
    schedule: String,
    /// The instant for which it is.
    #[schema(format = DateTime)]
    due_at: String,
    /// done, failed, running, waiting, or waiting to be tried again.
    state: String,
    /// How often it was begun.
    attempts: u32,
    #[schema(format = DateTime)]
    done_at: Option<String>,
    /// What went wrong at the last try.
    failure: Option<String>,
}

impl From<JobRecord> for RunOut {
    fn from(job: JobRecord) -> Self {
        Self {
            id: encoded(&key(&job).join("\0")),
            state: state_of(&job).to_owned(),
            due_at: job.due_at.to_string(),
            attempts: job.attempts,
            done_at: job.done_at.map(|at| at.to_string()),
            schedule: job.schedule,
            failure: job.failure,
        }
    }
}

fn key(job: &JobRecord) -> Vec<String> {
    vec![job.due_at.as_microsecond().to_string(), job.schedule.clone()]
}

fn instant(micros: &str) -> Option<Timestamp> {
    Timestamp::from_microsecond(micros.parse().ok()?).ok()
}

/// What ran and what waits, the latest first.
#[utoipa::path(get, path = "/runs", tag = "runs", params(Paging), security(("token" = ["read"])),
    responses((status = 200, body = Page<RunOut>)))]
pub(super) async fn runs(
    State(site): State<Arc<Site>>,
    caller: Caller,
    Query(query): Query,
) -> Result<Response, Problem> {
    caller.needs(Scope::Read)?;
    let asked = Asked::of(&query, 2)?;
    let after = asked.part(0).and_then(instant).zip(asked.part(1));
    let found = jobs::list(&site.pipeline.db, "", after, asked.limit + 1, site.now()).await?;
    json(StatusCode::OK, &asked.page(found, key, RunOut::from))
}

/// One run.
#[utoipa::path(get, path = "/runs/{id}", tag = "runs", params(("id" = String, Path)),
    security(("token" = ["read"])),
    responses((status = 200, body = RunOut), (status = 404, body = Problem)))]
pub(super) async fn run(
    State(site): State<Arc<Site>>,
    caller: Caller,
    Path(id): Path<String>,
) -> Result<Response, Problem> {
    caller.needs(Scope::Read)?;
    let named = decoded(&id).and_then(|text| {
        let (micros, schedule) = text.split_once('\0')?;
        Some((instant(micros)?, schedule.to_owned()))
    });
    let Some((due_at, schedule)) = named else { return Err(Problem::missing("run")) };
    let found = jobs::get(&site.pipeline.db, &schedule, due_at, site.now()).await?;
    let found = found.ok_or_else(|| Problem::missing("run"))?;
    json(StatusCode::OK, &RunOut::from(found))
}

/// What is to be run.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct NewRun {
    /// The edition.
    edition: String,
}

/// Has an edition gathered for, closed and mailed as soon as a worker is free.
#[utoipa::path(post, path = "/runs", tag = "runs", request_body = NewRun, params(super::KeyHeader),
    security(("token" = ["edit"])),
    responses((status = 202, body = RunOut), (status = 422, body = Problem)))]
pub(super) async fn start(
    State(site): State<Arc<Site>>,
    caller: Caller,
    Json(new): Json<NewRun>,
) -> Result<Response, Problem> {
    caller.needs(Scope::Edit)?;
    let edition = site.pipeline.edition(&new.edition).map_err(|e| Problem::unfit(e.to_string()))?;
    let db = &site.pipeline.db;
    if run_now(db, &edition.id, site.now()).await? {
        caller.record(&site, "run edition", edition.id.as_str(), "").await?;
    }
    let prefix = format!("run/{}", edition.id);
    let found = jobs::list(db, &prefix, None, 1, site.now()).await?;
    let found = found.into_iter().next().ok_or_else(|| Problem::missing("run"))?;
    json(StatusCode::ACCEPTED, &RunOut::from(found))
}
