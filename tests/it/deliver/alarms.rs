//! What an operator is told, and when a monitor gets its heartbeat.

use secrecy::SecretString;
use sitrep::config::Config;
use sitrep::config::edition::EditionConfig;
use sitrep::deliver::Alarm;
use sitrep::model::delivery::DeliveryState;
use sitrep::model::subscriber::{Frequency, Subscription};
use sitrep::schedule::{Planned, keep};
use sitrep::store::{issues, notices, subscribers, subscriptions};

use super::runs::Desk;
use crate::support::newsdesk::source;
use crate::support::samples::{at, subscriber, subscription};
use crate::support::smtp::ScriptedSmtp;
use crate::support::website::{Reply, Website};

/// A desk with one edition, whose operator listens on a site.
async fn desk(site: &Website, change: impl FnOnce(&mut Config)) -> Desk {
    site.on("/hook", Reply::status(204)).on("/beat", Reply::status(200));
    let url = |path: &str| Some(SecretString::from(format!("http://{}{path}", site.address())));
    Desk::with(|config| {
        let closes = vec!["05:30 UTC".to_owned()];
        let edition = EditionConfig { closes, ..EditionConfig::default() };
        config.edition.insert("daily".to_owned(), edition);
        (config.alert.webhook, config.alert.heartbeat_url) = (url("/hook"), url("/beat"));
        config.alert.disk_free = 0;
        change(config);
    })
    .await
}

/// Readers who get each issue at once.
async fn readers(desk: &Desk, addresses: &[&str]) {
    for address in addresses {
        let reader = subscriber(address);
        subscribers::add(&desk.pipeline.db, &reader).await.unwrap();
        let wanted =
            Subscription { frequency: Frequency::EachIssue, ..subscription(&reader, "daily") };
        subscriptions::put(&desk.pipeline.db, &wanted).await.unwrap();
    }
}

/// Closes the edition now.
async fn close(desk: &Desk) {
    let edition = desk.pipeline.edition("daily").unwrap();
    let now = desk.pipeline.clock.now();
    desk.pipeline.close_and_queue(&edition, now, None).await.unwrap();
}

/// Sends, looks and tells, as the service does.
async fn round(desk: &Desk) {
    desk.pipeline.send_due().await.unwrap();
    desk.pipeline.watch().await.unwrap();
    desk.pipeline.tell().await.unwrap();
}

fn asked(site: &Website, path: &str) -> usize {
    site.paths().iter().filter(|seen| *seen == path).count()
}

/// The kinds that were posted, in order.
fn told(site: &Website) -> Vec<String> {
    let kind = |body: &str| {
        let value: serde_json::Value = serde_json::from_str(body).unwrap();
        value["kind"].as_str().unwrap().to_owned()
    };
    site.seen().iter().filter(|seen| seen.path == "/hook").map(|seen| kind(&seen.body)).collect()
}

#[tokio::test]
async fn d_33_the_heartbeat_comes_once_for_an_issue_and_only_when_every_message_is_accounted_for() {
    let site = Website::start().await;
    let desk = desk(&site, |_| {}).await;
    readers(&desk, &["ok@a.example", "r450@b.example"]).await;
    close(&desk).await;
    for minutes in [0, 2, 60, 300] {
        desk.later(minutes);
        round(&desk).await;
        assert_eq!(asked(&site, "/beat"), 0, "one message still waits");
    }
    let issue = issues::last(&desk.pipeline.db, &"daily".into()).await.unwrap().unwrap();
    let mailed = async || {
        issues::mailed(&desk.pipeline.db, issue.clone(), at("2026-03-03T00:00Z")).await.unwrap()
    };
    assert_eq!((mailed().await.candidates, mailed().await.accounted_at), (2, None));
    desk.later(13 * 60);
    round(&desk).await;
    round(&desk).await;
    assert_eq!(asked(&site, "/beat"), 1);
    let mailed = mailed().await;
    assert!(mailed.accounted_at.is_some());
    assert_eq!(mailed.by_state[&DeliveryState::Expired], 1);
}

#[tokio::test]
async fn d_33_an_issue_without_readers_is_accounted_for_at_once_and_a_deaf_monitor_is_asked_again()
{
    let site = Website::start().await;
    site.on("/beat", Reply::status(503));
    let desk = desk(&site, |_| {}).await;
    close(&desk).await;
    round(&desk).await;
    round(&desk).await;
    round(&desk).await;
    assert_eq!(asked(&site, "/beat"), 2, "503, then 200, then nothing more");
}

#[tokio::test]
async fn d_17_an_issue_of_which_over_a_fifth_does_not_arrive_is_told_once_it_should_have() {
    let site = Website::start().await;
    let desk = desk(&site, |_| {}).await;
    readers(&desk, &["a@a.example", "b@b.example", "c@c.example", "r450@d.example"]).await;
    close(&desk).await;
    round(&desk).await;
    assert!(told(&site).is_empty(), "a quarter waits, but not for long");
    desk.later(31);
    round(&desk).await;
    round(&desk).await;
    assert_eq!(told(&site), ["delivery_trouble"]);
    let text = &site.seen()[0].body;
    assert!(text.contains("25 %") && text.contains("sitrep delivery list"), "{text}");
}

#[tokio::test]
async fn d_34_an_edition_that_does_not_close_is_told_and_so_is_that_it_did() {
    let site = Website::start().await;
    let desk = desk(&site, |_| {}).await;
    let planned = Planned {
        id: "close/daily".to_owned(),
        closings: vec!["05:30 UTC".to_owned()],
        lead_seconds: 0,
    };
    keep(&desk.pipeline.db, &[planned], desk.pipeline.clock.now()).await.unwrap();
    desk.later(119);
    round(&desk).await;
    assert!(told(&site).is_empty(), "half an hour has not passed since 05:30");
    desk.later(121);
    round(&desk).await;
    assert_eq!(told(&site), ["issue_late"]);
    desk.later(122);
    close(&desk).await;
    round(&desk).await;
    assert_eq!(told(&site), ["issue_late", "issue_out"]);
}

#[tokio::test]
async fn d_17_a_relay_that_is_shut_is_told_with_the_ports_that_answer() {
    let site = Website::start().await;
    let nowhere = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let desk =
        desk(&site, |config| config.deliver = super::config(&ScriptedSmtp::at(nowhere))).await;
    desk.queue(&["ok@a.example"]).await;
    desk.later(6);
    round(&desk).await;
    assert_eq!(told(&site), ["relay_blocked"]);
    let text = &site.seen()[0].body;
    assert!(["port 25", "port 465", "port 587"].iter().all(|port| text.contains(port)), "{text}");
}

#[tokio::test]
async fn d_17_sources_that_dry_up_and_a_full_disk_are_told() {
    let site = Website::start().await;
    let mut desk = desk(&site, |config| config.alert.disk_free = u64::MAX).await;
    desk.pipeline.file_sources = vec![source("wire", "file:articles")];
    round(&desk).await;
    desk.later(25 * 60);
    round(&desk).await;
    assert_eq!(told(&site), ["disk_low", "gather_stopped"]);
    let standing = notices::standing(&desk.pipeline.db).await.unwrap();
    assert_eq!(standing.len(), 2, "`sitrep status` shows both");
}

#[tokio::test]
async fn s_13_the_operator_is_told_by_mail_program_and_webhook_and_an_error_keeps_their_addresses()
{
    let site = Website::start().await;
    let desk = desk(&site, |config| {
        config.alert.mail = Some("ops@example.net".to_owned());
        config.alert.disk_free = u64::MAX;
        let out = config.folder.join("told");
        let script = format!("{{ echo \"$0\"; cat; }} > '{}'", out.display());
        config.alert.command = vec!["/bin/sh".to_owned(), "-c".to_owned(), script];
    })
    .await;
    round(&desk).await;
    assert_eq!(told(&site), ["disk_low"]);
    let by_program = std::fs::read_to_string(desk.dir.path().join("told")).unwrap();
    assert!(by_program.starts_with("sitrep: trouble: disk\nonly "), "{by_program}");
    let mails = desk.server.received();
    assert_eq!((mails.len(), mails[0].to.as_str()), (1, "ops@example.net"));
    assert!(!mails[0].text.contains("List-"), "{}", mails[0].text);
    let nowhere = Some(SecretString::from("http://127.0.0.1:1/hooks/secret".to_owned()));
    let config = &desk.pipeline.config;
    let deaf = Alarm::new(&config.alert, &config.deliver, None, nowhere).unwrap();
    let why = deaf.beat().await.unwrap_err();
    assert!(!why.contains("secret"), "{why}");
}
