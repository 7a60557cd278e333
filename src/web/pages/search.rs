//! Looking for events: by words, faction, region and days.

use std::sync::Arc;

use askama::Template;
use axum::extract::State;
use axum::response::Response;
use jiff::civil::Date;
use url::form_urlencoded::Serializer;

use crate::model::terms;
use crate::render::EventView;
use crate::store::terms::{self as found, MOST_TERMS, Results};
use crate::web::WebError;
use crate::web::access::Reading;
use crate::web::fields::{Fields, Query};
use crate::web::page::{Shell, page, status, to};
use crate::web::site::Site;

/// Events on one page.
const PAGE: u32 = 25;

#[derive(Template)]
#[template(path = "web/search.html")]
struct Found<'a> {
    shell: Shell<'a>,
    wrong: Vec<String>,
    sought: Sought<'a>,
}

pub(in crate::web) async fn show(
    State(site): State<Arc<Site>>,
    _: Reading,
    Query(query): Query,
) -> Result<Response, WebError> {
    match sought(&site, &query, "/e").await? {
        Search::Event(place) => Ok(to(&place)),
        Search::Page(sought, wrong) => {
            let shell = site.shell("Events");
            page(status(&wrong), &Found { shell, wrong, sought })
        }
    }
}

/// What a query asks for.
pub(in crate::web) enum Search<'a> {
    /// The one event at this address.
    Event(String),
    /// Some events, or why nothing could be looked for.
    Page(Sought<'a>, Vec<String>),
}

/// A page of events that were found, under the form that looked for them.
pub(in crate::web) struct Sought<'a> {
    pub(in crate::web) words: &'a str,
    pub(in crate::web) faction: &'a str,
    pub(in crate::web) region: &'a str,
    pub(in crate::web) from: &'a str,
    pub(in crate::web) to: &'a str,
    pub(in crate::web) views: Vec<EventView>,
    /// The query of the next page; none on the last.
    pub(in crate::web) more: Option<String>,
}

/// The events that a query looks for; each has its page under `base`.
pub(in crate::web) async fn sought<'a>(
    site: &Site,
    query: &'a Fields,
    base: &str,
) -> Result<Search<'a>, WebError> {
    let words = query.text("q");
    if let Some(id) = words.strip_prefix('#') {
        let id: String = id.chars().filter(char::is_ascii_alphanumeric).collect();
        return Ok(Search::Event(format!("{base}/{id}")));
    }
    let (wanted, wrong) = wanted(site, query);
    let hits = match &wanted {
        Some(wanted) => found::search(&site.pipeline.db, wanted, PAGE).await?,
        None => Results::default(),
    };
    let more = hits.further.map(|(day, id)| next(query, &day, &id));
    let order: Vec<String> = hits.events.iter().map(|event| event.id.to_string()).collect();
    // All at once: what a view needs beside its event is made once.
    let mut views = site.views(hits.events);
    views.sort_by_key(|view| order.iter().position(|id| *id == view.row.id));
    let (faction, region) = (query.text("faction"), query.text("region"));
    let (from, to) = (query.text("from"), query.text("to"));
    Ok(Search::Page(Sought { words, faction, region, from, to, views, more }, wrong))
}

/// What is looked for; none, and what is wrong, where it cannot be.
pub(in crate::web) fn wanted(site: &Site, query: &Fields) -> (Option<found::Search>, Vec<String>) {
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
    let search = found::Search { terms: all, from, to, after };
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
