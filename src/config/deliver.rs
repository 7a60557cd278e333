//! The `[deliver]` section.

use std::path::{Path, PathBuf};

use secrecy::SecretString;
use serde::{Deserialize, Serialize};

use super::span::Span;
use super::{ConfigError, secret};
use crate::model::subscriber::Address;

/// How mail goes out. Without an SMTP host every message is written to a folder as an `.eml` file.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct DeliverConfig {
    /// The address in `From`.
    pub from: String,
    /// The name in `From`.
    pub from_name: String,
    /// A monitored address for answers; left out, `from`.
    pub reply_to: Option<String>,
    /// The address that `List-Unsubscribe` names; somebody must read it. Left out, that header is not sent.
    pub unsubscribe_to: Option<String>,
    /// Where `.eml` files go when no SMTP host is set; taken against the configuration's folder.
    pub folder: PathBuf,
    /// The relay.
    pub smtp: SmtpConfig,
    /// How many messages are under way at once.
    pub connections: usize,
    /// After this a digest is no longer sent.
    pub expire_after: Span,
    /// After this a message whose fate nobody knows is sent once more.
    pub unknown_after: Span,
}

impl Default for DeliverConfig {
    fn default() -> Self {
        Self {
            from: "sitrep@localhost.localdomain".to_owned(),
            from_name: "Sitrep".to_owned(),
            reply_to: None,
            unsubscribe_to: None,
            folder: PathBuf::from("../outbox"),
            smtp: SmtpConfig::default(),
            connections: 4,
            expire_after: Span::seconds(12 * 3600),
            unknown_after: Span::seconds(15 * 60),
        }
    }
}

/// How a connection to the relay is protected.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Tls {
    /// Plain, then STARTTLS; refused where the relay does not offer it.
    #[default]
    Starttls,
    /// TLS from the first byte.
    Tls,
    /// None: for a relay on this machine only.
    None,
}

impl Tls {
    /// The usual port: RFC 6409 and RFC 8314.
    pub fn default_port(self) -> u16 {
        match self {
            Self::Starttls => 587,
            Self::Tls => 465,
            Self::None => 25,
        }
    }
}

/// The relay.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct SmtpConfig {
    /// Its name; left out, mail goes to the folder.
    pub host: Option<String>,
    /// Its port; left out, 587, 465 or 25 by `tls`.
    pub port: Option<u16>,
    /// starttls, tls or none.
    pub tls: Tls,
    /// For AUTH.
    pub username: Option<String>,
    /// For AUTH.
    #[serde(serialize_with = "secret::hidden")]
    pub password: Option<SecretString>,
    /// A file that holds the password.
    pub password_file: Option<PathBuf>,
    /// For each command.
    pub timeout: Span,
}

impl Default for SmtpConfig {
    fn default() -> Self {
        Self {
            host: None,
            port: None,
            tls: Tls::default(),
            username: None,
            password: None,
            password_file: None,
            timeout: Span::seconds(60),
        }
    }
}

impl SmtpConfig {
    /// The port that is used.
    pub fn port(&self) -> u16 {
        self.port.unwrap_or_else(|| self.tls.default_port())
    }

    /// The password, from its value or its file.
    pub fn secret(&self, folder: &Path) -> Result<Option<SecretString>, ConfigError> {
        secret::resolve(
            "deliver.smtp.password",
            self.password.as_ref(),
            self.password_file.as_ref(),
            folder,
        )
    }
}

impl DeliverConfig {
    /// Refuses addresses that are none.
    pub(super) fn check(&self) -> Result<(), ConfigError> {
        let given = [
            ("deliver.from", Some(&self.from)),
            ("deliver.reply_to", self.reply_to.as_ref()),
            ("deliver.unsubscribe_to", self.unsubscribe_to.as_ref()),
        ];
        for (key, address) in given {
            let Some(address) = address else { continue };
            address.parse::<Address>().map_err(|error| ConfigError::Inconsistent {
                key: key.to_owned(),
                message: error.to_string(),
            })?;
        }
        Ok(())
    }
}
