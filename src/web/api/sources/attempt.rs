//! Trying a source.

use std::sync::Arc;

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::model::access::Scope;
use crate::pipeline::{Listing, LookError};
use crate::web::api::KeyHeader;
use crate::web::api::caller::Caller;
use crate::web::api::json::{Json, json};
use crate::web::api::problem::Problem;
use crate::web::api::word;
use crate::web::site::Site;

/// Articles that a try reads to their events.
const READ: usize = 5;

/// An address to try.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(in crate::web::api) struct Attempt {
    /// The address of an outlet's site, of its feed, or of a page that lists articles.
    url: String,
}

/// What can be read at an address.
#[derive(Debug, Serialize, ToSchema)]
pub(in crate::web::api) struct Attempted {
    /// The address that would be read.
    url: String,
    name: String,
    kind: String,
    /// How it was found.
    how: String,
    entries: Vec<EntryOut>,
    /// What was left out.
    notes: Vec<String>,
}

/// An entry of a list.
#[derive(Debug, Serialize, ToSchema)]
pub(in crate::web::api) struct EntryOut {
    headline: String,
    url: String,
    /// The events that were read in it; none of entries that were only listed.
    events: Option<Vec<ReadEvent>>,
}

/// An event as it was read in one article.
#[derive(Debug, Serialize, ToSchema)]
pub(in crate::web::api) struct ReadEvent {
    kind: String,
    actors: Vec<String>,
    place: Option<String>,
    quote: Option<String>,
}

/// Fetches an address and says what would be read; nothing is stored.
#[utoipa::path(post, path = "/sources/try", tag = "sources", request_body = Attempt,
    params(KeyHeader), security(("token" = ["edit"])),
    responses((status = 200, body = Attempted), (status = 422, body = Problem)))]
pub(in crate::web::api) async fn attempt(
    State(site): State<Arc<Site>>,
    caller: Caller,
    Json(attempt): Json<Attempt>,
) -> Result<Response, Problem> {
    caller.needs(Scope::Edit)?;
    let looked =
        site.pipeline.try_source(&attempt.url, READ).await.map_err(|error| match error {
            LookError::Pipeline(error) => Problem::from(error),
            error => Problem::unfit(error.to_string()),
        })?;
    let out = Attempted {
        url: looked.source.address(),
        name: looked.source.name,
        kind: looked.kind.map(|kind| word(&kind)).unwrap_or_default(),
        how: looked.how.to_owned(),
        entries: looked.entries.into_iter().map(entry).collect(),
        notes: looked.notes,
    };
    json(StatusCode::OK, &out)
}

fn entry(listing: Listing) -> EntryOut {
    let events = listing.tried.map(|tried| {
        let events = tried.reading.extract.events.into_iter().map(|claim| ReadEvent {
            kind: claim.kind.0.as_str().to_owned(),
            actors: claim.actors.into_iter().map(|it| it.canonical.unwrap_or(it.name)).collect(),
            place: claim.places.into_iter().next().map(|it| it.canonical.unwrap_or(it.name)),
            quote: claim.evidence.into_iter().next().map(|it| it.quote),
        });
        events.collect()
    });
    EntryOut { headline: listing.headline, url: listing.url, events }
}
