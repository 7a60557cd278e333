//! The `[deliver.imap]` section: a mailbox on a server, into which mail comes back.

use std::net::IpAddr;
use std::path::{Path, PathBuf};

use secrecy::SecretString;
use serde::{Deserialize, Serialize};

use super::oauth::Beside;
use super::{Auth, OauthConfig, Tls};
use crate::config::span::Span;
use crate::config::{ConfigError, secret};

/// The mailbox of bounces and of mail from those who leave.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct ImapConfig {
    /// The server's name; left out, no mailbox is read.
    pub host: Option<String>,
    /// Its port; left out, 993 or 143 by `tls`.
    pub port: Option<u16>,
    /// tls, starttls or none.
    pub tls: Tls,
    /// Whether `tls = "none"` is meant for a server that is not on this machine.
    pub allow_plain: bool,
    /// password or xoauth2.
    pub auth: Auth,
    /// Who we are there.
    pub username: Option<String>,
    /// Their password.
    #[serde(serialize_with = "secret::hidden")]
    pub password: Option<SecretString>,
    /// A file that holds the password.
    pub password_file: Option<PathBuf>,
    /// Where access tokens come from, for `auth = "xoauth2"`.
    pub oauth: OauthConfig,
    /// A PEM file with a certificate to trust beside those of the system; taken against the configuration's folder.
    pub ca_file: Option<PathBuf>,
    /// The folder that is read.
    pub folder: String,
    /// The folder into which mail that was acted on is moved; left out, it is marked as seen where it is.
    pub done: Option<String>,
    /// For each command.
    pub timeout: Span,
}

impl Default for ImapConfig {
    fn default() -> Self {
        Self {
            host: None,
            port: None,
            tls: Tls::Tls,
            allow_plain: false,
            auth: Auth::default(),
            username: None,
            password: None,
            password_file: None,
            oauth: OauthConfig::default(),
            ca_file: None,
            folder: "INBOX".to_owned(),
            done: None,
            timeout: Span::seconds(30),
        }
    }
}

impl ImapConfig {
    /// The port that is used.
    pub fn port(&self) -> u16 {
        self.port.unwrap_or(if self.tls == Tls::Tls { 993 } else { 143 })
    }

    /// The password, from its value or its file.
    pub fn secret(&self, folder: &Path) -> Result<Option<SecretString>, ConfigError> {
        let (value, file) = (self.password.as_ref(), self.password_file.as_ref());
        secret::resolve("deliver.imap.password", value, file, folder)
    }

    /// Refuses what cannot work, and a password that would go over a network in the clear.
    pub(super) fn check(&self) -> Result<(), ConfigError> {
        let Some(host) = &self.host else { return Ok(()) };
        let wrong = |key: &str, message: &str| {
            let (key, message) = (format!("deliver.imap.{key}"), message.to_owned());
            Err(ConfigError::Inconsistent { key, message })
        };
        if self.tls == Tls::None && !self.allow_plain && !is_here(host) {
            return wrong(
                "tls",
                "`none` sends the password in the clear; choose `tls` or `starttls`, or set `deliver.imap.allow_plain`",
            );
        }
        if self.username.is_none() {
            return wrong("username", "a mailbox needs the name of its user");
        }
        let has_password = self.password.is_some() || self.password_file.is_some();
        if self.auth == Auth::Password && !has_password {
            return wrong("password_file", "a mailbox needs a password, best in a file");
        }
        let (auth, user) = (self.auth, self.username.as_ref());
        let is_plain = self.tls == Tls::None && !is_here(host);
        self.oauth.check("deliver.imap", &Beside { auth, user, has_password, is_plain })?;
        if self.folder.is_empty() || self.folder.contains(char::is_control) {
            return wrong("folder", "name the folder that is read, such as `INBOX`");
        }
        match &self.done {
            Some(done) if *done == self.folder => {
                wrong("done", "mail cannot be moved to the folder that is read; leave `done` out")
            }
            Some(done) if done.is_empty() || done.contains(char::is_control) => {
                wrong("done", "name a folder, or leave it out")
            }
            _ => Ok(()),
        }
    }
}

/// Whether a host is this machine.
pub(super) fn is_here(host: &str) -> bool {
    host == "localhost" || host.parse::<IpAddr>().is_ok_and(|address| address.is_loopback())
}
