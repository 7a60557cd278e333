//! The `[gather]` section.

use std::collections::BTreeMap;
use std::path::PathBuf;

use secrecy::SecretString;
use serde::{Deserialize, Serialize};

use super::secret;
use super::span::Span;

/// What `[gather]` holds.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct GatherConfig {
    /// `host:port` that may be connected to although it is private or no web port; never through a redirect.
    pub allow_private: Vec<String>,
    /// The proxy that everything is fetched through, `http://user:password@proxy.example:3128`; `hosts` does not count
    /// behind it.
    #[serde(serialize_with = "secret::hidden")]
    pub proxy: Option<SecretString>,
    /// A file that holds it instead.
    pub proxy_file: Option<PathBuf>,
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
    /// How often a request is made again in one run, with a growing pause, where the server or the connection failed.
    pub retries: u32,
    /// Milliseconds between two requests to one host, more or less.
    pub host_delay: u64,
    /// A source is asked this often at most; a busy one is.
    pub poll_min: Span,
    /// A source is asked this often at least, unless its outlet asks for less.
    pub poll_max: Span,
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
    /// For so long the hosts stay reserved that a process read when it died.
    pub lease: Span,
}

impl Default for GatherConfig {
    fn default() -> Self {
        Self {
            allow_private: Vec::new(),
            proxy: None,
            proxy_file: None,
            hosts: BTreeMap::new(),
            user_agent: concat!("sitrep/", env!("CARGO_PKG_VERSION")).to_owned(),
            contact: String::new(),
            robots: true,
            total_timeout: Span::seconds(15),
            idle_timeout: Span::seconds(5),
            retries: 2,
            host_delay: 500,
            poll_min: Span::seconds(15 * 60),
            poll_max: Span::seconds(6 * 3600),
            feed_limit: 5,
            page_limit: 3,
            page_timeout: Span::seconds(10),
            pages_per_source: 30,
            full_text_from: 1500,
            hosts_at_once: 32,
            lease: Span::seconds(60),
        }
    }
}
