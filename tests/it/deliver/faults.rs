//! What goes wrong between us and a relay, at each stage of the dialogue, and on this machine.

use std::path::Path;
use std::time::Duration;

use secrecy::SecretString;
use sitrep::config::deliver::{DeliverConfig, Tls};
use sitrep::config::span::Span;
use sitrep::deliver::{Session, Transport};
use sitrep::model::delivery::{DeliveryState, SendOutcome};
use sitrep::store::outbox;

use super::runs::Desk;
use super::{config, mail};
use crate::support::smtp::{Act, Fault, ScriptedSmtp, Stage};

const BARE: &[&str] = &[];
const PIPELINING: &[&str] = &["PIPELINING"];

fn session(config: &DeliverConfig) -> Session {
    let password = SecretString::from("secret".to_owned());
    Transport::new(config, Path::new(""), Some(&password)).unwrap().session()
}

/// What comes of a message to a server with a fault, and of the same message sent again on the same session.
async fn twice(fault: Fault) -> (SendOutcome, SendOutcome, ScriptedSmtp) {
    let server = ScriptedSmtp::with(fault).await;
    let mut config = config(&server);
    config.smtp.timeout = Span::seconds(1);
    config.smtp.username = (fault.at == Stage::Auth).then(|| "sitrep".to_owned());
    config.smtp.tls = if fault.at == Stage::StartTls { Tls::Starttls } else { Tls::None };
    let (mut session, mail) = (session(&config), mail(&config, "ok@example.net", "Hello."));
    let first = session.send(&mail).await;
    (first, session.send(&mail).await, server)
}

fn fault(at: Stage, act: Act, offers: &'static [&'static str]) -> Fault {
    Fault { at, act, times: 1, offers, idle: None }
}

#[tokio::test]
async fn d_12_a_relay_that_hangs_or_drops_before_the_text_defers_and_the_next_try_arrives() {
    use Stage::{Connect, Data, Ehlo, Mail, Rcpt};
    for act in [Act::Hang, Act::Drop] {
        for at in [Connect, Ehlo, Mail, Rcpt, Data] {
            for offers in [BARE, PIPELINING] {
                let (first, second, server) = twice(fault(at, act, offers)).await;
                assert!(matches!(first, SendOutcome::Deferred(_)), "{at:?} {act:?}: {first:?}");
                assert!(matches!(second, SendOutcome::Accepted(_)), "{at:?} {act:?}: {second:?}");
                assert_eq!(server.received().len(), 1, "{at:?} {act:?}");
            }
        }
    }
}

#[tokio::test]
async fn d_11_a_relay_that_hangs_or_drops_during_or_after_the_text_leaves_it_unknown() {
    for act in [Act::Hang, Act::Drop] {
        for at in [Stage::Text, Stage::End] {
            let (first, second, _) = twice(fault(at, act, PIPELINING)).await;
            assert!(matches!(first, SendOutcome::Unknown(_)), "{at:?} {act:?}: {first:?}");
            assert!(matches!(second, SendOutcome::Accepted(_)), "{at:?} {act:?}: {second:?}");
        }
    }
}

#[tokio::test]
async fn d_12_a_relay_without_tls_or_with_a_broken_one_gets_neither_password_nor_mail() {
    let auth: &[&str] = &["AUTH PLAIN LOGIN"];
    for (offers, act) in [
        (auth, Act::Say("250 never asked")),
        (&["STARTTLS", "AUTH PLAIN"], Act::Say("220 go ahead\r\nno handshake at all")),
        (&["STARTTLS"], Act::Say("454 4.7.0 no TLS now")),
        (&["STARTTLS"], Act::Hang),
        (&["STARTTLS"], Act::Drop),
    ] {
        let server =
            ScriptedSmtp::with(Fault { times: 9, ..fault(Stage::StartTls, act, offers) }).await;
        let mut config = config(&server);
        config.smtp.timeout = Span::seconds(1);
        (config.smtp.tls, config.smtp.username) = (Tls::Starttls, Some("sitrep".to_owned()));
        let outcome = session(&config).send(&mail(&config, "ok@example.net", "Hello.")).await;
        assert!(matches!(outcome, SendOutcome::Deferred(_)), "{act:?}: {outcome:?}");
        assert_eq!(server.received(), [], "{act:?}");
    }
}

#[tokio::test]
async fn d_12_a_password_that_is_refused_defers_and_names_the_reply() {
    let refusal = Act::Say("535 5.7.8 wrong password");
    let (first, second, _) = twice(fault(Stage::Auth, refusal, &["AUTH PLAIN LOGIN"])).await;
    assert!(
        matches!(&first, SendOutcome::Deferred(why) if why.contains("wrong password")),
        "{first:?}"
    );
    assert!(matches!(second, SendOutcome::Accepted(_)), "{second:?}");
}

#[tokio::test]
async fn d_10_a_relay_that_closes_at_once_or_midway_defers() {
    for at in [Stage::Connect, Stage::Mail, Stage::Rcpt, Stage::Data, Stage::End] {
        let closing = Act::Say("421 4.3.2 closing");
        let (first, second, _) = twice(fault(at, closing, BARE)).await;
        assert!(matches!(first, SendOutcome::Deferred(_)), "{at:?}: {first:?}");
        assert!(matches!(second, SendOutcome::Accepted(_)), "{at:?}: {second:?}");
    }
}

#[tokio::test]
async fn d_12_a_connection_that_was_closed_while_idle_costs_no_message_a_try() {
    let idle = Some(Duration::from_millis(200));
    let server = ScriptedSmtp::with(Fault { idle, ..Fault::default() }).await;
    let config = config(&server);
    let mut session = session(&config);
    for pause in [0, 400, 2_300] {
        tokio::time::sleep(Duration::from_millis(pause)).await;
        let outcome = session.send(&mail(&config, "ok@example.net", "Hello.")).await;
        assert!(matches!(outcome, SendOutcome::Accepted(_)), "{pause}: {outcome:?}");
    }
    assert_eq!((server.received().len(), server.connections()), (3, 3));
}

#[tokio::test]
async fn d_12_a_relay_that_is_down_is_not_asked_for_each_message() {
    let nowhere = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let desk = Desk::with(|config| {
        config.deliver = super::config(&ScriptedSmtp::at(nowhere));
        config.deliver.connections = 2;
    })
    .await;
    let many: Vec<_> = (0..60).map(|n| format!("r{n}@example.net")).collect();
    let rows = desk.queue(&many.iter().map(String::as_str).collect::<Vec<_>>()).await;
    let sent = desk.pipeline.send_due().await.unwrap();
    let tried = sent.count(DeliveryState::Deferred);
    assert!((1..=8).contains(&tried), "{tried} were tried");
    // Which of them is chance: rows that are due at one moment have no order.
    let mut waiting = 0_u32;
    for (_, row) in &rows {
        waiting += u32::from(desk.state(row).await == DeliveryState::Queued);
    }
    assert_eq!(waiting, 60 - tried, "the others wait as before");
}

#[tokio::test]
async fn d_33_a_folder_without_space_defers_and_the_message_is_written_when_there_is_some() {
    let desk = Desk::with(|config| {
        config.deliver.smtp.host = None;
        config.deliver.folder = "mail".into();
    })
    .await;
    let rows = desk.queue(&["ok@a.example"]).await;
    let folder = desk.pipeline.config.resolve(&desk.pipeline.config.deliver.folder);
    let id = rows[0].1.message_id.split('@').next().unwrap().to_owned();
    let part = folder.join(format!("ok@a.example.{id}.part"));
    // Every write to this device fails with "no space left".
    std::os::unix::fs::symlink("/dev/full", &part).unwrap();
    desk.pipeline.send_due().await.unwrap();
    let row = outbox::get(&desk.pipeline.db, rows[0].1.id).await.unwrap().unwrap();
    assert_eq!(row.state, DeliveryState::Deferred);
    assert!(row.reply.unwrap().contains("o space left"), "the ledger says why");
    desk.later(2);
    desk.pipeline.send_due().await.unwrap();
    assert_eq!(desk.state(&rows[0].1).await, DeliveryState::Accepted);
    let files: Vec<_> =
        std::fs::read_dir(&folder).unwrap().map(|file| file.unwrap().path()).collect();
    assert_eq!(files.len(), 1, "{files:?}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn d_30_a_database_that_is_locked_for_ten_seconds_loses_and_repeats_nothing() {
    let desk = Desk::new().await;
    let many: Vec<_> = (0..200).map(|n| format!("r{n}@example.net")).collect();
    desk.queue(&many.iter().map(String::as_str).collect::<Vec<_>>()).await;
    let url = desk.pipeline.db.place();
    let locking = tokio::spawn(async move {
        let pool = sqlx::SqlitePool::connect(&url).await.unwrap();
        let mut held = pool.acquire().await.unwrap();
        sqlx::query("BEGIN IMMEDIATE").execute(&mut *held).await.unwrap();
        tokio::time::sleep(Duration::from_secs(10)).await;
        sqlx::query("COMMIT").execute(&mut *held).await.unwrap();
    });
    tokio::time::sleep(Duration::from_millis(20)).await;
    let sent = desk.pipeline.send_due().await.unwrap();
    locking.await.unwrap();
    assert_eq!(sent.count(DeliveryState::Accepted), 200);
    assert_eq!(desk.server.received().len(), 200);
}
