//! Where we may connect (S-1).

use std::collections::BTreeSet;
use std::net::IpAddr;

use url::{Host, Url};

use super::error::FetchError;
use crate::gather::links;
use crate::model::network::is_public;

/// The rules of one installation: the public Internet on ports 80 and 443, and what is excepted by name.
#[derive(Debug, Clone, Default)]
pub struct Guard {
    exceptions: BTreeSet<String>,
    mapped: BTreeSet<String>,
    proxy: Option<String>,
}

impl Guard {
    /// Rules with the exceptions of `[gather] allow_private` (`host:port`) and the names of `[gather] hosts`.
    pub fn new<'a>(
        exceptions: impl IntoIterator<Item = &'a str>,
        mapped: impl IntoIterator<Item = &'a str>,
    ) -> Self {
        let lower = |text: &str| text.trim().to_ascii_lowercase();
        Self {
            exceptions: exceptions.into_iter().map(lower).collect(),
            mapped: mapped.into_iter().map(lower).collect(),
            proxy: None,
        }
    }

    /// The rules behind a proxy: its name may stand for any address, and is never fetched from itself.
    pub(super) fn behind(self, proxy: Option<&Url>) -> Self {
        let proxy = proxy.and_then(Url::host_str).map(str::to_ascii_lowercase);
        Self { proxy, ..self }
    }

    /// Checks an address before a request. `origin` is where the chain of redirects began, none for the first
    /// request: an exception holds for the host and port that the configuration names, never for where a redirect
    /// points.
    ///
    /// # Errors
    /// [`FetchError::Forbidden`] with the reason.
    pub fn check(&self, url: &Url, origin: Option<&Url>) -> Result<(), FetchError> {
        let no =
            |why: &'static str| Err(FetchError::Forbidden { url: links::shown(url.as_str()), why });
        if !matches!(url.scheme(), "http" | "https") {
            return no("only http and https are fetched");
        }
        let (Some(host), Some(port)) = (url.host(), url.port_or_known_default()) else {
            return no("it names no host");
        };
        let excepted = self.exceptions.contains(&format!("{host}:{port}"))
            && origin.is_none_or(|first| {
                first.host() == url.host() && first.port_or_known_default() == Some(port)
            });
        if excepted {
            return Ok(());
        }
        if self.is_proxy(&host.to_string()) {
            return no("it is our own proxy");
        }
        match host {
            Host::Domain(name) if self.names_exception(name) => {
                no("this name is excepted for another port only")
            }
            _ if !matches!(port, 80 | 443) => no("only ports 80 and 443 are fetched"),
            Host::Ipv4(ip) if !is_public(IpAddr::V4(ip)) => no("this address is not public"),
            Host::Ipv6(ip) if !is_public(IpAddr::V6(ip)) => no("this address is not public"),
            _ => Ok(()),
        }
    }

    /// Whether a name may stand for `ip`: public addresses always, others where the configuration names the name.
    pub fn admits(&self, name: &str, ip: IpAddr) -> bool {
        is_public(ip)
            || self.names_exception(name)
            || self.is_proxy(name)
            || self.mapped.contains(&name.to_ascii_lowercase())
    }

    fn is_proxy(&self, name: &str) -> bool {
        self.proxy.as_deref().is_some_and(|proxy| proxy.eq_ignore_ascii_case(name))
    }

    fn names_exception(&self, name: &str) -> bool {
        let name = name.to_ascii_lowercase();
        self.exceptions.iter().any(|e| e.rsplit_once(':').is_some_and(|(host, _)| host == name))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refused(guard: &Guard, url: &str, origin: Option<&str>) -> bool {
        let origin = origin.map(|o| Url::parse(o).unwrap());
        guard.check(&Url::parse(url).unwrap(), origin.as_ref()).is_err()
    }

    #[test]
    fn s_1_literal_addresses_are_refused_in_every_notation() {
        for url in [
            "http://127.0.0.1/",
            "http://2130706433/",
            "http://0x7f000001/",
            "http://0177.0.0.1/",
            "http://127.1/",
            "http://0x7f.1/",
            "http://[::1]/",
            "http://[::ffff:127.0.0.1]/",
            "http://[::ffff:7f00:1]/",
            "http://169.254.169.254/latest/meta-data/",
            "http://１２７.0.0.1/",
            "http://10.0.0.1:80/",
            "http://8.8.8.8:8080/",
            "https://outlet.example:22/",
            "ftp://outlet.example/",
            "file:///etc/passwd",
            "gopher://outlet.example/",
            "data:text/html,x",
        ] {
            assert!(refused(&Guard::default(), url, None), "{url}");
        }
        assert!(!refused(&Guard::default(), "https://outlet.example/feed", None));
    }

    #[test]
    fn s_1_an_exception_holds_for_its_port_and_never_through_a_redirect() {
        let guard = Guard::new(["127.0.0.1:8123", "intranet.example:8080"], []);
        assert!(!refused(&guard, "http://127.0.0.1:8123/feed", None));
        assert!(!refused(&guard, "http://127.0.0.1:8123/next", Some("http://127.0.0.1:8123/feed")));
        assert!(refused(&guard, "http://127.0.0.1:8123/feed", Some("https://outlet.example/feed")));
        assert!(refused(&guard, "http://127.0.0.1:8124/feed", None));
        assert!(!refused(&guard, "http://intranet.example:8080/", None));
        assert!(refused(&guard, "http://intranet.example/", None));
    }

    #[test]
    fn s_1_a_name_that_resolves_to_a_private_address_is_admitted_only_if_configured() {
        let guard = Guard::new(["intranet.example:8080"], ["outlet.example"]);
        let private = "10.0.0.1".parse().unwrap();
        assert!(
            guard.admits("intranet.example", private) && guard.admits("OUTLET.example", private)
        );
        assert!(
            !guard.admits("evil.example", private)
                && guard.admits("evil.example", "8.8.8.8".parse().unwrap())
        );
    }
}
