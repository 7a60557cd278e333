//! The newsroom's web sites, all on one loopback port and told apart by host name.

use std::net::SocketAddr;
use std::sync::Arc;

use axum::Router;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{Html, IntoResponse, Response};
use axum::routing::get;
use tokio::net::TcpListener;
use tokio::task::JoinHandle;

use super::newsroom::{Fault, FeedFormat, Newsroom, Outlet, Piece};
use super::pages;
use crate::model::Clock;

/// A running site; it stops when dropped.
pub(crate) struct Site {
    /// Where it listens.
    pub(crate) address: SocketAddr,
    server: JoinHandle<()>,
}

impl Drop for Site {
    fn drop(&mut self) {
        self.server.abort();
    }
}

struct Shared {
    newsroom: Newsroom,
    clock: Arc<dyn Clock>,
}

impl Site {
    /// Serves on a free port of 127.0.0.1; articles appear at the clock's time.
    pub(crate) async fn serve(newsroom: Newsroom, clock: Arc<dyn Clock>) -> std::io::Result<Self> {
        let listener = TcpListener::bind(("127.0.0.1", 0)).await?;
        let address = listener.local_addr()?;
        let router = Router::new()
            .route("/feed", get(feed))
            .route("/articles/{slug}", get(article))
            .layer(axum::middleware::map_response_with_state(Arc::clone(&clock), dated))
            .with_state(Arc::new(Shared { newsroom, clock }));
        let server = tokio::spawn(async move {
            // It ends with the task; an error of a single connection is the client's to tell.
            let _ = axum::serve(listener, router).await;
        });
        Ok(Self { address, server })
    }
}

/// Gives answers the samples' date, as our clock has it.
async fn dated(State(clock): State<Arc<dyn Clock>>, mut response: Response) -> Response {
    let date = httpdate::fmt_http_date(clock.now().into());
    if let Ok(date) = date.parse() {
        response.headers_mut().insert(header::DATE, date);
    }
    response
}

impl Shared {
    fn outlet(&self, headers: &HeaderMap) -> Option<&Outlet> {
        let host = headers.get(header::HOST)?.to_str().ok()?;
        let name = host.split(':').next()?;
        self.newsroom.outlets.iter().find(|outlet| outlet.host == name)
    }

    /// What the outlet has published so far, newest first.
    fn published(&self, outlet: &Outlet) -> Vec<&Piece> {
        let now = self.clock.now();
        let theirs = |piece: &&Piece| piece.outlet == outlet.id && piece.published <= now;
        let mut pieces: Vec<_> = self.newsroom.articles.iter().filter(theirs).collect();
        pieces.sort_by_key(|piece| std::cmp::Reverse(piece.published));
        pieces
    }
}

async fn feed(State(shared): State<Arc<Shared>>, headers: HeaderMap) -> Response {
    let Some(outlet) = shared.outlet(&headers) else {
        return StatusCode::NOT_FOUND.into_response();
    };
    match outlet.fault {
        Some(Fault::Gone) => StatusCode::NOT_FOUND.into_response(),
        Some(Fault::NotXml) => Html(pages::front_page(outlet)).into_response(),
        None => {
            let pieces = shared.published(outlet);
            let (kind, body) = match outlet.feed {
                FeedFormat::Rss => ("application/rss+xml", pages::rss(outlet, &pieces)),
                FeedFormat::Atom => ("application/atom+xml", pages::atom(outlet, &pieces)),
            };
            ([(header::CONTENT_TYPE, kind)], body).into_response()
        }
    }
}

async fn article(
    State(shared): State<Arc<Shared>>,
    headers: HeaderMap,
    Path(slug): Path<String>,
) -> Response {
    let found = shared.outlet(&headers).and_then(|outlet| {
        let piece = shared.published(outlet).into_iter().find(|piece| piece.slug == slug)?;
        Some(Html(pages::article(outlet, piece)))
    });
    found.map_or_else(|| StatusCode::NOT_FOUND.into_response(), IntoResponse::into_response)
}
