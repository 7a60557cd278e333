//! Issues that are held for their editors: reading one, sending it to its readers or to nobody.

use std::sync::Arc;

use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;

use super::editions::begun;
use super::{Frame, problems, time};
use crate::model::id::IssueId;
use crate::model::review::{ReviewState, Unreviewed};
use crate::pipeline::Settled;
use crate::render::{self, WebDigest};
use crate::store::{issues, reviews};
use crate::web::WebError;
use crate::web::fields::Fields;
use crate::web::page::{Shell, message, page};
use crate::web::site::Site;
use crate::web::staff::Desk;

#[derive(Template)]
#[template(path = "web/admin/drafts.html")]
struct Drafts<'a> {
    shell: Shell<'a>,
    frame: Frame,
    rows: Vec<Row>,
}

struct Row {
    issue: String,
    title: String,
    closed: String,
    due: String,
    then: &'static str,
}

pub(in crate::web) async fn list(
    State(site): State<Arc<Site>>,
    desk: Desk,
) -> Result<Response, WebError> {
    let db = &site.pipeline.db;
    let mut rows = Vec::new();
    for review in reviews::held(db).await? {
        let Some(issue) = issues::get(db, &review.issue).await? else { continue };
        let edition = site.pipeline.edition_of(&issue);
        let rule = edition.review.as_ref().map(|rule| rule.unreviewed).unwrap_or_default();
        rows.push(Row {
            issue: issue.id.to_string(),
            title: edition.title,
            closed: time(issue.window.to),
            due: time(review.due_at),
            then: match rule {
                Unreviewed::Send => "it goes out",
                Unreviewed::Withhold => "it goes to nobody",
            },
        });
    }
    let (shell, frame) = (site.shell("Drafts"), Frame::new(&site, &desk));
    page(StatusCode::OK, &Drafts { shell, frame, rows })
}

/// A digest that no reader was sent yet.
#[derive(Template)]
#[template(path = "web/admin/draft.html")]
pub(super) struct Draft<'a> {
    pub(super) shell: Shell<'a>,
    pub(super) frame: Frame,
    pub(super) note: String,
    /// The edition, where this is an issue of it that is held.
    pub(super) held: Option<String>,
    pub(super) digest: WebDigest,
}

pub(in crate::web) async fn show(
    State(site): State<Arc<Site>>,
    desk: Desk,
    Path(id): Path<String>,
) -> Result<Response, WebError> {
    let id = IssueId::new(id);
    let review = reviews::get(&site.pipeline.db, &id).await?.ok_or(WebError::NotFound)?;
    let (issue, told) = site.pipeline.draft(&id).await?.ok_or(WebError::NotFound)?;
    let digest = render::web_digest(&told.situation, &told.registry, &told.look)?;
    let (held, note) = match review.state {
        ReviewState::Held => {
            let note = format!(
                "Held until {}. What you correct of its events is in it when it is sent.",
                time(review.due_at)
            );
            (Some(issue.edition.to_string()), note)
        }
        ReviewState::Released => (None, "It was sent to its readers.".to_owned()),
        ReviewState::Withheld => {
            (None, format!("It was withheld: {}", review.reason.unwrap_or_default()))
        }
    };
    let title = format!("Draft: {}", site.pipeline.edition_of(&issue).title);
    let (shell, frame) = (site.shell(&title), Frame::new(&site, &desk));
    page(StatusCode::OK, &Draft { shell, frame, note, held, digest })
}

/// Sends what is held of an edition to its readers.
pub(in crate::web) async fn release(
    State(site): State<Arc<Site>>,
    desk: Desk,
    Path(name): Path<String>,
    fields: Fields,
) -> Result<Response, WebError> {
    let edition = begun(&site, &desk, &name, &fields)?;
    let text = match site.pipeline.release(&edition).await? {
        Some(Settled::Queued(queued)) => {
            desk.record(&site, "release issue", edition.id.as_str(), "").await?;
            format!("{queued} messages are on their way.")
        }
        _ => "No issue of it is held any more.".to_owned(),
    };
    message(StatusCode::OK, site.shell("Released"), &[text.as_str()])
}

/// Sends what is held of an edition to nobody.
pub(in crate::web) async fn withhold(
    State(site): State<Arc<Site>>,
    desk: Desk,
    Path(name): Path<String>,
    fields: Fields,
) -> Result<Response, WebError> {
    let edition = begun(&site, &desk, &name, &fields)?;
    let reason = fields.text("reason");
    if let Some(wrong) = problems(reason).first() {
        let shell = site.shell("Not withheld");
        return message(StatusCode::UNPROCESSABLE_ENTITY, shell, &[wrong.as_str()]);
    }
    let text = if site.pipeline.withhold(&edition, reason).await?.is_some() {
        desk.record(&site, "withhold issue", edition.id.as_str(), reason).await?;
        "Nobody is sent it."
    } else {
        "No issue of it is held any more."
    };
    message(StatusCode::OK, site.shell("Withheld"), &[text])
}
