//! What every request passes: a name in the log, a count, headers that bind the browser, a time limit, and for forms
//! the question where they come from.

use std::sync::Arc;
use std::time::{Duration, Instant};

use axum::extract::{MatchedPath, Request, State};
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, header};
use axum::middleware::Next;
use axum::response::{IntoResponse as _, Response};
use tracing::Instrument as _;
use uuid::Uuid;

use super::WebError;
use super::site::Site;

/// For a request that fetches from other sites.
const ERRAND: Duration = Duration::from_mins(1);

/// Headers of every answer. Nothing runs, nothing is loaded from elsewhere, nobody frames us (S-4).
const HEADERS: [(HeaderName, &str); 7] = [
    (
        header::CONTENT_SECURITY_POLICY,
        "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'",
    ),
    (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    // Addresses hold tokens: other sites never see them. Our own forms still say where they come from.
    (header::REFERRER_POLICY, "same-origin"),
    (HeaderName::from_static("permissions-policy"), "camera=(), geolocation=(), microphone=()"),
    (HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
    (HeaderName::from_static("cross-origin-resource-policy"), "same-origin"),
    (header::X_FRAME_OPTIONS, "DENY"),
];

/// Gives the request a name that its log lines and its answer bear.
pub(super) async fn traced(request: Request, next: Next) -> Response {
    let id = Uuid::new_v4().simple().to_string();
    // Not the path itself: it may hold a token.
    let span = tracing::info_span!("request", id, method = %request.method());
    let mut response = next.run(request).instrument(span).await;
    if let Ok(id) = HeaderValue::from_str(&id) {
        response.headers_mut().insert("x-request-id", id);
    }
    response
}

/// Counts requests and the time they take, by route.
pub(super) async fn counted(
    State(site): State<Arc<Site>>,
    request: Request,
    next: Next,
) -> Response {
    let begun = Instant::now();
    let route = request.extensions().get::<MatchedPath>().map(|path| path.as_str().to_owned());
    let route = route.unwrap_or_else(|| "other".to_owned());
    let response = next.run(request).await;
    let (status, took) = (response.status().as_u16(), begun.elapsed());
    tracing::info!(route, status, seconds = took.as_secs_f64(), "answered");
    site.tally.add(&route, status, took);
    response
}

/// Lets what is shown rest on what editors added anywhere.
pub(super) async fn informed(
    State(site): State<Arc<Site>>,
    request: Request,
    next: Next,
) -> Response {
    site.keep_informed().await;
    next.run(request).await
}

/// Adds the headers that bind the browser. What says nothing about being kept is not kept.
pub(super) async fn guarded(
    State(site): State<Arc<Site>>,
    request: Request,
    next: Next,
) -> Response {
    let mut response = next.run(request).await;
    let headers = response.headers_mut();
    for (name, value) in HEADERS {
        headers.entry(name).or_insert(HeaderValue::from_static(value));
    }
    headers.entry(header::CACHE_CONTROL).or_insert(HeaderValue::from_static("no-store"));
    if site.config().web.site().is_some_and(|site| site.starts_with("https:")) {
        let year = HeaderValue::from_static("max-age=31536000");
        headers.insert(header::STRICT_TRANSPORT_SECURITY, year);
    }
    response
}

/// Ends what takes too long, its body included.
pub(super) async fn in_time(
    State(site): State<Arc<Site>>,
    request: Request,
    next: Next,
) -> Response {
    // Other sites are asked what they have: they may take their time.
    let is_errand = request.uri().path() == "/admin/sources/try";
    let time = if is_errand { ERRAND } else { site.config().web.timeout.duration() };
    match tokio::time::timeout(time, next.run(request)).await {
        Ok(response) => response,
        Err(_) => WebError::TimedOut.into_response(),
    }
}

/// Refuses what changes something and was sent by another site's page (S-9).
pub(super) async fn same_origin(
    State(site): State<Arc<Site>>,
    request: Request,
    next: Next,
) -> Response {
    let reads = matches!(*request.method(), Method::GET | Method::HEAD | Method::OPTIONS);
    if reads || is_ours(request.headers(), site.config().web.site()) {
        next.run(request).await
    } else {
        WebError::CrossSite.into_response()
    }
}

/// Browsers say where a form comes from; what says nothing is no browser, and brings nobody's cookies along.
fn is_ours(headers: &HeaderMap, site: Option<&str>) -> bool {
    let text = |name: &str| headers.get(name).map(|value| value.to_str().unwrap_or_default());
    if let Some(place) = text("sec-fetch-site") {
        return matches!(place, "same-origin" | "none");
    }
    match text("origin") {
        Some(origin) => {
            let authority = origin.split_once("://").map(|(_, authority)| authority);
            site == Some(origin) || (authority.is_some() && authority == text("host"))
        }
        None => text("cookie").is_none(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ours(headers: &[(&'static str, &str)]) -> bool {
        let mut map = HeaderMap::new();
        for (name, value) in headers {
            map.insert(*name, value.parse().unwrap());
        }
        is_ours(&map, Some("https://sitrep.example"))
    }

    #[test]
    fn s_9_a_form_of_another_site_is_not_ours() {
        let host = ("host", "127.0.0.1:8080");
        assert!(ours(&[("origin", "https://sitrep.example"), host]));
        assert!(ours(&[("origin", "http://127.0.0.1:8080"), host]));
        assert!(ours(&[("sec-fetch-site", "same-origin"), host]));
        assert!(ours(&[host]), "no browser");
        for other in ["https://evil.example", "null", "https://sitrep.example.evil.example"] {
            assert!(!ours(&[("origin", other), host]), "{other}");
        }
        for other in ["cross-site", "same-site"] {
            assert!(!ours(&[("sec-fetch-site", other), ("origin", "https://sitrep.example")]));
        }
        assert!(!ours(&[("cookie", "a=b"), host]), "cookies without an origin");
    }
}
