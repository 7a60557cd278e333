//! Who subscribes, for those who administer: looking somebody up, suppressing them, and all of them as a file.

use std::sync::Arc;

use askama::Template;
use axum::extract::{Path, State};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse as _, Response};
use url::form_urlencoded::Serializer;
use uuid::Uuid;

use super::messages::{self, MessageRow};
use super::{Frame, time, to, word};
use crate::model::id::SubscriberId;
use crate::model::staff::StaffRole;
use crate::model::subscriber::{Subscriber, SubscriberState, Subscription};
use crate::render::csv_line;
use crate::store::{outbox, subscribers, subscriptions};
use crate::web::WebError;
use crate::web::client::Client;
use crate::web::fields::{Fields, Query};
use crate::web::page::{Shell, page};
use crate::web::site::Site;
use crate::web::staff::Desk;

/// Subscribers on one page.
const PAGE: u32 = 50;
/// Messages that are shown of one of them.
const MESSAGES: usize = 30;
/// Subscribers that are read together for the file.
const STEP: u32 = 1_000;

#[derive(Template)]
#[template(path = "web/admin/subscribers.html")]
struct Subscribers<'a> {
    shell: Shell<'a>,
    frame: Frame,
    part: &'a str,
    rows: Vec<Row>,
    /// The query of the next page; none on the last.
    more: Option<String>,
    wrong: Vec<String>,
}

struct Row {
    id: String,
    address: String,
    state: String,
    wants: String,
    since: String,
}

pub(in crate::web) async fn list(
    State(site): State<Arc<Site>>,
    desk: Desk,
    Query(query): Query,
) -> Result<Response, WebError> {
    desk.needs(StaffRole::Admin)?;
    listed(&site, &desk, &query, Vec::new()).await
}

async fn listed(
    site: &Site,
    desk: &Desk,
    query: &Fields,
    wrong: Vec<String>,
) -> Result<Response, WebError> {
    let (db, part) = (&site.pipeline.db, query.text("q"));
    let found = subscribers::search(db, part, query.text("after"), PAGE).await?;
    let more = found.last().filter(|_| found.len() == PAGE as usize).map(|last| {
        let mut text = Serializer::new(String::new());
        text.append_pair("q", part).append_pair("after", last.address.as_str()).finish()
    });
    let mut rows = Vec::new();
    for who in found {
        let theirs = subscriptions::of(db, who.id).await?;
        rows.push(Row {
            id: who.id.to_string(),
            state: word(who.state),
            wants: wants(&who, &theirs),
            since: time(who.created_at),
            address: who.address.to_string(),
        });
    }
    let status = if wrong.is_empty() { StatusCode::OK } else { StatusCode::FORBIDDEN };
    let (shell, frame) = (site.shell("Subscribers"), Frame::new(site, desk));
    page(status, &Subscribers { shell, frame, part, rows, more, wrong })
}

/// `daily by 06:30 Asia/Damascus; …`
fn wants(who: &Subscriber, theirs: &[Subscription]) -> String {
    let want = |one: &Subscription| {
        let mut words = vec![
            one.edition.to_string(),
            format!("by {} {}", one.at.strftime("%R"), who.zone),
            word(one.frequency),
        ];
        words.extend(one.filter.factions.iter().map(ToString::to_string));
        words.extend(one.filter.regions.iter().map(ToString::to_string));
        words.join(" ")
    };
    theirs.iter().map(want).collect::<Vec<_>>().join("; ")
}

#[derive(Template)]
#[template(path = "web/admin/subscriber.html")]
struct One<'a> {
    shell: Shell<'a>,
    frame: Frame,
    id: String,
    state: String,
    since: String,
    zone: String,
    wants: String,
    is_active: bool,
    deliveries: Vec<MessageRow>,
    wrong: Vec<String>,
}

pub(in crate::web) async fn show(
    State(site): State<Arc<Site>>,
    desk: Desk,
    Path(id): Path<Uuid>,
) -> Result<Response, WebError> {
    desk.needs(StaffRole::Admin)?;
    let who = one(&site, id).await?;
    shown(&site, &desk, who, Vec::new()).await
}

async fn one(site: &Site, id: Uuid) -> Result<Subscriber, WebError> {
    let found = subscribers::get(&site.pipeline.db, SubscriberId(id)).await?;
    found.ok_or(WebError::NotFound)
}

async fn shown(
    site: &Site,
    desk: &Desk,
    who: Subscriber,
    wrong: Vec<String>,
) -> Result<Response, WebError> {
    let db = &site.pipeline.db;
    let theirs = subscriptions::of(db, who.id).await?;
    let mut mailed = outbox::of_subscriber(db, &who.id.to_string()).await?;
    mailed.reverse();
    mailed.truncate(MESSAGES);
    let status = if wrong.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    let view = One {
        shell: site.shell(who.address.as_str()),
        frame: Frame::new(site, desk),
        id: who.id.to_string(),
        state: word(who.state),
        since: time(who.created_at),
        wants: wants(&who, &theirs),
        is_active: who.state != SubscriberState::Suppressed,
        zone: who.zone,
        deliveries: messages::rows(site, desk, mailed).await?,
        wrong,
    };
    page(status, &view)
}

/// Never mails somebody again.
pub(in crate::web) async fn suppress(
    State(site): State<Arc<Site>>,
    desk: Desk,
    Path(id): Path<Uuid>,
    fields: Fields,
) -> Result<Response, WebError> {
    desk.check(&site, &fields, StaffRole::Admin)?;
    let who = one(&site, id).await?;
    let reason = fields.text("reason");
    // The file of suppressions has a line for each: what is written must stay in its line.
    if reason.is_empty() || reason.chars().any(char::is_control) {
        let wrong = vec!["Say why in one line; the record keeps it.".to_owned()];
        return shown(&site, &desk, who, wrong).await;
    }
    let place = format!("/admin/subscribers/{}", who.id);
    site.pipeline.leaving.suppress(&who, "by an editor", site.now()).await?;
    desk.record(&site, "suppress subscriber", &who.id.to_string(), reason).await?;
    Ok(to(&place))
}

/// All of them as a file, once the password is given again (S-12).
pub(in crate::web) async fn export(
    State(site): State<Arc<Site>>,
    desk: Desk,
    client: Client,
    fields: Fields,
) -> Result<Response, WebError> {
    desk.check(&site, &fields, StaffRole::Admin)?;
    let (name, given) = (desk.staff.name.as_str(), fields.text("password"));
    if !site.knows(name, given, &client.network()).await? {
        let text = "That is not your password, or there were too many tries; after a quarter of an hour there are new ones.";
        return listed(&site, &desk, &Fields::default(), vec![text.to_owned()]).await;
    }
    let text = all(&site).await?;
    desk.record(&site, "export subscribers", "", "").await?;
    let headers = [
        (header::CONTENT_TYPE, "text/csv; charset=utf-8"),
        (header::CONTENT_DISPOSITION, "attachment; filename=\"subscribers.csv\""),
    ];
    Ok((headers, text).into_response())
}

async fn all(site: &Site) -> Result<String, WebError> {
    let head = ["id", "address", "state", "language", "zone", "created_at", "wants"];
    let mut text = csv_line(&head.map(str::to_owned));
    let (db, mut after) = (&site.pipeline.db, String::new());
    loop {
        let some = subscribers::search(db, "", &after, STEP).await?;
        let Some(last) = some.last() else { return Ok(text) };
        after = last.address.to_string();
        for who in some {
            let theirs = subscriptions::of(db, who.id).await?;
            text.push_str(&csv_line(&[
                who.id.to_string(),
                who.address.to_string(),
                word(who.state),
                who.language.clone(),
                who.zone.clone(),
                who.created_at.to_string(),
                wants(&who, &theirs),
            ]));
        }
    }
}
