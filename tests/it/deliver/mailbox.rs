//! A mailbox on a server: what came back is acted on once, whatever the server does and whenever we are killed.

use std::path::Path;
use std::time::{Duration, Instant};

use secrecy::SecretString;
use sitrep::config::deliver::{ImapConfig, Tls};
use sitrep::config::span::Span;
use sitrep::deliver::Mailbox;
use sitrep::deliver::token::Purpose;
use sitrep::model::delivery::{Delivery, DeliveryState, SendOutcome};
use sitrep::model::subscriber::{Subscriber, SubscriberState};
use sitrep::pipeline::IntakeSummary;
use sitrep::store::{notices, outbox};

use super::runs::Desk;
use crate::support::imap::{Act, ScriptedImap};
use crate::support::program::fails;

fn imap(server: &ScriptedImap) -> ImapConfig {
    ImapConfig {
        host: Some(server.address.ip().to_string()),
        port: Some(server.address.port()),
        tls: Tls::None,
        username: Some("bounce@example.org".to_owned()),
        password: Some(SecretString::from("se\"cret".to_owned())),
        timeout: Span::seconds(1),
        ..ImapConfig::default()
    }
}

async fn desk(server: &ScriptedImap, change: impl FnOnce(&mut ImapConfig)) -> Desk {
    let mut imap = imap(server);
    change(&mut imap);
    Desk::with(|config| {
        config.deliver.imap = imap;
        config.deliver.unsubscribe_to = Some("leave@example.org".to_owned());
        config.deliver.bounce_to = Some("bounce@example.org".to_owned());
    })
    .await
}

/// Readers to whom a digest was sent.
async fn mailed(desk: &Desk, addresses: &[&str]) -> Vec<(Subscriber, Delivery)> {
    let rows = desk.queue(addresses).await;
    let sent = desk.pipeline.send_due().await.unwrap();
    assert_eq!(sent.count(DeliveryState::Accepted) as usize, rows.len());
    rows
}

fn token(desk: &Desk, purpose: Purpose, id: uuid::Uuid) -> String {
    desk.pipeline.mailer.tokens().make(purpose, id, desk.pipeline.clock.now())
}

fn bounce(desk: &Desk, row: &Delivery) -> String {
    let token = token(desk, Purpose::Bounce, row.id.0);
    format!(
        "From: mailer-daemon@mx.example.net\nTo: <bounce+{token}@example.org>\nSubject: failed\n\
         MIME-Version: 1.0\nContent-Type: multipart/report; report-type=delivery-status; boundary=b\n\n\
         --b\nContent-Type: text/plain\n\nIt did not arrive.\n\
         --b\nContent-Type: message/delivery-status\n\nReporting-MTA: dns; mx.example.net\n\n\
         Final-Recipient: rfc822; r@example.net\nAction: failed\nStatus: 5.1.1\n\
         Diagnostic-Code: smtp; 550 5.1.1 no such user\n\n--b--\n"
    )
}

fn leave(desk: &Desk, who: &Subscriber) -> String {
    let token = token(desk, Purpose::Unsubscribe, who.id.0);
    format!("From: r@example.net\nTo: leave+{token}@example.org\nSubject: unsubscribe\n\n\n")
}

const STRANGE: &str =
    "From: a@example.net\nTo: bounce@example.org\nSubject: a question\n\nWhat is this?\n";

async fn read(desk: &Desk) -> IntakeSummary {
    desk.pipeline.read_mailbox().await.unwrap()
}

fn seen() -> Vec<String> {
    vec!["\\Seen".to_owned()]
}

#[tokio::test]
async fn d_14_what_comes_back_into_a_mailbox_is_acted_on_once_and_what_is_strange_stays_unseen() {
    let server = ScriptedImap::start().await;
    let desk = desk(&server, |_| {}).await;
    let rows = mailed(&desk, &["a@example.net", "b@example.net", "c@example.net"]).await;
    let strange = server.deliver(STRANGE);
    let bounced = server.deliver(&bounce(&desk, &rows[0].1));
    let left = server.deliver(&leave(&desk, &rows[1].0));
    let first = read(&desk).await;
    assert_eq!(first, IntakeSummary { left: 1, bounced: 1, other: 1, ..first });
    assert_eq!(desk.state(&rows[0].1).await, DeliveryState::Failed);
    assert_eq!(desk.reader(&rows[1].0).await, SubscriberState::Suppressed);
    assert_eq!(desk.reader(&rows[2].0).await, SubscriberState::Active);
    for (number, flags) in [(strange, Vec::new()), (bounced, seen()), (left, seen())] {
        assert_eq!(server.flags(number), flags, "{number}");
    }
    assert_eq!(read(&desk).await, IntakeSummary::default());
    assert_eq!(server.asked("UID FETCH"), 3, "nothing is fetched again");
    server.deliver(&leave(&desk, &rows[2].0));
    assert_eq!(read(&desk).await.left, 1, "what comes later is read");
    assert_eq!(server.asked("LOGIN \"bounce@example.org\" \"se\\\"cret\""), 3);
}

#[tokio::test]
async fn d_14_killed_between_reading_and_marking_a_mail_counts_once() {
    let server = ScriptedImap::start().await;
    let desk = desk(&server, |_| {}).await;
    let rows = mailed(&desk, &["a@example.net"]).await;
    let number = server.deliver(&leave(&desk, &rows[0].0));
    // The connection is lost before the mark is set, as when the process is killed there.
    server.breaks("UID STORE", Act::Drop, 1);
    desk.pipeline.read_mailbox().await.unwrap_err();
    assert_eq!(desk.reader(&rows[0].0).await, SubscriberState::Suppressed);
    assert_eq!(server.flags(number), Vec::<String>::new());
    // They come back: the mail by which they left must not count again.
    let now = desk.pipeline.clock.now();
    desk.pipeline.leaving.lift(&rows[0].0.address, now).await.unwrap();
    assert_eq!(desk.reader(&rows[0].0).await, SubscriberState::Active);
    assert_eq!(read(&desk).await, IntakeSummary::default());
    assert_eq!(server.flags(number), seen());
    assert_eq!(desk.reader(&rows[0].0).await, SubscriberState::Active);
}

#[tokio::test]
async fn d_14_a_server_that_numbers_anew_has_nothing_counted_twice() {
    let server = ScriptedImap::start().await;
    let desk = desk(&server, |_| {}).await;
    let rows = mailed(&desk, &["a@example.net", "b@example.net"]).await;
    for _ in 0..5 {
        server.deliver(STRANGE);
    }
    server.deliver(&leave(&desk, &rows[0].0));
    assert_eq!(read(&desk).await.left, 1);
    desk.pipeline.leaving.lift(&rows[0].0.address, desk.pipeline.clock.now()).await.unwrap();
    server.renumber();
    let fresh = server.deliver(&leave(&desk, &rows[1].0));
    let again = read(&desk).await;
    assert_eq!((again.left, desk.reader(&rows[0].0).await), (1, SubscriberState::Active));
    assert_eq!(server.flags(fresh), seen());
}

#[tokio::test]
async fn d_14_mail_that_was_acted_on_is_moved_and_nobody_elses_mail_is_deleted() {
    for (abilities, gone, command) in [
        ("MOVE UIDPLUS", true, "UID MOVE"),
        ("UIDPLUS", true, "UID EXPUNGE"),
        ("IDLE", false, "UID COPY"),
    ] {
        let server = ScriptedImap::start().await;
        server.state.lock().unwrap().abilities = abilities;
        let desk = desk(&server, |imap| imap.done = Some("Done".to_owned())).await;
        let rows = mailed(&desk, &["a@example.net"]).await;
        let others = server.deliver(STRANGE);
        let deleted = vec!["\\Deleted".to_owned()];
        server.state.lock().unwrap().inbox.get_mut(&others).unwrap().flags = deleted.clone();
        let number = server.deliver(&leave(&desk, &rows[0].0));
        assert_eq!(read(&desk).await.left, 1, "{abilities}");
        assert_eq!(server.flags(number) == ["gone"], gone, "{abilities}");
        assert_eq!(server.flags(others), deleted, "{abilities}: somebody else marked it");
        assert_eq!(server.state.lock().unwrap().folders["Done"].len(), 1, "{abilities}");
        assert!(server.asked(command) > 0 && server.asked("EXPUNGE") == 0, "{abilities}");
    }
}

#[tokio::test]
async fn d_14_mail_that_cannot_be_marked_is_acted_on_once_and_holds_up_nothing() {
    let server = ScriptedImap::start().await;
    let desk = desk(&server, |_| {}).await;
    let rows = mailed(&desk, &["a@example.net", "b@example.net"]).await;
    let first = server.deliver(&leave(&desk, &rows[0].0));
    let second = server.deliver(&leave(&desk, &rows[1].0));
    server.breaks("UID STORE", Act::Say("NO [READ-ONLY] you may not"), 3);
    for _ in 0..2 {
        let error = desk.pipeline.read_mailbox().await.unwrap_err().to_string();
        assert!(error.contains("`INBOX`: you may not"), "{error}");
        assert_eq!(desk.reader(&rows[1].0).await, SubscriberState::Suppressed);
    }
    assert_eq!(read(&desk).await, IntakeSummary::default());
    assert_eq!((server.flags(first), server.flags(second).is_empty()), (seen(), false));
}

#[tokio::test]
async fn d_14_whatever_a_server_does_is_told_in_one_line_and_the_next_turn_reads_all() {
    const HUGE: &str = "* 1 FETCH (UID 1 BODY[]<0> {500000000}\r\n";
    let faults: &[(&str, Act, &str)] = &[
        ("", Act::Hang, "no answer in time"),
        ("", Act::Drop, "the connection was lost"),
        ("", Act::Last("* BYE too many of you\r\n"), "it turns us away: too many of you"),
        ("", Act::Last("220 mail.example ESMTP\r\n"), "its answer cannot be read"),
        ("LOGIN", Act::Hang, "no answer in time"),
        (
            "LOGIN",
            Act::Say("NO [AUTHENTICATIONFAILED] wrong password"),
            "does not let `bounce@example.org` in: [AUTHENTICATIONFAILED] wrong password",
        ),
        ("LOGIN", Act::Say("BAD what"), "does not let `bounce@example.org` in: what"),
        ("SELECT", Act::Say("NO no such folder"), "cannot use the folder `INBOX`: no such folder"),
        ("SELECT", Act::Last("* BYE going down\r\n"), "it ends the connection: going down"),
        ("UID SEARCH", Act::Say("NO not now"), "not now"),
        (
            "UID SEARCH",
            Act::Flood("* SEARCH 1 2 3 4 5 6 7 8 9\r\n"),
            "it sends more than was asked for",
        ),
        ("UID FETCH", Act::Hang, "no answer in time"),
        ("UID FETCH", Act::Say("NO not now"), "not now"),
        (
            "UID FETCH",
            Act::Last("* 1 FETCH (UID 1 BODY[]<0> {4000}\r\nFrom: a@"),
            "the connection was lost",
        ),
        ("UID FETCH", Act::Last(HUGE), "it sends more than was asked for"),
        (
            "UID FETCH",
            Act::Flood("* 1 FETCH (UID 1 BODY[]<0> {1000000}\r\n"),
            "its answer cannot be read",
        ),
        ("UID FETCH", Act::Last("* 1 FETCH ((((\r\n"), "cannot be read"),
    ];
    let server = ScriptedImap::start().await;
    let desk = desk(&server, |_| {}).await;
    let rows = mailed(&desk, &["a@example.net"]).await;
    server.deliver(&leave(&desk, &rows[0].0));
    for (at, act, told) in faults {
        server.breaks(at, *act, 1);
        let began = Instant::now();
        let error = desk.pipeline.read_mailbox().await.unwrap_err().to_string();
        // on a slow machine the time is up before the flood is too much
        let slow = matches!(act, Act::Flood(_)) && error.contains("no answer in time");
        let right = error.contains(told) || slow;
        assert!(right && error.lines().count() == 1, "{at} {act:?}: {error}");
        assert!(error.contains(&server.address.to_string()), "{error}");
        assert!(!error.contains("FETCH") && error.len() < 300, "{error}");
        assert!(began.elapsed() < Duration::from_secs(8), "{at} {act:?}");
        assert_eq!(desk.reader(&rows[0].0).await, SubscriberState::Active, "{at} {act:?}");
    }
    assert_eq!(read(&desk).await.left, 1);
}

#[tokio::test]
async fn d_14_only_the_beginning_of_a_long_mail_is_fetched() {
    let server = ScriptedImap::start().await;
    let desk = desk(&server, |_| {}).await;
    let rows = mailed(&desk, &["a@example.net"]).await;
    let long = format!("{}{}", bounce(&desk, &rows[0].1), "x".repeat(3 << 20));
    server.deliver(&long);
    assert_eq!(read(&desk).await.bounced, 1);
}

#[tokio::test]
async fn d_34_of_two_processes_one_reads_a_mailbox_at_a_time() {
    let server = ScriptedImap::start().await;
    let desk = desk(&server, |_| {}).await;
    let rows = mailed(&desk, &["a@example.net"]).await;
    server.deliver(&leave(&desk, &rows[0].0));
    server.breaks("UID FETCH", Act::Hang, 1);
    let other = desk.another().await;
    let (first, second) = tokio::join!(desk.pipeline.read_mailbox(), async {
        tokio::time::sleep(Duration::from_millis(500)).await;
        other.read_mailbox().await
    });
    assert!(first.is_err());
    assert_eq!(second.unwrap(), IntakeSummary::default());
    assert_eq!(server.asked("SELECT"), 1, "the other did not even come");
    assert_eq!(other.read_mailbox().await.unwrap().left, 1);
}

#[tokio::test]
async fn d_14_a_mailbox_that_stays_shut_is_told_once_and_once_when_it_is_open_again() {
    let server = ScriptedImap::start().await;
    let desk = desk(&server, |_| {}).await;
    server.breaks("LOGIN", Act::Say("NO wrong password"), 4);
    let mut told = Vec::new();
    for minutes in [0, 5, 11, 12, 13, 14] {
        desk.later(minutes);
        let _ = desk.pipeline.read_mailbox().await;
        told.push(notices::untold(&desk.pipeline.db).await.unwrap().len());
    }
    assert_eq!(told, [0, 0, 1, 1, 2, 2]);
    let all = notices::untold(&desk.pipeline.db).await.unwrap();
    assert!(all[0].text.contains("wrong password") && all[0].kind.is_bad(), "{all:?}");
}

#[tokio::test]
async fn a_database_that_is_not_at_home_leaves_the_mailbox_to_the_original() {
    let server = ScriptedImap::start().await;
    let desk = desk(&server, |_| {}).await;
    let rows = mailed(&desk, &["a@example.net"]).await;
    server.deliver(&leave(&desk, &rows[0].0));
    std::fs::remove_file(desk.dir.path().join("sitrep.db.home")).unwrap();
    assert_eq!(read(&desk).await, IntakeSummary::default());
    assert_eq!(server.asked("SELECT"), 0);
}

#[tokio::test]
async fn a_bounce_of_a_message_whose_fate_was_unknown_settles_it() {
    let server = ScriptedImap::start().await;
    let desk = desk(&server, |_| {}).await;
    let rows = desk.queue(&["dropafter@example.net"]).await;
    desk.pipeline.send_due().await.unwrap();
    server.deliver(&bounce(&desk, &rows[0].1));
    assert_eq!(read(&desk).await.bounced, 1);
    let row = outbox::get(&desk.pipeline.db, rows[0].1.id).await.unwrap().unwrap();
    assert_eq!(row.state, DeliveryState::Failed);
    assert!(
        matches!(SendOutcome::Failed(row.reply.unwrap()), SendOutcome::Failed(why) if why.contains("5.1.1"))
    );
}

#[tokio::test]
async fn d_12_a_mailbox_that_offers_no_starttls_gets_no_password() {
    let server = ScriptedImap::start().await;
    server.breaks("STARTTLS", Act::Say("BAD never heard of it"), 9);
    let config = ImapConfig { tls: Tls::Starttls, ..imap(&server) };
    let password = config.password.clone();
    let mailbox = Mailbox::new(&config, Path::new(""), password).unwrap().unwrap();
    let error = mailbox.probe().await.unwrap_err().to_string();
    assert!(error.contains("no STARTTLS: never heard of it"), "{error}");
    assert_eq!((server.asked("STARTTLS"), server.asked("LOGIN")), (1, 0));
    let config = ImapConfig { tls: Tls::Tls, ..config };
    let mailbox = Mailbox::new(&config, Path::new(""), None).unwrap().unwrap();
    let error = mailbox.probe().await.unwrap_err().to_string();
    assert!(error.contains("TLS: "), "{error}");
    assert_eq!(server.asked("LOGIN"), 0);
}

#[test]
fn a_mailbox_that_cannot_work_is_refused_by_its_key() {
    let dir = tempfile::tempdir().unwrap();
    crate::support::program::ok(dir.path(), &["init"]);
    let whole = "host = \"imap.example.org\"\nusername = \"b\"\npassword = \"p\"\n";
    for (lines, key) in [
        ("host = \"imap.example.org\"\n".to_owned(), "deliver.imap.username"),
        (
            "host = \"imap.example.org\"\nusername = \"b\"\n".to_owned(),
            "deliver.imap.password_file",
        ),
        (format!("{whole}tls = \"none\"\n"), "deliver.imap.allow_plain"),
        (format!("{whole}done = \"INBOX\"\n"), "deliver.imap.done"),
        (format!("{whole}folder = \"\"\n"), "deliver.imap.folder"),
        (format!("{whole}folders = \"X\"\n"), "did you mean `folder`"),
        (format!("{whole}password_file = \"x\"\n"), "deliver.imap.password_file"),
        (format!("{whole}ca_file = \"none.pem\"\n"), "none.pem"),
    ] {
        let text = format!("[edition.daily]\ncloses = []\n[deliver.imap]\n{lines}");
        std::fs::write(dir.path().join("config/sitrep.toml"), text).unwrap();
        let said = crate::support::program::run(dir.path(), &["check"]);
        let all = [said.stdout, said.stderr].concat();
        let all = String::from_utf8_lossy(&all);
        assert!(!said.status.success() && all.contains(key), "{lines}: {all}");
    }
    let said = {
        std::fs::write(dir.path().join("config/sitrep.toml"), "[edition.daily]\ncloses = []\n")
            .unwrap();
        fails(dir.path(), &["bounce", "read"])
    };
    assert!(said.contains("deliver.imap.host") && said.contains("deliver.inbox"), "{said}");
}
