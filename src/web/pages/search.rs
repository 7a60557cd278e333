//! Looking for events: by words, faction, region and days.

use std::sync::Arc;

use askama::Template;
use axum::extract::State;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse as _, Response};
use jiff::civil::Date;
use url::form_urlencoded::Serializer;

use crate::model::terms;
use crate::render::EventView;
use crate::store::terms::{MOST_TERMS, Search, search};
use crate::web::WebError;
use crate::web::access::Reading;
use crate::web::fields::{Fields, Query};
use crate::web::page::{Shell, page};
use crate::web::site::Site;

/// Events on one page.
const PAGE: u32 = 25;

#[derive(Template)]
#[template(path = "web/search.html")]
struct Found<'a> {
    shell: Shell<'a>,
    words: &'a str,
    faction: &'a str,
    region: &'a str,
    from: &'a str,
    to: &'a str,
    wrong: Vec<String>,
    views: Vec<EventView>,
    /// The query of the next page; none on the last.
    more: Option<String>,
}

pub(in crate::web) async fn show(
    State(site): State<Arc<Site>>,
    _: Reading,
    Query(query): Query,
) -> Result<Response, WebError> {
    let words = query.text("q");
    if let Some(id) = words.strip_prefix('#') {
        let place =
            format!("/e/{}", id.chars().filter(char::is_ascii_alphanumeric).collect::<String>());
        return Ok((StatusCode::SEE_OTHER, [(header::LOCATION, place)]).into_response());
    }
    let Hits { views, wrong, more } = hits(&site, &query).await?;
    let faction = query.text("faction");
    let (region, from, to) = (query.text("region"), query.text("from"), query.text("to"));
    let shell = site.shell("Events");
    let status = if wrong.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    page(status, &Found { shell, words, faction, region, from, to, wrong, views, more })
}

/// A page of events that were found.
pub(in crate::web) struct Hits {
    pub(in crate::web) views: Vec<EventView>,
    /// Why nothing could be looked for.
    pub(in crate::web) wrong: Vec<String>,
    /// The query of the next page; none on the last.
    pub(in crate::web) more: Option<String>,
}

/// The events that a query looks for.
pub(in crate::web) async fn hits(site: &Site, query: &Fields) -> Result<Hits, WebError> {
    let (wanted, wrong) = wanted(site, query);
    let found = match &wanted {
        Some(wanted) => search(&site.pipeline.db, wanted, PAGE + 1).await?,
        None => Vec::new(),
    };
    let shown = found.iter().take(PAGE as usize);
    let more = shown.clone().next_back().filter(|_| found.len() > PAGE as usize).map(|last| {
        let day = last.last_day().map(|day| day.to_string()).unwrap_or_default();
        next(query, &day, last.id.as_str())
    });
    let order: Vec<String> = shown.clone().map(|event| event.id.to_string()).collect();
    // All at once: what a view needs beside its event is made once.
    let mut views = site.views(shown.cloned().collect());
    views.sort_by_key(|view| order.iter().position(|id| *id == view.row.id));
    Ok(Hits { views, wrong, more })
}

/// What is looked for; none, and what is wrong, where it cannot be.
pub(in crate::web) fn wanted(site: &Site, query: &Fields) -> (Option<Search>, Vec<String>) {
    let (mut all, mut wrong) = (terms::words(query.text("q")), Vec::new());
    let named = Some(query.text("faction")).filter(|name| !name.is_empty());
    match named.map(|name| site.faction_named(name)) {
        Some(Some(id)) => all.insert(0, terms::faction(&id)),
        Some(None) => wrong.push("No pack knows that faction; write its name or id.".to_owned()),
        None => {}
    }
    let region = query.text("region");
    if !region.is_empty() {
        let (country, admin1) = region.split_once('/').unwrap_or((region, ""));
        let admin1 = Some(admin1).filter(|name| !name.is_empty());
        all.insert(0, terms::region(&country.to_ascii_uppercase(), admin1));
    }
    let mut day = |name: &str| {
        let text = query.text(name);
        let day = text.parse::<Date>().ok();
        if day.is_none() && !text.is_empty() {
            wrong.push("Write days as 2026-11-21.".to_owned());
        }
        day
    };
    let (from, to) = (day("from"), day("to"));
    if all.len() > MOST_TERMS {
        wrong.push(format!(
            "At most {MOST_TERMS} words, the faction and the region counted with them."
        ));
    }
    let after = (query.text("day").to_owned(), query.text("after").to_owned());
    let after = Some(after).filter(|(_, id)| !id.is_empty());
    let search = Search { terms: all, from, to, after };
    (wrong.is_empty().then_some(search), wrong)
}

impl Site {
    /// The id of a faction by its id or one of its names.
    pub(in crate::web) fn faction_named(&self, name: &str) -> Option<String> {
        let registry = self.pipeline.registry();
        let found = registry.factions().find(|faction| {
            faction.id.as_str() == name
                || faction.name.eq_ignore_ascii_case(name)
                || faction.short_name().eq_ignore_ascii_case(name)
                || faction.aliases.iter().any(|alias| alias.eq_ignore_ascii_case(name))
        });
        found.map(|faction| faction.id.to_string())
    }
}

fn next(query: &Fields, day: &str, after: &str) -> String {
    let mut text = Serializer::new(String::new());
    for name in ["q", "faction", "region", "from", "to"] {
        if query.has(name) {
            text.append_pair(name, query.text(name));
        }
    }
    text.append_pair("day", day).append_pair("after", after).finish()
}
