//! Feeds of digests and of corrections, as Atom and as JSON.

use std::sync::Arc;

use askama::Template;
use axum::extract::{Path, State};
use axum::http::header;
use axum::response::{IntoResponse as _, Response};
use jiff::Timestamp;
use serde_json::json;

use crate::render::correction_words;
use crate::store::decisions;
use crate::web::WebError;
use crate::web::access::FeedReading;
use crate::web::site::Site;

/// Entries of a feed.
const MOST: u32 = 50;

/// One entry.
struct Entry {
    id: String,
    title: String,
    link: String,
    at: Timestamp,
    text: String,
}

#[derive(Template)]
#[template(path = "web/feed.xml", escape = "html")]
struct Atom<'a> {
    title: &'a str,
    base: &'a str,
    name: &'a str,
    updated: Timestamp,
    entries: &'a [Entry],
}

/// `digests.atom`, `digests.json`, `corrections.atom`, `corrections.json`.
pub(in crate::web) async fn show(
    State(site): State<Arc<Site>>,
    _: FeedReading,
    Path(file): Path<String>,
) -> Result<Response, WebError> {
    let (name, form) = file.split_once('.').ok_or(WebError::NotFound)?;
    let product = &site.config().look.name;
    let (title, entries) = match name {
        "digests" => (format!("{product}: digests"), digests(&site).await?),
        "corrections" => (format!("{product}: corrections"), corrections(&site).await?),
        _ => return Err(WebError::NotFound),
    };
    let base = site.config().web.site().unwrap_or_default();
    match form {
        "atom" => atom(&title, base, name, &entries),
        "json" => json_feed(&title, base, name, &entries),
        _ => Err(WebError::NotFound),
    }
}

fn atom(title: &str, base: &str, name: &str, entries: &[Entry]) -> Result<Response, WebError> {
    let updated = entries.iter().map(|entry| entry.at).max().unwrap_or(Timestamp::UNIX_EPOCH);
    let text = Atom { title, base, name, updated, entries }.render()?;
    let kind = [(header::CONTENT_TYPE, "application/atom+xml; charset=utf-8")];
    Ok((kind, text).into_response())
}

/// JSON Feed 1.1.
fn json_feed(title: &str, base: &str, name: &str, entries: &[Entry]) -> Result<Response, WebError> {
    let items: Vec<_> = entries
        .iter()
        .map(|entry| {
            json!({
                "id": entry.id,
                "url": format!("{base}{}", entry.link),
                "title": entry.title,
                "content_text": entry.text,
                "date_published": entry.at,
            })
        })
        .collect();
    let feed = json!({
        "version": "https://jsonfeed.org/version/1.1",
        "title": title,
        "home_page_url": format!("{base}/archive"),
        "feed_url": format!("{base}/feeds/{name}.json"),
        "items": items,
    });
    let kind = [(header::CONTENT_TYPE, "application/feed+json; charset=utf-8")];
    Ok((kind, serde_json::to_string(&feed)?).into_response())
}

/// The latest issues as everybody is told them.
async fn digests(site: &Site) -> Result<Vec<Entry>, WebError> {
    let mut entries = Vec::new();
    for told in site.pipeline.issues_told(None, Timestamp::MAX, MOST).await? {
        let digest = site.pipeline.public_digest(&told.issue).await?;
        entries.push(Entry {
            id: format!("urn:sitrep:issue:{}", told.issue.id),
            title: told.subject.unwrap_or(told.title),
            link: format!("/archive/{}", told.issue.id),
            at: told.issue.closed_at,
            text: digest.map(|digest| digest.text).unwrap_or_default(),
        });
    }
    Ok(entries)
}

/// What editors corrected, the latest first.
async fn corrections(site: &Site) -> Result<Vec<Entry>, WebError> {
    let made = decisions::list(&site.pipeline.db).await?;
    let entry = |decision: &crate::model::decision::Decision| Entry {
        id: format!("urn:uuid:{}", decision.id),
        title: format!(
            "{}: event #{}",
            correction_words(decision.verdict.kind()),
            decision.event.short()
        ),
        link: format!("/e/{}", decision.event),
        at: decision.at,
        text: decision.reason.clone(),
    };
    Ok(made.iter().rev().take(MOST as usize).map(entry).collect())
}
