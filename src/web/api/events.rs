//! Events, and what editors decide about them.

use std::sync::Arc;

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::caller::Caller;
use super::json::{Json, json};
use super::paging::{Asked, Page, Paging};
use super::problem::Problem;
use crate::model::access::Scope;
use crate::model::decision::Correction;
use crate::model::event::Event;
use crate::model::kind::SubType;
use crate::pipeline::{AmendError, Changes, Found};
use crate::render::{EventView, correction_words, wording};
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

/// Why it is decided so, and whether those are told at once who were sent it otherwise.
#[derive(Debug, Deserialize, ToSchema)]
pub(super) struct Why {
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
pub(super) struct DecisionOut {
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
    params(("id" = String, Path), super::KeyHeader), security(("token" = ["edit"])),
    responses((status = 200, body = DecisionOut), (status = 404, body = Problem), (status = 422, body = Problem)))]
pub(super) async fn retract(
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
pub(super) struct AmendIn {
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
    params(("id" = String, Path), super::KeyHeader), security(("token" = ["edit"])),
    responses((status = 200, body = DecisionOut), (status = 404, body = Problem), (status = 422, body = Problem)))]
pub(super) async fn amend(
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
pub(super) struct MergeIn {
    #[serde(flatten)]
    why: Why,
    /// The id of the other.
    other: String,
}

/// Makes one event of two.
#[utoipa::path(post, path = "/events/{id}/merge", tag = "events", request_body = MergeIn,
    params(("id" = String, Path), super::KeyHeader), security(("token" = ["edit"])),
    responses((status = 200, body = DecisionOut), (status = 404, body = Problem), (status = 422, body = Problem)))]
pub(super) async fn merge(
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
pub(super) struct SplitIn {
    #[serde(flatten)]
    why: Why,
    /// The id of the source.
    source: String,
}

/// Makes two events of one.
#[utoipa::path(post, path = "/events/{id}/split", tag = "events", request_body = SplitIn,
    params(("id" = String, Path), super::KeyHeader), security(("token" = ["edit"])),
    responses((status = 200, body = DecisionOut), (status = 404, body = Problem), (status = 422, body = Problem)))]
pub(super) async fn split(
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
