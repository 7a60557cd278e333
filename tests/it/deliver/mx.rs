//! Mail straight to the servers of its domains: which is tried, at which pace, over how many connections, and what is said
//! of domains that take no mail. A scripted DNS, and scripted servers to which the names of mail servers are mapped.

use std::net::SocketAddr;
use std::path::Path;
use std::time::{Duration, Instant};

use sitrep::config::Config;
use sitrep::config::deliver::{DeliverConfig, MxConfig, Via};
use sitrep::config::span::Span;
use sitrep::deliver::Transport;
use sitrep::model::delivery::{DeliveryState, SendOutcome};
use sitrep::model::reply::ReplyClass;
use sitrep::store::outbox;
use tokio::io::AsyncWriteExt as _;
use tokio::net::TcpListener;

use super::mail;
use super::runs::Desk;
use crate::support::dns::ScriptedDns;
use crate::support::program;
use crate::support::smtp::{Act, Fault, ScriptedSmtp, Stage};
use crate::support::tls_front;

/// Servers by their names, without a pace.
fn config(dns: &ScriptedDns, servers: &[(&str, SocketAddr)]) -> DeliverConfig {
    let hosts = servers.iter().map(|(name, at)| ((*name).to_owned(), *at)).collect();
    let mx = MxConfig {
        nameservers: vec![dns.address],
        hosts,
        pace: 0,
        pace_providers: 0,
        helo: Some("mail.example.org".to_owned()),
        timeout: Span::seconds(2),
        ..MxConfig::default()
    };
    DeliverConfig {
        from: "digest@example.org".to_owned(),
        via: Some(Via::Mx),
        mx,
        ..DeliverConfig::default()
    }
}

async fn send(config: &DeliverConfig, to: &str) -> SendOutcome {
    let mut session = Transport::new(config, Path::new(""), None).unwrap().session();
    let outcome = session.send(&mail(config, to, "Hello.")).await;
    session.close().await;
    outcome
}

fn accepted(outcome: SendOutcome) -> String {
    match outcome {
        SendOutcome::Accepted(reply) => reply,
        other => panic!("{other:?}"),
    }
}

/// A place where nobody listens.
fn nowhere() -> SocketAddr {
    std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap()
}

#[tokio::test]
async fn d_13_mail_goes_to_the_preferred_server_and_the_ledger_names_it() {
    let (dns, one, two) =
        (ScriptedDns::start().await, ScriptedSmtp::start().await, ScriptedSmtp::start().await);
    dns.mx("example.net", &[(20, "mx2.example.net"), (10, "MX1.example.net")]);
    let config =
        config(&dns, &[("mx1.example.net", one.address), ("MX2.example.net", two.address)]);
    let reply = accepted(send(&config, "ok@example.net").await);
    assert_eq!(reply, "250 2.0.0 taken (mx1.example.net, not encrypted)");
    assert_eq!((one.received().len(), two.received().len()), (1, 0));
    assert_eq!(one.greetings(), ["mail.example.org"; 2], "EHLO, and again for what it offers");
}

#[tokio::test]
async fn d_13_a_server_that_cannot_be_reached_or_has_no_time_is_followed_by_the_next() {
    let dns = ScriptedDns::start().await;
    dns.mx("example.net", &[(10, "mx1.example.net"), (20, "mx2.example.net")]);
    let at = Stage::Connect;
    for act in [
        Act::Say("421 4.3.2 no time"),
        Act::Say("554 5.7.1 not you"),
        Act::Say("nonsense"),
        Act::Drop,
        Act::Hang,
    ] {
        let first = ScriptedSmtp::with(Fault { at, act, times: 9, ..Fault::default() }).await;
        let second = ScriptedSmtp::start().await;
        let servers = [("mx1.example.net", first.address), ("mx2.example.net", second.address)];
        let reply = accepted(send(&config(&dns, &servers), "ok@example.net").await);
        assert!(reply.ends_with("(mx2.example.net, not encrypted)"), "{act:?}: {reply}");
    }
    let second = ScriptedSmtp::start().await;
    let servers = [("mx1.example.net", nowhere()), ("mx2.example.net", second.address)];
    accepted(send(&config(&dns, &servers), "ok@example.net").await);
    // What a server says of the message itself is final: the next is not asked for another opinion.
    let first = ScriptedSmtp::start().await;
    let servers = [("mx1.example.net", first.address), ("mx2.example.net", second.address)];
    let outcome = send(&config(&dns, &servers), "r550@example.net").await;
    assert!(
        matches!(&outcome, SendOutcome::Failed(why) if why.starts_with("550 ") && why.ends_with("(mx1.example.net, not encrypted)")),
        "{outcome:?}"
    );
    assert_eq!((ReplyClass::of(&outcome), second.received().len()), (ReplyClass::BadAddress, 1));
}

#[tokio::test]
async fn d_13_servers_of_one_preference_share_the_mail() {
    let (dns, one, two) =
        (ScriptedDns::start().await, ScriptedSmtp::start().await, ScriptedSmtp::start().await);
    dns.mx("example.net", &[(10, "mx1.example.net"), (10, "mx2.example.net")]);
    let config =
        config(&dns, &[("mx1.example.net", one.address), ("mx2.example.net", two.address)]);
    for _ in 0..24 {
        accepted(send(&config, "ok@example.net").await);
    }
    let counts = (one.received().len(), two.received().len());
    assert!(counts.0 > 2 && counts.1 > 2 && counts.0 + counts.1 == 24, "{counts:?}");
}

#[tokio::test]
async fn d_20_a_domain_is_asked_for_by_its_a_label_and_without_mx_takes_its_mail_itself() {
    let (dns, server) = (ScriptedDns::start().await, ScriptedSmtp::start().await);
    dns.mx("xn--mnchen-3ya.example", &[(10, "mx.xn--mnchen-3ya.example")]);
    let config = config(&dns, &[("mx.xn--mnchen-3ya.example", server.address)]);
    accepted(send(&config, "ok@münchen.example").await);
    assert_eq!(server.received()[0].to, "ok@xn--mnchen-3ya.example");
    assert_eq!(dns.asked(), ["xn--mnchen-3ya.example"]);
    // Without MX its address counts, which is none that may be connected to.
    dns.addresses("xn--bcher-kva.example", &["127.0.0.1"]);
    let outcome = send(&config, "ok@bücher.example").await;
    assert!(matches!(&outcome, SendOutcome::Failed(why) if why.contains("neither")), "{outcome:?}");
    let asked = dns.asked();
    assert!(
        asked.len() >= 3 && asked[1..].iter().all(|name| name == "xn--bcher-kva.example"),
        "{asked:?}"
    );
}

#[tokio::test]
async fn a_domain_that_the_configuration_gives_an_address_is_not_looked_up() {
    let (dns, server) = (ScriptedDns::start().await, ScriptedSmtp::start().await);
    let config = config(&dns, &[("example.net", server.address)]);
    let reply = accepted(send(&config, "ok@example.net").await);
    assert_eq!(reply, "250 2.0.0 taken (example.net, not encrypted)");
    assert_eq!(dns.asked(), [""; 0]);
}

#[tokio::test]
async fn d_10_domains_that_take_no_mail_are_bad_addresses_and_a_dns_that_does_not_answer_is_none() {
    let dns = ScriptedDns::start().await;
    dns.mx("null.example", &[(0, ".")])
        .addresses("bare.example", &[])
        .mx("lost.example", &[(10, "mx.lost.example")])
        .mx("broken.example", &[(10, "mx.broken.example")])
        .breaks("mx.broken.example")
        .breaks("silent.example");
    for (to, code, class) in [
        ("a@gone.example", "550 5.1.2", ReplyClass::BadAddress),
        ("a@null.example", "556 5.1.10", ReplyClass::BadAddress),
        ("a@bare.example", "550 5.4.4", ReplyClass::BadAddress),
        ("a@lost.example", "550 5.4.4", ReplyClass::BadAddress),
        ("a@broken.example", "451 4.4.3", ReplyClass::Deferred),
        ("a@silent.example", "451 4.4.3", ReplyClass::Deferred),
    ] {
        let outcome = send(&config(&dns, &[]), to).await;
        let said = match &outcome {
            SendOutcome::Failed(text) | SendOutcome::Deferred(text) => text.clone(),
            other => panic!("{to}: {other:?}"),
        };
        assert!(said.starts_with(code) && said.contains(&to[2..]), "{to}: {said}");
        assert_eq!(ReplyClass::of(&outcome), class, "{to}: {said}");
    }
}

#[tokio::test]
async fn s_1_a_mail_server_with_a_private_address_is_not_connected_to() {
    let (dns, canary) =
        (ScriptedDns::start().await, TcpListener::bind("127.0.0.1:0").await.unwrap());
    let private = [
        "127.0.0.1",
        "10.1.2.3",
        "169.254.169.254",
        "192.168.1.1",
        "::1",
        "fd00::1",
        "::ffff:127.0.0.1",
    ];
    dns.mx("inside.example", &[(10, "mx.inside.example")])
        .addresses("mx.inside.example", &private)
        .mx("literal.example", &[(10, "127.0.0.1")])
        .addresses("own.example", &["127.0.0.1"]);
    // Nothing of port 25 may be tried: a listener there would be ours.
    let port_25 = TcpListener::bind("127.0.0.1:25").await.ok();
    for to in ["a@inside.example", "a@literal.example", "a@own.example"] {
        let outcome = send(&config(&dns, &[]), to).await;
        assert!(
            matches!(&outcome, SendOutcome::Failed(why) if why.starts_with("550 5.4.4")),
            "{outcome:?}"
        );
    }
    for listener in [Some(canary), port_25].into_iter().flatten() {
        let came = tokio::time::timeout(Duration::from_millis(50), listener.accept()).await;
        assert!(came.is_err(), "somebody came");
    }
}

#[tokio::test]
async fn a_domain_with_more_servers_than_fit_a_datagram_is_asked_for_by_tcp() {
    let (dns, server) = (ScriptedDns::start().await, ScriptedSmtp::start().await);
    let names: Vec<String> = (0..20).map(|n| format!("mx{n}.example.net")).collect();
    let all: Vec<(u16, &str)> = names.iter().map(|name| (10, name.as_str())).collect();
    dns.mx("example.net", &all);
    let servers: Vec<_> = names.iter().map(|name| (name.as_str(), server.address)).collect();
    accepted(send(&config(&dns, &servers), "ok@example.net").await);
    assert!(dns.by_tcp() > 0);
}

#[tokio::test]
async fn d_13_tls_is_used_where_it_is_offered_and_the_ledger_says_so() {
    let (dns, server) = (ScriptedDns::start().await, ScriptedSmtp::start().await);
    dns.mx("example.net", &[(10, "mx.example.net")]);
    let front = tls_front::start(server.address).await;
    let mut config = config(&dns, &[("mx.example.net", front)]);
    for required in [false, true] {
        config.mx.require_tls = required;
        let reply = accepted(send(&config, "ok@example.net").await);
        assert_eq!(reply, "250 2.0.0 taken (mx.example.net, TLS)");
    }
}

#[tokio::test]
async fn d_13_where_tls_does_not_come_about_mail_goes_in_the_clear_unless_tls_is_required() {
    let dns = ScriptedDns::start().await;
    dns.mx("example.net", &[(10, "mx.example.net")]);
    for (offers, act) in [
        (&["STARTTLS"][..], Act::Say("220 go ahead\r\nno handshake at all")),
        (&["STARTTLS"][..], Act::Say("454 4.7.0 no TLS now")),
        (&["STARTTLS"][..], Act::Drop),
        (&[][..], Act::Drop),
    ] {
        let fault = Fault { at: Stage::StartTls, act, times: 9, offers, idle: None };
        let server = ScriptedSmtp::with(fault).await;
        let mut config = config(&dns, &[("mx.example.net", server.address)]);
        let reply = accepted(send(&config, "ok@example.net").await);
        assert!(reply.ends_with("(mx.example.net, not encrypted)"), "{act:?}: {reply}");
        config.mx.require_tls = true;
        let outcome = send(&config, "ok@example.net").await;
        assert!(matches!(outcome, SendOutcome::Deferred(_)), "{act:?}: {outcome:?}");
        assert_eq!(server.received().len(), 1, "{act:?}");
    }
}

#[tokio::test]
async fn s_2_a_server_that_talks_without_end_is_left() {
    let dns = ScriptedDns::start().await;
    dns.mx("example.net", &[(10, "mx.example.net")]);
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    tokio::spawn(async move {
        while let Ok((mut stream, _)) = listener.accept().await {
            while stream.write_all(&[b'2'; 8_192]).await.is_ok() {}
        }
    });
    let began = Instant::now();
    let outcome = send(&config(&dns, &[("mx.example.net", address)]), "ok@example.net").await;
    assert!(matches!(outcome, SendOutcome::Deferred(_)), "{outcome:?}");
    assert!(began.elapsed() < Duration::from_secs(2), "it was cut off, not waited for");
}

/// A run over several streams, each domain with the server that is given.
async fn desk(
    dns: &ScriptedDns,
    servers: &[(&str, SocketAddr)],
    change: impl FnOnce(&mut Config),
) -> Desk {
    let deliver = config(dns, servers);
    Desk::with(|config| {
        config.deliver = DeliverConfig { suppressions: "suppressions.log".into(), ..deliver };
        change(config);
    })
    .await
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn d_13_a_domain_gets_two_connections_at_once_and_twenty_messages_on_each() {
    let (dns, server) = (ScriptedDns::start().await, ScriptedSmtp::start().await);
    dns.mx("example.net", &[(10, "mx.example.net")]).mx("other.example", &[(10, "mx.example.net")]);
    let servers = [("mx.example.net", server.address)];
    let desk = desk(&dns, &servers, |config| config.deliver.connections = 6).await;
    let domains = ["example.net", "other.example"];
    let many: Vec<_> = (0..100).map(|n| format!("r{n}@{}", domains[n % 2])).collect();
    desk.queue(&many.iter().map(String::as_str).collect::<Vec<_>>()).await;
    let sent = desk.pipeline.send_due().await.unwrap();
    assert_eq!(sent.count(DeliveryState::Accepted), 100, "{sent:?}");
    assert!(server.most() <= 2, "{} at once", server.most());
    assert!((5..=10).contains(&server.connections()), "{} connections", server.connections());
}

#[tokio::test]
async fn d_13_domains_behind_one_server_share_a_pace_over_all_processes() {
    let (dns, server) = (ScriptedDns::start().await, ScriptedSmtp::start().await);
    dns.mx("a.example", &[(10, "mx.shared.example")])
        .mx("b.example", &[(10, "mx.shared.example")])
        .mx("c.example", &[(10, "mx.c.example")]);
    let servers = [("mx.shared.example", server.address), ("mx.c.example", server.address)];
    let desk = desk(&dns, &servers, |config| config.deliver.mx.pace = 30).await;
    desk.queue(&["1@a.example", "2@b.example", "3@a.example", "4@c.example"]).await;
    let other = desk.another().await;
    let count = |sent: sitrep::pipeline::SendSummary| sent.count(DeliveryState::Accepted);
    assert_eq!(count(desk.pipeline.send_due().await.unwrap()), 2, "one of each server");
    assert_eq!(count(other.send_due().await.unwrap()), 0, "the others wait for their turn");
    let start = desk.pipeline.clock.now();
    desk.clock.set(start + jiff::SignedDuration::from_secs(2));
    assert_eq!(count(other.send_due().await.unwrap()), 1, "every two seconds one");
    desk.clock.set(start + jiff::SignedDuration::from_secs(4));
    assert_eq!(count(desk.pipeline.send_due().await.unwrap()), 1);
    let paces = outbox::paces(&desk.pipeline.db).await.unwrap();
    let lanes: Vec<_> = paces.keys().map(String::as_str).collect();
    assert_eq!(lanes, ["mx.c.example", "mx.shared.example"]);
}

#[tokio::test]
async fn d_13_domains_at_a_large_provider_are_known_by_its_servers_and_have_its_pace() {
    let (dns, server) = (ScriptedDns::start().await, ScriptedSmtp::start().await);
    dns.mx("company.example", &[(1, "aspmx.l.google.com")])
        .mx("gmail.com", &[(5, "gmail-smtp-in.l.google.com")]);
    let servers =
        [("aspmx.l.google.com", server.address), ("gmail-smtp-in.l.google.com", server.address)];
    let desk = desk(&dns, &servers, |config| {
        (config.deliver.mx.pace, config.deliver.mx.pace_providers) = (1, 60);
    })
    .await;
    desk.queue(&["1@company.example", "2@gmail.com", "3@company.example"]).await;
    let start = desk.pipeline.clock.now();
    for (second, accepted) in [(0, 1), (1, 1), (2, 1)] {
        desk.clock.set(start + jiff::SignedDuration::from_secs(second));
        let sent = desk.pipeline.send_due().await.unwrap();
        assert_eq!(sent.count(DeliveryState::Accepted), accepted, "{second}");
    }
    assert!(outbox::paces(&desk.pipeline.db).await.unwrap().contains_key("gmail.com"));
}

#[tokio::test]
async fn d_13_a_server_that_wants_a_pause_pauses_all_domains_behind_it() {
    let (dns, server) = (ScriptedDns::start().await, ScriptedSmtp::start().await);
    dns.mx("a.example", &[(10, "mx.shared.example")]).mx("b.example", &[(10, "mx.shared.example")]);
    let servers = [("mx.shared.example", server.address)];
    let desk = desk(&dns, &servers, |config| config.deliver.connections = 1).await;
    let busy = desk.queue(&["busy@a.example"]).await;
    desk.pipeline.send_due().await.unwrap();
    assert_eq!(desk.state(&busy[0].1).await, DeliveryState::Deferred);
    let rows = desk.queue(&["ok@b.example"]).await;
    desk.pipeline.send_due().await.unwrap();
    assert_eq!(desk.state(&rows[0].1).await, DeliveryState::Queued);
    // who is told to wait again would begin another pause, if tried first
    let now = desk.later(16);
    desk.pipeline.leaving.suppress(&busy[0].0, "asked to leave", now).await.unwrap();
    desk.pipeline.send_due().await.unwrap();
    assert_eq!(desk.state(&rows[0].1).await, DeliveryState::Accepted);
}

#[tokio::test]
async fn d_12_a_machine_without_a_way_out_does_not_try_every_domain() {
    let dns = ScriptedDns::start().await;
    let (mut servers, mut many) = (Vec::new(), Vec::new());
    for n in 0..40 {
        let (domain, server) = (format!("d{n}.example"), format!("mx.d{n}.example"));
        dns.mx(&domain, &[(10, &server)]);
        many.push(format!("r@{domain}"));
        servers.push((server, nowhere()));
    }
    let servers: Vec<_> = servers.iter().map(|(name, at)| (name.as_str(), *at)).collect();
    let desk = desk(&dns, &servers, |config| config.deliver.connections = 2).await;
    let mut rows = desk.queue(&many.iter().map(String::as_str).collect::<Vec<_>>()).await;
    // in the order in which they are sent: ids of one moment have none
    rows.sort_by_key(|(_, row)| row.id);
    let sent = desk.pipeline.send_due().await.unwrap();
    let tried = sent.count(DeliveryState::Deferred);
    assert!((1..=14).contains(&tried), "{tried} were tried");
    assert_eq!(desk.state(&rows[39].1).await, DeliveryState::Queued);
}

#[tokio::test]
async fn d_17_a_reader_whose_domain_is_gone_is_suppressed_and_the_ledger_says_why() {
    let dns = ScriptedDns::start().await;
    let desk = desk(&dns, &[], |_| {}).await;
    let rows = desk.queue(&["r@gone.example"]).await;
    desk.pipeline.send_due().await.unwrap();
    let row = outbox::get(&desk.pipeline.db, rows[0].1.id).await.unwrap().unwrap();
    assert_eq!(row.state, DeliveryState::Failed);
    assert_eq!(row.reply.as_deref(), Some("550 5.1.2 there is no domain `gone.example`"));
    let who = desk.reader(&rows[0].0).await;
    assert_eq!(who, sitrep::model::subscriber::SubscriberState::Suppressed);
}

#[tokio::test]
async fn a_probe_reaches_the_server_of_our_own_domain() {
    let (dns, server) = (ScriptedDns::start().await, ScriptedSmtp::start().await);
    dns.mx("example.org", &[(10, "mx.example.org")]);
    let config = config(&dns, &[("mx.example.org", server.address)]);
    let transport = Transport::new(&config, Path::new(""), None).unwrap();
    let said = transport.session().probe().await.unwrap();
    assert_eq!(said, "the mail server of `example.org` takes us (mx.example.org, not encrypted)");
}

#[test]
fn a_way_to_the_servers_of_domains_that_cannot_work_is_refused_by_its_key() {
    let dir = tempfile::tempdir().unwrap();
    program::ok(dir.path(), &["init"]);
    for (lines, key) in [
        ("helo = \"localhost\"\n", "deliver.mx.helo"),
        ("helo = \"mail example.org\"\n", "deliver.mx.helo"),
        ("connections = 0\n", "deliver.mx.connections"),
        ("messages = 0\n", "deliver.mx.messages"),
        ("nameservers = [\"dns.example.org\"]\n", "line 6"),
        ("hosts = { \"mx.example.net\" = \"127.0.0.1\" }\n", "line 6"),
        ("require_tsl = true\n", "did you mean `require_tls`"),
    ] {
        let text =
            format!("[edition.daily]\ncloses = []\n[deliver]\nvia = \"mx\"\n[deliver.mx]\n{lines}");
        std::fs::write(dir.path().join("config/sitrep.toml"), text).unwrap();
        let said = program::fails(dir.path(), &["check"]);
        assert!(said.contains(key), "{lines}: {said}");
    }
}
