//! The API for programs: JSON under `/api/v1`, bearer tokens with scopes, problem details, pages by cursor.

mod caller;
mod deliveries;
mod digests;
mod editions;
mod events;
mod json;
mod paging;
mod problem;
mod sources;
mod subscribers;

use std::sync::Arc;

use axum::Router;
use axum::http::{StatusCode, header};
use axum::middleware::from_fn_with_state;
use axum::response::IntoResponse;
use axum::routing::{get, post};
use utoipa::openapi::path::Operation;
use utoipa::openapi::security::{HttpAuthScheme, HttpBuilder, SecurityScheme};
use utoipa::openapi::{ContentBuilder, Ref, RefOr, ResponseBuilder};
use utoipa::{IntoParams, Modify, OpenApi};

use super::site::Site;
use problem::{PROBLEM, Problem};

/// Everything under `/api/v1`.
pub(super) fn router(site: Arc<Site>) -> Router<Arc<Site>> {
    let missing = || async {
        Problem::missing("thing in the API; `/api/v1/openapi.json` lists what there is")
    };
    let wrong = || async {
        let detail = "this can be read or changed in another way; see `/api/v1/openapi.json`";
        Problem::new(StatusCode::METHOD_NOT_ALLOWED, detail)
    };
    let api = Router::new()
        .route("/sources", get(sources::list).post(sources::add))
        .route("/sources/try", post(sources::attempt::attempt))
        .route("/sources/{id}", get(sources::show).delete(sources::remove))
        .route("/sources/{id}/pause", post(sources::pause))
        .route("/sources/{id}/resume", post(sources::resume))
        .route("/events", get(events::list))
        .route("/events/{id}", get(events::show))
        .route("/events/{id}/retract", post(events::hand::retract))
        .route("/events/{id}/amend", post(events::hand::amend))
        .route("/events/{id}/merge", post(events::hand::merge))
        .route("/events/{id}/split", post(events::hand::split))
        .route("/digests", get(digests::list).post(digests::make))
        .route("/digests/{id}", get(digests::show))
        .route("/editions", get(editions::list))
        .route("/editions/{id}", get(editions::show))
        .route("/runs", get(editions::runs).post(editions::start))
        .route("/runs/{id}", get(editions::run))
        .route("/subscribers", get(subscribers::list).post(subscribers::add))
        .route("/subscribers/{id}", get(subscribers::show).delete(subscribers::erase))
        .route("/subscribers/{id}/suppress", post(subscribers::suppress))
        .route("/deliveries", get(deliveries::list))
        .route("/deliveries/{id}", get(deliveries::show))
        .route("/deliveries/{id}/retry", post(deliveries::retry))
        .method_not_allowed_fallback(wrong)
        .layer(from_fn_with_state(Arc::clone(&site), caller::once))
        .layer(from_fn_with_state(site, caller::known));
    Router::new().nest("/api/v1", api.route("/openapi.json", get(describe)).fallback(missing))
}

/// The API, described.
async fn describe() -> impl IntoResponse {
    ([(header::CONTENT_TYPE, "application/json")], description())
}

/// The description in `OpenAPI`, as it is served.
pub fn description() -> String {
    Description::openapi().to_pretty_json().unwrap_or_default()
}

/// The header of a request that may be sent again.
#[derive(Debug, IntoParams)]
#[into_params(parameter_in = Header)]
#[expect(dead_code, reason = "it documents what `once` reads")]
struct KeyHeader {
    /// A name of this request: sent again with it within a day, it is not carried out again, and has the same answer.
    #[param(rename = "Idempotency-Key", max_length = 200)]
    key: Option<String>,
}

#[derive(OpenApi)]
#[openapi(
    info(
        title = "Sitrep",
        description = "Sources, events, digests, editions, subscribers, runs and deliveries. Send \
            `Authorization: Bearer TOKEN`; `sitrep admin add-token` makes one.",
        license(name = "MIT OR Apache-2.0", identifier = "MIT OR Apache-2.0"),
        contact()
    ),
    servers((url = "/api/v1")),
    paths(
        sources::list, sources::show, sources::add, sources::attempt::attempt, sources::pause, sources::resume,
        sources::remove, events::list, events::show, events::hand::retract, events::hand::amend, events::hand::merge,
        events::hand::split, digests::list, digests::show, digests::make, editions::list, editions::show,
        editions::runs, editions::run, editions::start, subscribers::list, subscribers::show,
        subscribers::add, subscribers::suppress, subscribers::erase, deliveries::list, deliveries::show,
        deliveries::retry,
    ),
    modifiers(&Common)
)]
struct Description;

/// What every operation has: the token, and the problems that any of them may have.
struct Common;

impl Modify for Common {
    fn modify(&self, api: &mut utoipa::openapi::OpenApi) {
        let token = HttpBuilder::new().scheme(HttpAuthScheme::Bearer).build();
        let parts = api.components.get_or_insert_default();
        parts.add_security_scheme("token", SecurityScheme::Http(token));
        for (place, path) in &mut api.paths.paths {
            let operations =
                [("get", &mut path.get), ("post", &mut path.post), ("delete", &mut path.delete)];
            for (method, operation) in operations {
                if let Some(operation) = operation {
                    operation.operation_id = Some(name_of(method, place));
                    tell_problems(operation);
                }
            }
        }
    }
}

/// `post_sources_id_pause`: no two operations have the same name.
fn name_of(method: &str, place: &str) -> String {
    let parts = place.split(['/', '{', '}']).filter(|part| !part.is_empty());
    std::iter::once(method).chain(parts).collect::<Vec<_>>().join("_")
}

/// Problems have a type of their own, and any operation may have one.
fn tell_problems(operation: &mut Operation) {
    let responses = &mut operation.responses.responses;
    for response in responses.values_mut() {
        if let RefOr::T(response) = response
            && let Some(problem) = response.content.shift_remove("application/json")
        {
            let is_problem =
                serde_json::to_string(&problem).is_ok_and(|it| it.contains("/Problem"));
            let kind = if is_problem { PROBLEM } else { "application/json" };
            response.content.insert(kind.to_owned(), problem);
        }
    }
    let schema = Ref::from_schema_name("Problem");
    let content = ContentBuilder::new().schema(Some(schema)).build();
    let any = ResponseBuilder::new().description("What is wrong").content(PROBLEM, content);
    responses.insert("default".to_owned(), any.into());
}

/// A word of the model, as it is written in JSON.
fn word(value: &impl serde::Serialize) -> String {
    serde_json::to_string(value).unwrap_or_default().replace('"', "")
}

/// What a word of the model says.
fn parsed<T: serde::de::DeserializeOwned>(text: &str, what: &str) -> Result<T, Problem> {
    let value = serde_json::Value::String(text.to_owned());
    serde_json::from_value(value).map_err(|error| Problem::unfit(format!("`{what}`: {error}")))
}
