//! A digest as one message to one subscriber: the same input gives the same bytes.

use std::time::SystemTime;

use lettre::address::Envelope;
use lettre::message::header::ContentType;
use lettre::message::{Mailbox, Message, MessageBuilder, MultiPart, SinglePart};

use super::DeliverError;
use super::header::{HeaderText, raw};
use crate::config::deliver::DeliverConfig;
use crate::model::delivery::Delivery;
use crate::model::digest::Digest;
use crate::model::id::{DigestId, EditionId, SubscriberId, content_id};
use crate::model::subscriber::Address;

/// A message as it goes over the wire, with its envelope.
#[derive(Debug, Clone)]
pub struct Mail {
    /// From whom and to whom.
    pub envelope: Envelope,
    /// The message, lines ended by CR LF.
    pub bytes: Vec<u8>,
    /// Without angle brackets; names the file in a folder.
    pub message_id: String,
}

/// The list that a digest belongs to, for the `List-` headers.
#[derive(Debug, Clone)]
pub struct Identity {
    /// The edition, or `on-demand`.
    pub list: EditionId,
    /// Its display name.
    pub title: String,
}

/// The `Message-ID` of a digest for a subscriber, without angle brackets: the same whenever it is made.
///
/// The right half of the subscriber's id is random and never printed elsewhere, so nobody can tell from the
/// header who got the message, or make up another's.
pub fn message_id(config: &DeliverConfig, digest: &DigestId, to: &SubscriberId) -> String {
    let mark = content_id(&["message", &to.to_string(), digest.as_str()]);
    format!("{digest}.{mark}@{}", domain_of(&config.from))
}

/// Builds the message of `delivery`: text and HTML, with the headers of delivery.md section 3 that this
/// installation can honour.
pub fn digest_mail(
    config: &DeliverConfig,
    identity: &Identity,
    digest: &Digest,
    delivery: &Delivery,
    to: &Address,
) -> Result<Mail, DeliverError> {
    let builder = addressed(config, delivery, to)?;
    let subject = HeaderText::new("Subject", digest.subject.as_str())?;
    let builder = list_headers(builder.subject(subject.into_string()), config, identity)?;
    let builder = threaded(builder, config, digest, delivery);
    let message = builder.multipart(parts(digest, &delivery.message_id))?;
    Ok(Mail {
        envelope: message.envelope().clone(),
        bytes: message.formatted(),
        message_id: delivery.message_id.clone(),
    })
}

fn addressed(
    config: &DeliverConfig,
    delivery: &Delivery,
    to: &Address,
) -> Result<MessageBuilder, DeliverError> {
    let name = HeaderText::new("From", config.from_name.as_str())?.into_string();
    let from = Mailbox::new(Some(name).filter(|name| !name.is_empty()), address(&config.from)?);
    let builder = Message::builder()
        .from(from)
        .to(Mailbox::new(None, address(to.as_str())?))
        .date(SystemTime::from(delivery.dated))
        .message_id(Some(format!("<{}>", delivery.message_id)));
    match &config.reply_to {
        Some(reply_to) => Ok(builder.reply_to(Mailbox::new(None, address(reply_to)?))),
        None => Ok(builder),
    }
}

/// A notice of a correction is threaded to the message that it corrects.
fn threaded(
    builder: MessageBuilder,
    config: &DeliverConfig,
    digest: &Digest,
    delivery: &Delivery,
) -> MessageBuilder {
    let Some(original) = &digest.replies_to else { return builder };
    let original = format!("<{}>", message_id(config, original, &delivery.subscriber));
    builder.in_reply_to(original.clone()).references(original)
}

/// RFC 2919 and 2369 for the list, RFC 3834 so that no auto-responder answers.
fn list_headers(
    builder: MessageBuilder,
    config: &DeliverConfig,
    identity: &Identity,
) -> Result<MessageBuilder, DeliverError> {
    let domain = domain_of(&config.from);
    let list = format!("{}.sitrep.{domain}", identity.list);
    let title = identity.title.replace(['<', '>', '"'], "");
    let mut headers = vec![
        raw("List-Id", format!("{title} <{list}>"))?,
        raw("List-Post", "NO")?,
        raw("Auto-Submitted", "auto-generated")?,
        raw("Precedence", "bulk")?,
        raw("X-Auto-Response-Suppress", "OOF, AutoReply")?,
        raw("Feedback-ID", format!("digest:{}:sitrep:{domain}", identity.list))?,
    ];
    if let Some(leave) = &config.unsubscribe_to {
        headers.push(raw("List-Unsubscribe", format!("<mailto:{leave}?subject=unsubscribe>"))?);
    }
    Ok(headers.into_iter().fold(builder, MessageBuilder::raw_header))
}

fn parts(digest: &Digest, message_id: &str) -> MultiPart {
    MultiPart::builder()
        .kind(lettre::message::MultiPartKind::Alternative)
        .boundary(format!("sitrep-{}", content_id(&["boundary", message_id])))
        .build()
        .singlepart(part(ContentType::TEXT_PLAIN, &digest.text))
        .singlepart(part(ContentType::TEXT_HTML, &digest.html))
}

fn part(kind: ContentType, body: &str) -> SinglePart {
    SinglePart::builder().header(kind).body(body.to_owned())
}

fn address(text: &str) -> Result<lettre::Address, DeliverError> {
    text.parse().map_err(|source| DeliverError::Address { address: redacted(text), source })
}

fn redacted(text: &str) -> String {
    text.parse::<Address>().map_or_else(|_| "an address".to_owned(), |address| address.redacted())
}

fn domain_of(address: &str) -> &str {
    address.rsplit_once('@').map_or("localhost.localdomain", |(_, domain)| domain)
}

#[cfg(test)]
mod tests {
    use jiff::Timestamp;
    use mail_parser::{MessageParser, MimeHeaders as _};
    use uuid::Uuid;

    use super::*;
    use crate::model::delivery::{DeliveryKind, DeliveryState};
    use crate::model::digest::{DayOutcome, Variant};
    use crate::model::filter::{Filter, Grouping};
    use crate::model::id::DeliveryId;

    fn config() -> DeliverConfig {
        DeliverConfig {
            from: "digest@example.org".to_owned(),
            unsubscribe_to: Some("leave@example.org".to_owned()),
            ..DeliverConfig::default()
        }
    }

    fn digest(subject: &str, text: &str) -> Digest {
        Digest {
            id: DigestId::new("d1"),
            issue: None,
            replies_to: None,
            variant: Variant {
                filter: Filter::default(),
                grouping: Grouping::Region,
                language: "en".to_owned(),
                zone: "UTC".to_owned(),
                brief: false,
            },
            outcome: DayOutcome::Normal,
            subject: subject.to_owned(),
            html: format!("<p>{text}</p>"),
            text: text.to_owned(),
            rendered_at: Timestamp::UNIX_EPOCH,
        }
    }

    fn delivery() -> Delivery {
        let subscriber = SubscriberId(Uuid::from_u128(7));
        Delivery {
            id: DeliveryId(Uuid::from_u128(9)),
            kind: DeliveryKind::Digest,
            reference: "d1".to_owned(),
            subscriber,
            state: DeliveryState::Queued,
            message_id: message_id(&config(), &DigestId::new("d1"), &subscriber),
            dated: "2020-06-27T02:30:00Z".parse().unwrap(),
            due_at: Timestamp::UNIX_EPOCH,
            expires_at: Timestamp::MAX,
            attempts: 0,
            reply: None,
        }
    }

    fn mail(config: &DeliverConfig, digest: &Digest) -> Result<Mail, DeliverError> {
        let identity = Identity { list: EditionId::new("daily"), title: "Daily".to_owned() };
        digest_mail(config, &identity, digest, &delivery(), &"r@example.net".parse().unwrap())
    }

    #[test]
    fn a_digest_is_text_first_then_html_with_one_recipient() {
        let mail = mail(&config(), &digest("Sitrep 27 Jun", "Hello.")).unwrap();
        let parsed = MessageParser::default().parse(&mail.bytes).unwrap();
        assert_eq!(parsed.content_type().unwrap().subtype(), Some("alternative"));
        assert_eq!(parsed.body_text(0).unwrap().trim_end(), "Hello.");
        assert_eq!(parsed.body_html(0).unwrap().trim_end(), "<p>Hello.</p>");
        assert_eq!(parsed.to().unwrap().iter().count(), 1);
        assert_eq!(mail.envelope.to().len(), 1);
    }

    #[test]
    fn d_1_each_header_stands_exactly_once() {
        let mail = mail(&config(), &digest("Sitrep 27 Jun", "Hello.")).unwrap();
        let text = String::from_utf8(mail.bytes).unwrap();
        let head = text.split("\r\n\r\n").next().unwrap();
        for name in [
            "From",
            "To",
            "Date",
            "Message-ID",
            "Subject",
            "List-Id",
            "List-Unsubscribe",
            "MIME-Version",
            "Content-Type",
        ] {
            let count = head.lines().filter(|line| line.starts_with(&format!("{name}:"))).count();
            assert_eq!(count, 1, "{name} in\n{head}");
        }
    }

    #[test]
    fn list_unsubscribe_is_only_there_when_somebody_reads_that_address() {
        let config = DeliverConfig { unsubscribe_to: None, ..config() };
        let mail = mail(&config, &digest("Sitrep 27 Jun", "Hello.")).unwrap();
        assert!(!String::from_utf8(mail.bytes).unwrap().contains("List-Unsubscribe"));
    }

    #[test]
    fn d_31_the_same_delivery_gives_the_same_bytes() {
        let digest = digest("Sitrep 27 Jun", "Grüße, عربي");
        assert_eq!(
            mail(&config(), &digest).unwrap().bytes,
            mail(&config(), &digest).unwrap().bytes
        );
    }

    #[test]
    fn s_6_a_subject_with_a_line_end_makes_no_message() {
        let error = mail(&config(), &digest("a\r\nBcc: x@example.org", "Hello.")).unwrap_err();
        assert!(error.to_string().contains("Subject"));
    }

    #[test]
    fn h_12_no_line_is_longer_than_998_bytes() {
        let mail = mail(&config(), &digest("Sitrep", &"long ".repeat(2_000))).unwrap();
        assert!(mail.bytes.split(|byte| *byte == b'\n').all(|line| line.len() <= 998));
    }
}
