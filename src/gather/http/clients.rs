//! The HTTP library's client, made anew from time to time: with the old one go the connections that it kept open.

use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use reqwest::header::{ACCEPT_ENCODING, HeaderMap, HeaderValue};
use reqwest::redirect::Policy;
use reqwest::{Client, Proxy};
use url::Url;

use super::resolve::GuardedResolver;
use crate::config::gather::GatherConfig;

/// After how many documents a client is replaced. Each connection that is kept open holds on to some 40 kB, and a run
/// asks thousands of hosts, most of them once; a host that is asked again opens one more connection.
const DOCUMENTS: usize = 256;

/// Clients of one configuration.
#[derive(Debug)]
pub(super) struct Clients {
    config: GatherConfig,
    resolver: GuardedResolver,
    proxy: Option<Url>,
    /// The one in use, and for how many documents it was.
    current: Mutex<(Client, usize)>,
}

impl Clients {
    /// Clients by the configuration.
    ///
    /// # Errors
    /// Where the system has no certificates.
    pub(super) fn new(
        config: &GatherConfig,
        resolver: GuardedResolver,
        proxy: Option<Url>,
    ) -> Result<Self, reqwest::Error> {
        let first = build(config, resolver.clone(), proxy.clone())?;
        let config = config.clone();
        Ok(Self { config, resolver, proxy, current: Mutex::new((first, 0)) })
    }

    /// The client for one document, with its robots.txt and all redirects.
    pub(super) fn next(&self) -> Client {
        let mut current = self.current.lock().unwrap_or_else(PoisonError::into_inner);
        let (client, documents) = &mut *current;
        *documents += 1;
        // Where none can be made, the old one still serves.
        if *documents > DOCUMENTS
            && let Ok(next) = build(&self.config, self.resolver.clone(), self.proxy.clone())
        {
            (*client, *documents) = (next, 1);
        }
        client.clone()
    }
}

/// How long a connection stays open: over the pause between two requests to a host.
fn kept_open(config: &GatherConfig) -> Duration {
    Duration::from_millis(200 + 2 * config.host_delay)
}

#[expect(clippy::disallowed_methods, reason = "this is the client that everything else uses")]
fn build(
    config: &GatherConfig,
    resolver: GuardedResolver,
    proxy: Option<Url>,
) -> Result<Client, reqwest::Error> {
    let contact =
        if config.contact.is_empty() { String::new() } else { format!(" (+{})", config.contact) };
    let mut headers = HeaderMap::new();
    headers.insert(ACCEPT_ENCODING, HeaderValue::from_static("gzip, br, zstd, deflate"));
    let client = Client::builder()
        .user_agent(format!("{}{contact}", config.user_agent))
        .default_headers(headers)
        .dns_resolver(resolver)
        .redirect(Policy::none())
        .referer(false)
        .no_proxy()
        .connect_timeout(config.idle_timeout.duration())
        .read_timeout(config.idle_timeout.duration())
        .pool_idle_timeout(kept_open(config));
    match proxy {
        Some(proxy) => client.proxy(Proxy::all(proxy)?).build(),
        None => client.build(),
    }
}
