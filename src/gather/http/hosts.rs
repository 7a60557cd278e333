//! The names that the configuration gives a fixed address.

use std::collections::{BTreeMap, HashMap};
use std::net::SocketAddr;

use super::client::HttpConfigError;

/// Reads `[gather] hosts`.
///
/// # Errors
/// Where a value is not `address:port`.
pub(super) fn mapped(
    hosts: &BTreeMap<String, String>,
) -> Result<HashMap<String, SocketAddr>, HttpConfigError> {
    let read = |(name, address): (&String, &String)| {
        let parsed = address
            .parse()
            .map_err(|_| HttpConfigError::Host { name: name.clone(), address: address.clone() });
        Ok((name.to_ascii_lowercase(), parsed?))
    };
    hosts.iter().map(read).collect()
}
