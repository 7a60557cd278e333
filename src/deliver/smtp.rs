//! SMTP over lettre's connection, command by command, so that it is known how far a message got.

use std::fmt;
use std::time::Duration;

use lettre::transport::smtp::Error;
use lettre::transport::smtp::client::AsyncSmtpConnection;
use lettre::transport::smtp::commands::{Data, Mail as MailFrom, Rcpt, Rset};
use lettre::transport::smtp::extension::{Extension, MailBodyParameter, MailParameter};
use lettre::transport::smtp::response::Response;
use tokio::time::{Instant, timeout};

use super::message::Mail;
use super::relay::Relay;
use crate::model::delivery::{SendOutcome, SendPhase};

/// After so long a pause it is asked whether the server is still there: relays close idle connections.
const IDLE: Duration = Duration::from_secs(2);

/// After so many connections that could not be made the relay counts as down.
const DOWN: u32 = 3;

/// An open connection.
pub(super) struct Dialogue {
    connection: AsyncSmtpConnection,
    pipelining: bool,
    used: Instant,
    /// A message was refused on the way, so the next one begins with RSET.
    stale: bool,
    /// Nothing can be read from it any more.
    lost: bool,
}

/// One stream of messages to the relay: its connection is opened when first needed and again after it broke.
pub(super) struct SmtpSession {
    relay: Relay,
    open: Option<Dialogue>,
    /// Connections in a row that could not be made.
    failed: u32,
}

impl SmtpSession {
    /// A session that has not connected yet.
    pub(super) fn new(relay: Relay) -> Self {
        Self { relay, open: None, failed: 0 }
    }

    /// Whether the relay cannot be reached: the messages that wait are better kept than tried one by one.
    pub(super) fn is_down(&self) -> bool {
        self.failed >= DOWN
    }

    /// Sends one message and says what came of it. A connection that turns out to be gone before the message began
    /// is opened again once.
    pub(super) async fn send(&mut self, mail: &Mail) -> SendOutcome {
        let reused = self.open.is_some();
        let mut sent = self.try_send(mail).await;
        if reused && sent.was_idle() {
            sent = self.try_send(mail).await;
        }
        match sent {
            Sent::Gone(error) => SendOutcome::Deferred(error),
            Sent::Outcome(outcome) => outcome,
        }
    }

    async fn try_send(&mut self, mail: &Mail) -> Sent {
        let mut dialogue = match self.ready().await {
            Ok(dialogue) => dialogue,
            Err(error) => return Sent::Outcome(SendOutcome::Deferred(error)),
        };
        let sent = dialogue.deliver(mail, self.relay.patience()).await;
        if dialogue.is_usable() {
            self.open = Some(dialogue);
        }
        sent
    }

    /// Connects and signs in, without sending.
    pub(super) async fn probe(&mut self) -> Result<String, String> {
        self.open = Some(self.ready().await?);
        Ok(format!("`{}` takes us", self.relay.place()))
    }

    /// The open connection if it still answers, else a new one.
    async fn ready(&mut self) -> Result<Dialogue, String> {
        if let Some(mut dialogue) = self.open.take()
            && dialogue.refresh(self.relay.patience()).await
        {
            return Ok(dialogue);
        }
        let made = self.relay.connect().await;
        self.failed = if made.is_ok() { 0 } else { self.failed + 1 };
        made
    }

    /// Says goodbye.
    pub(super) async fn close(&mut self) {
        if let Some(mut dialogue) = self.open.take() {
            dialogue.close().await;
        }
    }
}

/// What came of a try on one connection.
pub(super) enum Sent {
    Outcome(SendOutcome),
    /// The connection was lost before the message began.
    Gone(String),
}

impl Sent {
    /// Whether the server had closed a connection that was in no use: that says nothing about the message.
    fn was_idle(&self) -> bool {
        match self {
            Self::Gone(_) => true,
            Self::Outcome(outcome) => Self::is_idle(outcome),
        }
    }

    /// Whether an outcome says nothing but that a connection was in no use.
    pub(super) fn is_idle(outcome: &SendOutcome) -> bool {
        matches!(outcome, SendOutcome::Deferred(reply) if reply.starts_with("421 4.4.2"))
    }
}

impl Dialogue {
    pub(super) fn new(connection: AsyncSmtpConnection, pipelining: bool) -> Self {
        Self { connection, pipelining, used: Instant::now(), stale: false, lost: false }
    }

    /// Sends one message. Whether the connection can be used again is told by [`Self::is_usable`].
    pub(super) async fn deliver(&mut self, mail: &Mail, patience: Duration) -> Sent {
        if needs_utf8(mail) && !self.offers(Extension::SmtpUtfEight) {
            let why = "550 5.6.7 unsupported address: the server takes no letters beyond ASCII before the @";
            return Sent::Outcome(SendOutcome::Failed(why.to_owned()));
        }
        let mut phase = SendPhase::BeforeData;
        let sent = timeout(patience, self.send(mail, &mut phase)).await;
        self.used = Instant::now();
        let error = match sent {
            Ok(Ok(response)) => return Sent::Outcome(SendOutcome::Accepted(reply(&response))),
            Ok(Err(error)) if error.status().is_some() => {
                self.refusal(&error).await;
                return Sent::Outcome(refused(&error));
            }
            Ok(Err(error)) => Some(error.to_string()),
            Err(_) => None,
        };
        self.lost = true;
        match (error, phase) {
            (Some(error), SendPhase::BeforeData) => Sent::Gone(error),
            (error, SendPhase::Data) => {
                Sent::Outcome(SendOutcome::Unknown(error.unwrap_or_else(late)))
            }
            (None, SendPhase::BeforeData) => Sent::Outcome(SendOutcome::Deferred(late())),
        }
    }

    /// After a refusal the connection goes on, unless the server said that it closes it.
    async fn refusal(&mut self, error: &Error) {
        let closing = error.status().is_some_and(|code| code.to_string() == "421");
        if closing || self.lost || self.connection.has_broken() {
            self.lost = true;
            let _ = timeout(Duration::from_secs(2), self.connection.abort()).await;
        } else {
            self.stale = true;
        }
    }

    /// Whether more messages can go over this connection.
    pub(super) fn is_usable(&self) -> bool {
        !self.lost
    }

    /// Makes the connection ready for the next message. Says whether the server is still there.
    pub(super) async fn refresh(&mut self, patience: Duration) -> bool {
        if !self.stale && self.used.elapsed() < IDLE {
            return true;
        }
        let reset = timeout(patience, self.connection.command(Rset)).await;
        self.stale = false;
        reset.is_ok_and(|reset| reset.is_ok())
    }

    /// Says goodbye.
    pub(super) async fn close(&mut self) {
        let _ = timeout(Duration::from_secs(2), self.connection.quit()).await;
    }

    fn offers(&self, extension: Extension) -> bool {
        self.connection.server_info().supports_feature(extension)
    }

    /// MAIL, RCPT, DATA, text; `phase` tells how far it got.
    async fn send(&mut self, mail: &Mail, phase: &mut SendPhase) -> Result<Response, Error> {
        let from = MailFrom::new(mail.envelope.from().cloned(), self.options(mail)).to_string();
        let to = mail.envelope.to().iter().map(|to| Rcpt::new(to.clone(), Vec::new()).to_string());
        let envelope = [vec![from], to.collect()].concat();
        if self.pipelining {
            self.begin_at_once(&envelope).await?;
        } else {
            for command in &envelope {
                self.connection.command(command).await?;
            }
            self.connection.command(Data).await?;
        }
        *phase = SendPhase::Data;
        self.connection.command(Text(&mail.bytes)).await
    }

    /// All commands in one go (RFC 2920). Each reply is read, and the first refusal counts, even where the server closes
    /// after it; one that still asks for the text then gets an empty one.
    async fn begin_at_once(&mut self, envelope: &[String]) -> Result<(), Error> {
        let mut reply = self.connection.command(format!("{}{Data}", envelope.concat())).await;
        let mut refusal = None;
        for left in (0..=envelope.len()).rev() {
            let asked = reply.is_ok();
            if let Err(error) = reply {
                let lost = error.status().is_none();
                refusal = refusal.or(Some(error));
                if lost {
                    self.lost = true;
                    break;
                }
            }
            if left == 0 {
                // The reply to DATA.
                if asked && refusal.is_some() {
                    let _ = self.connection.command(".\r\n").await;
                }
                break;
            }
            reply = self.connection.read_response().await;
        }
        refusal.map_or(Ok(()), Err)
    }

    fn options(&self, mail: &Mail) -> Vec<MailParameter> {
        let mut options = Vec::new();
        if needs_utf8(mail) {
            options.push(MailParameter::SmtpUtfEight);
        }
        if !mail.bytes.is_ascii() && self.offers(Extension::EightBitMime) {
            options.push(MailParameter::Body(MailBodyParameter::EightBitMime));
        }
        options
    }
}

/// The domain was made an A-label when the address was read, so only the local part can be beyond ASCII (D-20).
fn needs_utf8(mail: &Mail) -> bool {
    mail.envelope.to().iter().any(|to| !to.user().is_ascii())
}

/// The text of a message as one command: lines that begin with a dot get another one, a lone dot ends it.
struct Text<'a>(&'a [u8]);

impl fmt::Display for Text<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let text = String::from_utf8_lossy(self.0);
        if text.starts_with('.') {
            f.write_str(".")?;
        }
        let mut from = 0;
        for (at, _) in text.match_indices("\n.") {
            f.write_str(text.get(from..=at).unwrap_or_default())?;
            f.write_str(".")?;
            from = at + 1;
        }
        f.write_str(text.get(from..).unwrap_or_default())?;
        f.write_str(if text.ends_with("\r\n") { ".\r\n" } else { "\r\n.\r\n" })
    }
}

fn late() -> String {
    "no answer in time".to_owned()
}

/// A 4xx defers, a 5xx fails; the reply comes first, so that it can be classified.
pub(super) fn refused(error: &Error) -> SendOutcome {
    let code = error.status().map_or_else(String::new, |code| code.to_string());
    let words = std::error::Error::source(error).map_or_else(String::new, ToString::to_string);
    let text = format!("{code} {}", words.replace(['\r', '\n'], " "));
    if error.is_permanent() { SendOutcome::Failed(text) } else { SendOutcome::Deferred(text) }
}

fn reply(response: &Response) -> String {
    let words = response.message().collect::<Vec<_>>().join(" ");
    format!("{} {words}", response.code())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn s_6_dots_at_line_starts_are_doubled_and_the_end_is_one_lone_dot() {
        for (text, wire) in [
            (".a\r\n.\r\nb\r\n", "..a\r\n..\r\nb\r\n.\r\n"),
            ("a", "a\r\n.\r\n"),
            ("a\r\n..b\r\n", "a\r\n...b\r\n.\r\n"),
        ] {
            assert_eq!(Text(text.as_bytes()).to_string(), wire);
        }
    }
}
