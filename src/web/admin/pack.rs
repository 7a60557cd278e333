//! The local pack: factions, places and regions that editors add on the site.

use std::sync::Arc;

use askama::Template;
use axum::extract::State;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse as _, Response};

use super::{Frame, to};
use crate::model::faction::FactionKind;
use crate::model::staff::StaffRole;
use crate::pipeline::packs::{LocalEntry, Written, of_kind};
use crate::web::WebError;
use crate::web::choice::parsed;
use crate::web::fields::{Fields, Query};
use crate::web::page::{Shell, page, status};
use crate::web::site::Site;
use crate::web::staff::Desk;

const FACTION: &str = "[[faction]]\nid = \"\"\nname = \"\"\naliases = []\nkind = \"rebel\" # state_forces rebel political_militia identity_militia external_forces civilians\ncountry = \"\"\n";
const PLACE: &str = "[[place]]\nname = \"\"\naliases = []\ncountry = \"\"\nadmin1 = \"\"\n# lat = 34.5\n# lon = 38.3\n";
const REGION: &str = "[[region]]\nid = \"\"\nname = \"\"\nincludes = [\"SY/Homs\"]\n";

#[derive(Template)]
#[template(path = "web/admin/pack.html")]
struct LocalPack<'a> {
    shell: Shell<'a>,
    frame: Frame,
    entries: Vec<LocalEntry>,
}

#[derive(Template)]
#[template(path = "web/admin/pack_entry.html")]
struct EntryPage<'a> {
    shell: Shell<'a>,
    frame: Frame,
    /// Under what it is known; empty for a new one.
    key: &'a str,
    text: &'a str,
    wrong: Vec<String>,
    /// Whether it can be saved all the same.
    doubtful: bool,
}

pub(in crate::web) async fn list(
    State(site): State<Arc<Site>>,
    desk: Desk,
) -> Result<Response, WebError> {
    let (entries, _) = site.pipeline.local_entries().await?;
    let (shell, frame) = (site.shell("Local pack"), Frame::new(&site, &desk));
    page(StatusCode::OK, &LocalPack { shell, frame, entries })
}

/// The pack as a file that `[extract] packs` and `--pack` take.
pub(in crate::web) async fn file(
    State(site): State<Arc<Site>>,
    _: Desk,
) -> Result<Response, WebError> {
    let (_, text) = site.pipeline.local_entries().await?;
    let headers = [
        (header::CONTENT_TYPE, "application/toml; charset=utf-8"),
        (header::CONTENT_DISPOSITION, "attachment; filename=\"site.toml\""),
    ];
    Ok((headers, text).into_response())
}

/// One entry, or the beginning of a new one.
pub(in crate::web) async fn show(
    State(site): State<Arc<Site>>,
    desk: Desk,
    Query(query): Query,
) -> Result<Response, WebError> {
    let key = query.text("key");
    if key.is_empty() {
        desk.needs(StaffRole::Editor)?;
        let text = match query.text("new") {
            "place" => PLACE,
            "region" => REGION,
            _ => FACTION,
        };
        return shown(&site, &desk, "", text, Vec::new(), false);
    }
    let entry = stored(&site, key).await?.ok_or(WebError::NotFound)?;
    shown(&site, &desk, key, &entry.text, Vec::new(), false)
}

/// Writes an entry: a new one, one in the place of another, or one that was offered for a name.
pub(in crate::web) async fn save(
    State(site): State<Arc<Site>>,
    desk: Desk,
    fields: Fields,
) -> Result<Response, WebError> {
    desk.check(&site, &fields, StaffRole::Editor)?;
    let (key, sure) = (fields.text("key"), fields.has("sure"));
    let text = match parsed::<FactionKind>(fields.text("kind")) {
        Some(kind) => of_kind(fields.text("entry"), kind),
        None => fields.text("entry").to_owned(),
    };
    let before = if key.is_empty() { None } else { stored(&site, key).await? };
    let old = Some(key).filter(|key| !key.is_empty());
    match site.pipeline.write_entry(old, &text, sure).await? {
        Written::Done(entry) => {
            let what = if old.is_some() { "edit entry" } else { "add entry" };
            let was = before.map(|entry| entry.text).unwrap_or_default();
            desk.record(&site, what, &entry.key, &difference(&was, &entry.text)).await?;
            Ok(to(if fields.text("from") == "names" { "/admin/names" } else { "/admin/pack" }))
        }
        Written::Wrong(told) => shown(&site, &desk, key, &text, vec![told], false),
        Written::Doubtful(doubts) => shown(&site, &desk, key, &text, doubts, true),
    }
}

/// Takes an entry out.
pub(in crate::web) async fn remove(
    State(site): State<Arc<Site>>,
    desk: Desk,
    fields: Fields,
) -> Result<Response, WebError> {
    desk.check(&site, &fields, StaffRole::Editor)?;
    let key = fields.text("key");
    let entry = stored(&site, key).await?.ok_or(WebError::NotFound)?;
    if site.pipeline.remove_entry(key).await? {
        desk.record(&site, "remove entry", key, &difference(&entry.text, "")).await?;
    }
    Ok(to("/admin/pack"))
}

async fn stored(site: &Site, key: &str) -> Result<Option<LocalEntry>, WebError> {
    let (entries, _) = site.pipeline.local_entries().await?;
    Ok(entries.into_iter().find(|entry| entry.key == key))
}

/// What an edit took away and what it wrote, line by line, for the record.
fn difference(before: &str, after: &str) -> String {
    let lines = |text: &str, other: &str, sign: &str| {
        let own = text.lines().map(str::trim).filter(|line| !line.is_empty());
        let own = own.filter(|line| !other.lines().any(|known| known.trim() == *line));
        own.map(|line| format!("{sign} {line}")).collect::<Vec<_>>()
    };
    [lines(before, after, "-"), lines(after, before, "+")].concat().join("\n")
}

fn shown(
    site: &Site,
    desk: &Desk,
    key: &str,
    text: &str,
    wrong: Vec<String>,
    doubtful: bool,
) -> Result<Response, WebError> {
    let title = if key.is_empty() { "A new entry" } else { "An entry of the local pack" };
    let (shell, frame) = (site.shell(title), Frame::new(site, desk));
    page(status(&wrong), &EntryPage { shell, frame, key, text, wrong, doubtful })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_record_says_what_an_edit_took_away_and_what_it_wrote() {
        let told = difference("a = 1\nb = 2\n", "a = 1\n  b = 3\n");
        assert_eq!(told, "- b = 2\n+ b = 3");
    }
}
