//! For those who run the service: is it alive, is it ready, and how much of everything is there.

use std::fmt::Write as _;
use std::sync::Arc;
use std::sync::atomic::Ordering;

use axum::extract::State;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse as _, Response};

use super::WebError;
use super::client::Client;
use super::site::Site;
use crate::store::status::{self, Status};
use crate::store::{installation, outbox};

/// The process answers.
pub(super) async fn health() -> &'static str {
    "ok\n"
}

/// Everything that the service depends on answers; each by name for the operator's machines.
pub(super) async fn ready(State(site): State<Arc<Site>>, client: Client) -> Response {
    let database = installation::get(&site.pipeline.db).await;
    let brake = outbox::brake(&site.pipeline.db).await;
    let is_ready = database.is_ok() && brake.is_ok();
    let status = if is_ready { StatusCode::OK } else { StatusCode::SERVICE_UNAVAILABLE };
    if !may_see(&site, client) {
        return (status, if is_ready { "ready\n" } else { "not ready\n" }).into_response();
    }
    let word = |good: bool| if good { "ok" } else { "failed" };
    let mail = match &brake {
        Ok(None) => "ok",
        Ok(Some(_)) => "stopped; see `sitrep delivery list`",
        Err(_) => "unknown",
    };
    let checks = serde_json::json!({"database": word(database.is_ok()), "mail": mail});
    (status, [(header::CONTENT_TYPE, "application/json")], format!("{checks}\n")).into_response()
}

/// How much of everything there is, in Prometheus' text format.
pub(super) async fn metrics(
    State(site): State<Arc<Site>>,
    client: Client,
) -> Result<Response, WebError> {
    if !may_see(&site, client) {
        return Err(WebError::NotYours);
    }
    let mut text = written(&status::status(&site.pipeline.db).await?);
    site.tally.write(&mut text);
    let hashes = site.hashes().load(Ordering::Relaxed);
    let _ = writeln!(
        text,
        "# TYPE sitrep_password_hashes_total counter\nsitrep_password_hashes_total {hashes}"
    );
    let kind = "text/plain; version=0.0.4; charset=utf-8";
    Ok(([(header::CONTENT_TYPE, kind)], text).into_response())
}

fn may_see(site: &Site, client: Client) -> bool {
    site.config().web.metrics_from.contains(&client.address())
}

fn written(status: &Status) -> String {
    let mut out = String::new();
    let mut gauge = |name: &str, label: &str, values: Vec<(String, u64)>| {
        let _ = writeln!(out, "# TYPE sitrep_{name} gauge");
        for (value, count) in values {
            let labels =
                if label.is_empty() { String::new() } else { format!("{{{label}=\"{value}\"}}") };
            let _ = writeln!(out, "sitrep_{name}{labels} {count}");
        }
    };
    let one = |count: u32| vec![(String::new(), u64::from(count))];
    let by_word = |counts: &std::collections::BTreeMap<String, u32>| {
        counts.iter().map(|(word, count)| (word.clone(), u64::from(*count))).collect()
    };
    gauge("articles", "state", by_word(&status.articles));
    gauge("events", "", one(status.events));
    gauge("subscribers", "state", by_word(&status.subscribers));
    let word = |state| serde_json::to_string(state).unwrap_or_default().replace('"', "");
    let deliveries = status.outbox.iter().map(|(state, n)| (word(state), u64::from(*n)));
    gauge("deliveries", "state", deliveries.collect());
    gauge("open_jobs", "", one(status.open_jobs));
    let closes = status.last_closes.iter().map(|(edition, at)| {
        (edition.to_string(), u64::try_from(at.as_second()).unwrap_or_default())
    });
    gauge("last_close_seconds", "edition", closes.collect());
    out
}
