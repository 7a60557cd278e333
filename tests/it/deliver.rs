//! Delivery against a scripted server: what came of a try, and how far it got.

mod alarms;
mod backup;
mod faults;
mod golden;
mod killed;
mod mailbox;
mod mx;
mod oauth;
mod personal;
mod runs;
mod secrets;
mod utf8;

use std::path::{Path, PathBuf};

use jiff::Timestamp;
use sitrep::config::deliver::{DeliverConfig, SmtpConfig, Tls};
use sitrep::config::span::Span;
use sitrep::deliver::token::Tokens;
use sitrep::deliver::{Identity, Mail, Mailer, Transport};
use sitrep::model::delivery::{Delivery, DeliveryKind, DeliveryState, SendOutcome};
use sitrep::model::digest::{DayOutcome, Digest, Variant};
use sitrep::model::filter::{Filter, Grouping};
use sitrep::model::id::{DeliveryId, DigestId, EditionId, SubscriberId};
use uuid::Uuid;

use crate::support::smtp::ScriptedSmtp;

fn config(server: &ScriptedSmtp) -> DeliverConfig {
    let smtp = SmtpConfig {
        host: Some(server.address.ip().to_string()),
        port: Some(server.address.port()),
        tls: Tls::None,
        timeout: Span::seconds(2),
        ..SmtpConfig::default()
    };
    DeliverConfig { from: "digest@example.org".to_owned(), smtp, ..DeliverConfig::default() }
}

fn mail(config: &DeliverConfig, to: &str, body: &str) -> Mail {
    let variant = Variant {
        filter: Filter::default(),
        grouping: Grouping::Region,
        language: "en".to_owned(),
        zone: "UTC".to_owned(),
        brief: false,
    };
    let digest = Digest {
        id: DigestId::new("d1"),
        issue: None,
        replies_to: None,
        variant,
        outcome: DayOutcome::Normal,
        subject: "Sitrep".to_owned(),
        html: format!("<p>{body}</p>"),
        text: body.to_owned(),
        map: None,
        rendered_at: Timestamp::UNIX_EPOCH,
    };
    let delivery = Delivery {
        id: DeliveryId(Uuid::from_u128(1)),
        kind: DeliveryKind::Digest,
        reference: "d1".to_owned(),
        subscriber: SubscriberId(Uuid::from_u128(2)),
        state: DeliveryState::Sending,
        message_id: "d1.x@example.org".to_owned(),
        dated: Timestamp::UNIX_EPOCH,
        due_at: Timestamp::UNIX_EPOCH,
        expires_at: Timestamp::MAX,
        attempts: 1,
        reply: None,
    };
    let identity = Identity { list: EditionId::new("daily"), title: "Daily".to_owned() };
    let mailer = Mailer::new(config.clone(), Tokens::from_key(&[7; 32]), Vec::new());
    let body = mailer.body(identity, &digest);
    mailer.mail(&body, &delivery, &to.parse().unwrap()).unwrap()
}

async fn send(server: &ScriptedSmtp, to: &str) -> SendOutcome {
    let config = config(server);
    let transport = Transport::new(&config, Path::new(""), None).unwrap();
    transport.session().send(&mail(&config, to, "Hello.")).await
}

#[tokio::test]
async fn d_10_replies_before_and_after_data_are_told_apart() {
    let server = ScriptedSmtp::start().await;
    assert!(matches!(send(&server, "ok@example.net").await, SendOutcome::Accepted(_)));
    for to in ["r450@example.net", "close@example.net", "dropdata@example.net"] {
        let outcome = send(&server, to).await;
        let unsure = to.starts_with("dropdata") && matches!(outcome, SendOutcome::Unknown(_));
        assert!(unsure || matches!(outcome, SendOutcome::Deferred(_)), "{to}: {outcome:?}");
    }
    for to in ["r550@example.net", "full@example.net", "policy@example.net"] {
        assert!(matches!(send(&server, to).await, SendOutcome::Failed(_)), "{to}");
    }
}

#[tokio::test]
async fn d_11_a_connection_lost_after_the_text_is_unknown_and_one_never_made_is_deferred() {
    let server = ScriptedSmtp::start().await;
    for to in ["dropafter@example.net", "hang@example.net"] {
        let outcome = send(&server, to).await;
        assert!(matches!(outcome, SendOutcome::Unknown(_)), "{to}: {outcome:?}");
    }
    let nowhere = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let gone = ScriptedSmtp::at(nowhere);
    assert!(matches!(send(&gone, "ok@example.net").await, SendOutcome::Deferred(_)));
}

#[tokio::test]
async fn d_12_one_connection_carries_many_messages_and_survives_a_refusal() {
    let server = ScriptedSmtp::start().await;
    let config = config(&server);
    let mut session = Transport::new(&config, Path::new(""), None).unwrap().session();
    for to in ["a@example.net", "r550@example.net", "b@example.net"] {
        session.send(&mail(&config, to, "Hello.")).await;
    }
    session.close().await;
    assert_eq!(server.received().len(), 2);
    assert_eq!(server.connections(), 1);
}

#[tokio::test]
async fn s_6_a_lone_dot_and_commands_in_the_body_stay_one_message() {
    let server = ScriptedSmtp::start().await;
    let config = config(&server);
    let body = "first\r\n.\r\nMAIL FROM:<x@example.net>\r\n.\r\nlast";
    let transport = Transport::new(&config, Path::new(""), None).unwrap();
    let outcome = transport.session().send(&mail(&config, "ok@example.net", body)).await;
    assert!(matches!(outcome, SendOutcome::Accepted(_)));
    let received = server.received();
    assert_eq!(received.len(), 1);
    assert!(received[0].text.contains("MAIL FROM:<x@example.net>"));
    assert_eq!(received[0].from, "digest@example.org");
}

#[tokio::test]
async fn d_31_a_message_written_again_to_a_folder_replaces_itself() {
    let dir = tempfile::tempdir().unwrap();
    let config = DeliverConfig {
        from: "digest@example.org".to_owned(),
        folder: PathBuf::from("."),
        ..DeliverConfig::default()
    };
    let transport = Transport::new(&config, dir.path(), None).unwrap();
    for _ in 0..2 {
        let outcome = transport.session().send(&mail(&config, "ok@example.net", "Hello.")).await;
        assert!(matches!(outcome, SendOutcome::Accepted(_)));
    }
    let files: Vec<_> =
        std::fs::read_dir(dir.path()).unwrap().map(|entry| entry.unwrap().path()).collect();
    assert_eq!(files.len(), 1);
    assert_eq!(files[0].extension().unwrap(), "eml");
}

#[tokio::test]
async fn d_12_a_reply_in_single_bytes_is_read_whole() {
    let server = ScriptedSmtp::start().await;
    assert!(matches!(send(&server, "split@example.net").await, SendOutcome::Accepted(_)));
}
