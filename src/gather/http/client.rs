//! The client: the one place that makes requests.

use std::sync::Arc;
use std::time::Duration;

use jiff::Timestamp;
use reqwest::header::{ACCEPT, ACCEPT_ENCODING, IF_MODIFIED_SINCE, IF_NONE_MATCH};
use reqwest::redirect::Policy;
use reqwest::{Client, Response};
use url::Url;

use super::body::{self, header};
use super::error::FetchError;
use super::guard::Guard;
use super::hosts::mapped;
use super::limits::HostLimits;
use super::redirect;
use super::request::{Answer, Conditions, Document, What};
use super::resolve::GuardedResolver;
use super::robots::{ROBOTS_LIMIT, RobotsCache, Rules};
use crate::config::gather::GatherConfig;
use crate::gather::links;

/// How many redirects are followed (S-1).
const MOST_REDIRECTS: usize = 5;

/// The name that robots.txt knows us by.
const ROBOTS_NAME: &str = "sitrep";

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
    /// The HTTP library cannot start.
    #[error(
        "the HTTP client cannot start; check `[gather] user_agent` and the system's certificates"
    )]
    Client(#[source] reqwest::Error),
}

/// Fetches documents within all limits.
#[derive(Debug)]
pub struct HttpClient {
    client: Client,
    guard: Arc<Guard>,
    hosts: HostLimits,
    robots: RobotsCache,
    config: GatherConfig,
}

impl HttpClient {
    /// A client by the configuration.
    ///
    /// # Errors
    /// Where the configuration names no address for a host, or the system has no certificates.
    pub fn new(config: &GatherConfig) -> Result<Self, HttpConfigError> {
        // Another part of the program may have chosen the provider already; then it stays.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let guard = Guard::new(
            config.allow_private.iter().map(String::as_str),
            config.hosts.keys().map(String::as_str),
        );
        let guard = Arc::new(guard);
        let resolver = GuardedResolver::new(Arc::clone(&guard), mapped(&config.hosts)?);
        let client = build(config, resolver).map_err(HttpConfigError::Client)?;
        let (hosts, robots) = (HostLimits::default(), RobotsCache::default());
        Ok(Self { client, guard, hosts, robots, config: config.clone() })
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
        let pause = Duration::from_millis(self.config.host_delay);
        let mut turn = self.hosts.turn(url.host_str().unwrap_or(""), pause).await;
        let asked = async {
            let rules = self.rules(url, url).await?;
            turn.pause_at_least(rules.pause());
            rules.check(url)?;
            self.follow(url, what, conditions).await
        };
        let limit = self.config.total_timeout.duration();
        let limited = tokio::time::timeout(limit, asked).await;
        limited.unwrap_or(Err(FetchError::TimedOut { seconds: limit.as_secs() }))
    }

    /// Follows redirects from `first` to a document.
    async fn follow(
        &self,
        first: &Url,
        what: What,
        conditions: &Conditions,
    ) -> Result<Answer, FetchError> {
        let (mut url, mut moved_to, mut all_permanent) = (first.clone(), None, true);
        for _ in 0..=MOST_REDIRECTS {
            let response = self.ask(&url, first, what, conditions).await?;
            let Some(next) = redirect::target(&self.guard, &response, &url, first)? else {
                return self.answer(response, url, moved_to, what).await;
            };
            all_permanent &= matches!(response.status().as_u16(), 301 | 308);
            moved_to = all_permanent.then(|| next.clone());
            if next.host() != first.host() {
                self.rules(&next, first).await?.check(&next)?;
            }
            url = next;
        }
        Err(FetchError::RedirectLoop { url: links::shown(url.as_str()) })
    }

    /// One request. Credentials of the configured address go to its own host only.
    async fn ask(
        &self,
        url: &Url,
        first: &Url,
        what: What,
        conditions: &Conditions,
    ) -> Result<Response, FetchError> {
        let mut request =
            self.client.get(redirect::without_credentials(url)).header(ACCEPT, what.accept());
        if url.host() == first.host()
            && url.scheme() == first.scheme()
            && !first.username().is_empty()
        {
            request = request.basic_auth(first.username(), first.password());
        }
        if let Some(etag) = &conditions.etag {
            request = request.header(IF_NONE_MATCH, etag);
        }
        if let Some(date) = &conditions.last_modified {
            request = request.header(IF_MODIFIED_SINCE, date);
        }
        request.send().await.map_err(|e| {
            FetchError::from_client(&e, url.as_str(), self.config.idle_timeout.duration().as_secs())
        })
    }

    async fn answer(
        &self,
        mut response: Response,
        url: Url,
        moved_to: Option<Url>,
        what: What,
    ) -> Result<Answer, FetchError> {
        let status = response.status().as_u16();
        let date = header(&response, "date").and_then(|date| server_date(&date));
        if status == 304 {
            return Ok(Answer::NotModified { date });
        }
        if !response.status().is_success() {
            let retry_after =
                header(&response, "retry-after").and_then(|after| after.trim().parse().ok());
            return Err(FetchError::Status { status, retry_after });
        }
        let mib = if what == What::Feed { self.config.feed_limit } else { self.config.page_limit };
        let conditions = Conditions {
            etag: header(&response, "etag"),
            last_modified: header(&response, "last-modified"),
        };
        let content_type = header(&response, "content-type");
        let body =
            body::read(&mut response, mib << 20, self.config.idle_timeout.duration().as_secs())
                .await?;
        Ok(Answer::Document(Box::new(Document {
            url,
            moved_to,
            status,
            content_type,
            conditions,
            date,
            body,
        })))
    }

    /// The robots.txt rules for an address.
    async fn rules(&self, url: &Url, first: &Url) -> Result<Arc<Rules>, FetchError> {
        let origin = url.origin().ascii_serialization();
        if let Some(known) = self.robots.get(&origin) {
            return Ok(known);
        }
        let rules = match url.join("/robots.txt") {
            Ok(address) if self.config.robots => self.fetch_rules(address, first).await,
            _ => Ok(Rules::None),
        };
        match rules {
            Ok(rules) => Ok(self.robots.put(origin, rules)),
            // Where nothing answers at all, the document will not be had either.
            Err(
                error @ (FetchError::TimedOut { .. }
                | FetchError::Unreachable { .. }
                | FetchError::Forbidden { .. }),
            ) => Err(error),
            Err(_) => Ok(self.robots.put(origin, Rules::None)),
        }
    }

    async fn fetch_rules(&self, mut url: Url, first: &Url) -> Result<Rules, FetchError> {
        for _ in 0..=MOST_REDIRECTS {
            let mut response = self.ask(&url, first, What::Page, &Conditions::default()).await?;
            if let Some(next) = redirect::target(&self.guard, &response, &url, first)? {
                url = next;
                continue;
            }
            let body = body::read(
                &mut response,
                ROBOTS_LIMIT,
                self.config.idle_timeout.duration().as_secs(),
            )
            .await?;
            return Ok(Rules::of(ROBOTS_NAME, response.status().as_u16(), &body));
        }
        Ok(Rules::None)
    }
}

#[expect(clippy::disallowed_methods, reason = "this is the client that everything else uses")]
fn build(config: &GatherConfig, resolver: GuardedResolver) -> Result<Client, reqwest::Error> {
    let contact =
        if config.contact.is_empty() { String::new() } else { format!(" (+{})", config.contact) };
    let mut headers = reqwest::header::HeaderMap::new();
    headers.insert(
        ACCEPT_ENCODING,
        reqwest::header::HeaderValue::from_static("gzip, br, zstd, deflate"),
    );
    Client::builder()
        .user_agent(format!("{}{contact}", config.user_agent))
        .default_headers(headers)
        .dns_resolver(resolver)
        .redirect(Policy::none())
        .referer(false)
        .no_proxy()
        .connect_timeout(config.idle_timeout.duration())
        .read_timeout(config.idle_timeout.duration())
        .pool_idle_timeout(Duration::from_secs(30))
        .build()
}

/// The instant of an HTTP `Date`.
fn server_date(date: &str) -> Option<Timestamp> {
    Timestamp::try_from(httpdate::parse_http_date(date).ok()?).ok()
}
