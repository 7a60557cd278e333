//! The `[web]` section.

use std::net::{IpAddr, Ipv4Addr, SocketAddr};

use serde::{Deserialize, Serialize};
use url::{Host, Url};

use super::ConfigError;
use super::span::Span;

/// The web site. Without an address to listen on there is none.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct WebConfig {
    /// Where to listen; left out, nothing is served.
    pub listen: Option<SocketAddr>,
    /// Under which address readers reach it; empty, mails hold no link to ourselves.
    pub public_url: String,
    /// Whether everybody may read the digests; otherwise subscribers may.
    pub public_archive: bool,
    /// Whether people may subscribe by themselves; it needs `public_url`.
    pub signup: bool,
    /// The reverse proxies whose `X-Forwarded-For` is believed.
    pub trusted_proxies: Vec<IpAddr>,
    /// From which addresses `/metrics` and the details of `/readyz` are shown.
    pub metrics_from: Vec<IpAddr>,
    /// Most connections at once; more wait.
    pub connections: usize,
    /// For one request, its body included.
    pub timeout: Span,
}

impl Default for WebConfig {
    fn default() -> Self {
        Self {
            listen: None,
            public_url: String::new(),
            public_archive: false,
            signup: true,
            trusted_proxies: vec![IpAddr::V4(Ipv4Addr::LOCALHOST)],
            metrics_from: vec![IpAddr::V4(Ipv4Addr::LOCALHOST)],
            connections: 512,
            timeout: Span::seconds(15),
        }
    }
}

impl WebConfig {
    /// The public address without a slash at its end; none in an installation that only mails.
    pub fn site(&self) -> Option<&str> {
        Some(self.public_url.trim_end_matches('/')).filter(|url| !url.is_empty())
    }

    /// Refuses a public address that mails could not link to.
    pub(super) fn check(&self) -> Result<(), ConfigError> {
        let Some(site) = self.site() else { return Ok(()) };
        let wrong = |message: &str| {
            let key = "web.public_url".to_owned();
            Err(ConfigError::Inconsistent { key, message: format!("`{site}` {message}") })
        };
        let Ok(url) = Url::parse(site) else {
            return wrong("is no address; write https://sitrep.example.org");
        };
        if url.path() != "/" || url.query().is_some() || !url.username().is_empty() {
            return wrong("may hold a name and a port only");
        }
        match url.scheme() {
            "https" => Ok(()),
            "http" if is_loopback(&url) => Ok(()),
            _ => wrong("must begin with https: tokens of readers go over it"),
        }
    }
}

fn is_loopback(url: &Url) -> bool {
    match url.host() {
        Some(Host::Domain(name)) => name == "localhost",
        Some(Host::Ipv4(address)) => address.is_loopback(),
        Some(Host::Ipv6(address)) => address.is_loopback(),
        None => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn with(public_url: &str) -> WebConfig {
        WebConfig { public_url: public_url.to_owned(), ..WebConfig::default() }
    }

    #[test]
    fn a_public_address_is_https_or_on_this_machine() {
        for good in
            ["", "https://sitrep.example.org", "https://s.example/", "http://127.0.0.1:8080"]
        {
            assert!(with(good).check().is_ok(), "{good}");
        }
        for bad in
            ["sitrep", "http://sitrep.example.org", "https://s.example/news", "ftp://s.example"]
        {
            let error = with(bad).check().unwrap_err().to_string();
            assert!(error.contains("web.public_url"), "{bad}: {error}");
        }
    }

    #[test]
    fn the_public_address_is_given_without_its_slash() {
        assert_eq!(with("https://s.example/").site(), Some("https://s.example"));
        assert_eq!(with("").site(), None);
    }
}
