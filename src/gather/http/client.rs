//! The client: the one place that makes requests.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use reqwest::Response;
use tokio::time::Instant;
use url::Url;

use super::body::{self, header};
use super::clients::Clients;
use super::errand::Errand;
use super::error::FetchError;
use super::guard::Guard;
use super::hosts::mapped;
use super::limits::HostLimits;
use super::own::OwnHeaders;
use super::request::{Answer, Conditions, Document, What};
use super::resolve::GuardedResolver;
use super::robots::RobotsCache;
use super::{freshness, jitter, proxy, redirect};
use crate::config::gather::GatherConfig;
use crate::gather::links;
use crate::model::Clock;
use crate::model::source::{RobotsFile, SourceRequest};

/// How many redirects are followed (S-1).
pub(super) const MOST_REDIRECTS: usize = 5;

/// What of the configuration keeps us from fetching.
#[derive(Debug, thiserror::Error)]
pub enum HttpConfigError {
    /// `[gather] hosts` names no address.
    #[error(
        "`[gather] hosts` gives `{name}` the address `{address}`; write it as \"127.0.0.1:8123\""
    )]
    Host {
        /// The name.
        name: String,
        /// What is given.
        address: String,
    },
    /// `[gather] proxy` is no proxy's address. It may hold a password, so it is not shown.
    #[error("`[gather] proxy` is no address of a proxy; write it as \"http://proxy.example:3128\"")]
    Proxy,
    /// The HTTP library cannot start.
    #[error(
        "the HTTP client cannot start; check `[gather] user_agent` and the system's certificates"
    )]
    Client(#[source] reqwest::Error),
    /// The system's certificates cannot be read.
    #[error("no HTTPS without the system's certificates: {0}; install `ca-certificates`")]
    Tls(#[source] tokio_rustls::rustls::Error),
}

/// Fetches documents within all limits.
pub struct HttpClient {
    clients: Clients,
    pub(super) guard: Arc<Guard>,
    pub(super) robots: RobotsCache,
    pub(super) own: OwnHeaders,
    pub(super) config: GatherConfig,
    pub(super) clock: Arc<dyn Clock>,
    hosts: HostLimits,
    proxied: bool,
    /// By how much each host was ahead of our clock.
    offsets: Mutex<HashMap<String, SignedDuration>>,
}

impl HttpClient {
    /// A client by the configuration.
    ///
    /// # Errors
    /// Where the configuration names no address for a host, or the system has no certificates.
    pub fn new(config: &GatherConfig, clock: Arc<dyn Clock>) -> Result<Self, HttpConfigError> {
        // Another part of the program may have chosen the provider already; then it stays.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let proxy = proxy::address(config.proxy.as_ref())?;
        let guard = Guard::new(
            config.allow_private.iter().map(String::as_str),
            config.hosts.keys().map(String::as_str),
        );
        let guard = Arc::new(guard.behind(proxy.as_ref()));
        let resolver = GuardedResolver::new(Arc::clone(&guard), mapped(&config.hosts)?);
        let proxied = proxy.is_some();
        let clients = Clients::new(config, resolver, proxy)?;
        Ok(Self {
            clients,
            guard,
            robots: RobotsCache::default(),
            own: OwnHeaders::default(),
            config: config.clone(),
            clock,
            hosts: HostLimits::default(),
            proxied,
            offsets: Mutex::default(),
        })
    }

    /// Looks whether the configuration names addresses where it should.
    ///
    /// # Errors
    /// Where it does not.
    pub fn check(config: &GatherConfig) -> Result<(), HttpConfigError> {
        proxy::address(config.proxy.as_ref())?;
        mapped(&config.hosts).map(drop)
    }

    /// Remembers what requests to the origin of `url` carry beside the usual.
    ///
    /// # Errors
    /// What of it is no header.
    pub fn carry(&self, url: &Url, request: &SourceRequest) -> Result<(), String> {
        if request.is_plain() { Ok(()) } else { self.own.put(url, request) }
    }

    /// By how much each host that answered was ahead of our clock, at its last answer.
    pub fn clock_offsets(&self) -> Vec<SignedDuration> {
        self.offsets.lock().unwrap_or_else(PoisonError::into_inner).values().copied().collect()
    }

    /// Takes note of robots.txt files that an earlier run read.
    pub fn keep_robots(&self, files: Vec<RobotsFile>) {
        self.robots.keep(files);
    }

    /// The robots.txt of an origin that this run read, once, for later runs.
    pub fn take_robots(&self, origin: &str) -> Option<RobotsFile> {
        self.robots.take(origin)
    }

    /// Fetches a document: checks the address, asks robots.txt, waits for its turn at the host, follows redirects.
    ///
    /// # Errors
    /// How it failed.
    pub async fn fetch(
        &self,
        url: &Url,
        what: What,
        conditions: &Conditions,
    ) -> Result<Answer, FetchError> {
        self.guard.check(url, None)?;
        let pause = jitter::around(Duration::from_millis(self.config.host_delay));
        let mut turn = self.hosts.turn(url.host_str().unwrap_or(""), pause).await;
        let limit = self.config.total_timeout.duration();
        let (client, until) = (self.clients.next(), Instant::now() + limit);
        let errand = Errand { client: &client, first: url, what, conditions, until };
        let asked = async {
            let rules = self.rules(url, &errand).await?;
            turn.pause_at_least(rules.pause());
            rules.check(url)?;
            self.follow(&errand).await
        };
        let limited = tokio::time::timeout(limit, asked).await;
        limited.unwrap_or(Err(FetchError::TimedOut { seconds: limit.as_secs() }))
    }

    /// Follows redirects to a document.
    async fn follow(&self, errand: &Errand<'_>) -> Result<Answer, FetchError> {
        let first = errand.first;
        let (mut url, mut moved_to, mut all_permanent) = (first.clone(), None, true);
        for _ in 0..=MOST_REDIRECTS {
            if self.proxied {
                proxy::check(&self.guard, &url).await?;
            }
            let response = self.ask(&url, errand).await?;
            let Some(next) = redirect::target(&self.guard, &response, &url, first)? else {
                return self.answer(response, url, moved_to, errand.what).await;
            };
            all_permanent &= matches!(response.status().as_u16(), 301 | 308);
            moved_to = all_permanent.then(|| next.clone());
            if next.host() != first.host() {
                self.rules(&next, errand).await?.check(&next)?;
            }
            url = next;
        }
        Err(FetchError::RedirectLoop { url: links::shown(url.as_str()) })
    }

    async fn answer(
        &self,
        mut response: Response,
        url: Url,
        moved_to: Option<Url>,
        what: What,
    ) -> Result<Answer, FetchError> {
        let status = response.status().as_u16();
        let date = header(&response, "date").and_then(|date| freshness::instant(&date));
        self.compare_clocks(&url, date);
        let fresh_for = freshness::fresh_for(&response);
        if status == 304 {
            return Ok(Answer::NotModified { date, fresh_for });
        }
        if !response.status().is_success() {
            let retry_after = freshness::retry_after(&response, self.clock.now());
            return Err(FetchError::Status { status, retry_after });
        }
        let mib = if what == What::Feed { self.config.feed_limit } else { self.config.page_limit };
        let conditions = Conditions {
            etag: header(&response, "etag"),
            last_modified: header(&response, "last-modified"),
        };
        let content_type = header(&response, "content-type");
        let idle = self.config.idle_timeout.duration().as_secs();
        let body = body::read(&mut response, mib << 20, idle).await?;
        Ok(Answer::Document(Box::new(Document {
            url,
            moved_to,
            status,
            content_type,
            conditions,
            date,
            fresh_for,
            body,
        })))
    }

    fn compare_clocks(&self, url: &Url, date: Option<Timestamp>) {
        let (Some(date), Some(host)) = (date, url.host_str()) else { return };
        let ahead = date.duration_since(self.clock.now());
        let mut offsets = self.offsets.lock().unwrap_or_else(PoisonError::into_inner);
        offsets.insert(host.to_owned(), ahead);
    }
}
