//! Which servers take the mail of a domain (RFC 5321, 5.1; RFC 7505).

use std::collections::BTreeMap;
use std::net::{IpAddr, SocketAddr};
use std::time::Duration;

use hickory_resolver::TokioResolver;
use hickory_resolver::config::{
    ConnectionConfig, LookupIpStrategy, NameServerConfig, ResolverConfig,
};
use hickory_resolver::net::runtime::TokioRuntimeProvider;
use hickory_resolver::net::{DnsError, NetError};
use hickory_resolver::proto::op::ResponseCode;
use hickory_resolver::proto::rr::RData;
use uuid::Uuid;

use crate::config::deliver::MxConfig;
use crate::deliver::DeliverError;
use crate::model::delivery::SendOutcome;
use crate::model::network::is_public;

/// The port of mail between servers.
const SMTP: u16 = 25;
/// Of the servers of a domain so many are tried, and so many addresses of each.
const MOST: usize = 5;
/// How long one question may take; it is asked twice.
const PATIENCE: Duration = Duration::from_secs(5);

/// Asks the DNS.
#[derive(Clone)]
pub(super) struct Dns {
    resolver: TokioResolver,
    hosts: BTreeMap<String, SocketAddr>,
}

/// The names of a domain's mail servers, in the order in which they are tried.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Servers {
    /// The first of those that are preferred, by the alphabet: the same for all domains that share them.
    pub(super) first: String,
    pub(super) names: Vec<String>,
    /// The domain has no MX and takes its mail itself.
    implicit: bool,
}

impl Servers {
    /// A domain that takes its mail itself.
    fn itself(domain: &str) -> Self {
        Self { first: domain.to_owned(), names: vec![domain.to_owned()], implicit: true }
    }
}

/// What comes of asking: the domain's fault is final, the DNS's is not.
type Asked<T> = Result<T, SendOutcome>;

impl Dns {
    pub(super) fn new(config: &MxConfig) -> Result<Self, DeliverError> {
        let wrong = |error: NetError| DeliverError::Dns(error.to_string());
        let mut builder = if config.nameservers.is_empty() {
            TokioResolver::builder_tokio().map_err(wrong)?
        } else {
            let servers = config.nameservers.iter().map(server).collect();
            let servers = ResolverConfig::from_name_servers(servers);
            TokioResolver::builder_with_config(servers, TokioRuntimeProvider::default())
        };
        let options = builder.options_mut();
        (options.timeout, options.attempts) = (PATIENCE, 2);
        options.ip_strategy = LookupIpStrategy::Ipv4AndIpv6;
        // A name of ours in /etc/hosts is no mail server of a domain.
        options.use_hosts_file = hickory_resolver::config::ResolveHosts::Never;
        let lower = |(name, at): (&String, &SocketAddr)| (name.to_ascii_lowercase(), *at);
        let hosts = config.hosts.iter().map(lower).collect();
        Ok(Self { resolver: builder.build().map_err(wrong)?, hosts })
    }

    /// The mail servers of a domain: by preference, those of the same one in an order that differs each time.
    pub(super) async fn servers(&self, domain: &str) -> Asked<Servers> {
        if self.hosts.contains_key(domain) {
            return Ok(Servers::itself(domain));
        }
        let found = match self.resolver.mx_lookup(format!("{domain}.")).await {
            Ok(found) => found,
            Err(error) => match negative(&error) {
                Some(ResponseCode::NXDomain) => {
                    return Err(failed(format!("550 5.1.2 there is no domain `{domain}`")));
                }
                Some(_) => return Ok(Servers::itself(domain)),
                None => return Err(unsure(domain, &error)),
            },
        };
        let mut all: Vec<(u16, String)> = Vec::new();
        for answer in found.answers() {
            if let RData::MX(mx) = &answer.data {
                let name = mx.exchange.to_lowercase().to_ascii();
                all.push((mx.preference, name.trim_end_matches('.').to_owned()));
            }
        }
        all.retain(|(_, name)| !name.is_empty());
        let Some(best) = all.iter().map(|(preference, _)| *preference).min() else {
            return Err(failed(format!("556 5.1.10 the domain `{domain}` takes no mail")));
        };
        let preferred = all.iter().filter(|(preference, _)| *preference == best);
        let first = preferred.map(|(_, name)| name.clone()).min().unwrap_or_default();
        all.sort_by_cached_key(|(preference, _)| (*preference, Uuid::new_v4()));
        let names = all.into_iter().map(|(_, name)| name).take(MOST).collect();
        Ok(Servers { first, names, implicit: false })
    }

    /// The addresses of a server; none where it has none that is public.
    async fn addresses(&self, name: &str) -> Asked<Vec<SocketAddr>> {
        if let Some(address) = self.hosts.get(name) {
            return Ok(vec![*address]);
        }
        // An address in place of a name is against the standard, and would be a way to this machine.
        if name.parse::<IpAddr>().is_ok() {
            return Ok(Vec::new());
        }
        let found = match self.resolver.lookup_ip(format!("{name}.")).await {
            Ok(found) => found,
            Err(error) if negative(&error).is_some() => return Ok(Vec::new()),
            Err(error) => return Err(unsure(name, &error)),
        };
        let mut all: Vec<IpAddr> = found.iter().filter(|ip| is_public(*ip)).collect();
        all.sort_by_key(IpAddr::is_ipv6);
        Ok(all.into_iter().take(MOST).map(|ip| SocketAddr::new(ip, SMTP)).collect())
    }

    /// Every place where the mail of a domain may be handed in, with the name of the server, in order.
    pub(super) async fn places(
        &self,
        domain: &str,
        servers: &Servers,
    ) -> Asked<Vec<(String, SocketAddr)>> {
        let (mut places, mut doubt) = (Vec::new(), None);
        for name in &servers.names {
            match self.addresses(name).await {
                Ok(all) => places.extend(all.into_iter().map(|at| (name.clone(), at))),
                Err(unsure) => doubt = Some(unsure),
            }
        }
        match (places.is_empty(), doubt) {
            (false, _) => Ok(places),
            (true, Some(unsure)) => Err(unsure),
            (true, None) if servers.implicit => Err(failed(format!(
                "550 5.4.4 the domain `{domain}` has neither a mail server nor a public address"
            ))),
            (true, None) => Err(failed(format!(
                "550 5.4.4 no mail server of the domain `{domain}` has a public address"
            ))),
        }
    }
}

fn server(address: &SocketAddr) -> NameServerConfig {
    let mut server = NameServerConfig::udp_and_tcp(address.ip());
    let at = |mut connection: ConnectionConfig| {
        connection.port = address.port();
        connection
    };
    server.connections = vec![at(ConnectionConfig::udp()), at(ConnectionConfig::tcp())];
    server
}

/// The code of an answer that says that there is nothing; none where there was no such answer.
fn negative(error: &NetError) -> Option<ResponseCode> {
    match error {
        NetError::Dns(DnsError::NoRecordsFound(none)) => Some(none.response_code)
            .filter(|code| matches!(code, ResponseCode::NXDomain | ResponseCode::NoError)),
        _ => None,
    }
}

fn failed(text: String) -> SendOutcome {
    SendOutcome::Failed(text)
}

fn unsure(name: &str, error: &NetError) -> SendOutcome {
    SendOutcome::Deferred(format!("451 4.4.3 the DNS does not answer for `{name}`: {error}"))
}
