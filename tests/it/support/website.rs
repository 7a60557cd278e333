//! A scripted web site on loopback: for each path a list of answers, given in turn, the last one for ever.

use std::collections::HashMap;
use std::net::SocketAddr;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use axum::Router;
use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::{HeaderMap, Response, StatusCode};
use futures::stream;
use tokio::net::TcpListener;

/// One scripted answer.
#[derive(Debug, Clone)]
pub(crate) struct Reply {
    status: u16,
    headers: Vec<(String, String)>,
    body: Content,
    delay: Duration,
}

#[derive(Debug, Clone)]
enum Content {
    Bytes(Vec<u8>),
    /// This chunk again and again, with a pause before each.
    Endless(Vec<u8>, Duration),
}

impl Reply {
    /// 200 with a `Content-Type` and a body.
    pub(crate) fn ok(content_type: &str, body: impl Into<Vec<u8>>) -> Self {
        Self::status(200).header("content-type", content_type).body(body)
    }

    /// A feed.
    pub(crate) fn feed(body: impl Into<Vec<u8>>) -> Self {
        Self::ok("application/rss+xml", body)
    }

    /// An HTML page.
    pub(crate) fn page(body: impl Into<Vec<u8>>) -> Self {
        Self::ok("text/html; charset=utf-8", body)
    }

    /// A sitemap.
    pub(crate) fn sitemap(body: impl Into<Vec<u8>>) -> Self {
        Self::ok("application/xml", body)
    }

    /// The JSON of an API.
    pub(crate) fn json(body: impl Into<Vec<u8>>) -> Self {
        Self::ok("application/json", body)
    }

    /// A status without body.
    pub(crate) fn status(status: u16) -> Self {
        Self {
            status,
            headers: Vec::new(),
            body: Content::Bytes(Vec::new()),
            delay: Duration::ZERO,
        }
    }

    /// A redirect.
    pub(crate) fn redirect(status: u16, location: &str) -> Self {
        Self::status(status).header("location", location)
    }

    /// The same chunk for ever, with a pause before each.
    pub(crate) fn endless(chunk: &[u8], pause: Duration) -> Self {
        Self { body: Content::Endless(chunk.to_vec(), pause), ..Self::status(200) }
    }

    /// Adds a header. An `etag` makes a request that knows it be answered 304.
    pub(crate) fn header(mut self, name: &str, value: &str) -> Self {
        self.headers.push((name.to_owned(), value.to_owned()));
        self
    }

    /// Replaces the body.
    pub(crate) fn body(self, body: impl Into<Vec<u8>>) -> Self {
        Self { body: Content::Bytes(body.into()), ..self }
    }

    /// Waits before it answers.
    pub(crate) fn after(self, delay: Duration) -> Self {
        Self { delay, ..self }
    }

    fn response(self, request: &HeaderMap) -> Response<Body> {
        let etag =
            self.headers.iter().find(|(name, _)| name == "etag").map(|(_, value)| value.as_str());
        let known = request.get("if-none-match").and_then(|value| value.to_str().ok());
        let unchanged = etag.is_some() && etag == known;
        let status = if unchanged {
            StatusCode::NOT_MODIFIED
        } else {
            StatusCode::from_u16(self.status).unwrap()
        };
        let mut response = Response::builder().status(status);
        for (name, value) in &self.headers {
            response = response.header(name, value);
        }
        let body = match self.body {
            _ if unchanged => Body::empty(),
            Content::Bytes(bytes) => Body::from(bytes),
            Content::Endless(chunk, pause) => Body::from_stream(stream::unfold((), move |()| {
                let chunk = chunk.clone();
                async move {
                    tokio::time::sleep(pause).await;
                    Some((Ok::<_, std::io::Error>(chunk), ()))
                }
            })),
        };
        response.body(body).unwrap()
    }
}

/// A request that the site saw.
#[derive(Debug, Clone)]
pub(crate) struct Seen {
    /// Path and query.
    pub path: String,
    /// Its headers.
    pub headers: HeaderMap,
    /// What was posted.
    pub body: String,
}

#[derive(Default)]
struct Script {
    replies: Mutex<HashMap<String, Vec<Reply>>>,
    seen: Mutex<Vec<Seen>>,
    now: AtomicUsize,
    most: AtomicUsize,
}

/// The site; it is gone when dropped.
pub(crate) struct Website {
    address: SocketAddr,
    script: Arc<Script>,
    task: tokio::task::JoinHandle<()>,
}

impl Website {
    /// Starts a site on a free port; everything is 404 until scripted.
    pub(crate) async fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let script = Arc::new(Script::default());
        let app = Router::new().fallback(answer).with_state(Arc::clone(&script));
        let task = tokio::spawn(async move { axum::serve(listener, app).await.unwrap() });
        Self { address, script, task }
    }

    /// Adds an answer for a path.
    pub(crate) fn on(&self, path: &str, reply: Reply) -> &Self {
        self.script.replies.lock().unwrap().entry(path.to_owned()).or_default().push(reply);
        self
    }

    /// Where it listens, `127.0.0.1:port`.
    pub(crate) fn address(&self) -> String {
        self.address.to_string()
    }

    /// What it was asked, robots.txt left out.
    pub(crate) fn seen(&self) -> Vec<Seen> {
        let seen = self.script.seen.lock().unwrap();
        seen.iter().filter(|seen| seen.path != "/robots.txt").cloned().collect()
    }

    /// How often it was asked for robots.txt.
    pub(crate) fn asked_for_robots(&self) -> usize {
        let seen = self.script.seen.lock().unwrap();
        seen.iter().filter(|seen| seen.path == "/robots.txt").count()
    }

    /// The paths it was asked for, robots.txt left out.
    pub(crate) fn paths(&self) -> Vec<String> {
        self.seen().into_iter().map(|seen| seen.path).collect()
    }

    /// How many requests it worked on at the same time, at most.
    pub(crate) fn most_at_once(&self) -> usize {
        self.script.most.load(Ordering::SeqCst)
    }
}

impl Drop for Website {
    fn drop(&mut self) {
        self.task.abort();
    }
}

async fn answer(State(script): State<Arc<Script>>, request: Request) -> Response<Body> {
    let path = request.uri().path_and_query().map_or("/", |p| p.as_str()).to_owned();
    let now = script.now.fetch_add(1, Ordering::SeqCst) + 1;
    script.most.fetch_max(now, Ordering::SeqCst);
    let headers = request.headers().clone();
    let body = axum::body::to_bytes(request.into_body(), 1 << 20).await.unwrap_or_default();
    let body = String::from_utf8_lossy(&body).into_owned();
    let seen = Seen { path: path.clone(), headers: headers.clone(), body };
    script.seen.lock().unwrap().push(seen);
    let reply = script.replies.lock().unwrap().get_mut(&path).map_or_else(
        || Reply::status(404),
        |replies| if replies.len() > 1 { replies.remove(0) } else { replies[0].clone() },
    );
    tokio::time::sleep(reply.delay).await;
    script.now.fetch_sub(1, Ordering::SeqCst);
    reply.response(&headers)
}

/// A listener that nobody may connect to; it counts who does.
pub(crate) struct Canary {
    /// Its port, on 127.0.0.1.
    pub port: u16,
    connects: Arc<AtomicUsize>,
    task: tokio::task::JoinHandle<()>,
}

impl Canary {
    /// Starts to listen.
    pub(crate) async fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let port = listener.local_addr().unwrap().port();
        let connects = Arc::new(AtomicUsize::new(0));
        let count = Arc::clone(&connects);
        let task = tokio::spawn(async move {
            while listener.accept().await.is_ok() {
                count.fetch_add(1, Ordering::SeqCst);
            }
        });
        Self { port, connects, task }
    }

    /// How many connections there were.
    pub(crate) fn connects(&self) -> usize {
        self.connects.load(Ordering::SeqCst)
    }
}

impl Drop for Canary {
    fn drop(&mut self) {
        self.task.abort();
    }
}
