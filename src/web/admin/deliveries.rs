//! What was mailed: each message with what its server said, and sending again what failed.

use std::sync::Arc;

use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use uuid::Uuid;

use super::dashboard::states;
use super::messages::{self, MessageRow};
use super::{Frame, time, to};
use crate::model::delivery::DeliveryState;
use crate::model::id::{DeliveryId, DigestId};
use crate::model::staff::StaffRole;
use crate::store::digests;
use crate::store::outbox::{self, Accounting};
use crate::web::WebError;
use crate::web::fields::{Fields, Query};
use crate::web::page::{Shell, page};
use crate::web::site::Site;
use crate::web::staff::Desk;

/// Mailings on the page.
const MAILINGS: u32 = 50;
/// Messages on one page.
const PAGE: u32 = 50;

#[derive(Template)]
#[template(path = "web/admin/deliveries.html")]
struct Deliveries<'a> {
    shell: Shell<'a>,
    frame: Frame,
    /// Why nothing goes out.
    brake: Option<String>,
    rows: Vec<Row>,
}

struct Row {
    reference: String,
    due: String,
    subject: String,
    candidates: u32,
    states: String,
}

pub(in crate::web) async fn list(
    State(site): State<Arc<Site>>,
    desk: Desk,
) -> Result<Response, WebError> {
    let db = &site.pipeline.db;
    let mut rows = Vec::new();
    for mailing in outbox::mailings(db, MAILINGS).await? {
        let Accounting { by_state } = outbox::accounting(db, &mailing.reference).await?;
        let subject = digests::subject(db, &DigestId::new(mailing.reference.as_str())).await?;
        rows.push(Row {
            due: time(mailing.due_at),
            subject: subject.unwrap_or_else(|| mailing.reference.clone()),
            candidates: mailing.candidates,
            states: states(&by_state).join(", "),
            reference: mailing.reference,
        });
    }
    let brake = outbox::brake(db).await?;
    let brake = brake.map(|it| format!("Sending is stopped since {}: {}", time(it.at), it.why));
    let (shell, frame) = (site.shell("Deliveries"), Frame::new(&site, &desk));
    page(StatusCode::OK, &Deliveries { shell, frame, brake, rows })
}

#[derive(Template)]
#[template(path = "web/admin/delivery.html")]
struct Messages<'a> {
    shell: Shell<'a>,
    frame: Frame,
    place: String,
    states: String,
    /// States that can be looked at alone.
    shown: Vec<String>,
    deliveries: Vec<MessageRow>,
    /// The query of the next page; none on the last.
    more: Option<String>,
}

/// The messages of one mailing, the latest first.
pub(in crate::web) async fn show(
    State(site): State<Arc<Site>>,
    desk: Desk,
    Path(reference): Path<String>,
    Query(query): Query,
) -> Result<Response, WebError> {
    let db = &site.pipeline.db;
    let Accounting { by_state } = outbox::accounting(db, &reference).await?;
    if by_state.is_empty() {
        return Err(WebError::NotFound);
    }
    let state = parsed::<DeliveryState>(query.text("state"));
    let before = query.text("before").parse::<Uuid>().ok().map(DeliveryId);
    let found = outbox::page_of(db, &reference, state, before, PAGE).await?;
    let more = found.last().filter(|_| found.len() == PAGE as usize).map(|last| {
        let state = state.map(super::word).unwrap_or_default();
        format!("state={state}&before={}", last.id)
    });
    let subject = digests::subject(db, &DigestId::new(reference.as_str())).await?;
    let title = subject.unwrap_or_else(|| reference.clone());
    let view = Messages {
        shell: site.shell(&title),
        frame: Frame::new(&site, &desk),
        place: format!("/admin/deliveries/{reference}"),
        states: states(&by_state).join(", "),
        shown: by_state.keys().map(super::word).collect(),
        deliveries: messages::rows(&site, &desk, found).await?,
        more,
    };
    page(StatusCode::OK, &view)
}

fn parsed<T: serde::de::DeserializeOwned>(text: &str) -> Option<T> {
    serde_json::from_value(serde_json::Value::String(text.to_owned())).ok()
}

/// Queues again what of a mailing failed or expired.
pub(in crate::web) async fn retry(
    State(site): State<Arc<Site>>,
    desk: Desk,
    Path(reference): Path<String>,
    fields: Fields,
) -> Result<Response, WebError> {
    desk.check(&site, &fields, StaffRole::Editor)?;
    let (all, queued) = site.pipeline.retry_failed(&reference).await?;
    if all == 0 {
        return Err(WebError::NotFound);
    }
    desk.record(&site, "retry mailing", &reference, &format!("{queued} messages")).await?;
    Ok(to(&format!("/admin/deliveries/{reference}")))
}

/// Queues one message again that failed or expired.
pub(in crate::web) async fn retry_one(
    State(site): State<Arc<Site>>,
    desk: Desk,
    Path(id): Path<Uuid>,
    fields: Fields,
) -> Result<Response, WebError> {
    desk.check(&site, &fields, StaffRole::Editor)?;
    let id = DeliveryId(id);
    let until = site.now() + site.config().deliver.expire_after.signed();
    if outbox::retry(&site.pipeline.db, id, until, site.now()).await? {
        desk.record(&site, "retry message", &id.to_string(), "").await?;
    }
    back(&site, id).await
}

/// Mails one message once more that was taken, with the same bytes: its reader asks for it.
pub(in crate::web) async fn resend(
    State(site): State<Arc<Site>>,
    desk: Desk,
    Path(id): Path<Uuid>,
    fields: Fields,
) -> Result<Response, WebError> {
    desk.check(&site, &fields, StaffRole::Admin)?;
    let id = DeliveryId(id);
    let until = site.now() + site.config().deliver.expire_after.signed();
    if outbox::resend(&site.pipeline.db, id, until, site.now()).await? {
        desk.record(&site, "resend message", &id.to_string(), "").await?;
    }
    back(&site, id).await
}

async fn back(site: &Site, id: DeliveryId) -> Result<Response, WebError> {
    let one = outbox::get(&site.pipeline.db, id).await?.ok_or(WebError::NotFound)?;
    Ok(to(&format!("/admin/deliveries/{}", one.reference)))
}

/// Sends again after sending was stopped.
pub(in crate::web) async fn resume(
    State(site): State<Arc<Site>>,
    desk: Desk,
    fields: Fields,
) -> Result<Response, WebError> {
    desk.check(&site, &fields, StaffRole::Editor)?;
    if site.pipeline.resume_sending().await? {
        desk.record(&site, "resume sending", "", "").await?;
    }
    Ok(to("/admin/deliveries"))
}
