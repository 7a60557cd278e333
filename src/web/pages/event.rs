//! One event: every claim, sentence, source and version (B-4).

use std::sync::Arc;

use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use jiff::Timestamp;
use jiff::tz::TimeZone;

use crate::model::event::Event;
use crate::pipeline::Found;
use crate::render::{self, EventView, correction_words};
use crate::store::events;
use crate::web::WebError;
use crate::web::access::Reading;
use crate::web::page::{Shell, page};
use crate::web::site::Site;

#[derive(Template)]
#[template(path = "web/event.html")]
struct EventPage<'a> {
    shell: Shell<'a>,
    view: EventView,
    /// What an editor did, when and why.
    corrections: Vec<String>,
    /// Said of an event that is none of its own any more.
    is_former: bool,
    /// How it was told, latest first: when, and the sentence with its marks.
    versions: Vec<(String, String)>,
    /// The issues that may tell it.
    issues: Vec<(String, String)>,
}

#[derive(Template)]
#[template(path = "web/events.html")]
struct Several<'a> {
    shell: Shell<'a>,
    views: Vec<EventView>,
}

pub(in crate::web) async fn show(
    State(site): State<Arc<Site>>,
    _: Reading,
    Path(id): Path<String>,
) -> Result<Response, WebError> {
    let id = id.trim_start_matches('#');
    if id.len() < 6 || !id.chars().all(|c| c.is_ascii_alphanumeric()) {
        return Err(WebError::NotFound);
    }
    match site.pipeline.event_by_id(id).await? {
        Found::Event(event) => one(&site, *event, false).await,
        Found::Former(event) => one(&site, *event, true).await,
        Found::Several(events) => {
            let views = site.views(events);
            page(StatusCode::OK, &Several { shell: site.shell("Several events"), views })
        }
        Found::None => Err(WebError::NotFound),
    }
}

impl Site {
    /// What is printed of events.
    pub(in crate::web) fn views(&self, events: Vec<Event>) -> Vec<EventView> {
        let situation = self.pipeline.of_several(events, "UTC");
        situation.map_or_else(Vec::new, |it| render::event_views(&it, &self.pipeline.registry()))
    }
}

async fn one(site: &Site, event: Event, is_former: bool) -> Result<Response, WebError> {
    let corrections = event.corrections.iter().map(|made| {
        format!("{} on {}: {}", correction_words(made.kind), instant(made.at), made.reason)
    });
    let corrections = corrections.collect();
    let issues = site.pipeline.issues_of(&event).await?.into_iter().map(|issue| {
        let title = site.pipeline.edition_of(&issue).title;
        (issue.id.to_string(), format!("{title}, {}", instant(issue.window.to)))
    });
    let issues = issues.collect();
    let mut versions = Vec::new();
    for (at, version) in events::versions(&site.pipeline.db, &event.id).await?.into_iter().rev() {
        let told = site.views(vec![version]).into_iter().next();
        versions.extend(told.map(|told| (instant(at), summary(&told))));
    }
    let Some(view) = site.views(vec![event]).into_iter().next() else {
        return Err(WebError::NotFound);
    };
    let title = format!("Event #{}", view.row.id.get(..6).unwrap_or(&view.row.id));
    let shell = site.shell(&title);
    let shown = EventPage { shell, view, corrections, is_former, versions, issues };
    page(StatusCode::OK, &shown)
}

/// `… (2 reports; independent reports; 8 to 11 killed)`
fn summary(view: &EventView) -> String {
    let row = &view.row;
    let mut parts = vec![
        format!("{} report{}", view.reports.len(), if view.reports.len() == 1 { "" } else { "s" }),
        row.support.to_owned(),
    ];
    parts.extend(row.disputes.iter().cloned());
    parts.extend(row.killed.map(|(low, high)| range(low, high, "killed")));
    format!("{} ({})", row.notes, parts.join("; "))
}

fn range(low: u32, high: u32, what: &str) -> String {
    if low == high { format!("{low} {what}") } else { format!("{low} to {high} {what}") }
}

fn instant(at: Timestamp) -> String {
    at.to_zoned(TimeZone::UTC).strftime("%-d %B %Y, %H:%M UTC").to_string()
}

/// What templates ask of an event.
impl EventView {
    /// Its place, from small to large.
    pub(in crate::web) fn place(&self) -> String {
        let [country, admin1, _, location] = &self.row.place;
        let mut parts: Vec<&str> = Vec::new();
        for part in [location, admin1, country] {
            if !part.is_empty() && !parts.contains(&part.as_str()) {
                parts.push(part);
            }
        }
        parts.join(", ")
    }

    /// Its day or days.
    pub(in crate::web) fn days(&self) -> String {
        match (self.row.date, self.row.date_to) {
            (Some(from), Some(to)) if from == to => from.to_string(),
            (Some(from), Some(to)) => format!("{from} to {to}"),
            _ => "date not known".to_owned(),
        }
    }

    /// Marks of support and dispute.
    pub(in crate::web) fn marks(&self) -> String {
        let marks =
            std::iter::once(self.row.support).chain(self.row.disputes.iter().map(String::as_str));
        marks.collect::<Vec<_>>().join(" · ")
    }

    /// The dead and injured that count.
    pub(in crate::web) fn toll(&self) -> String {
        let killed = self.row.killed.map(|(low, high)| range(low, high, "killed"));
        let injured = self.row.injured.map(|(low, high)| range(low, high, "injured"));
        killed.into_iter().chain(injured).collect::<Vec<_>>().join(", ")
    }

    /// The id as mails print it.
    pub(in crate::web) fn short(&self) -> &str {
        self.row.id.get(..6).unwrap_or(&self.row.id)
    }
}
