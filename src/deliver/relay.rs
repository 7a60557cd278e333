//! A relay: how to reach it, secure the connection and sign in.

use std::path::Path;
use std::time::Duration;

use lettre::transport::smtp::client::{AsyncSmtpConnection, Certificate, TlsParameters};
use lettre::transport::smtp::commands::Ehlo;
use lettre::transport::smtp::extension::ClientId;
use secrecy::SecretString;
use tokio::time::timeout;

use super::DeliverError;
use super::connection::{Secured, connect};
use super::sign_in::SignIn;
use super::smtp::Dialogue;
use crate::config::deliver::{SmtpConfig, Tls};

/// A relay and how to speak to it.
#[derive(Clone)]
pub(super) struct Relay {
    host: String,
    port: u16,
    tls: Option<TlsParameters>,
    implicit: bool,
    sign_in: SignIn,
    patience: Duration,
}

impl Relay {
    /// The relay of the configuration, whose files are taken against `home`.
    pub(super) fn new(
        host: &str,
        config: &SmtpConfig,
        home: &Path,
        password: Option<&SecretString>,
    ) -> Result<Self, DeliverError> {
        let tls = if config.tls == Tls::None { None } else { Some(trust(host, config, home)?) };
        let sign_in = SignIn::new(config, home, password)?;
        Ok(Self {
            host: host.to_owned(),
            port: config.port(),
            tls,
            implicit: config.tls == Tls::Tls,
            sign_in,
            patience: config.timeout.duration(),
        })
    }

    /// For each command.
    pub(super) fn patience(&self) -> Duration {
        self.patience
    }

    /// `host:port`.
    pub(super) fn place(&self) -> String {
        format!("{}:{}", self.host, self.port)
    }

    /// Whether anything answers at a port within five seconds.
    pub(super) async fn try_port(&self, number: u16) -> Port {
        let blocked = match timeout(Duration::from_secs(5), connect(&self.host, number)).await {
            Ok(Ok(_)) => None,
            Ok(Err(error)) => Some(error.to_string()),
            Err(_) => Some("no answer in time".to_owned()),
        };
        Port { number, blocked }
    }

    /// Connects, secures and signs in.
    pub(super) async fn connect(&self) -> Result<Dialogue, String> {
        timeout(self.patience, self.connect_steps())
            .await
            .unwrap_or_else(|_| Err("no answer in time".to_owned()))
            .map_err(|error| format!("`{}`: {error}", self.place()))
    }

    async fn connect_steps(&self) -> Result<Dialogue, String> {
        let hello = ClientId::default();
        let stream = connect(&self.host, self.port).await.map_err(text)?;
        let mut connection = match (&self.tls, self.implicit) {
            (Some(tls), true) => {
                let peer = stream.peer_addr().map_err(text)?;
                let secured = Secured::over(stream, peer, tls.clone()).await.map_err(text)?;
                AsyncSmtpConnection::connect_with_transport(Box::new(secured), &hello).await
            }
            _ => AsyncSmtpConnection::connect_with_transport(Box::new(stream), &hello).await,
        }
        .map_err(text)?;
        if let (false, Some(tls)) = (self.implicit, &self.tls) {
            connection.starttls(tls.clone(), &hello).await.map_err(text)?;
        }
        self.sign_in.on(&mut connection).await?;
        // lettre does not keep whether the server takes commands in one go (RFC 2920), so it is asked again.
        let offers = connection.command(Ehlo::new(hello)).await.map_err(text)?;
        let pipelining = offers.message().any(|line| line.eq_ignore_ascii_case("PIPELINING"));
        Ok(Dialogue::new(connection, pipelining))
    }
}

/// The certificates of the system, and the one of the configuration.
fn trust(host: &str, config: &SmtpConfig, home: &Path) -> Result<TlsParameters, DeliverError> {
    let wrong = |source| DeliverError::Tls { host: host.to_owned(), source };
    let mut builder = TlsParameters::builder(host.to_owned());
    if let Some(file) = &config.ca_file {
        let path = home.join(file);
        let pem = std::fs::read(&path)
            .map_err(|error| DeliverError::Key { path, why: error.to_string() })?;
        builder = builder.add_root_certificate(Certificate::from_pem(&pem).map_err(wrong)?);
    }
    builder.build().map_err(wrong)
}

/// Whether a port of the relay answers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Port {
    /// Which.
    pub number: u16,
    /// Why there is no way to it; none where there is one.
    pub blocked: Option<String>,
}

impl std::fmt::Display for Port {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match &self.blocked {
            None => write!(f, "port {} answers", self.number),
            Some(why) => write!(f, "no way to port {}: {why}", self.number),
        }
    }
}

fn text(error: impl std::fmt::Display) -> String {
    error.to_string()
}

impl std::fmt::Debug for Relay {
    /// The credentials do not show (S-13).
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Relay")
            .field("host", &self.host)
            .field("port", &self.port)
            .finish_non_exhaustive()
    }
}
