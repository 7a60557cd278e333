//! How everything stands.

use std::sync::Arc;

use askama::Template;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;

use super::{Frame, time, word};
use crate::model::closing::next_closing;
use crate::model::delivery::DeliveryState;
use crate::store::outbox::{self, Accounting, Mailing};
use crate::store::status::{self, Status};
use crate::store::{digests, notices};
use crate::web::WebError;
use crate::web::page::{Shell, page};
use crate::web::site::Site;
use crate::web::staff::Desk;

/// Mailings that are shown.
const MAILINGS: u32 = 10;

#[derive(Template)]
#[template(path = "web/admin/dashboard.html")]
struct Dashboard<'a> {
    shell: Shell<'a>,
    frame: Frame,
    editions: Vec<EditionRow>,
    counts: Vec<(&'static str, String)>,
    wrong: Vec<String>,
    mailings: Vec<MailingRow>,
}

/// When an edition closed and will close.
struct EditionRow {
    title: String,
    last: String,
    next: String,
}

/// One thing that was mailed.
struct MailingRow {
    due: String,
    subject: String,
    states: String,
}

pub(in crate::web) async fn show(
    State(site): State<Arc<Site>>,
    desk: Desk,
) -> Result<Response, WebError> {
    let db = &site.pipeline.db;
    let status = status::status(db).await?;
    let mut wrong: Vec<String> = notices::standing(db)
        .await?
        .into_iter()
        .map(|notice| format!("{} (since {})", notice.text, time(notice.at)))
        .collect();
    if let Some(brake) = outbox::brake(db).await? {
        wrong.push(format!("Sending is stopped since {}: {}", time(brake.at), brake.why));
    }
    let mut mailings = Vec::new();
    for mailing in outbox::mailings(db, MAILINGS).await? {
        mailings.push(row(&site, mailing).await?);
    }
    let view = Dashboard {
        shell: site.shell("Desk"),
        frame: Frame::new(&site, &desk),
        editions: editions(&site, &status),
        counts: counts(&status),
        wrong,
        mailings,
    };
    page(StatusCode::OK, &view)
}

fn editions(site: &Site, status: &Status) -> Vec<EditionRow> {
    let all = site.config().edition.iter().map(|(name, edition)| edition.edition(name));
    all.map(|edition| {
        let last = status.last_closes.get(&edition.id).map(|at| time(*at));
        let next = next_closing(&edition.closes, site.now()).ok().flatten().map(time);
        EditionRow {
            title: edition.title,
            last: last.unwrap_or_else(|| "never".to_owned()),
            next: next.unwrap_or_else(|| "no closing time".to_owned()),
        }
    })
    .collect()
}

fn counts(status: &Status) -> Vec<(&'static str, String)> {
    let joined = |parts: Vec<String>| {
        if parts.is_empty() { "none".to_owned() } else { parts.join(", ") }
    };
    let words = |counts: &std::collections::BTreeMap<String, u32>| {
        joined(counts.iter().map(|(word, n)| format!("{n} {word}")).collect())
    };
    vec![
        ("Articles", words(&status.articles)),
        ("Events", status.events.to_string()),
        ("Readers", words(&status.subscribers)),
        ("Outbox", joined(states(&status.outbox))),
        ("Open jobs", status.open_jobs.to_string()),
    ]
}

pub(super) fn states(by_state: &std::collections::BTreeMap<DeliveryState, u32>) -> Vec<String> {
    by_state.iter().map(|(state, n)| format!("{n} {}", word(state))).collect()
}

async fn row(site: &Site, mailing: Mailing) -> Result<MailingRow, WebError> {
    let db = &site.pipeline.db;
    let Accounting { by_state } = outbox::accounting(db, &mailing.reference).await?;
    let subject = digests::subject(db, &mailing.reference.as_str().into()).await?;
    Ok(MailingRow {
        due: time(mailing.due_at),
        subject: subject.unwrap_or(mailing.reference),
        states: states(&by_state).join(", "),
    })
}
