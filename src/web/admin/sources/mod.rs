//! Sources: how each fares; adding, changing, pausing and resuming them.

pub(in crate::web) mod edit;
mod form;
pub(in crate::web) mod new;
mod reading;
mod tried;
mod trying;

use std::sync::Arc;

use askama::Template;
use axum::extract::{Path, State};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse as _, Response};

use super::{Frame, time};
use crate::model::id::SourceId;
use crate::model::source::{FetchState, Source, SourceOrigin};
use crate::model::staff::StaffRole;
use crate::pipeline;
use crate::store::{pauses, sources};
use crate::web::WebError;
use crate::web::fields::Fields;
use crate::web::page::{Shell, page};
use crate::web::site::Site;
use crate::web::staff::Desk;

#[derive(Template)]
#[template(path = "web/admin/sources.html")]
struct Sources<'a> {
    shell: Shell<'a>,
    frame: Frame,
    rows: Vec<Row>,
}

/// One source.
struct Row {
    id: String,
    name: String,
    place: &'static str,
    state: &'static str,
    read: String,
    next: String,
    note: String,
    is_paused: bool,
}

pub(in crate::web) async fn show(
    State(site): State<Arc<Site>>,
    desk: Desk,
) -> Result<Response, WebError> {
    let db = &site.pipeline.db;
    let all = pipeline::sources::all(db, &site.pipeline.file_sources).await?;
    let states = sources::fetch_states(db).await?;
    let rows = all.iter().map(|(source, origin)| row(source, *origin, states.get(&source.id)));
    let rows = rows.collect();
    let (shell, frame) = (site.shell("Sources"), Frame::new(&site, &desk));
    page(StatusCode::OK, &Sources { shell, frame, rows })
}

fn row(source: &Source, origin: SourceOrigin, state: Option<&FetchState>) -> Row {
    let at = |at: Option<jiff::Timestamp>| at.map(time).unwrap_or_default();
    let state_word = match state {
        _ if source.paused => "paused",
        None => "not read yet",
        Some(state) if state.broken_since.is_some() => "broken",
        Some(state) if state.failing_since.is_some() => "failing",
        Some(_) => "read",
    };
    Row {
        id: source.id.to_string(),
        name: source.name.clone(),
        place: match origin {
            SourceOrigin::File => "file",
            SourceOrigin::Database => "database",
        },
        state: state_word,
        read: at(state.and_then(|state| state.last_read)),
        next: at(state.filter(|_| !source.paused).and_then(|state| state.next_poll)),
        note: state.and_then(|state| state.message.clone()).unwrap_or_default(),
        is_paused: source.paused,
    }
}

/// Fetches a source no longer.
pub(in crate::web) async fn pause(
    State(site): State<Arc<Site>>,
    desk: Desk,
    Path(id): Path<String>,
    fields: Fields,
) -> Result<Response, WebError> {
    desk.check(&site, &fields, StaffRole::Editor)?;
    let id = known(&site, &id).await?;
    if pauses::pause(&site.pipeline.db, &id, site.now()).await? {
        desk.record(&site, "pause source", id.as_str(), "").await?;
    }
    Ok(back())
}

/// Fetches it again. One that its file pauses stays so.
pub(in crate::web) async fn resume(
    State(site): State<Arc<Site>>,
    desk: Desk,
    Path(id): Path<String>,
    fields: Fields,
) -> Result<Response, WebError> {
    desk.check(&site, &fields, StaffRole::Editor)?;
    let id = known(&site, &id).await?;
    let db = &site.pipeline.db;
    let was = pauses::resume(db, &id).await?;
    if was | sources::set_paused(db, &id, false).await? {
        desk.record(&site, "resume source", id.as_str(), "").await?;
    }
    Ok(back())
}

async fn known(site: &Site, id: &str) -> Result<SourceId, WebError> {
    let all = site.pipeline.sources().await?;
    let found = all.into_iter().map(|source| source.id).find(|known| known.as_str() == id);
    found.ok_or(WebError::NotFound)
}

fn back() -> Response {
    (StatusCode::SEE_OTHER, [(header::LOCATION, "/admin/sources")]).into_response()
}
