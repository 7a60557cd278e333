//! The ways to an operator: mail, a program, a webhook; and the heartbeat of a monitor.

use std::process::Stdio;
use std::time::SystemTime;

use jiff::Timestamp;
use lettre::message::header::ContentType;
use lettre::message::{Mailbox, Message};
use reqwest::{Client, RequestBuilder};
use secrecy::{ExposeSecret as _, SecretString};
use tokio::io::AsyncWriteExt as _;
use tokio::process::Command;
use tokio::time::timeout;

use super::header::{HeaderText, raw};
use super::http::{PATIENCE, client};
use super::message::{Mail, address};
use super::{DeliverError, Transport};
use crate::config::alert::AlertConfig;
use crate::config::deliver::DeliverConfig;
use crate::model::delivery::SendOutcome;
use crate::model::id::content_id;
use crate::model::subscriber::Address;

/// What an operator is told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Alert {
    /// One line.
    pub subject: String,
    /// What is wrong and what to do, or that it is well again.
    pub text: String,
    /// Which way it turned, as the ledger names it.
    pub kind: String,
    /// When.
    pub at: Timestamp,
}

/// The ways of the configuration.
#[derive(Debug)]
pub struct Alarm {
    from: String,
    mail: Option<Address>,
    command: Vec<String>,
    webhook: Option<SecretString>,
    heartbeat: Option<SecretString>,
    client: Client,
}

impl Alarm {
    /// The ways of the configuration, with its secrets read.
    pub fn new(
        config: &AlertConfig,
        deliver: &DeliverConfig,
        webhook: Option<SecretString>,
        heartbeat: Option<SecretString>,
    ) -> Result<Self, DeliverError> {
        Ok(Self {
            from: deliver.from.clone(),
            mail: config.mail.as_ref().and_then(|mail| mail.parse().ok()),
            command: config.command.clone(),
            webhook,
            heartbeat,
            client: client().map_err(DeliverError::Alarm)?,
        })
    }

    /// Whether there is nobody to tell.
    pub fn is_silent(&self) -> bool {
        self.mail.is_none() && self.command.is_empty() && self.webhook.is_none()
    }

    /// Whether a monitor waits for the heartbeat.
    pub fn has_heartbeat(&self) -> bool {
        self.heartbeat.is_some()
    }

    /// Tells by every way; done when one of them took it. Otherwise what went wrong with each.
    pub async fn tell(&self, alert: &Alert, transport: &Transport) -> Result<(), String> {
        let (mailed, called, posted) =
            tokio::join!(self.mail(alert, transport), self.call(alert), self.post(alert));
        let tried: Vec<_> = [mailed, called, posted].into_iter().flatten().collect();
        if tried.iter().any(Result::is_ok) {
            return Ok(());
        }
        Err(tried.into_iter().filter_map(Result::err).collect::<Vec<_>>().join("; "))
    }

    /// Tells the monitor that an issue is out and accounted for.
    pub async fn beat(&self) -> Result<(), String> {
        let Some(url) = &self.heartbeat else { return Ok(()) };
        asked(self.client.get(url.expose_secret())).await.map_err(|why| format!("heartbeat: {why}"))
    }

    async fn mail(&self, alert: &Alert, transport: &Transport) -> Option<Result<(), String>> {
        let to = self.mail.as_ref()?;
        let mail = match self.message(alert, to) {
            Ok(mail) => mail,
            Err(error) => return Some(Err(format!("mail: {error}"))),
        };
        let mut session = transport.session();
        let outcome = timeout(PATIENCE, session.send(&mail)).await;
        session.close().await;
        Some(match outcome {
            Ok(SendOutcome::Accepted(_)) => Ok(()),
            Ok(
                SendOutcome::Deferred(why) | SendOutcome::Failed(why) | SendOutcome::Unknown(why),
            ) => Err(format!("mail: {why}")),
            Err(_) => Err("mail: no answer in time".to_owned()),
        })
    }

    /// A plain message to one person, without the headers of a list.
    fn message(&self, alert: &Alert, to: &Address) -> Result<Mail, DeliverError> {
        let subject = HeaderText::new("Subject", alert.subject.as_str())?.into_string();
        let id = content_id(&["alert", &alert.at.to_string(), &alert.subject, to.as_str()]);
        let message_id = format!("{id}@{}", to.domain());
        let message = Message::builder()
            .from(Mailbox::new(Some("Sitrep".to_owned()), address(&self.from)?))
            .to(Mailbox::new(None, address(to.as_str())?))
            .date(SystemTime::from(alert.at))
            .message_id(Some(format!("<{message_id}>")))
            .subject(subject)
            .raw_header(raw("Auto-Submitted", "auto-generated")?)
            .header(ContentType::TEXT_PLAIN)
            .body(alert.text.clone())?;
        Ok(Mail { envelope: message.envelope().clone(), bytes: message.formatted(), message_id })
    }

    async fn call(&self, alert: &Alert) -> Option<Result<(), String>> {
        let (program, arguments) = self.command.split_first()?;
        let ran = timeout(PATIENCE, run(program, arguments, alert)).await;
        Some(match ran {
            Ok(Ok(true)) => Ok(()),
            Ok(Ok(false)) => Err(format!("`{program}` failed")),
            Ok(Err(error)) => Err(format!("`{program}` cannot be run: {error}")),
            Err(_) => Err(format!("`{program}` did not end in time")),
        })
    }

    async fn post(&self, alert: &Alert) -> Option<Result<(), String>> {
        let url = self.webhook.as_ref()?;
        let body = serde_json::json!({
            "subject": alert.subject, "text": alert.text, "kind": alert.kind, "at": alert.at,
        });
        let request =
            self.client.post(url.expose_secret()).header("content-type", "application/json");
        Some(asked(request.body(body.to_string())).await.map_err(|why| format!("webhook: {why}")))
    }
}

async fn run(program: &str, arguments: &[String], alert: &Alert) -> std::io::Result<bool> {
    let mut child = Command::new(program)
        .args(arguments)
        .arg(&alert.subject)
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .kill_on_drop(true)
        .spawn()?;
    if let Some(mut input) = child.stdin.take() {
        // A program that does not read its input has been told all the same.
        let _ = input.write_all(alert.text.as_bytes()).await;
    }
    Ok(child.wait().await?.success())
}

/// The address holds a secret, so no error tells it (S-13).
async fn asked(request: RequestBuilder) -> Result<(), String> {
    match request.send().await {
        Ok(answer) if answer.status().is_success() => Ok(()),
        Ok(answer) => Err(format!("the server answered {}", answer.status().as_u16())),
        Err(error) => Err(format!("the server cannot be asked: {}", error.without_url())),
    }
}
