//! Where messages go: a relay, the servers of domains, a program, a maildir, or a folder until one is configured.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use secrecy::SecretString;

use super::DeliverError;
use super::folder::Folder;
use super::maildir::Maildir;
use super::message::Mail;
use super::mx::{Exchange, MxSession};
use super::relay::{Port, Relay};
use super::sendmail::Sendmail;
use super::smtp::SmtpSession;
use crate::config::deliver::{DeliverConfig, Via};
use crate::model::delivery::SendOutcome;

/// A way out; sessions are opened on it.
#[derive(Debug, Clone)]
pub struct Transport(Kind);

#[derive(Debug, Clone)]
enum Kind {
    Smtp(Box<Relay>),
    /// With our own domain, whose servers are tried for a probe.
    Mx(Exchange, String),
    Folder(Folder),
    Maildir(Maildir),
    Sendmail(Sendmail),
}

impl Transport {
    /// The transport of the configuration, whose paths are taken against `home`.
    pub fn new(
        config: &DeliverConfig,
        home: &Path,
        password: Option<&SecretString>,
    ) -> Result<Self, DeliverError> {
        let smtp = &config.smtp;
        let kind = match (config.via(), &smtp.host) {
            (Via::Smtp, Some(host)) => {
                Kind::Smtp(Box::new(Relay::new(host, smtp, home, password)?))
            }
            (Via::Mx, _) => Kind::Mx(Exchange::new(&config.mx)?, config.domain().to_owned()),
            (Via::Sendmail, _) => {
                Kind::Sendmail(Sendmail::new(&config.sendmail, smtp.timeout.duration()))
            }
            (Via::Maildir, _) => Kind::Maildir(Maildir::open(&home.join(&config.maildir))?),
            (Via::Folder | Via::Smtp, _) => Kind::Folder(Folder::open(&home.join(&config.folder))?),
        };
        Ok(Self(kind))
    }

    /// One stream of messages, one after the other.
    pub fn session(&self) -> Session {
        Session(match &self.0 {
            Kind::Smtp(relay) => Way::Smtp(Box::new(SmtpSession::new((**relay).clone()))),
            Kind::Mx(exchange, domain) => Way::Mx(MxSession::new(exchange.clone()), domain.clone()),
            Kind::Folder(folder) => Way::Folder(folder.clone()),
            Kind::Maildir(maildir) => Way::Maildir(maildir.clone()),
            Kind::Sendmail(sendmail) => Way::Sendmail(sendmail.clone()),
        })
    }
}

impl Transport {
    /// Under which name each of `domains` is paced, where that shows on the way to their servers.
    pub async fn lanes(&self, domains: BTreeSet<String>) -> BTreeMap<String, String> {
        match &self.0 {
            Kind::Mx(exchange, _) => exchange.lanes(domains).await,
            _ => BTreeMap::new(),
        }
    }

    /// Which of the usual ports of the relay answer: many networks block some of them. Nothing without a relay.
    pub async fn ports(&self) -> Vec<Port> {
        let Kind::Smtp(relay) = &self.0 else { return Vec::new() };
        futures::future::join_all(USUAL.map(|port| relay.try_port(port))).await
    }
}

/// SMTP between servers, and submission with TLS from the first byte or after STARTTLS.
const USUAL: [u16; 3] = [25, 465, 587];

/// One stream of messages.
pub struct Session(Way);

enum Way {
    Smtp(Box<SmtpSession>),
    Mx(MxSession, String),
    Folder(Folder),
    Maildir(Maildir),
    Sendmail(Sendmail),
}

impl Session {
    /// Sends one message and says what came of it.
    pub async fn send(&mut self, mail: &Mail) -> SendOutcome {
        match &mut self.0 {
            Way::Smtp(session) => session.send(mail).await,
            Way::Mx(session, _) => Box::pin(session.send(mail)).await,
            Way::Folder(folder) => folder.write(mail).await,
            Way::Maildir(maildir) => maildir.write(mail).await,
            Way::Sendmail(sendmail) => sendmail.send(mail).await,
        }
    }

    /// Whether it is in vain to go on: the relay cannot be reached, or no domain.
    pub fn is_down(&self) -> bool {
        match &self.0 {
            Way::Smtp(session) => session.is_down(),
            Way::Mx(session, _) => session.is_down(),
            _ => false,
        }
    }

    /// Whether the way is open: connects and signs in, without sending.
    pub async fn probe(&mut self) -> Result<String, String> {
        let to = |path: &Path| Ok(format!("no relay is used; mail goes to `{}`", path.display()));
        match &mut self.0 {
            Way::Smtp(session) => session.probe().await,
            Way::Mx(session, domain) => Box::pin(session.probe(domain)).await,
            Way::Folder(folder) => to(folder.path()),
            Way::Maildir(maildir) => to(maildir.path()),
            Way::Sendmail(sendmail) if sendmail.program().is_file() => to(sendmail.program()),
            Way::Sendmail(sendmail) => {
                Err(format!("there is no program `{}`", sendmail.program().display()))
            }
        }
    }

    /// Ends it politely.
    pub async fn close(mut self) {
        match &mut self.0 {
            Way::Smtp(session) => session.close().await,
            Way::Mx(session, _) => session.close().await,
            _ => {}
        }
    }
}
