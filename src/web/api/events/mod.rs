//! Events, and what editors decide about them.

pub(super) mod hand;

use std::sync::Arc;

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use serde::Serialize;
use utoipa::{IntoParams, ToSchema};

use super::caller::Caller;
use super::json::json;
use super::paging::{Asked, Page, Paging};
use super::problem::Problem;
use crate::model::access::Scope;
use crate::model::event::Event;
use crate::pipeline::Found;
use crate::render::EventView;
use crate::store::terms::{Search, search};
use crate::web::fields::Query;
use crate::web::pages::search::wanted;
use crate::web::site::Site;

/// From lowest to highest.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct Range {
    low: u32,
    high: u32,
}

/// Who took part, and how.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct ActorOut {
    name: String,
    role: String,
}

/// One article's report.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct ReportOut {
    outlet: String,
    owner: String,
    /// How it counts among independent reports.
    standing: String,
    title: String,
    url: Option<String>,
    #[schema(format = DateTime)]
    at: String,
    /// The sentences that it rests on.
    quotes: Vec<String>,
}

/// What happened, by all that report it.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct EventOut {
    id: String,
    /// The sub-type, as `armed_clash`.
    kind: String,
    /// The first possible day.
    #[schema(format = Date)]
    date: Option<String>,
    /// The last possible day.
    #[schema(format = Date)]
    date_to: Option<String>,
    country: String,
    admin1: String,
    admin2: String,
    place: String,
    latitude: Option<f64>,
    longitude: Option<f64>,
    /// The event in one or two sentences.
    text: String,
    actors: Vec<ActorOut>,
    /// The dead that count.
    killed: Option<Range>,
    injured: Option<Range>,
    /// The mark of support.
    support: String,
    /// The marks of dispute.
    disputes: Vec<String>,
    denials: Vec<String>,
    reports: Vec<ReportOut>,
}

impl From<EventView> for EventOut {
    fn from(view: EventView) -> Self {
        let row = view.row;
        let [country, admin1, admin2, place] = row.place;
        let range = |(low, high)| Range { low, high };
        Self {
            id: row.id,
            kind: row.kind.as_str().to_owned(),
            date: row.date.map(|day| day.to_string()),
            date_to: row.date_to.map(|day| day.to_string()),
            country,
            admin1,
            admin2,
            place,
            latitude: row.at.map(|(latitude, _)| latitude),
            longitude: row.at.map(|(_, longitude)| longitude),
            text: row.notes,
            actors: view
                .actors
                .into_iter()
                .map(|(role, name)| ActorOut { name, role: role.to_owned() })
                .collect(),
            killed: row.killed.map(range),
            injured: row.injured.map(range),
            support: row.support.to_owned(),
            disputes: row.disputes,
            denials: view.denials,
            reports: view
                .reports
                .into_iter()
                .map(|report| ReportOut {
                    outlet: report.outlet,
                    owner: report.owner,
                    standing: report.standing.to_owned(),
                    title: report.title,
                    url: report.href.map(|href| href.to_string()),
                    at: report.at.to_string(),
                    quotes: report.quotes,
                })
                .collect(),
        }
    }
}

/// What events are looked for by; all of it must hold.
#[derive(Debug, IntoParams)]
#[into_params(parameter_in = Query)]
#[expect(dead_code, reason = "it documents what `wanted` reads")]
pub(super) struct Looking {
    /// Words: places, organisations, outlets, kinds of event.
    q: Option<String>,
    /// A faction, by id or name.
    faction: Option<String>,
    /// A country or division, as SY or SY/Aleppo.
    region: Option<String>,
    /// Not before this day.
    #[param(format = Date)]
    from: Option<String>,
    /// Not after this day.
    #[param(format = Date)]
    to: Option<String>,
}

/// Events, the latest day first.
#[utoipa::path(get, path = "/events", tag = "events", params(Looking, Paging), security(("token" = ["read"])),
    responses((status = 200, body = Page<EventOut>), (status = 422, body = Problem)))]
pub(super) async fn list(
    State(site): State<Arc<Site>>,
    caller: Caller,
    Query(query): Query,
) -> Result<Response, Problem> {
    caller.needs(Scope::Read)?;
    let asked = Asked::of(&query, 2)?;
    let (wanted, wrong) = wanted(&site, &query);
    let Some(wanted) = wanted else { return Err(Problem::unfit(wrong.join(" "))) };
    let part = |at| asked.part(at).map(str::to_owned);
    let after = part(0).zip(part(1));
    let wanted = Search { after, ..wanted };
    let found = search(&site.pipeline.db, &wanted, asked.limit).await?;
    let items = found.events.into_iter().map(|event| view(&site, event)).collect();
    let page = Page::of(items, found.further.map(|(day, id)| vec![day, id]));
    json(StatusCode::OK, &page)
}

/// Every event has a view, since it is the one of its situation.
fn view(site: &Site, event: Event) -> Option<EventOut> {
    site.views(vec![event]).into_iter().next().map(EventOut::from)
}

/// One event, by its id or the beginning of it that a mail prints.
#[utoipa::path(get, path = "/events/{id}", tag = "events", params(("id" = String, Path)),
    security(("token" = ["read"])),
    responses((status = 200, body = EventOut), (status = 404, body = Problem)))]
pub(super) async fn show(
    State(site): State<Arc<Site>>,
    caller: Caller,
    Path(id): Path<String>,
) -> Result<Response, Problem> {
    caller.needs(Scope::Read)?;
    let event = one(&site, &id).await?;
    json(StatusCode::OK, &view(&site, event))
}

async fn one(site: &Site, id: &str) -> Result<Event, Problem> {
    let id = id.trim_start_matches('#');
    if id.len() < 6 || !id.chars().all(|c| c.is_ascii_alphanumeric()) {
        return Err(Problem::missing("event"));
    }
    match site.pipeline.event_by_id(id).await? {
        Found::Event(event) => Ok(*event),
        _ => Err(Problem::missing("event")),
    }
}
