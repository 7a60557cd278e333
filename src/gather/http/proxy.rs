//! The proxy: only the one that the configuration names, never one of the environment (S-1).

use std::net::SocketAddr;

use secrecy::{ExposeSecret as _, SecretString};
use url::Url;

use super::client::HttpConfigError;
use super::error::FetchError;
use super::guard::Guard;
use super::resolve::admitted;
use crate::gather::links;

/// Reads `[gather] proxy`.
///
/// # Errors
/// Where it is no address of a proxy.
pub(super) fn address(proxy: Option<&SecretString>) -> Result<Option<Url>, HttpConfigError> {
    let Some(proxy) = proxy else { return Ok(None) };
    let url = Url::parse(proxy.expose_secret()).ok();
    let url = url.filter(|url| matches!(url.scheme(), "http" | "https") && url.has_host());
    url.map(Some).ok_or(HttpConfigError::Proxy)
}

/// A proxy looks names up by itself, out of our sight. So a name that stands here only for addresses that are not
/// public is refused before the proxy hears of it; one that only the proxy knows is left to it.
///
/// # Errors
/// [`FetchError::Forbidden`] for a name that is refused.
pub(super) async fn check(guard: &Guard, url: &Url) -> Result<(), FetchError> {
    let Some(name) = url.domain() else { return Ok(()) };
    let found = tokio::net::lookup_host((name, 0)).await;
    let found: Vec<SocketAddr> = found.map(Iterator::collect).unwrap_or_default();
    admitted(guard, name, found).map(drop).map_err(|_| FetchError::Forbidden {
        url: links::shown(url.as_str()),
        why: "its name stands for an address that is not public",
    })
}
