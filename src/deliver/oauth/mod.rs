//! Access tokens for XOAUTH2: had when needed, kept until they run out or a server refuses them.

mod answer;
mod challenge;
mod command;
mod endpoint;

use std::fmt;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use secrecy::{ExposeSecret as _, SecretString};
use tokio::sync::Mutex;
use tokio::time::Instant;

use super::DeliverError;
use crate::config::deliver::OauthConfig;
use answer::Granted;
use endpoint::Endpoint;

pub(super) use challenge::{decoded, refused, response};

/// A token is had anew so long before it runs out: a connection is signed in once and used for minutes.
const EARLY: Duration = Duration::from_mins(1);
/// A token of which nobody says how long it is good is asked for again after this.
const UNSAID: Duration = Duration::from_mins(5);

/// Where tokens come from; all connections of a process share one.
#[derive(Clone)]
pub(super) struct TokenSource(Arc<Source>);

struct Source {
    way: Way,
    kept: Mutex<Option<Kept>>,
}

enum Way {
    Command(Vec<String>),
    Endpoint(Box<Endpoint>),
}

struct Kept {
    token: SecretString,
    until: Instant,
}

/// A token, and whether it is an old one that another may replace.
pub(super) struct Token {
    pub(super) value: SecretString,
    pub(super) was_kept: bool,
}

impl TokenSource {
    /// The source of `section`, whose files are taken against `home`.
    pub(super) fn new(
        config: &OauthConfig,
        section: &'static str,
        home: &Path,
    ) -> Result<Self, DeliverError> {
        let way = match &config.token_url {
            Some(url) => Way::Endpoint(Box::new(Endpoint::new(url, config, section, home)?)),
            None => Way::Command(config.token_command.clone()),
        };
        Ok(Self(Arc::new(Source { way, kept: Mutex::new(None) })))
    }

    /// A token that is good for a while. Of several connections that need one, one asks for it.
    pub(super) async fn token(&self) -> Result<Token, String> {
        let mut kept = self.0.kept.lock().await;
        if let Some(Kept { token, until }) = &*kept
            && *until > Instant::now()
        {
            return Ok(Token { value: token.clone(), was_kept: true });
        }
        let asked = Instant::now();
        let Granted { token, lifetime } = match &self.0.way {
            Way::Command(command) => command::run(command).await?,
            Way::Endpoint(endpoint) => endpoint.ask().await?,
        };
        let lifetime = lifetime.map_or(UNSAID, |lifetime| lifetime.saturating_sub(EARLY));
        *kept = Some(Kept { token: token.clone(), until: asked + lifetime });
        Ok(Token { value: token, was_kept: false })
    }

    /// Forgets a token that a server refused, unless another has replaced it.
    pub(super) async fn forget(&self, refused: &SecretString) {
        let mut kept = self.0.kept.lock().await;
        if kept.as_ref().is_some_and(|kept| kept.token.expose_secret() == refused.expose_secret()) {
            *kept = None;
        }
    }
}

impl fmt::Debug for TokenSource {
    /// Tokens do not show (S-13).
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("TokenSource").finish_non_exhaustive()
    }
}
