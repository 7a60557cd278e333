//! Messages: their headers, their parts, and that they come out the same.

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
        map: None,
        rendered_at: Timestamp::UNIX_EPOCH,
    }
}

fn mailer(config: &DeliverConfig) -> Mailer {
    Mailer::new(config.clone(), Tokens::from_key(&[7; 32]), Vec::new())
}

fn delivery() -> Delivery {
    let subscriber = SubscriberId(Uuid::from_u128(7));
    Delivery {
        id: DeliveryId(Uuid::from_u128(9)),
        kind: DeliveryKind::Digest,
        reference: "d1".to_owned(),
        subscriber,
        state: DeliveryState::Queued,
        message_id: mailer(&config()).message_id(&DigestId::new("d1"), &subscriber),
        dated: "2020-06-27T02:30:00Z".parse().unwrap(),
        due_at: Timestamp::UNIX_EPOCH,
        expires_at: Timestamp::MAX,
        attempts: 0,
        reply: None,
    }
}

fn mail(config: &DeliverConfig, digest: &Digest) -> Result<Mail, DeliverError> {
    let identity = Identity { list: EditionId::new("daily"), title: "Daily".to_owned() };
    let mailer = mailer(config);
    let body = mailer.body(identity, digest);
    mailer.mail(&body, &delivery(), &"r@example.net".parse().unwrap())
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
fn b_56_a_map_comes_with_the_mail_under_the_name_that_its_html_calls() {
    let png = b"\x89PNG\r\n\x1a\n and so on";
    let mapped = Digest {
        map: Some(BASE64.encode(png)),
        html: format!("<img src=\"cid:{MAP_ID}\">"),
        ..digest("Sitrep 27 Jun", "Hello.")
    };
    let first = mail(&config(), &mapped).unwrap();
    let parsed = MessageParser::default().parse(&first.bytes).unwrap();
    assert_eq!(parsed.content_type().unwrap().subtype(), Some("alternative"));
    assert_eq!(parsed.body_text(0).unwrap().trim_end(), "Hello.");
    let picture = parsed.attachments().next().unwrap();
    assert_eq!(picture.content_id(), Some(MAP_ID));
    assert_eq!(picture.contents(), png);
    assert_eq!(first.bytes, mail(&config(), &mapped).unwrap().bytes);
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
    assert_eq!(mail(&config(), &digest).unwrap().bytes, mail(&config(), &digest).unwrap().bytes);
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

#[test]
fn d_1_the_address_for_leaving_carries_a_token_of_the_reader_and_bounces_one_of_the_message() {
    let config = DeliverConfig { bounce_to: Some("b@example.org".to_owned()), ..config() };
    let mail = mail(&config, &digest("Sitrep", "Hello.")).unwrap();
    let text = String::from_utf8(mail.bytes).unwrap().replace("\r\n ", " ");
    let leave = text.split("<mailto:leave+").nth(1).unwrap().split('@').next().unwrap();
    let now = delivery().dated;
    let tokens = Tokens::from_key(&[7; 32]);
    let reader = tokens.check(Purpose::Unsubscribe, leave, now);
    assert_eq!(reader, Some(delivery().subscriber.0));
    let from = mail.envelope.from().unwrap().to_string();
    let bounce = from.strip_prefix("b+").unwrap().split('@').next().unwrap();
    assert_eq!(tokens.check(Purpose::Bounce, bounce, now), Some(delivery().id.0));
}
