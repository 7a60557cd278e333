//! Editions: when each closes, what it would tell now, and running one out of turn.

use std::sync::Arc;

use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;

use super::drafts::Draft;
use super::{Frame, time};
use crate::model::closing::next_closings;
use crate::model::issue::Edition;
use crate::model::review::Unreviewed;
use crate::model::staff::StaffRole;
use crate::model::subscriber::{Address, SubscriberState};
use crate::render;
use crate::schedule::run_now;
use crate::store::jobs::{self, JobRecord};
use crate::store::{issues, subscribers, subscriptions};
use crate::web::WebError;
use crate::web::fields::Fields;
use crate::web::page::{Shell, message, page};
use crate::web::site::Site;
use crate::web::staff::Desk;

/// Closings that are shown of each.
const NEXT: usize = 5;
/// Runs that are shown.
const RUNS: u32 = 20;

#[derive(Template)]
#[template(path = "web/admin/editions.html")]
struct Editions<'a> {
    shell: Shell<'a>,
    frame: Frame,
    rows: Vec<Row>,
    /// When, what, how it stands, what went wrong.
    runs: Vec<[String; 4]>,
}

struct Row {
    id: String,
    title: String,
    last: String,
    /// On the clock of each closing's zone.
    next: Vec<String>,
    review: String,
    readers: u32,
}

pub(in crate::web) async fn show(
    State(site): State<Arc<Site>>,
    desk: Desk,
) -> Result<Response, WebError> {
    let db = &site.pipeline.db;
    let readers = subscriptions::readers(db).await?;
    let mut rows = Vec::new();
    for (name, own) in &site.config().edition {
        let edition = own.edition(name);
        let last = issues::last_close(db, &edition.id).await?;
        rows.push(Row {
            last: last.map_or_else(|| "never".to_owned(), time),
            next: next(&site, &edition),
            review: review(&edition),
            readers: readers.get(&edition.id).copied().unwrap_or_default(),
            id: edition.id.to_string(),
            title: edition.title,
        });
    }
    let runs = jobs::list(db, "", None, RUNS, site.now()).await?;
    let runs = runs.into_iter().map(run_row).collect();
    let (shell, frame) = (site.shell("Editions"), Frame::new(&site, &desk));
    page(StatusCode::OK, &Editions { shell, frame, rows, runs })
}

fn next(site: &Site, edition: &Edition) -> Vec<String> {
    // The configuration was checked when it was read.
    let next = next_closings(&edition.closes, site.now(), NEXT).unwrap_or_default();
    next.iter().map(|at| at.strftime("%a %-d %B %Y, %R %Q").to_string()).collect()
}

fn review(edition: &Edition) -> String {
    let Some(rule) = &edition.review else { return "goes out when it closes".to_owned() };
    let then = match rule.unreviewed {
        Unreviewed::Send => "goes out",
        Unreviewed::Withhold => "goes to nobody",
    };
    format!("held for {} minutes, then it {then}", rule.seconds / 60)
}

fn run_row(job: JobRecord) -> [String; 4] {
    let state = state_of(&job).to_owned();
    [time(job.due_at), job.schedule, state, job.failure.unwrap_or_default()]
}

/// How a run stands, in a word.
pub(in crate::web) fn state_of(job: &JobRecord) -> &'static str {
    match (job.done_at, &job.failure) {
        (Some(_), None) => "done",
        (Some(_), Some(_)) => "failed",
        (None, _) if job.is_held => "running",
        (None, Some(_)) => "waiting to be tried again",
        (None, None) => "waiting",
    }
}

/// What an edition would tell if it closed now.
pub(in crate::web) async fn preview(
    State(site): State<Arc<Site>>,
    desk: Desk,
    Path(name): Path<String>,
) -> Result<Response, WebError> {
    let edition = known(&site, &name)?;
    let told = site.pipeline.preview(&edition, "UTC").await?;
    let digest = render::web_digest(&told.situation, &told.registry, &told.look)?;
    let title = format!("{}, as it would close now", edition.title);
    let note =
        "From what was gathered so far. Nobody is sent this, and nothing is closed.".to_owned();
    let (shell, frame) = (site.shell(&title), Frame::new(&site, &desk));
    page(StatusCode::OK, &Draft { shell, frame, note, held: None, digest })
}

/// Has an edition gathered for, closed and mailed as soon as a worker is free.
pub(in crate::web) async fn run(
    State(site): State<Arc<Site>>,
    desk: Desk,
    Path(name): Path<String>,
    fields: Fields,
) -> Result<Response, WebError> {
    let edition = begun(&site, &desk, &name, &fields)?;
    if !fields.has("sure") {
        let text = ["Tick the box beside the button: its readers are mailed at once."];
        return message(StatusCode::UNPROCESSABLE_ENTITY, site.shell("Not run"), &text);
    }
    if run_now(&site.pipeline.db, &edition.id, site.now()).await? {
        desk.record(&site, "run edition", edition.id.as_str(), "").await?;
    }
    let text =
        ["A worker gathers, closes the edition and mails it. \"Editions\" shows how far it is."];
    message(StatusCode::OK, site.shell("On its way"), &text)
}

/// Mails the preview to one subscriber.
pub(in crate::web) async fn test(
    State(site): State<Arc<Site>>,
    desk: Desk,
    Path(name): Path<String>,
    fields: Fields,
) -> Result<Response, WebError> {
    let edition = begun(&site, &desk, &name, &fields)?;
    let db = &site.pipeline.db;
    let found = match fields.text("address").parse::<Address>() {
        Ok(address) => subscribers::find(db, &address).await?,
        Err(_) => None,
    };
    let title = "The preview by mail";
    // One answer for every address: who may edit need not see who subscribes (S-12).
    if let Some(reader) = found.filter(|reader| reader.state == SubscriberState::Active) {
        site.pipeline.mail_preview(&edition, &reader).await?;
        desk.record(&site, "mail preview", edition.id.as_str(), &reader.id.to_string()).await?;
    }
    let text = ["If that address is a subscriber's, the preview is on its way, marked as a draft."];
    message(StatusCode::OK, site.shell(title), &text)
}

/// The edition that somebody does something with who may.
pub(super) fn begun(
    site: &Site,
    desk: &Desk,
    name: &str,
    fields: &Fields,
) -> Result<Edition, WebError> {
    desk.check(site, fields, StaffRole::Editor)?;
    known(site, name)
}

/// An edition of the configuration.
fn known(site: &Site, name: &str) -> Result<Edition, WebError> {
    let own = site.config().edition.get(name).ok_or(WebError::NotFound)?;
    Ok(own.edition(name))
}
