//! An editor's hand in events: taking one back with a reason, and telling those who were sent it.

use std::sync::Arc;

use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;

use super::Frame;
use crate::model::event::Event;
use crate::model::staff::StaffRole;
use crate::pipeline::Found;
use crate::render::{EventView, wording};
use crate::web::WebError;
use crate::web::fields::Fields;
use crate::web::page::{Shell, message, page};
use crate::web::site::Site;
use crate::web::staff::Desk;

#[derive(Template)]
#[template(path = "web/admin/event.html")]
struct EventDesk<'a> {
    shell: Shell<'a>,
    frame: Frame,
    view: EventView,
    reason: String,
    wrong: Vec<String>,
}

pub(in crate::web) async fn show(
    State(site): State<Arc<Site>>,
    desk: Desk,
    Path(id): Path<String>,
) -> Result<Response, WebError> {
    let event = event(&site, &id).await?;
    shown(&site, &desk, event, "", Vec::new())
}

/// Takes an event back; with `notify` ticked, whoever was sent it is mailed.
pub(in crate::web) async fn retract(
    State(site): State<Arc<Site>>,
    desk: Desk,
    Path(id): Path<String>,
    fields: Fields,
) -> Result<Response, WebError> {
    desk.check(&site, &fields, StaffRole::Editor)?;
    let event = event(&site, &id).await?;
    let reason = fields.text("reason");
    let wrong = problems(reason);
    if !wrong.is_empty() {
        return shown(&site, &desk, event, reason, wrong);
    }
    let correction = site.pipeline.retract(&event, reason).await?;
    desk.record(&site, "retract event", event.id.as_str(), reason).await?;
    let told =
        if fields.has("notify") { site.pipeline.notify(&event, &correction).await? } else { 0 };
    let next = "The next issue tells it among its corrections.";
    let told = format!("{told} readers who were sent it get a notice.");
    message(StatusCode::OK, site.shell("Taken back"), &[next, &told])
}

/// Why a digest may not print a reason.
fn problems(reason: &str) -> Vec<String> {
    if reason.is_empty() {
        return vec!["Say why, in a few words: readers are told.".to_owned()];
    }
    let found = wording::violations(reason);
    let problem = |word: &str| {
        format!("A digest does not say `{word}` in its own voice; word the reason otherwise.")
    };
    found.iter().take(1).map(|violation| problem(&violation.word)).collect()
}

async fn event(site: &Site, id: &str) -> Result<Event, WebError> {
    match site.pipeline.event_by_id(id).await? {
        Found::Event(event) => Ok(*event),
        _ => Err(WebError::NotFound),
    }
}

fn shown(
    site: &Site,
    desk: &Desk,
    event: Event,
    reason: &str,
    wrong: Vec<String>,
) -> Result<Response, WebError> {
    let Some(view) = site.views(vec![event]).into_iter().next() else {
        return Err(WebError::NotFound);
    };
    let status = if wrong.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    let (shell, frame) = (site.shell(&format!("Event #{}", view.short())), Frame::new(site, desk));
    page(status, &EventDesk { shell, frame, view, reason: reason.to_owned(), wrong })
}
