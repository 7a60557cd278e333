//! The listener: so many connections at once, each with little time to say what it wants.

use std::convert::Infallible;
use std::net::SocketAddr;
use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::body::Body;
use axum::http::{Request, Response};
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;
use tower::ServiceExt as _;

use super::client::Peer;

/// For the head of a request, from the first byte of the connection or the end of the answer before.
const HEAD_TIME: Duration = Duration::from_secs(15);
/// The largest head of a request, in bytes.
const HEAD_SIZE: usize = 16 << 10;
/// How long connections may take to end when the service does.
const LAST_WORDS: Duration = Duration::from_secs(10);
/// After a connection could not be taken: the machine is out of something.
const BREATH: Duration = Duration::from_millis(100);

/// Answers connections until `stop`.
pub(super) async fn listen(
    listener: TcpListener,
    router: Router,
    connections: usize,
    stop: CancellationToken,
) {
    let room = Arc::new(Semaphore::new(connections.max(1)));
    let tasks = TaskTracker::new();
    while let Some((stream, peer, place)) = next(&listener, &room, &stop).await {
        let connection = answer(stream, peer, router.clone(), stop.clone(), place);
        tasks.spawn(connection);
    }
    tasks.close();
    if tokio::time::timeout(LAST_WORDS, tasks.wait()).await.is_err() {
        tracing::warn!(open = tasks.len(), "connections are cut at the end of the service");
    }
}

/// The next connection that there is room for; none at the end of the service.
async fn next(
    listener: &TcpListener,
    room: &Arc<Semaphore>,
    stop: &CancellationToken,
) -> Option<(TcpStream, SocketAddr, OwnedSemaphorePermit)> {
    let place = tokio::select! {
        () = stop.cancelled() => return None,
        place = Arc::clone(room).acquire_owned() => place.ok()?,
    };
    loop {
        let accepted = tokio::select! {
            () = stop.cancelled() => return None,
            accepted = listener.accept() => accepted,
        };
        match accepted {
            Ok((stream, peer)) => return Some((stream, peer, place)),
            Err(error) => {
                tracing::warn!(%error, "a connection could not be taken");
                tokio::time::sleep(BREATH).await;
            }
        }
    }
}

async fn answer(
    stream: TcpStream,
    peer: SocketAddr,
    router: Router,
    stop: CancellationToken,
    _place: OwnedSemaphorePermit,
) {
    // Answers are small and whole: nothing is gained by holding them back.
    let _ = stream.set_nodelay(true);
    let service = service_fn(move |request| respond(router.clone(), request, peer));
    let connection = http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(HEAD_TIME)
        .max_buf_size(HEAD_SIZE)
        .serve_connection(TokioIo::new(stream), service);
    let mut connection = pin!(connection);
    let ended = tokio::select! {
        ended = connection.as_mut() => ended,
        () = stop.cancelled() => {
            connection.as_mut().graceful_shutdown();
            connection.await
        }
    };
    if let Err(error) = ended {
        tracing::debug!(%error, "a connection ended early");
    }
}

async fn respond(
    router: Router,
    mut request: Request<Incoming>,
    peer: SocketAddr,
) -> Result<Response<Body>, Infallible> {
    request.extensions_mut().insert(Peer(peer.ip()));
    router.oneshot(request.map(Body::new)).await
}
