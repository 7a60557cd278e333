//! Who asks: the address of the reader's machine, also behind a reverse proxy.

use std::convert::Infallible;
use std::net::{IpAddr, Ipv4Addr};
use std::sync::Arc;

use axum::extract::FromRequestParts;
use axum::http::HeaderMap;
use axum::http::request::Parts;

use super::site::Site;

/// The other end of the connection.
#[derive(Debug, Clone, Copy)]
pub(super) struct Peer(pub(super) IpAddr);

/// The machine that a request comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Client(IpAddr);

impl Client {
    /// The other end of the connection; where that is a proxy of ours, the last address in `X-Forwarded-For` that is
    /// none. What stands before it, anybody may have written.
    pub(super) fn of(peer: IpAddr, headers: &HeaderMap, proxies: &[IpAddr]) -> Self {
        let peer = peer.to_canonical();
        if !proxies.contains(&peer) {
            return Self(peer);
        }
        let lines = headers.get_all("x-forwarded-for").iter().filter_map(|line| line.to_str().ok());
        let named: Vec<&str> = lines.flat_map(|line| line.split(',')).map(str::trim).collect();
        for name in named.iter().rev() {
            match name.parse::<IpAddr>().map(|address| address.to_canonical()) {
                Ok(address) if proxies.contains(&address) => {}
                Ok(address) => return Self(address),
                Err(_) => break,
            }
        }
        Self(peer)
    }

    /// Its address.
    pub(super) fn address(self) -> IpAddr {
        self.0
    }

    /// The network that limits count: a /24 of IPv4, a /64 of IPv6 (S-11).
    pub(super) fn network(self) -> String {
        match self.0 {
            IpAddr::V4(address) => {
                let [a, b, c, _] = address.octets();
                format!("{a}.{b}.{c}.0/24")
            }
            IpAddr::V6(address) => {
                let [a, b, c, d, ..] = address.segments();
                format!("{a:x}:{b:x}:{c:x}:{d:x}::/64")
            }
        }
    }
}

impl FromRequestParts<Arc<Site>> for Client {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, site: &Arc<Site>) -> Result<Self, Infallible> {
        let peer = parts.extensions.get::<Peer>();
        let peer = peer.map_or(IpAddr::V4(Ipv4Addr::UNSPECIFIED), |peer| peer.0);
        Ok(Self::of(peer, &parts.headers, &site.config().web.trusted_proxies))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn client(peer: &str, forwarded: &str, proxies: &[&str]) -> String {
        let mut headers = HeaderMap::new();
        headers.insert("x-forwarded-for", forwarded.parse().unwrap());
        let proxies: Vec<IpAddr> = proxies.iter().map(|proxy| proxy.parse().unwrap()).collect();
        Client::of(peer.parse().unwrap(), &headers, &proxies).address().to_string()
    }

    #[test]
    fn s_11_a_forwarded_address_counts_only_from_a_proxy_of_ours() {
        assert_eq!(client("192.0.2.9", "198.51.100.1", &["127.0.0.1"]), "192.0.2.9");
        assert_eq!(client("127.0.0.1", "198.51.100.1", &["127.0.0.1"]), "198.51.100.1");
        assert_eq!(client("::ffff:127.0.0.1", "198.51.100.1", &["127.0.0.1"]), "198.51.100.1");
    }

    #[test]
    fn s_11_what_a_reader_writes_before_the_proxys_own_entry_counts_for_nothing() {
        assert_eq!(
            client("127.0.0.1", "203.0.113.5, 198.51.100.1", &["127.0.0.1"]),
            "198.51.100.1"
        );
        let two = ["127.0.0.1", "10.0.0.2"];
        assert_eq!(
            client("127.0.0.1", "203.0.113.5, 198.51.100.1, 10.0.0.2", &two),
            "198.51.100.1"
        );
        assert_eq!(client("127.0.0.1", "198.51.100.1, nonsense", &["127.0.0.1"]), "127.0.0.1");
    }

    #[test]
    fn s_11_limits_count_networks() {
        let network = |address: &str| Client(address.parse().unwrap()).network();
        assert_eq!(network("192.0.2.9"), network("192.0.2.200"));
        assert_ne!(network("192.0.2.9"), network("192.0.3.9"));
        assert_eq!(network("2001:db8:1:2::1"), network("2001:db8:1:2:ffff::9"));
        assert_ne!(network("2001:db8:1:2::1"), network("2001:db8:1:3::1"));
    }
}
