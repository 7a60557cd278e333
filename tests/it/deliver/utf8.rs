//! Addresses with letters beyond ASCII (D-20): the domain always as A-label, the local part as it is, where it is taken.

use std::path::Path;

use mail_parser::MessageParser;
use sitrep::deliver::Transport;
use sitrep::model::delivery::{DeliveryState, SendOutcome};
use sitrep::model::reply::ReplyClass;
use sitrep::model::subscriber::SubscriberState;
use sitrep::store::outbox;

use super::runs::Desk;
use super::{config, mail};
use crate::support::smtp::{Fault, ScriptedSmtp};

const TAKES: &[&str] = &["PIPELINING", "8BITMIME", "SMTPUTF8"];
/// The reader's name in Russian, in a domain in German.
const READER: &str = "пользователь@münchen.example";
const WIRE: &str = "пользователь@xn--mnchen-3ya.example";

async fn server(offers: &'static [&'static str]) -> ScriptedSmtp {
    ScriptedSmtp::with(Fault { offers, ..Fault::default() }).await
}

async fn send(server: &ScriptedSmtp, to: &str) -> SendOutcome {
    let config = config(server);
    let transport = Transport::new(&config, Path::new(""), None).unwrap();
    transport.session().send(&mail(&config, to, "Hello.")).await
}

#[tokio::test]
async fn d_20_a_local_part_beyond_ascii_goes_out_where_smtputf8_is_offered_and_stands_in_the_header()
 {
    for offers in [TAKES, &["SMTPUTF8", "8BITMIME"]] {
        let server = server(offers).await;
        let outcome = send(&server, READER).await;
        assert!(matches!(outcome, SendOutcome::Accepted(_)), "{outcome:?}");
        assert_eq!(server.begun(), ["MAIL FROM:<digest@example.org> SMTPUTF8 BODY=8BITMIME"]);
        let received = server.received();
        assert_eq!(received[0].to, WIRE);
        // RFC 6532: the address stands in the header as it is, in no encoded word.
        assert!(received[0].text.contains(&format!("\r\nTo: {WIRE}\r\n")), "{}", received[0].text);
        let parsed = MessageParser::default().parse(received[0].text.as_bytes()).unwrap();
        assert_eq!(parsed.to().unwrap().first().unwrap().address(), Some(WIRE));
    }
}

#[tokio::test]
async fn d_20_a_local_part_in_ascii_asks_for_no_extension() {
    let server = server(TAKES).await;
    let outcome = send(&server, "reader@münchen.example").await;
    assert!(matches!(outcome, SendOutcome::Accepted(_)), "{outcome:?}");
    assert_eq!(server.begun(), ["MAIL FROM:<digest@example.org>"]);
    let received = server.received();
    assert_eq!(received[0].to, "reader@xn--mnchen-3ya.example");
    assert!(received[0].text.is_ascii(), "{}", received[0].text);
}

#[tokio::test]
async fn d_20_a_local_part_beyond_ascii_is_refused_where_the_server_cannot_take_it() {
    for offers in [&[][..], &["PIPELINING", "8BITMIME"]] {
        let server = server(offers).await;
        let outcome = send(&server, READER).await;
        let told =
            "550 5.6.7 unsupported address: the server takes no letters beyond ASCII before the @";
        assert_eq!(outcome, SendOutcome::Failed(told.to_owned()));
        assert_eq!(ReplyClass::of(&outcome), ReplyClass::Refused);
        assert_eq!((server.begun().len(), server.received().len()), (0, 0), "nothing is begun");
    }
}

#[tokio::test]
async fn d_20_an_unsupported_address_fails_for_good_and_harms_neither_its_reader_nor_its_domain() {
    let desk = Desk::new().await;
    let rows = desk.queue(&[READER, "reader@münchen.example"]).await;
    desk.pipeline.send_due().await.unwrap();
    assert_eq!(desk.state(&rows[0].1).await, DeliveryState::Failed);
    assert_eq!(desk.state(&rows[1].1).await, DeliveryState::Accepted, "the domain is not paused");
    assert_eq!(desk.reader(&rows[0].0).await, SubscriberState::Active);
    assert!(outbox::paces(&desk.pipeline.db).await.unwrap().is_empty());
    let row = outbox::get(&desk.pipeline.db, rows[0].1.id).await.unwrap().unwrap();
    assert!(row.reply.unwrap().contains("unsupported address"), "the ledger says why");
    desk.later(24 * 60);
    desk.pipeline.send_due().await.unwrap();
    assert_eq!(desk.state(&rows[0].1).await, DeliveryState::Failed, "it is not tried again");
}

#[tokio::test]
async fn d_20_a_whole_run_reaches_a_reader_with_letters_beyond_ascii() {
    let server = server(TAKES).await;
    let deliver = config(&server);
    let desk = Desk::with(|config| {
        config.deliver.smtp = deliver.smtp;
        config.deliver.bounce_to = Some("bounce@example.org".to_owned());
        config.deliver.unsubscribe_to = Some("leave@example.org".to_owned());
    })
    .await;
    let rows = desk.queue(&[READER]).await;
    desk.pipeline.send_due().await.unwrap();
    assert_eq!(desk.state(&rows[0].1).await, DeliveryState::Accepted);
    let received = server.received();
    assert_eq!(received[0].to, WIRE);
    assert!(received[0].from.starts_with("bounce+") && received[0].from.is_ascii());
    // Only the address needs more than ASCII.
    let head = received[0].text.split("\r\n\r\n").next().unwrap();
    let beyond: Vec<_> = head.lines().filter(|line| !line.is_ascii()).collect();
    assert_eq!(beyond, [format!("To: {WIRE}")]);
}
