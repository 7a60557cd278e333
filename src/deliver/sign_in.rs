//! Signing in to the relay: by password, or by an access token (XOAUTH2).

use std::path::Path;

use data_encoding::BASE64;
use lettre::transport::smtp::Error;
use lettre::transport::smtp::authentication::{Credentials, DEFAULT_MECHANISMS};
use lettre::transport::smtp::client::AsyncSmtpConnection;
use secrecy::{ExposeSecret as _, SecretString};

use super::DeliverError;
use super::oauth::{self, TokenSource};
use crate::config::deliver::{Auth, SmtpConfig};

/// How we prove who we are.
#[derive(Clone)]
pub(super) enum SignIn {
    /// The relay takes whoever may reach it.
    None,
    /// By a password.
    Password(Credentials),
    /// By an access token.
    Token(String, TokenSource),
}

impl SignIn {
    /// The way of the configuration, whose files are taken against `home`.
    pub(super) fn new(
        config: &SmtpConfig,
        home: &Path,
        password: Option<&SecretString>,
    ) -> Result<Self, DeliverError> {
        let Some(user) = config.username.clone() else { return Ok(Self::None) };
        Ok(match config.auth {
            Auth::Password => {
                let password = password.map(|password| password.expose_secret().to_owned());
                Self::Password(Credentials::new(user, password.unwrap_or_default()))
            }
            Auth::Xoauth2 => {
                Self::Token(user, TokenSource::new(&config.oauth, "deliver.smtp", home)?)
            }
        })
    }

    /// Signs in on a connection.
    pub(super) async fn on(&self, connection: &mut AsyncSmtpConnection) -> Result<(), String> {
        match self {
            Self::None => Ok(()),
            Self::Password(credentials) => {
                let signed_in = connection.auth(DEFAULT_MECHANISMS, credentials).await;
                signed_in.map(drop).map_err(|error| error.to_string())
            }
            Self::Token(user, source) => by_token(connection, user, source).await,
        }
    }
}

/// A token that was kept may have been called back meanwhile: then another is tried once.
async fn by_token(
    connection: &mut AsyncSmtpConnection,
    user: &str,
    source: &TokenSource,
) -> Result<(), String> {
    loop {
        let token = source.token().await?;
        let (challenge, said) = match offer(connection, user, &token.value).await {
            Ok(Offered::Taken) => return Ok(()),
            Ok(Offered::Refused { challenge, said }) => (challenge, said),
            Err(error) => return Err(error.to_string()),
        };
        source.forget(&token.value).await;
        if !token.was_kept {
            return Err(oauth::refused(user, &challenge, &said));
        }
    }
}

/// What a server answers to a token.
enum Offered {
    Taken,
    Refused { challenge: Vec<u8>, said: String },
}

/// A server that does not like a token says why in a challenge, which wants an empty answer before the refusal comes.
/// An error where it broke, or has no time.
async fn offer(
    connection: &mut AsyncSmtpConnection,
    user: &str,
    token: &SecretString,
) -> Result<Offered, Error> {
    let answer = BASE64.encode(oauth::response(user, token).as_bytes());
    let mut challenge = Vec::new();
    let mut said = connection.command(format!("AUTH XOAUTH2 {answer}\r\n")).await;
    if let Ok(response) = &said
        && response.has_code(334)
    {
        challenge = oauth::decoded(response.first_line().unwrap_or_default());
        said = connection.command("\r\n").await;
    }
    match said {
        Ok(response) if response.has_code(235) => Ok(Offered::Taken),
        Ok(response) => {
            let said = format!("{} instead of a refusal", response.code());
            Ok(Offered::Refused { challenge, said })
        }
        Err(error) if error.is_permanent() => {
            let code = error.status().map_or_else(String::new, |code| code.to_string());
            let words = std::error::Error::source(&error).map(ToString::to_string);
            let said = format!("{code} {}", words.unwrap_or_default());
            Ok(Offered::Refused { challenge, said })
        }
        Err(error) => Err(error),
    }
}
