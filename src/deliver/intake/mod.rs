//! Mail that comes back: bounces, complaints, and readers who want to leave (D-14, D-15).

use jiff::Timestamp;
use mail_parser::{HeaderValue, Message, MessageParser, MimeHeaders as _};

use super::token::{Purpose, Tokens};
use crate::config::deliver::DeliverConfig;
use crate::model::id::{DeliveryId, SubscriberId};
use crate::model::reply::ReplyClass;

/// What a mail to one of our mailboxes is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Incoming {
    /// A message did not reach its reader, and never will.
    Bounce {
        /// Which message.
        delivery: DeliveryId,
        /// What the status means.
        class: ReplyClass,
        /// The status and the server's words.
        words: String,
    },
    /// A message is late or was handed on: nothing to do.
    Delay(DeliveryId),
    /// A reader wants to leave.
    Leave(SubscriberId),
    /// A reader's provider says that they took a message for unwanted.
    Complaint(SubscriberId),
    /// Something else; why it is left as it is.
    Other(&'static str),
}

/// Headers in which a mail server writes to whom a mail came.
const RECIPIENTS: [&str; 6] =
    ["Delivered-To", "X-Original-To", "Envelope-To", "X-Envelope-To", "To", "Cc"];

/// Reads a mail that came to one of our mailboxes. Only what carries a token of ours counts, so that nobody can
/// suppress a reader by a forged bounce.
pub fn read(bytes: &[u8], config: &DeliverConfig, tokens: &Tokens, now: Timestamp) -> Incoming {
    let Some(mail) = MessageParser::default().parse(bytes) else {
        return Incoming::Other("it is no mail");
    };
    let report = report_type(&mail);
    if report.as_deref() == Some("feedback-report") {
        return complaint(bytes, config, tokens, now);
    }
    let tagged = |mailbox: &Option<String>, purpose| {
        let tag = mailbox.as_ref().and_then(|mailbox| tag_of(&mail, mailbox))?;
        tokens.check(purpose, &tag, now)
    };
    if let Some(id) = tagged(&config.unsubscribe_to, Purpose::Unsubscribe) {
        return if is_automatic(&mail) {
            Incoming::Other("it is an automatic answer")
        } else {
            Incoming::Leave(SubscriberId(id))
        };
    }
    let Some(id) = tagged(&config.bounce_to, Purpose::Bounce) else {
        return Incoming::Other("it carries no valid token");
    };
    if report.as_deref() != Some("delivery-status") {
        return Incoming::Other("it is no delivery report");
    }
    bounce(&mail, DeliveryId(id))
}

fn bounce(mail: &Message<'_>, delivery: DeliveryId) -> Incoming {
    let Some(status) = delivery_status(mail) else {
        return Incoming::Other("its delivery report cannot be read");
    };
    match field(&status, "Action").as_deref().map(str::to_ascii_lowercase).as_deref() {
        Some("failed") => {}
        Some("delayed" | "relayed" | "delivered" | "expanded") => return Incoming::Delay(delivery),
        _ => return Incoming::Other("its delivery report names no action"),
    }
    let Some(code) = field(&status, "Status") else {
        return Incoming::Other("its delivery report has no status");
    };
    let said = field(&status, "Diagnostic-Code").unwrap_or_default();
    let said = said.split_once(';').map_or(said.as_str(), |(_, said)| said).trim();
    let words = format!("{code} {said}").chars().take(400).collect();
    Incoming::Bounce { delivery, class: ReplyClass::of_status(&code, said), words }
}

/// The reader stands in the report only as part of the message that they complained about: its own header names them.
fn complaint(bytes: &[u8], config: &DeliverConfig, tokens: &Tokens, now: Timestamp) -> Incoming {
    let text = String::from_utf8_lossy(bytes).replace("\r\n", "\n").replace("\n ", "");
    let mailbox = config.unsubscribe_to.as_ref().and_then(|mailbox| mailbox.rsplit_once('@'));
    let found = mailbox.and_then(|(local, domain)| {
        let (start, end) = (format!("{local}+"), format!("@{domain}"));
        let mut tags = text.split(&start).skip(1).filter_map(|rest| rest.split_once(&end));
        tags.find_map(|(tag, _)| tokens.check(Purpose::Unsubscribe, tag, now))
    });
    found.map_or(Incoming::Other("the complaint names no message of ours"), |id| {
        Incoming::Complaint(SubscriberId(id))
    })
}

fn report_type(mail: &Message<'_>) -> Option<String> {
    let kind = mail.content_type()?;
    let report = kind.ctype().eq_ignore_ascii_case("multipart")
        && kind.subtype().is_some_and(|sub| sub.eq_ignore_ascii_case("report"));
    report.then(|| kind.attribute("report-type").unwrap_or_default().to_ascii_lowercase())
}

/// The fields of the first recipient, unfolded, one a line.
fn delivery_status(mail: &Message<'_>) -> Option<String> {
    let is_status = |part: &&mail_parser::MessagePart<'_>| {
        part.content_type().is_some_and(|kind| {
            kind.ctype().eq_ignore_ascii_case("message")
                && kind.subtype().is_some_and(|sub| {
                    sub.eq_ignore_ascii_case("delivery-status")
                        || sub.eq_ignore_ascii_case("global-delivery-status")
                })
        })
    };
    let part = mail.parts.iter().find(is_status)?;
    let text = String::from_utf8_lossy(part.contents()).replace("\r\n", "\n");
    Some(text.replace("\n ", " ").replace("\n\t", " "))
}

fn field(text: &str, name: &str) -> Option<String> {
    text.lines().find_map(|line| {
        let (key, value) = line.split_once(':')?;
        let value = value.trim();
        (key.trim().eq_ignore_ascii_case(name) && !value.is_empty()).then(|| value.to_owned())
    })
}

/// What stands after the plus sign of `mailbox` among those to whom a mail came.
fn tag_of(mail: &Message<'_>, mailbox: &str) -> Option<String> {
    let (local, domain) = mailbox.rsplit_once('@')?;
    let (start, end) = (format!("{local}+").to_lowercase(), format!("@{domain}").to_lowercase());
    for name in RECIPIENTS {
        for header in mail.headers().iter().filter(|one| one.name().eq_ignore_ascii_case(name)) {
            let span = header.offset_start() as usize..header.offset_end() as usize;
            let bytes = mail.raw_message.get(span).unwrap_or_default();
            let text = String::from_utf8_lossy(bytes).to_lowercase();
            let mut tags = text.split(&start).skip(1).filter_map(|rest| rest.split_once(&end));
            if let Some((tag, _)) = tags.next() {
                return Some(tag.to_owned());
            }
        }
    }
    None
}

/// RFC 3834, and what older responders write.
fn is_automatic(mail: &Message<'_>) -> bool {
    let said = |name: &str| match mail.header(name) {
        Some(HeaderValue::Text(text)) => Some(text.trim().to_ascii_lowercase()),
        Some(_) => Some(String::new()),
        None => None,
    };
    said("Auto-Submitted").is_some_and(|value| value != "no")
        || said("X-Autoreply").is_some()
        || said("X-Autorespond").is_some()
        || said("Precedence").is_some_and(|value| value.contains("auto"))
}

#[cfg(test)]
mod tests;
