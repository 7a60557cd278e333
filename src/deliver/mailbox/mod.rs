//! A mailbox on an IMAP server: what came back is read from it, and marked. Nothing is deleted.

mod error;
mod open;
mod tls;
mod wire;

use std::fmt;
use std::path::Path;
use std::time::Duration;

use async_imap::imap_proto::{Response, Status};
use async_imap::{Client, Session};
use secrecy::{ExposeSecret as _, SecretString};
use tokio::time::timeout;
use tokio_rustls::TlsConnector;
use tokio_rustls::rustls::pki_types::ServerName;

use super::connection::connect;
use super::oauth::TokenSource;
use super::{DeliverError, oauth};
use crate::config::deliver::{Auth, ImapConfig, Tls};
use error::{LOST, short, words};
use wire::Bounded;

pub use error::MailboxError;
pub use open::OpenMailbox;

/// Of a longer message so many bytes are read: reports and headers stand at the beginning.
const PART: u64 = 1 << 20;

/// A mailbox and how to get at it.
#[derive(Clone)]
pub struct Mailbox {
    host: String,
    port: u16,
    tls: Option<TlsConnector>,
    implicit: bool,
    user: String,
    key: Key,
    folder: String,
    done: Option<String>,
    patience: Duration,
}

impl Mailbox {
    /// The mailbox of the configuration, whose files are taken against `home`; none where none is named.
    pub fn new(
        config: &ImapConfig,
        home: &Path,
        password: Option<SecretString>,
    ) -> Result<Option<Self>, DeliverError> {
        let Some(host) = config.host.clone() else { return Ok(None) };
        let ca_file = config.ca_file.as_ref().map(|file| home.join(file));
        let tls = match config.tls {
            Tls::None => None,
            Tls::Tls | Tls::Starttls => Some(tls::connector(&host, ca_file)?),
        };
        let key = match config.auth {
            Auth::Password => Key::Password(password.unwrap_or_default()),
            Auth::Xoauth2 => Key::Token(TokenSource::new(&config.oauth, "deliver.imap", home)?),
        };
        Ok(Some(Self {
            host,
            port: config.port(),
            tls,
            implicit: config.tls == Tls::Tls,
            user: config.username.clone().unwrap_or_default(),
            key,
            folder: config.folder.clone(),
            done: config.done.clone(),
            patience: config.timeout.duration(),
        }))
    }

    /// What it is known by: another folder or user is another mailbox.
    pub fn name(&self) -> String {
        format!("imap://{}@{}/{}", self.user, self.place(), self.folder)
    }

    /// `host:port`.
    pub fn place(&self) -> String {
        format!("{}:{}", self.host, self.port)
    }

    /// Signs in and opens the folder.
    pub async fn open(&self) -> Result<OpenMailbox, MailboxError> {
        let session = match &self.key {
            Key::Password(password) => self.by_password(password.expose_secret()).await?,
            Key::Token(source) => self.by_token(source).await?,
        };
        OpenMailbox::new(self.clone(), session).await
    }

    async fn client(&self) -> Result<Client<Bounded>, MailboxError> {
        self.within(self.connect()).await.map_err(|why| self.broken(why))
    }

    async fn by_password(&self, password: &str) -> Result<Session<Bounded>, MailboxError> {
        let (client, user) = (self.client().await?, self.user.as_str());
        let signing_in = async {
            let signed_in = if user.is_ascii() && password.is_ascii() {
                client.login(user, password).await
            } else {
                // A quoted string holds ASCII only; SASL takes what it is given.
                client.authenticate("PLAIN", Sasl::new(format!("\0{user}\0{password}"))).await
            };
            signed_in.map_err(|(error, _)| words(&error))
        };
        self.within(signing_in).await.map_err(|why| self.refused(why))
    }

    /// A token that was kept may have been called back meanwhile: then another is tried once.
    async fn by_token(&self, source: &TokenSource) -> Result<Session<Bounded>, MailboxError> {
        loop {
            let token = source.token().await.map_err(|why| self.broken(why))?;
            let mut sasl = Sasl::new(oauth::response(&self.user, &token.value));
            let client = self.client().await?;
            let signing_in = async {
                let signed_in = client.authenticate("XOAUTH2", &mut sasl).await;
                signed_in.map_err(|(error, _)| words(&error))
            };
            let said = match self.within(signing_in).await {
                Ok(session) => return Ok(session),
                Err(said) => said,
            };
            source.forget(&token.value).await;
            if !token.was_kept {
                return Err(self.broken(oauth::refused(&self.user, &sasl.challenge, &said)));
            }
        }
    }

    /// Whether the mailbox can be read: signs in and looks how much there is.
    pub async fn probe(&self) -> Result<String, MailboxError> {
        let open = self.open().await?;
        let text = format!(
            "`{}` lets us read `{}`: {} messages",
            self.place(),
            self.folder,
            open.messages()
        );
        open.close().await;
        Ok(text)
    }

    /// A connection, encrypted where that is asked for, whose server has greeted us.
    async fn connect(&self) -> Result<Client<Bounded>, String> {
        let stream = connect(&self.host, self.port).await.map_err(|error| error.to_string())?;
        let mut client = match (&self.tls, self.implicit) {
            (Some(tls), true) => Client::new(self.secure(tls, stream).await?),
            _ => Client::new(Bounded::new(stream)),
        };
        let greeting = client.read_response().await.map_err(|error| words(&error.into()))?;
        match greeting.as_ref().map(|greeting| greeting.parsed()) {
            Some(Response::Data { status: Status::Ok, .. }) => {}
            Some(Response::Data { status: Status::Bye, outcome }) => {
                let said = outcome.information.as_deref().unwrap_or("it gives no reason");
                return Err(format!("it turns us away: {}", short(said)));
            }
            Some(_) => return Err("it does not greet as an IMAP server does".to_owned()),
            None => return Err(LOST.to_owned()),
        }
        let Some(tls) = self.tls.as_ref().filter(|_| !self.implicit) else { return Ok(client) };
        client
            .run_command_and_check_ok("STARTTLS", None)
            .await
            .map_err(|error| format!("no STARTTLS: {}", words(&error)))?;
        // What the server sent before TLS is left behind with the client that read it.
        Ok(Client::new(self.secure(tls, client.into_inner()).await?))
    }

    async fn secure(
        &self,
        tls: &TlsConnector,
        stream: impl wire::Wire + 'static,
    ) -> Result<Bounded, String> {
        let name = ServerName::try_from(self.host.clone()).map_err(|error| error.to_string())?;
        let secured = tls.connect(name, stream).await.map_err(|error| format!("TLS: {error}"))?;
        Ok(Bounded::new(secured))
    }

    async fn within<T>(&self, step: impl Future<Output = Result<T, String>>) -> Result<T, String> {
        timeout(self.patience, step).await.unwrap_or_else(|_| Err("no answer in time".to_owned()))
    }

    fn broken(&self, why: String) -> MailboxError {
        MailboxError::Broken { place: self.place(), why }
    }

    fn refused(&self, why: String) -> MailboxError {
        MailboxError::Refused { place: self.place(), user: self.user.clone(), why }
    }

    fn unusable(&self, folder: &str, why: String) -> MailboxError {
        MailboxError::Folder { place: self.place(), folder: folder.to_owned(), why }
    }
}

/// How we prove who we are.
#[derive(Clone)]
enum Key {
    Password(SecretString),
    Token(TokenSource),
}

/// One answer to the server's first question; whatever it asks then is kept, and answered with nothing.
struct Sasl {
    answer: String,
    challenge: Vec<u8>,
}

impl Sasl {
    fn new(answer: String) -> Self {
        Self { answer, challenge: Vec::new() }
    }

    fn next(&mut self, challenge: &[u8]) -> String {
        challenge.clone_into(&mut self.challenge);
        std::mem::take(&mut self.answer)
    }
}

impl async_imap::Authenticator for Sasl {
    type Response = String;

    fn process(&mut self, challenge: &[u8]) -> String {
        self.next(challenge)
    }
}

impl async_imap::Authenticator for &mut Sasl {
    type Response = String;

    fn process(&mut self, challenge: &[u8]) -> String {
        self.next(challenge)
    }
}

impl fmt::Debug for Mailbox {
    /// The password does not show (S-13).
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Mailbox")
            .field("host", &self.host)
            .field("port", &self.port)
            .field("folder", &self.folder)
            .finish_non_exhaustive()
    }
}
