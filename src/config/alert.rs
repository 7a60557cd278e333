//! The `[alert]` section.

use std::path::{Path, PathBuf};

use secrecy::SecretString;
use serde::{Deserialize, Serialize};

use super::span::Span;
use super::{ConfigError, secret};
use crate::model::subscriber::Address;

/// How an operator is told what is wrong, and what counts as wrong.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct AlertConfig {
    /// Who is mailed.
    pub mail: Option<String>,
    /// The program that is run, with its arguments.
    pub command: Vec<String>,
    /// Where JSON is posted to.
    #[serde(serialize_with = "secret::hidden")]
    pub webhook: Option<SecretString>,
    /// A file that holds it.
    pub webhook_file: Option<PathBuf>,
    /// What is asked for after each issue of which every message is accounted for.
    #[serde(serialize_with = "secret::hidden")]
    pub heartbeat_url: Option<SecretString>,
    /// A file that holds it.
    pub heartbeat_url_file: Option<PathBuf>,
    /// An issue is late when it is not closed so long after its time.
    pub late_after: Span,
    /// So many percent of an issue's messages may be not accepted, `late_after` after they were due.
    pub undelivered: u32,
    /// So long there may be no new article.
    pub nothing_gathered: Span,
    /// So many MiB must be free where the database lies.
    pub disk_free: u64,
}

impl Default for AlertConfig {
    fn default() -> Self {
        Self {
            mail: None,
            command: Vec::new(),
            webhook: None,
            webhook_file: None,
            heartbeat_url: None,
            heartbeat_url_file: None,
            late_after: Span::seconds(30 * 60),
            undelivered: 20,
            nothing_gathered: Span::seconds(24 * 3600),
            disk_free: 500,
        }
    }
}

impl AlertConfig {
    /// Where JSON is posted to, from its value or its file.
    pub fn webhook(&self, folder: &Path) -> Result<Option<SecretString>, ConfigError> {
        secret::resolve("alert.webhook", self.webhook.as_ref(), self.webhook_file.as_ref(), folder)
    }

    /// The heartbeat, from its value or its file.
    pub fn heartbeat(&self, folder: &Path) -> Result<Option<SecretString>, ConfigError> {
        let file = self.heartbeat_url_file.as_ref();
        secret::resolve("alert.heartbeat_url", self.heartbeat_url.as_ref(), file, folder)
    }

    /// Refuses an address that is none.
    pub(super) fn check(&self) -> Result<(), ConfigError> {
        let Some(address) = &self.mail else { return Ok(()) };
        address.parse::<Address>().map(drop).map_err(|error| ConfigError::Inconsistent {
            key: "alert.mail".to_owned(),
            message: error.to_string(),
        })
    }
}
