//! Where messages go: a relay, or a folder until one is configured.

use std::path::Path;

use secrecy::SecretString;

use super::DeliverError;
use super::folder::Folder;
use super::message::Mail;
use super::smtp::{Relay, SmtpSession};
use crate::config::deliver::DeliverConfig;
use crate::model::delivery::SendOutcome;

/// A way out; sessions are opened on it.
#[derive(Debug, Clone)]
pub struct Transport(Kind);

#[derive(Debug, Clone)]
enum Kind {
    Smtp(Box<Relay>),
    Folder(Folder),
}

impl Transport {
    /// The transport of the configuration; `folder` is where `.eml` files go without an SMTP host.
    pub fn new(
        config: &DeliverConfig,
        folder: &Path,
        password: Option<&SecretString>,
    ) -> Result<Self, DeliverError> {
        let kind = match &config.smtp.host {
            Some(host) => Kind::Smtp(Box::new(Relay::new(host, &config.smtp, password)?)),
            None => Kind::Folder(Folder::open(folder)?),
        };
        Ok(Self(kind))
    }

    /// One stream of messages, one after the other.
    pub fn session(&self) -> Session {
        Session(match &self.0 {
            Kind::Smtp(relay) => Way::Smtp(Box::new(SmtpSession::new((**relay).clone()))),
            Kind::Folder(folder) => Way::Folder(folder.clone()),
        })
    }
}

/// One stream of messages.
pub struct Session(Way);

enum Way {
    Smtp(Box<SmtpSession>),
    Folder(Folder),
}

impl Session {
    /// Sends one message and says what came of it.
    pub async fn send(&mut self, mail: &Mail) -> SendOutcome {
        match &mut self.0 {
            Way::Smtp(session) => session.send(mail).await,
            Way::Folder(folder) => folder.write(mail).await,
        }
    }

    /// Whether the way is open: connects and signs in, without sending.
    pub async fn probe(&mut self) -> Result<String, String> {
        match &mut self.0 {
            Way::Smtp(session) => session.probe().await,
            Way::Folder(folder) => {
                Ok(format!("no relay is set; mail goes to `{}`", folder.path().display()))
            }
        }
    }

    /// Ends it politely.
    pub async fn close(mut self) {
        if let Way::Smtp(session) = &mut self.0 {
            session.close().await;
        }
    }
}
