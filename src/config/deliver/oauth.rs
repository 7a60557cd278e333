//! How access tokens for XOAUTH2 are had: from a program, or from the provider's token address.

use std::path::{Path, PathBuf};

use secrecy::SecretString;
use serde::{Deserialize, Serialize};

use super::imap::is_here;
use crate::config::{ConfigError, secret};

/// How we prove who we are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Auth {
    /// By a password.
    #[default]
    Password,
    /// By an access token that is had anew when it runs out.
    Xoauth2,
}

/// Where access tokens come from; either the program, or the address.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct OauthConfig {
    /// A program with its arguments, run without a shell; it prints a token, or the JSON of a token address.
    pub token_command: Vec<String>,
    /// The provider's token address.
    pub token_url: Option<String>,
    /// Who this program is for the provider.
    pub client_id: Option<String>,
    /// Its secret, where it has one.
    #[serde(serialize_with = "secret::hidden")]
    pub client_secret: Option<SecretString>,
    /// A file that holds the secret.
    pub client_secret_file: Option<PathBuf>,
    /// What a sign-in by hand gave; left out, the client asks for itself (client credentials).
    #[serde(serialize_with = "secret::hidden")]
    pub refresh_token: Option<SecretString>,
    /// A file that holds it; a new one that the provider gives is written there.
    pub refresh_token_file: Option<PathBuf>,
    /// What the token is for, where the provider wants to be told.
    pub scope: Option<String>,
}

/// The secrets of a token address.
#[derive(Debug, Clone, Default)]
pub struct OauthSecrets {
    /// The client's.
    pub client_secret: Option<SecretString>,
    /// The refresh token.
    pub refresh_token: Option<SecretString>,
}

impl OauthConfig {
    /// The secrets, from their values or files; `section` is where they stand.
    pub fn secrets(&self, section: &str, folder: &Path) -> Result<OauthSecrets, ConfigError> {
        let read = |name: &str, value: &Option<SecretString>, file: &Option<PathBuf>| {
            let key = format!("{section}.oauth.{name}");
            secret::resolve(&key, value.as_ref(), file.as_ref(), folder)
        };
        Ok(OauthSecrets {
            client_secret: read("client_secret", &self.client_secret, &self.client_secret_file)?,
            refresh_token: read("refresh_token", &self.refresh_token, &self.refresh_token_file)?,
        })
    }

    fn is_empty(&self) -> bool {
        self.token_command.is_empty()
            && self.token_url.is_none()
            && self.client_id.is_none()
            && !self.has_client_secret()
            && !self.has_refresh_token()
            && self.scope.is_none()
    }

    fn has_client_secret(&self) -> bool {
        self.client_secret.is_some() || self.client_secret_file.is_some()
    }

    fn has_refresh_token(&self) -> bool {
        self.refresh_token.is_some() || self.refresh_token_file.is_some()
    }

    /// Refuses what does not go together. `user` and whether there is a password and TLS stand beside it in `section`.
    pub(super) fn check(&self, section: &str, beside: &Beside<'_>) -> Result<(), ConfigError> {
        let wrong = |key: &str, message: &str| {
            let (key, message) = (format!("{section}.{key}"), message.to_owned());
            Err(ConfigError::Inconsistent { key, message })
        };
        if beside.auth == Auth::Password {
            return if self.is_empty() {
                Ok(())
            } else {
                wrong("auth", "tokens are used with `auth = \"xoauth2\"` only")
            };
        }
        if beside.user.is_none() {
            return wrong("username", "a token needs the name of its user");
        }
        if beside.has_password {
            return wrong("password", "with `auth = \"xoauth2\"` there is no password");
        }
        if beside.is_plain {
            return wrong(
                "tls",
                "`none` would send the token in the clear; choose `tls` or `starttls`",
            );
        }
        match (&self.token_url, self.token_command.is_empty()) {
            (None, true) => wrong(
                "oauth.token_command",
                "name a program that prints a token, or the provider's `token_url`",
            ),
            (Some(_), false) => {
                wrong("oauth.token_command", "give `token_command` or `token_url`, not both")
            }
            (None, false) => Ok(()),
            (Some(url), true) => match self.check_address(url) {
                Some((key, why)) => wrong(key, why),
                None => Ok(()),
            },
        }
    }

    fn check_address(&self, url: &str) -> Option<(&'static str, &'static str)> {
        let url = url::Url::parse(url).ok();
        let is_safe = url.is_some_and(|url| {
            url.scheme() == "https" || url.scheme() == "http" && url.host_str().is_some_and(is_here)
        });
        if !is_safe {
            return Some(("oauth.token_url", "it must be an address that begins with https"));
        }
        if self.client_id.is_none() {
            return Some(("oauth.client_id", "a token address wants to know which client asks"));
        }
        if !self.has_refresh_token() && !self.has_client_secret() {
            return Some((
                "oauth.refresh_token_file",
                "a token address wants a refresh token, or the secret of a client that asks for itself",
            ));
        }
        None
    }
}

/// What stands beside the token's keys.
pub(super) struct Beside<'a> {
    pub(super) auth: Auth,
    pub(super) user: Option<&'a String>,
    pub(super) has_password: bool,
    /// Nothing encrypts the way to a server elsewhere.
    pub(super) is_plain: bool,
}
