//! Sources.

pub(super) mod attempt;

use std::sync::Arc;

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::caller::Caller;
use super::json::{Json, created, json, nothing};
use super::paging::{Asked, Page, Paging};
use super::problem::Problem;
use crate::model::access::Scope;
use crate::model::id::{FactionId, SourceId};
use crate::model::source::{FetchState, Source, SourceOrigin};
use crate::pipeline;
use crate::store::{pauses, sources};
use crate::web::choice::is_slug;
use crate::web::fields::Query;
use crate::web::site::Site;

/// Where articles come from.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct SourceOut {
    id: String,
    name: String,
    /// `https:`, `http:` or `file:`.
    url: String,
    /// How it is read: feed, sitemap, page, json, files; none where that is found out each time.
    kind: Option<String>,
    /// Independent reports are counted by owner.
    owner: String,
    /// What it is: media, monitor, un, ngo, official, witness.
    role: String,
    /// Factions or states it speaks for or leans to; none where that is not known.
    aligned_with: Option<Vec<String>>,
    republishes: bool,
    language: Option<String>,
    /// Whether a configuration file defines it, which alone may change it.
    in_file: bool,
    paused: bool,
    /// When it was last read.
    #[schema(format = DateTime)]
    read_at: Option<String>,
    /// Since when it is not read, so long or so surely that an editor is told.
    #[schema(format = DateTime)]
    broken_since: Option<String>,
    /// What went wrong at the last try, and what to do.
    message: Option<String>,
}

impl SourceOut {
    fn of(source: &Source, origin: SourceOrigin, state: Option<&FetchState>) -> Self {
        Self {
            id: source.id.to_string(),
            name: source.name.clone(),
            url: source.address(),
            kind: source.kind.map(|kind| super::word(&kind)),
            owner: source.owner_name().to_owned(),
            role: super::word(&source.role),
            aligned_with: source.aligned_with.clone(),
            republishes: source.republishes,
            language: source.language.clone(),
            in_file: origin == SourceOrigin::File,
            paused: source.paused,
            read_at: state.and_then(|it| it.last_read).map(|at| at.to_string()),
            broken_since: state.and_then(|it| it.broken_since).map(|at| at.to_string()),
            message: state.and_then(|it| it.message.clone()),
        }
    }
}

/// A source to add.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct NewSource {
    /// An address of the web. What stands there is found out when it is read, unless `kind` says it.
    url: String,
    /// Small letters, digits and dashes; left out, made from the address.
    #[schema(max_length = 60)]
    id: Option<String>,
    /// The display name; left out, the id.
    #[schema(max_length = 120)]
    name: Option<String>,
    /// feed, sitemap, page or json.
    kind: Option<String>,
    owner: Option<String>,
    /// media, monitor, un, ngo, official or witness; media where it is left out.
    role: Option<String>,
    /// Faction ids; an empty list for no one; left out, not known.
    aligned_with: Option<Vec<String>>,
    #[serde(default)]
    republishes: bool,
    language: Option<String>,
}

impl NewSource {
    fn source(self, site: &Site) -> Result<Source, Problem> {
        let mut source =
            pipeline::new_source(&self.url).map_err(|e| Problem::unfit(e.to_string()))?;
        if let Some(id) = &self.id {
            if !is_slug(id) {
                return Err(Problem::unfit("`id` is 1 to 60 small letters, digits and dashes"));
            }
            source.id = SourceId::new(id.as_str());
            source.name.clone_from(id);
        }
        if let Some(name) = self.name {
            let length = name.trim().chars().count();
            if !(1..=120).contains(&length) {
                return Err(Problem::unfit("`name` has 1 to 120 characters"));
            }
            name.trim().clone_into(&mut source.name);
        }
        for id in self.aligned_with.iter().flatten() {
            if site.pipeline.registry().faction(&FactionId::new(id.as_str())).is_none() {
                return Err(Problem::unfit(format!("no pack knows the faction `{id}`")));
            }
        }
        if let Some(kind) = &self.kind {
            source.kind = Some(super::parsed(kind, "kind")?);
        }
        if let Some(role) = &self.role {
            source.role = super::parsed(role, "role")?;
        }
        source.owner = self.owner.filter(|owner| !owner.is_empty());
        source.language = self.language.filter(|language| !language.is_empty());
        source.aligned_with = self.aligned_with;
        source.republishes = self.republishes;
        Ok(source)
    }
}

/// All sources, by id.
#[utoipa::path(get, path = "/sources", tag = "sources", params(Paging), security(("token" = ["read"])),
    responses((status = 200, body = Page<SourceOut>)))]
pub(super) async fn list(
    State(site): State<Arc<Site>>,
    caller: Caller,
    Query(query): Query,
) -> Result<Response, Problem> {
    caller.needs(Scope::Read)?;
    let asked = Asked::of(&query, 1)?;
    let db = &site.pipeline.db;
    let mut all = pipeline::sources::all(db, &site.pipeline.file_sources).await?;
    all.sort_by(|(a, _), (b, _)| a.id.cmp(&b.id));
    let after = asked.part(0).unwrap_or_default();
    all.retain(|(source, _)| source.id.as_str() > after);
    all.truncate(asked.limit as usize + 1);
    let states = sources::fetch_states(db).await?;
    let page = asked.page(
        all,
        |(source, _)| vec![source.id.to_string()],
        |(source, origin)| SourceOut::of(&source, origin, states.get(&source.id)),
    );
    json(StatusCode::OK, &page)
}

/// One source.
#[utoipa::path(get, path = "/sources/{id}", tag = "sources", params(("id" = String, Path)),
    security(("token" = ["read"])),
    responses((status = 200, body = SourceOut), (status = 404, body = Problem)))]
pub(super) async fn show(
    State(site): State<Arc<Site>>,
    caller: Caller,
    Path(id): Path<String>,
) -> Result<Response, Problem> {
    caller.needs(Scope::Read)?;
    json(StatusCode::OK, &out(&site, &id).await?)
}

async fn out(site: &Site, id: &str) -> Result<SourceOut, Problem> {
    let (source, origin) = one(site, id).await?;
    let state = sources::fetch_state(&site.pipeline.db, &source.id).await?;
    Ok(SourceOut::of(&source, origin, Some(&state)))
}

async fn one(site: &Site, id: &str) -> Result<(Source, SourceOrigin), Problem> {
    let all = pipeline::sources::all(&site.pipeline.db, &site.pipeline.file_sources).await?;
    let found = all.into_iter().find(|(source, _)| source.id.as_str() == id);
    found.ok_or_else(|| Problem::missing("source"))
}

/// Adds a source to the database.
#[utoipa::path(post, path = "/sources", tag = "sources", request_body = NewSource,
    params(super::KeyHeader), security(("token" = ["edit"])),
    responses((status = 201, body = SourceOut), (status = 409, body = Problem), (status = 422, body = Problem)))]
pub(super) async fn add(
    State(site): State<Arc<Site>>,
    caller: Caller,
    Json(new): Json<NewSource>,
) -> Result<Response, Problem> {
    caller.needs(Scope::Edit)?;
    let source = new.source(&site)?;
    let all = pipeline::sources::all(&site.pipeline.db, &site.pipeline.file_sources).await?;
    if all.iter().any(|(other, _)| other.id == source.id || other.url == source.url) {
        return Err(Problem::conflict("there is a source with that id or address already"));
    }
    sources::upsert(&site.pipeline.db, &source).await?;
    caller.record(&site, "add source", source.id.as_str(), &source.address()).await?;
    let place = format!("/api/v1/sources/{}", source.id);
    created(&place, &out(&site, source.id.as_str()).await?)
}

/// Reads a source no longer.
#[utoipa::path(post, path = "/sources/{id}/pause", tag = "sources", params(("id" = String, Path), super::KeyHeader),
    security(("token" = ["edit"])),
    responses((status = 200, body = SourceOut), (status = 404, body = Problem)))]
pub(super) async fn pause(
    State(site): State<Arc<Site>>,
    caller: Caller,
    Path(id): Path<String>,
) -> Result<Response, Problem> {
    caller.needs(Scope::Edit)?;
    let (source, _) = one(&site, &id).await?;
    if pauses::pause(&site.pipeline.db, &source.id, site.now()).await? {
        caller.record(&site, "pause source", source.id.as_str(), "").await?;
    }
    json(StatusCode::OK, &out(&site, &id).await?)
}

/// Reads it again. One that its file pauses stays so.
#[utoipa::path(post, path = "/sources/{id}/resume", tag = "sources", params(("id" = String, Path), super::KeyHeader),
    security(("token" = ["edit"])),
    responses((status = 200, body = SourceOut), (status = 404, body = Problem)))]
pub(super) async fn resume(
    State(site): State<Arc<Site>>,
    caller: Caller,
    Path(id): Path<String>,
) -> Result<Response, Problem> {
    caller.needs(Scope::Edit)?;
    let (source, _) = one(&site, &id).await?;
    let db = &site.pipeline.db;
    let was = pauses::resume(db, &source.id).await?;
    if was | sources::set_paused(db, &source.id, false).await? {
        caller.record(&site, "resume source", source.id.as_str(), "").await?;
    }
    json(StatusCode::OK, &out(&site, &id).await?)
}

/// Removes a source of the database; its articles stay.
#[utoipa::path(delete, path = "/sources/{id}", tag = "sources", params(("id" = String, Path)),
    security(("token" = ["edit"])),
    responses((status = 204), (status = 404, body = Problem), (status = 409, body = Problem)))]
pub(super) async fn remove(
    State(site): State<Arc<Site>>,
    caller: Caller,
    Path(id): Path<String>,
) -> Result<Response, Problem> {
    caller.needs(Scope::Edit)?;
    let (source, origin) = one(&site, &id).await?;
    if origin == SourceOrigin::File {
        return Err(Problem::conflict(
            "a configuration file defines it, which alone may change it",
        ));
    }
    if sources::remove(&site.pipeline.db, &source.id).await? {
        caller.record(&site, "remove source", source.id.as_str(), "").await?;
    }
    Ok(nothing())
}
