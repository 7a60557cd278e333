//! Name resolution that hands out only addresses we may connect to: what was checked is what is connected to, so a
//! name that changes its mind between check and connection gains nothing (S-1).

use std::collections::HashMap;
use std::io;
use std::net::SocketAddr;
use std::sync::Arc;

use futures::FutureExt as _;
use futures::future::BoxFuture;
use reqwest::dns::{Addrs, Name, Resolve, Resolving};

use super::guard::Guard;

/// A name stands only for addresses that we may not connect to.
#[derive(Debug, thiserror::Error)]
#[error("the name stands for an address that is not public")]
pub(super) struct Refused;

/// Looks a name up.
type LookUp = fn(String) -> BoxFuture<'static, io::Result<Vec<SocketAddr>>>;

/// Looks names up, first among the configured ones, then in the system.
#[derive(Debug, Clone)]
pub(super) struct GuardedResolver {
    guard: Arc<Guard>,
    mapped: Arc<HashMap<String, SocketAddr>>,
    look_up: LookUp,
}

impl GuardedResolver {
    /// A resolver by the rules of `guard`, with names in lower case that stand for fixed addresses.
    pub(super) fn new(guard: Arc<Guard>, mapped: HashMap<String, SocketAddr>) -> Self {
        Self { guard, mapped: Arc::new(mapped), look_up: system }
    }
}

/// The system's own look-up.
fn system(name: String) -> BoxFuture<'static, io::Result<Vec<SocketAddr>>> {
    async move { Ok(tokio::net::lookup_host((name, 0)).await?.collect()) }.boxed()
}

impl Resolve for GuardedResolver {
    fn resolve(&self, name: Name) -> Resolving {
        let (guard, name) = (Arc::clone(&self.guard), name.as_str().to_ascii_lowercase());
        let mapped = self.mapped.get(&name).copied();
        let look_up = self.look_up;
        Box::pin(async move {
            if let Some(address) = mapped {
                return Ok(Box::new(std::iter::once(address)) as Addrs);
            }
            let found = look_up(name.clone()).await?;
            Ok(Box::new(admitted(&guard, &name, found)?.into_iter()) as Addrs)
        })
    }
}

/// The addresses among `found` that we may connect to.
///
/// # Errors
/// Where none is, though there are some.
pub(super) fn admitted(
    guard: &Guard,
    name: &str,
    found: Vec<SocketAddr>,
) -> Result<Vec<SocketAddr>, Refused> {
    let some = !found.is_empty();
    let kept: Vec<SocketAddr> =
        found.into_iter().filter(|address| guard.admits(name, address.ip())).collect();
    if some && kept.is_empty() { Err(Refused) } else { Ok(kept) }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicUsize, Ordering};
    use std::time::Duration;

    use super::*;

    fn addresses(list: &[&str]) -> Vec<SocketAddr> {
        list.iter().map(|a| SocketAddr::new(a.parse().unwrap(), 0)).collect()
    }

    #[test]
    fn s_1_of_mixed_records_only_the_public_ones_are_connected_to() {
        let found = addresses(&["127.0.0.1", "8.8.8.8", "10.0.0.1", "::1"]);
        assert_eq!(
            admitted(&Guard::default(), "evil.example", found).unwrap(),
            addresses(&["8.8.8.8"])
        );
    }

    #[test]
    fn s_1_a_name_that_first_is_public_and_then_private_is_refused_at_the_second_look() {
        let guard = Guard::default();
        assert!(admitted(&guard, "evil.example", addresses(&["8.8.8.8"])).is_ok());
        assert!(admitted(&guard, "evil.example", addresses(&["127.0.0.1"])).is_err());
    }
    /// What a name server says that changes its mind: a public address first, then only our own machine.
    fn rebinding(_: String) -> BoxFuture<'static, io::Result<Vec<SocketAddr>>> {
        static ASKED: AtomicUsize = AtomicUsize::new(0);
        let found = match ASKED.fetch_add(1, Ordering::SeqCst) {
            0 => addresses(&["8.8.8.8", "127.0.0.1"]),
            _ => addresses(&["127.0.0.1", "::1", "169.254.169.254"]),
        };
        std::future::ready(Ok(found)).boxed()
    }

    #[tokio::test]
    #[expect(
        clippy::disallowed_methods,
        reason = "the resolver is tried without the rest of the guard"
    )]
    async fn s_1_a_name_server_that_changes_its_mind_leads_to_no_connection() {
        let _ = rustls::crypto::ring::default_provider().install_default();
        let canary = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let port = canary.local_addr().unwrap().port();
        let resolver = GuardedResolver {
            look_up: rebinding,
            ..GuardedResolver::new(Arc::default(), HashMap::new())
        };
        let first = resolver.resolve("evil.example".parse().unwrap()).await.unwrap();
        assert_eq!(first.collect::<Vec<_>>(), addresses(&["8.8.8.8"]));
        let client = reqwest::Client::builder().no_proxy().dns_resolver(resolver).build().unwrap();
        let error = client.get(format!("http://evil.example:{port}/")).send().await.unwrap_err();
        let mut causes =
            std::iter::successors(Some(&error as &dyn std::error::Error), |e| e.source());
        assert!(causes.any(<dyn std::error::Error>::is::<Refused>), "{error:?}");
        let connected = tokio::time::timeout(Duration::from_millis(50), canary.accept()).await;
        assert!(connected.is_err());
    }
}
