//! The `[deliver.mx]` section: mail straight to the servers of its domains.

use std::collections::BTreeMap;
use std::net::SocketAddr;

use serde::{Deserialize, Serialize};

use crate::config::ConfigError;
use crate::config::span::Span;

/// How mail goes to the servers of its domains, for `via = "mx"`.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct MxConfig {
    /// The name under which we greet; left out, that of this machine. It should lead to our address and back.
    pub helo: Option<String>,
    /// Whether a server that offers no TLS gets no mail.
    pub require_tls: bool,
    /// Connections to one domain at once.
    pub connections: usize,
    /// Messages on one connection.
    pub messages: u32,
    /// Messages a minute to one domain; 0 for no limit.
    pub pace: u32,
    /// Messages a minute to each of the large providers; 0 for no limit.
    pub pace_providers: u32,
    /// DNS servers, `address:port`; left out, those of the system.
    pub nameservers: Vec<SocketAddr>,
    /// Names of mail servers, or of domains that need none, that stand for an address, `address:port`, instead of being looked up.
    pub hosts: BTreeMap<String, SocketAddr>,
    /// For each command.
    pub timeout: Span,
}

impl Default for MxConfig {
    fn default() -> Self {
        Self {
            helo: None,
            require_tls: false,
            connections: 2,
            messages: 20,
            pace: 30,
            pace_providers: 60,
            nameservers: Vec::new(),
            hosts: BTreeMap::new(),
            timeout: Span::seconds(60),
        }
    }
}

impl MxConfig {
    /// Refuses what cannot work.
    pub(super) fn check(&self) -> Result<(), ConfigError> {
        let wrong = |key: &str, message: &str| {
            let (key, message) = (format!("deliver.mx.{key}"), message.to_owned());
            Err(ConfigError::Inconsistent { key, message })
        };
        if self.connections == 0 {
            return wrong("connections", "without a connection nothing is sent; the least is 1");
        }
        if self.messages == 0 {
            return wrong("messages", "a connection carries at least 1 message");
        }
        match &self.helo {
            Some(name) if !is_host_name(name) => {
                wrong("helo", "give a full name in the DNS, such as `mail.example.org`")
            }
            _ => Ok(()),
        }
    }
}

/// Labels of letters, digits and hyphens, at least two.
fn is_host_name(name: &str) -> bool {
    let is_label = |label: &str| {
        !label.is_empty()
            && label.len() <= 63
            && label.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
    };
    name.len() <= 253 && name.contains('.') && name.split('.').all(is_label)
}
