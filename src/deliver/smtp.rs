//! SMTP over lettre's connection, command by command, so that it is known how far a message got.

use std::time::Duration;

use lettre::transport::smtp::Error;
use lettre::transport::smtp::authentication::{Credentials, DEFAULT_MECHANISMS};
use lettre::transport::smtp::client::{AsyncSmtpConnection, TlsParameters};
use lettre::transport::smtp::commands::{Data, Mail as MailFrom, Rcpt, Rset};
use lettre::transport::smtp::extension::{ClientId, Extension, MailBodyParameter, MailParameter};
use lettre::transport::smtp::response::Response;
use secrecy::{ExposeSecret as _, SecretString};
use tokio::net::TcpStream;
use tokio::time::timeout;

use super::DeliverError;
use super::message::Mail;
use crate::config::deliver::{SmtpConfig, Tls};
use crate::model::delivery::{SendOutcome, SendPhase};

/// A relay and how to speak to it.
#[derive(Clone)]
pub(super) struct Relay {
    host: String,
    port: u16,
    tls: Option<TlsParameters>,
    implicit: bool,
    credentials: Option<Credentials>,
    patience: Duration,
}

impl Relay {
    /// The relay of the configuration.
    pub(super) fn new(
        host: &str,
        config: &SmtpConfig,
        password: Option<&SecretString>,
    ) -> Result<Self, DeliverError> {
        let parameters = || {
            TlsParameters::new(host.to_owned())
                .map_err(|source| DeliverError::Tls { host: host.to_owned(), source })
        };
        let tls = if config.tls == Tls::None { None } else { Some(parameters()?) };
        let credentials = config.username.clone().map(|user| {
            Credentials::new(
                user,
                password.map(|p| p.expose_secret().to_owned()).unwrap_or_default(),
            )
        });
        Ok(Self {
            host: host.to_owned(),
            port: config.port(),
            tls,
            implicit: config.tls == Tls::Tls,
            credentials,
            patience: config.timeout.duration(),
        })
    }

    /// Connects, secures and signs in.
    async fn connect(&self) -> Result<AsyncSmtpConnection, String> {
        let steps = self.connect_steps();
        timeout(self.patience, steps)
            .await
            .unwrap_or_else(|_| Err("no answer in time".to_owned()))
            .map_err(|error| format!("`{}:{}`: {error}", self.host, self.port))
    }

    async fn connect_steps(&self) -> Result<AsyncSmtpConnection, String> {
        let hello = ClientId::default();
        let mut connection = if self.implicit {
            let server = (self.host.as_str(), self.port);
            AsyncSmtpConnection::connect_tokio1(server, None, &hello, self.tls.clone(), None).await
        } else {
            let stream = TcpStream::connect((self.host.as_str(), self.port)).await.map_err(text)?;
            // Without this each command waits for the server's delayed acknowledgement, some 40 ms a message.
            stream.set_nodelay(true).map_err(text)?;
            AsyncSmtpConnection::connect_with_transport(Box::new(stream), &hello).await
        }
        .map_err(text)?;
        if let (false, Some(tls)) = (self.implicit, &self.tls) {
            connection.starttls(tls.clone(), &hello).await.map_err(text)?;
        }
        if let Some(credentials) = &self.credentials {
            connection.auth(DEFAULT_MECHANISMS, credentials).await.map_err(text)?;
        }
        Ok(connection)
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

/// One connection to the relay, opened when first needed and again after it broke.
pub(super) struct SmtpSession {
    relay: Relay,
    connection: Option<AsyncSmtpConnection>,
}

impl SmtpSession {
    /// A session that has not connected yet.
    pub(super) fn new(relay: Relay) -> Self {
        Self { relay, connection: None }
    }

    /// Sends one message and says what came of it.
    pub(super) async fn send(&mut self, mail: &Mail) -> SendOutcome {
        let mut connection = match self.ready().await {
            Ok(connection) => connection,
            Err(error) => return SendOutcome::Deferred(error),
        };
        let patience = self.relay.patience;
        let mut phase = SendPhase::BeforeData;
        let sent = timeout(patience, dialogue(&mut connection, mail, &mut phase)).await;
        match sent {
            Ok(Ok(response)) => {
                self.connection = Some(connection);
                SendOutcome::Accepted(reply(&response))
            }
            Ok(Err(error)) => {
                self.keep_if_usable(connection, &error).await;
                refused(&error, phase)
            }
            Err(_) => lost("no answer in time".to_owned(), phase),
        }
    }

    /// Connects and signs in, without sending.
    pub(super) async fn probe(&mut self) -> Result<String, String> {
        let connection = self.ready().await?;
        self.connection = Some(connection);
        Ok(format!("`{}:{}` takes us", self.relay.host, self.relay.port))
    }

    /// The open connection if it still answers, else a new one: relays close idle connections.
    async fn ready(&mut self) -> Result<AsyncSmtpConnection, String> {
        if let Some(mut connection) = self.connection.take()
            && timeout(self.relay.patience, connection.command(Rset)).await.is_ok_and(|r| r.is_ok())
        {
            return Ok(connection);
        }
        self.relay.connect().await
    }

    /// After a reply the dialogue can go on; after anything else the connection is of no use.
    async fn keep_if_usable(&mut self, mut connection: AsyncSmtpConnection, error: &Error) {
        if error.status().is_some() && !connection.has_broken() {
            self.connection = Some(connection);
        } else {
            connection.abort().await;
        }
    }

    /// Says goodbye.
    pub(super) async fn close(&mut self) {
        if let Some(mut connection) = self.connection.take() {
            let _ = timeout(Duration::from_secs(2), connection.quit()).await;
        }
    }
}

/// MAIL, RCPT, DATA, text; `phase` tells how far it got.
async fn dialogue(
    connection: &mut AsyncSmtpConnection,
    mail: &Mail,
    phase: &mut SendPhase,
) -> Result<Response, Error> {
    let options = mail_options(connection, mail);
    connection.command(MailFrom::new(mail.envelope.from().cloned(), options)).await?;
    for to in mail.envelope.to() {
        connection.command(Rcpt::new(to.clone(), Vec::new())).await?;
    }
    connection.command(Data).await?;
    *phase = SendPhase::Data;
    connection.message(&mail.bytes).await
}

fn mail_options(connection: &AsyncSmtpConnection, mail: &Mail) -> Vec<MailParameter> {
    let offers = |extension| connection.server_info().supports_feature(extension);
    let ascii_addresses = mail.envelope.to().iter().all(|to| to.user().is_ascii());
    let mut options = Vec::new();
    if !ascii_addresses && offers(Extension::SmtpUtfEight) {
        options.push(MailParameter::SmtpUtfEight);
    }
    if !mail.bytes.is_ascii() && offers(Extension::EightBitMime) {
        options.push(MailParameter::Body(MailBodyParameter::EightBitMime));
    }
    options
}

/// A 4xx defers, a 5xx fails; without a reply it depends on whether DATA had begun (D-11).
fn refused(error: &Error, phase: SendPhase) -> SendOutcome {
    let message = std::error::Error::source(error)
        .map_or_else(|| error.to_string(), |source| format!("{error}: {source}"));
    match error.status() {
        Some(_) if error.is_permanent() => SendOutcome::Failed(message),
        Some(_) => SendOutcome::Deferred(message),
        None => lost(message, phase),
    }
}

fn lost(message: String, phase: SendPhase) -> SendOutcome {
    match phase {
        SendPhase::BeforeData => SendOutcome::Deferred(message),
        SendPhase::Data => SendOutcome::Unknown(message),
    }
}

fn reply(response: &Response) -> String {
    let words = response.message().collect::<Vec<_>>().join(" ");
    format!("{} {words}", response.code())
}
