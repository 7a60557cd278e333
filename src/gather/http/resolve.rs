//! Name resolution that hands out only addresses we may connect to: what was checked is what is connected to, so a
//! name that changes its mind between check and connection gains nothing (S-1).

use std::collections::HashMap;
use std::net::SocketAddr;
use std::sync::Arc;

use reqwest::dns::{Addrs, Name, Resolve, Resolving};

use super::guard::Guard;

/// A name stands only for addresses that we may not connect to.
#[derive(Debug, thiserror::Error)]
#[error("the name stands for an address that is not public")]
pub(super) struct Refused;

/// Looks names up, first among the configured ones, then in the system.
#[derive(Debug, Clone)]
pub(super) struct GuardedResolver {
    guard: Arc<Guard>,
    mapped: Arc<HashMap<String, SocketAddr>>,
}

impl GuardedResolver {
    /// A resolver by the rules of `guard`, with names in lower case that stand for fixed addresses.
    pub(super) fn new(guard: Arc<Guard>, mapped: HashMap<String, SocketAddr>) -> Self {
        Self { guard, mapped: Arc::new(mapped) }
    }
}

impl Resolve for GuardedResolver {
    fn resolve(&self, name: Name) -> Resolving {
        let (guard, name) = (Arc::clone(&self.guard), name.as_str().to_ascii_lowercase());
        let mapped = self.mapped.get(&name).copied();
        Box::pin(async move {
            if let Some(address) = mapped {
                return Ok(Box::new(std::iter::once(address)) as Addrs);
            }
            let found: Vec<SocketAddr> =
                tokio::net::lookup_host((name.as_str(), 0)).await?.collect();
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
}
