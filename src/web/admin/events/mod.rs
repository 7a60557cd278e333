//! Events for those who edit: looking for one, and what can be decided about it.

pub(in crate::web) mod hand;

use std::sync::Arc;

use askama::Template;
use axum::extract::{Path, State};
use axum::response::Response;

use super::{Frame, time, to};
use crate::model::event::Event;
use crate::model::kind::SubType;
use crate::pipeline::Found;
use crate::render::{EventView, correction_words};
use crate::web::WebError;
use crate::web::choice::{Choice, choice};
use crate::web::fields::{Fields, Query};
use crate::web::page::{Shell, page, status};
use crate::web::pages::search::{Search, Sought, sought};
use crate::web::site::Site;
use crate::web::staff::Desk;

#[derive(Template)]
#[template(path = "web/admin/events.html")]
struct Events<'a> {
    shell: Shell<'a>,
    frame: Frame,
    wrong: Vec<String>,
    sought: Sought<'a>,
}

/// Events by the words, faction, region and days of the query.
pub(in crate::web) async fn list(
    State(site): State<Arc<Site>>,
    desk: Desk,
    Query(query): Query,
) -> Result<Response, WebError> {
    match sought(&site, &query, "/admin/events").await? {
        Search::Event(place) => Ok(to(&place)),
        Search::Page(sought, wrong) => {
            let (shell, frame) = (site.shell("Events"), Frame::new(&site, &desk));
            page(status(&wrong), &Events { shell, frame, wrong, sought })
        }
    }
}

#[derive(Template)]
#[template(path = "web/admin/event.html")]
struct EventDesk<'a> {
    shell: Shell<'a>,
    frame: Frame,
    view: EventView,
    corrections: Vec<String>,
    form: Written,
    kinds: Vec<Choice>,
    sources: Vec<Choice>,
    wrong: Vec<String>,
}

/// What somebody wrote in one of the forms.
#[derive(Default)]
struct Written {
    reason: String,
    date: String,
    place: String,
    initiator: String,
    target: String,
    killed: String,
    injured: String,
    other: String,
}

impl Written {
    fn of(fields: &Fields) -> Self {
        let text = |name: &str| fields.text(name).to_owned();
        Self {
            reason: text("reason"),
            date: text("date"),
            place: text("place"),
            initiator: text("initiator"),
            target: text("target"),
            killed: text("killed"),
            injured: text("injured"),
            other: text("other"),
        }
    }
}

pub(in crate::web) async fn show(
    State(site): State<Arc<Site>>,
    desk: Desk,
    Path(id): Path<String>,
) -> Result<Response, WebError> {
    let event = event(&site, &id).await?;
    shown(&site, &desk, event, &Fields::default(), Vec::new())
}

/// The one event whose id begins so.
async fn event(site: &Site, id: &str) -> Result<Event, WebError> {
    match site.pipeline.event_by_id(id.trim_start_matches('#')).await? {
        Found::Event(event) => Ok(*event),
        _ => Err(WebError::NotFound),
    }
}

fn shown(
    site: &Site,
    desk: &Desk,
    event: Event,
    fields: &Fields,
    wrong: Vec<String>,
) -> Result<Response, WebError> {
    let corrections = event.corrections.iter().map(|made| {
        format!("{} on {}: {}", correction_words(made.kind), time(made.at), made.reason)
    });
    let corrections = corrections.collect();
    let kind = fields.text("kind");
    let mut kinds: Vec<Choice> = SubType::ALL
        .iter()
        .map(|one| choice(one.as_str(), one.label(), one.as_str() == kind))
        .collect();
    kinds.insert(0, choice("", "as it is", kind.is_empty()));
    let sources = sources(&event, fields.text("source"));
    let Some(view) = site.views(vec![event]).into_iter().next() else {
        return Err(WebError::NotFound);
    };
    let (shell, frame) = (site.shell(&format!("Event #{}", view.short())), Frame::new(site, desk));
    let form = Written::of(fields);
    let shown = EventDesk { shell, frame, view, corrections, form, kinds, sources, wrong };
    page(status(&shown.wrong), &shown)
}

/// The sources whose reports tell an event, each once.
fn sources(event: &Event, named: &str) -> Vec<Choice> {
    let mut all: Vec<Choice> = Vec::new();
    for source in event.reports.iter().map(|report| &report.source) {
        if !all.iter().any(|known| known.value == source.id.as_str()) {
            let on = source.id.as_str() == named;
            all.push(choice(source.id.as_str(), &source.name, on));
        }
    }
    all
}
