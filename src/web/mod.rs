//! The web site: joining, leaving and changing what one gets, reading, and what watches over the service.
//!
//! A `GET` changes nothing. Pages work without a script and load nothing from elsewhere; what is said to one who is not
//! known to own an address does not depend on whether it is known here.

mod access;
mod admin;
pub mod api;
mod busy;
mod cache;
mod choice;
mod client;
mod counter;
mod dress;
mod error;
mod fields;
mod form;
mod layers;
mod markdown;
mod operation;
mod page;
mod pages;
pub mod password;
mod server;
mod site;
mod staff;
mod tally;
mod wish;

use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::middleware::{from_fn, from_fn_with_state};
use axum::routing::{get, post};
use tokio::net::TcpListener;
use tokio_util::sync::CancellationToken;

pub use error::WebError;
pub use site::Site;

/// The largest form, in bytes.
const BODY: usize = 64 << 10;

/// Serves the site until `stop`; what is being answered then is answered first.
pub async fn serve(site: Arc<Site>, listener: TcpListener, stop: CancellationToken) {
    let most = site.config().web.connections;
    let router = router(Arc::clone(&site));
    server::listen(listener, router, most, stop).await;
    // What was taken in by forms is carried out before the end.
    let _ = tokio::time::timeout(Duration::from_secs(5), site.settled()).await;
}

/// Everything that the site answers to.
pub fn router(site: Arc<Site>) -> Router {
    let joining = Router::new()
        .route("/subscribe", get(pages::subscribe::show).post(pages::subscribe::send))
        .route("/confirm/{token}", get(pages::confirm::show).post(pages::confirm::send))
        .route("/preferences", get(pages::link::show).post(pages::link::send))
        .route("/preferences/{token}", get(pages::preferences::show).post(pages::preferences::save))
        .route("/preferences/{token}/export", get(pages::preferences::export))
        .route("/preferences/{token}/leave", post(pages::preferences::leave))
        .route("/preferences/{token}/erase", post(pages::preferences::erase))
        .route("/preferences/{token}/read", post(pages::session::begin))
        .route("/sign-out", post(pages::session::end));
    let reading = Router::new()
        .route("/latest", get(pages::archive::latest))
        .route("/archive", get(pages::archive::list))
        .route("/archive/{issue}", get(pages::archive::show))
        .route("/events", get(pages::search::show))
        .route("/e/{id}", get(pages::event::show))
        .route("/feeds/{file}", get(pages::feeds::show))
        .route("/method", get(pages::method::show))
        .route("/digest", get(pages::ondemand::ask).post(pages::ondemand::make))
        .route("/digest/{id}", get(pages::ondemand::show))
        .route("/digest/{id}/mail", post(pages::ondemand::mail));
    let plain = Router::new()
        .route("/", get(pages::front::show))
        .route("/help", get(pages::help::show))
        .route("/style.css", get(pages::assets::style))
        .route("/robots.txt", get(pages::assets::robots))
        .route("/healthz", get(operation::health))
        .route("/readyz", get(operation::ready))
        .route("/metrics", get(operation::metrics));
    // A mail provider sends the one-click request from its own servers, so nothing is asked of where it comes from.
    let one_click =
        Router::new().route("/u/{token}", get(pages::leave::show).post(pages::leave::send));
    let informed = from_fn_with_state(Arc::clone(&site), layers::informed);
    joining
        .merge(reading)
        .merge(editing())
        .layer(informed.clone())
        .merge(plain)
        .layer(from_fn_with_state(Arc::clone(&site), layers::same_origin))
        // A program's token is sent by no browser of itself: its requests may come from anywhere.
        .merge(api::router(Arc::clone(&site)).layer(informed))
        .merge(one_click)
        .fallback(|| async { WebError::NotFound })
        .layer(from_fn_with_state(Arc::clone(&site), layers::in_time))
        .layer(from_fn_with_state(Arc::clone(&site), dress::dress))
        .layer(from_fn_with_state(Arc::clone(&site), layers::guarded))
        .layer(from_fn_with_state(Arc::clone(&site), layers::counted))
        .layer(from_fn(layers::traced))
        .with_state(site)
}

/// Pages for those who edit.
fn editing() -> Router<Arc<Site>> {
    use admin::{audit, dashboard, deliveries, drafts, editions, events, lists, names};
    use admin::{pack, session, sources, subscribers};
    let happenings = Router::new()
        .route("/admin/events", get(events::list))
        .route("/admin/events/{id}", get(events::show))
        .route("/admin/events/{id}/retract", post(events::hand::retract))
        .route("/admin/events/{id}/amend", post(events::hand::amend))
        .route("/admin/events/{id}/merge", post(events::hand::merge))
        .route("/admin/events/{id}/split", post(events::hand::split))
        .route("/admin/names", get(names::show))
        .route("/admin/pack", get(pack::list))
        .route("/admin/pack.toml", get(pack::file))
        .route("/admin/pack/entry", get(pack::show).post(pack::save))
        .route("/admin/pack/remove", post(pack::remove));
    let issues = Router::new()
        .route("/admin/editions", get(editions::show))
        .route("/admin/editions/{name}/preview", get(editions::preview))
        .route("/admin/editions/{name}/run", post(editions::run))
        .route("/admin/editions/{name}/test", post(editions::test))
        .route("/admin/editions/{name}/release", post(drafts::release))
        .route("/admin/editions/{name}/withhold", post(drafts::withhold))
        .route("/admin/drafts", get(drafts::list))
        .route("/admin/drafts/{issue}", get(drafts::show));
    let feeds = Router::new()
        .route("/admin/sources", get(sources::show).post(sources::new::save))
        .route("/admin/sources/new", get(sources::new::show))
        .route("/admin/sources/try", post(sources::new::look))
        .route(
            "/admin/sources/import",
            post(lists::import).layer(DefaultBodyLimit::max(lists::LARGEST)),
        )
        .route("/admin/sources.opml", get(lists::export))
        .route("/admin/sources/{id}/edit", get(sources::edit::show).post(sources::edit::save))
        .route("/admin/sources/{id}/try", post(sources::edit::look))
        .route("/admin/sources/{id}/pause", post(sources::pause))
        .route("/admin/sources/{id}/resume", post(sources::resume));
    let mail = Router::new()
        .route("/admin/deliveries", get(deliveries::list))
        .route("/admin/deliveries/resume", post(deliveries::resume))
        .route("/admin/deliveries/{reference}", get(deliveries::show))
        .route("/admin/deliveries/{reference}/retry", post(deliveries::retry))
        .route("/admin/messages/{id}/retry", post(deliveries::retry_one))
        .route("/admin/messages/{id}/resend", post(deliveries::resend))
        .route("/admin/subscribers", get(subscribers::list))
        .route("/admin/subscribers/export", post(subscribers::export))
        .route("/admin/subscribers/{id}", get(subscribers::show))
        .route("/admin/subscribers/{id}/suppress", post(subscribers::suppress));
    Router::new()
        .route("/admin", get(dashboard::show))
        .route("/admin/sign-in", get(session::show).post(session::send))
        .route("/admin/sign-out", post(session::end))
        .route("/admin/audit", get(audit::show))
        .merge(happenings)
        .merge(issues)
        .merge(feeds)
        .merge(mail)
}
