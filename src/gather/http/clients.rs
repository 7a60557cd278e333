//! The HTTP library's client, made anew from time to time: with the old one go the connections that it kept open.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use reqwest::header::{ACCEPT_ENCODING, HeaderMap, HeaderValue};
use reqwest::redirect::Policy;
use reqwest::{Client, Proxy};
use rustls_platform_verifier::Verifier;
use tokio_rustls::rustls::crypto::ring;
use tokio_rustls::rustls::{ClientConfig, DEFAULT_VERSIONS, Error as TlsError};
use url::Url;

use super::client::HttpConfigError;
use super::resolve::GuardedResolver;
use crate::config::gather::GatherConfig;

/// After how many documents a client is replaced. Each connection that is kept open holds on to some 40 kB, and a run
/// asks thousands of hosts, most of them once; a host that is asked again opens one more connection.
const DOCUMENTS: usize = 128;

/// Clients of one configuration.
#[derive(Debug)]
pub(super) struct Clients {
    making: Making,
    /// The one in use, and for how many documents it was.
    current: Mutex<(Client, usize)>,
}

/// What all clients are made of.
#[derive(Debug)]
struct Making {
    config: GatherConfig,
    resolver: GuardedResolver,
    proxy: Option<Url>,
    /// One for all: the system's certificates are hundreds of files.
    tls: ClientConfig,
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
    ) -> Result<Self, HttpConfigError> {
        let tls = tls().map_err(HttpConfigError::Tls)?;
        let making = Making { config: config.clone(), resolver, proxy, tls };
        let first = making.client().map_err(HttpConfigError::Client)?;
        Ok(Self { making, current: Mutex::new((first, 0)) })
    }

    /// The client for one document, with its robots.txt and all redirects.
    pub(super) fn next(&self) -> Client {
        let mut current = self.current.lock().unwrap_or_else(PoisonError::into_inner);
        let (client, documents) = &mut *current;
        *documents += 1;
        // Where none can be made, the old one still serves.
        if *documents > DOCUMENTS
            && let Ok(next) = self.making.client()
        {
            (*client, *documents) = (next, 1);
        }
        client.clone()
    }
}

/// TLS by the system's certificates, over HTTP/2 where the server speaks it.
fn tls() -> Result<ClientConfig, TlsError> {
    let provider = Arc::new(ring::default_provider());
    let verifier = Verifier::new(Arc::clone(&provider))?;
    let mut tls = ClientConfig::builder_with_provider(provider)
        .with_protocol_versions(DEFAULT_VERSIONS)?
        .dangerous()
        .with_custom_certificate_verifier(Arc::new(verifier))
        .with_no_client_auth();
    tls.alpn_protocols = vec![b"h2".to_vec(), b"http/1.1".to_vec()];
    Ok(tls)
}

impl Making {
    #[expect(clippy::disallowed_methods, reason = "this is the client that everything else uses")]
    fn client(&self) -> Result<Client, reqwest::Error> {
        let config = &self.config;
        let contact = Some(config.contact.as_str()).filter(|contact| !contact.is_empty());
        let contact = contact.map(|contact| format!(" (+{contact})")).unwrap_or_default();
        let mut headers = HeaderMap::new();
        headers.insert(ACCEPT_ENCODING, HeaderValue::from_static("gzip, br, zstd, deflate"));
        let client = Client::builder()
            .tls_backend_preconfigured(self.tls.clone())
            .user_agent(format!("{}{contact}", config.user_agent))
            .default_headers(headers)
            .dns_resolver(self.resolver.clone())
            .redirect(Policy::none())
            .referer(false)
            .no_proxy()
            .connect_timeout(config.idle_timeout.duration())
            .read_timeout(config.idle_timeout.duration())
            // a dead connection is ended by these two; asking the system to watch it costs four calls for each
            .tcp_keepalive(None)
            .tcp_keepalive_interval(None)
            .tcp_keepalive_retries(None)
            .pool_idle_timeout(self.kept_open());
        match &self.proxy {
            Some(proxy) => client.proxy(Proxy::all(proxy.clone())?).build(),
            None => client.build(),
        }
    }

    /// How long a connection stays open: over the pause between two requests to a host.
    fn kept_open(&self) -> Duration {
        Duration::from_millis(200 + 2 * self.config.host_delay)
    }
}
