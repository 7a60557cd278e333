//! The `[gather]` section.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::span::Span;

/// What `[gather]` holds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct GatherConfig {
    /// `host:port` that may be connected to although it is private or no web port; never through a redirect.
    pub allow_private: Vec<String>,
    /// Names that stand for an address, `"outlet.example" = "127.0.0.1:8123"`, instead of being looked up.
    pub hosts: BTreeMap<String, String>,
    /// How we introduce ourselves; `contact` is added.
    pub user_agent: String,
    /// An address or page where an outlet reaches us.
    pub contact: String,
    /// Whether robots.txt is asked for and followed.
    pub robots: bool,
    /// For one answer, redirects included.
    pub total_timeout: Span,
    /// Without a byte for so long, an answer is given up.
    pub idle_timeout: Span,
    /// Milliseconds between two requests to one host.
    pub host_delay: u64,
    /// The largest feed read, in MiB.
    pub feed_limit: u64,
    /// The largest page read, in MiB.
    pub page_limit: u64,
    /// For reading the text out of one page.
    pub page_timeout: Span,
    /// How many pages of one source are fetched in one run.
    pub pages_per_source: usize,
    /// A feed's own text of at least so many characters is taken as it is; below, the page is fetched.
    pub full_text_from: usize,
    /// How many hosts are asked at the same time.
    pub hosts_at_once: usize,
}

impl Default for GatherConfig {
    fn default() -> Self {
        Self {
            allow_private: Vec::new(),
            hosts: BTreeMap::new(),
            user_agent: concat!("sitrep/", env!("CARGO_PKG_VERSION")).to_owned(),
            contact: String::new(),
            robots: true,
            total_timeout: Span::seconds(15),
            idle_timeout: Span::seconds(5),
            host_delay: 500,
            feed_limit: 5,
            page_limit: 3,
            page_timeout: Span::seconds(10),
            pages_per_source: 30,
            full_text_from: 1500,
            hosts_at_once: 32,
        }
    }
}
