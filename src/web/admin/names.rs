//! Names that no pack knows, as entries of a pack to check and complete.

use std::sync::Arc;

use askama::Template;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use jiff::SignedDuration;

use super::{Frame, word};
use crate::pipeline::stanza;
use crate::web::WebError;
use crate::web::choice::{Choice, chosen};
use crate::web::fields::Query;
use crate::web::page::{Shell, page};
use crate::web::site::Site;
use crate::web::staff::Desk;

/// How far back is looked at first, and at most, in days.
const DAYS: (i64, i64) = (14, 366);
/// In how many claims a name stands at least, at first.
const LEAST: usize = 2;
/// Names on the page, which has less than 100 kB with all of them.
const MOST: usize = 30;
/// The longest sentence that is shown, in characters.
const LONGEST: usize = 300;

const KINDS: [(&str, &str); 6] = [
    ("state_forces", "State forces"),
    ("rebel", "Rebels"),
    ("political_militia", "Political militia"),
    ("identity_militia", "Militia of a people or place"),
    ("external_forces", "Forces from outside"),
    ("civilians", "Civilians"),
];

#[derive(Template)]
#[template(path = "web/admin/names.html")]
struct Names<'a> {
    shell: Shell<'a>,
    frame: Frame,
    days: i64,
    least: usize,
    kinds: Vec<Choice>,
    rows: Vec<Row>,
    most: usize,
}

struct Row {
    name: String,
    kind: String,
    claims: usize,
    country: String,
    sentence: String,
    /// The entry that is ready for it.
    entry: String,
    is_faction: bool,
}

pub(in crate::web) async fn show(
    State(site): State<Arc<Site>>,
    desk: Desk,
    Query(query): Query,
) -> Result<Response, WebError> {
    let days = query.text("days").parse().unwrap_or(DAYS.0).clamp(1, DAYS.1);
    let least = query.text("least").parse().unwrap_or(LEAST).max(1);
    let since = site.now() - SignedDuration::from_hours(24 * days);
    let mut names = site.pipeline.unknown_names(since).await?;
    names.retain(|name| name.claims >= least);
    names.truncate(MOST);
    for said in names.iter_mut().flat_map(|name| name.sentences.iter_mut()) {
        if let Some((end, _)) = said.quote.char_indices().nth(LONGEST) {
            said.quote.truncate(end);
            said.quote.push('…');
        }
    }
    let rows = names.iter().map(|name| Row {
        name: name.name.clone(),
        kind: word(name.kind),
        claims: name.claims,
        country: name.country.clone().unwrap_or_default(),
        sentence: name.sentences.first().map(|said| said.quote.clone()).unwrap_or_default(),
        entry: stanza::entry(name),
        is_faction: stanza::is_faction(name),
    });
    let (rows, most) = (rows.collect(), MOST);
    let kinds = chosen(&KINDS, "rebel");
    let (shell, frame) = (site.shell("Names in no pack"), Frame::new(&site, &desk));
    page(StatusCode::OK, &Names { shell, frame, days, least, kinds, rows, most })
}
