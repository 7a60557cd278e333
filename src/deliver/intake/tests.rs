//! Mail that comes back, written by us in the manner of the servers that are named.

use super::*;
use crate::model::reply::ReplyClass::{BadAddress, Policy, Soft};
use uuid::Uuid;

fn now() -> Timestamp {
    "2026-03-01T05:30:00Z".parse().unwrap()
}

fn tokens() -> Tokens {
    Tokens::from_key(&[7; 32])
}

fn config() -> DeliverConfig {
    DeliverConfig {
        unsubscribe_to: Some("leave@example.org".to_owned()),
        bounce_to: Some("bounce@example.org".to_owned()),
        ..DeliverConfig::default()
    }
}

fn token(purpose: Purpose) -> String {
    tokens().make(purpose, Uuid::from_u128(9), now())
}

fn taken(text: &str) -> Incoming {
    read(text.replace('\n', "\r\n").as_bytes(), &config(), &tokens(), now())
}

/// Server, fields of the recipient, class; `None` where nothing failed for good.
const REPORTS: &[(&str, &str, Option<ReplyClass>)] = &[
    (
        "Postfix",
        "Final-Recipient: rfc822; r@example.net\nOriginal-Recipient: rfc822;r@example.net\nAction: failed\nStatus: 5.1.1\nRemote-MTA: dns; mx.example.net\nDiagnostic-Code: smtp; 550 5.1.1 <r@example.net>: user is not known here",
        Some(BadAddress),
    ),
    (
        "Postfix, local",
        "Final-Recipient: rfc822; r@example.net\nAction: failed\nStatus: 5.1.1\nDiagnostic-Code: x-unix; no such user here: r",
        Some(BadAddress),
    ),
    (
        "Postfix, no host",
        "Final-Recipient: rfc822; r@gone.example\nAction: failed\nStatus: 5.4.4\nDiagnostic-Code: X-Postfix; name service error: no host found",
        Some(BadAddress),
    ),
    (
        "Postfix, full",
        "Final-Recipient: rfc822; r@example.net\nAction: failed\nStatus: 5.2.2\nDiagnostic-Code: smtp; 552 5.2.2 the mailbox is over its quota",
        Some(Soft),
    ),
    (
        "Postfix, delay",
        "Final-Recipient: rfc822; r@example.net\nAction: delayed\nStatus: 4.4.1\nDiagnostic-Code: X-Postfix; connection timed out\nWill-Retry-Until: Tue, 03 Mar 2026 05:30:00 +0000",
        None,
    ),
    (
        "Postfix, relayed",
        "Final-Recipient: rfc822; r@example.net\nAction: relayed\nStatus: 2.0.0\nDiagnostic-Code: smtp; 250 2.0.0 Ok: queued",
        None,
    ),
    (
        "Postfix, policy",
        "Final-Recipient: rfc822; r@example.net\nAction: failed\nStatus: 5.7.1\nDiagnostic-Code: smtp; 554 5.7.1 our host is on a list",
        Some(Policy),
    ),
    (
        "Exim",
        "Action: failed\nFinal-Recipient: rfc822;r@example.net\nStatus: 5.0.0\nRemote-MTA: dns; mx.example.net\nDiagnostic-Code: smtp; 550 there is no such user",
        Some(BadAddress),
    ),
    (
        "Exim, too large",
        "Action: failed\nFinal-Recipient: rfc822;r@example.net\nStatus: 5.0.0\nDiagnostic-Code: smtp; 552 the message is larger than we take",
        Some(Soft),
    ),
    (
        "Exim, rejected",
        "Action: failed\nFinal-Recipient: rfc822;r@example.net\nStatus: 5.0.0\nDiagnostic-Code: smtp; 554 we do not want this",
        Some(Policy),
    ),
    ("Exim, delay", "Action: delayed\nFinal-Recipient: rfc822;r@example.net\nStatus: 4.0.0", None),
    (
        "Exchange",
        "Final-Recipient: rfc822;r@example.net\nAction: failed\nStatus: 5.1.10\nDiagnostic-Code: smtp;550 5.1.10 recipient is not found by address lookup\nX-Display-Name: R",
        Some(BadAddress),
    ),
    (
        "Exchange, denied",
        "Final-Recipient: rfc822;r@example.net\nAction: failed\nStatus: 5.4.1\nDiagnostic-Code: smtp;550 5.4.1 recipient address rejected",
        Some(BadAddress),
    ),
    (
        "Exchange, restricted",
        "Final-Recipient: rfc822;r@example.net\nAction: failed\nStatus: 5.7.133\nDiagnostic-Code: smtp;550 5.7.133 only members may write to this group",
        Some(Policy),
    ),
    (
        "Exchange, full",
        "Final-Recipient: rfc822;r@example.net\nAction: failed\nStatus: 5.2.2\nDiagnostic-Code: smtp;554 5.2.2 the mailbox has no room",
        Some(Soft),
    ),
    (
        "Outlook.com",
        "Final-Recipient: rfc822;r@example.net\nAction: failed\nStatus: 5.5.0\nDiagnostic-Code: smtp;550 5.5.0 mailbox unavailable",
        Some(BadAddress),
    ),
    (
        "Outlook.com, level",
        "Final-Recipient: rfc822;r@example.net\nAction: failed\nStatus: 5.7.515\nDiagnostic-Code: smtp;550 5.7.515 the sending domain does not meet the level",
        Some(Policy),
    ),
    (
        "Gmail",
        "Final-Recipient: rfc822; r@example.net\nAction: failed\nStatus: 5.1.1\nRemote-MTA: dns; mx.example.net. (192.0.2.7, the server for the domain)\nDiagnostic-Code: smtp; 550-5.1.1 the account you wrote to does not exist.\n 550 5.1.1 check it for typing errors - gsmtp\nLast-Attempt-Date: Sun, 01 Mar 2026 05:30:00 -0800 (PST)",
        Some(BadAddress),
    ),
    (
        "Gmail, full",
        "Final-Recipient: rfc822; r@example.net\nAction: failed\nStatus: 5.2.2\nDiagnostic-Code: smtp; 552-5.2.2 the inbox has no room\n 552 5.2.2 ask them to make some - gsmtp",
        Some(Soft),
    ),
    (
        "Gmail, unsigned",
        "Final-Recipient: rfc822; r@example.net\nAction: failed\nStatus: 5.7.26\nDiagnostic-Code: smtp; 550-5.7.26 mail from this sender is not signed",
        Some(Policy),
    ),
    (
        "Gmail, delay",
        "Final-Recipient: rfc822; r@example.net\nAction: delayed\nStatus: 4.4.1\nDiagnostic-Code: smtp; the server did not accept our requests to connect",
        None,
    ),
    (
        "Yahoo",
        "Final-Recipient: rfc822;r@example.net\nAction: failed\nStatus: 5.0.0\nDiagnostic-Code: smtp; 554 delivery error: this user has no account here",
        Some(Policy),
    ),
    (
        "Yahoo, disabled",
        "Final-Recipient: rfc822;r@example.net\nAction: failed\nStatus: 5.2.1\nDiagnostic-Code: smtp; 554 5.2.1 the account is inactive",
        Some(BadAddress),
    ),
    (
        "Sendmail",
        "Final-Recipient: RFC822; r@example.net\nAction: failed\nStatus: 5.1.2\nRemote-MTA: DNS; gone.example\nDiagnostic-Code: SMTP; 550 5.1.2 host unknown\nLast-Attempt-Date: Sun, 1 Mar 2026 05:30:00 GMT",
        Some(BadAddress),
    ),
    (
        "Sendmail, moved",
        "Final-Recipient: RFC822; r@example.net\nAction: failed\nStatus: 5.1.6\nDiagnostic-Code: SMTP; 551 5.1.6 the user has moved",
        Some(BadAddress),
    ),
    (
        "qmail with a report",
        "Final-Recipient: rfc822;r@example.net\nAction: failed\nStatus: 5.1.3\nDiagnostic-Code: smtp; 553 5.1.3 sorry, that is no address",
        Some(BadAddress),
    ),
    (
        "null MX",
        "Final-Recipient: rfc822; r@example.net\nAction: failed\nStatus: 5.1.10\nDiagnostic-Code: smtp; 556 5.1.10 the domain takes no mail",
        Some(BadAddress),
    ),
    (
        "Greek words",
        "Final-Recipient: rfc822; r@example.net\nAction: failed\nStatus: 5.1.1\nDiagnostic-Code: smtp; 550 5.1.1 ο χρήστης δεν υπάρχει",
        Some(BadAddress),
    ),
    (
        "Arabic words",
        "Final-Recipient: rfc822; r@example.net\nAction: Failed\nStatus: 5.2.2\nDiagnostic-Code: smtp; 552 5.2.2 صندوق البريد ممتلئ",
        Some(Soft),
    ),
    (
        "spaces and case",
        "final-recipient: rfc822; r@example.net\nACTION:  FAILED\nstatus:   5.1.1  ",
        Some(BadAddress),
    ),
];

fn report(fields: &str, to: &str) -> String {
    format!(
        "From: Mail Delivery System <MAILER-DAEMON@example.net>\nTo: {to}\nSubject: Undelivered Mail\n\
         Auto-Submitted: auto-replied\nMIME-Version: 1.0\n\
         Content-Type: multipart/report; report-type=delivery-status; boundary=\"b1\"\n\n\
         --b1\nContent-Type: text/plain; charset=utf-8\n\nYour message could not be delivered.\n\n\
         --b1\nContent-Type: message/delivery-status\n\n\
         Reporting-MTA: dns; mx.example.net\nArrival-Date: Sun, 1 Mar 2026 05:30:00 +0000\n\n{fields}\n\n\
         --b1\nContent-Type: text/rfc822-headers\n\nSubject: Sitrep\n\n--b1--\n"
    )
}

#[test]
fn d_14_reports_of_many_servers_are_read_and_only_failures_with_a_status_count() {
    assert!(REPORTS.len() >= 25);
    let to = format!("bounce+{}@example.org", token(Purpose::Bounce));
    let id = DeliveryId(Uuid::from_u128(9));
    for (server, fields, expected) in REPORTS {
        match (taken(&report(fields, &to)), expected) {
            (Incoming::Bounce { delivery, class, .. }, Some(expected)) => {
                assert_eq!((delivery, class), (id, *expected), "{server}");
            }
            (Incoming::Delay(delivery), None) => assert_eq!(delivery, id, "{server}"),
            (other, _) => panic!("{server}: {other:?}"),
        }
    }
}

#[test]
fn d_14_a_report_without_a_valid_token_an_action_or_a_status_suppresses_nobody() {
    let fields = REPORTS[0].1;
    let good = token(Purpose::Bounce);
    for to in [
        "bounce@example.org".to_owned(),
        format!("bounce+{}@example.org", token(Purpose::Unsubscribe)),
        format!("bounce+{}@example.org", good.replace(['a', 'b', 'c'], "d")),
        format!("bounce+{good}@example.com"),
    ] {
        assert!(matches!(taken(&report(fields, &to)), Incoming::Other(_)), "{to}");
    }
    let to = format!("bounce+{good}@example.org");
    for fields in ["Action: failed", "Status: 5.1.1", "Final-Recipient: rfc822; r@example.net"] {
        assert!(matches!(taken(&report(fields, &to)), Incoming::Other(_)), "{fields}");
    }
    let later = now() + jiff::SignedDuration::from_hours(31 * 24);
    let bytes = report(REPORTS[0].1, &to).replace('\n', "\r\n");
    let late = read(bytes.as_bytes(), &config(), &tokens(), later);
    assert!(matches!(late, Incoming::Other(_)), "the token died after 30 days");
}

/// Answers of machines and people to a digest; headers, then the first line.
const ANSWERS: &[(&str, &str)] = &[
    ("Auto-Submitted: auto-replied\nSubject: Out of office", "I am away until Monday."),
    ("Auto-Submitted: auto-replied (vacation)\nSubject: Automatic reply: Sitrep", "On leave."),
    ("X-Autoreply: yes\nPrecedence: bulk\nSubject: Re: Sitrep", "Thank you for your message."),
    ("Precedence: auto_reply\nSubject: Abwesenheit", "Ich bin nicht im Haus."),
    ("X-Autorespond: 1\nSubject: Réponse automatique", "Je suis absent. 550 5.1.1 user unknown"),
    ("Auto-Submitted: auto-generated\nSubject: Ticket #4711 opened", "We have opened a ticket."),
    ("Subject: Undeliverable?", "Hi. This is the program that could not deliver: 550 no such user"),
    ("Auto-Submitted: auto-notified\nSubject: Challenge", "Click to prove that you are human."),
    ("Subject: Re: Sitrep", "The figure for Tuesday is wrong."),
    ("Auto-Submitted: auto-replied\nSubject: ردّ آلي", "أنا خارج المكتب"),
];

#[test]
fn d_14_answers_of_machines_and_people_are_no_bounces() {
    assert!(ANSWERS.len() >= 8);
    for (headers, text) in ANSWERS {
        let to = format!("bounce+{}@example.org", token(Purpose::Bounce));
        let mail = format!("From: r@example.net\nTo: {to}\n{headers}\n\n{text}\n");
        assert!(matches!(taken(&mail), Incoming::Other(_)), "{headers}");
    }
}

#[test]
fn d_15_mail_to_the_address_for_leaving_leaves_and_an_automatic_answer_to_it_does_not() {
    let to = format!("leave+{}@example.org", token(Purpose::Unsubscribe));
    let reader = SubscriberId(Uuid::from_u128(9));
    for headers in [
        format!("To: {to}\nSubject: unsubscribe"),
        format!("To: Sitrep <{}>\nSubject:", to.to_uppercase()),
        format!("Delivered-To: {to}\nTo: undisclosed-recipients:;"),
    ] {
        let mail = format!("From: r@example.net\n{headers}\n\n\n");
        assert_eq!(taken(&mail), Incoming::Leave(reader), "{headers}");
    }
    for (headers, text) in ANSWERS.iter().filter(|(headers, _)| headers.contains("auto-replied")) {
        let mail = format!("From: r@example.net\nTo: {to}\n{headers}\n\n{text}\n");
        assert!(matches!(taken(&mail), Incoming::Other(_)), "{headers}");
    }
    let forged = "From: r@example.net\nTo: leave+aaaa@example.org\nSubject: unsubscribe\n\n\n";
    assert!(matches!(taken(forged), Incoming::Other(_)));
}

/// Providers that pass complaints on: fields of the report, and how the message that was complained about is enclosed.
const COMPLAINTS: &[(&str, &str, &str)] = &[
    (
        "Yahoo",
        "Feedback-Type: abuse\nUser-Agent: Feedback/1.0\nVersion: 1\nArrival-Date: Sun, 1 Mar 2026 06:00:00 +0000",
        "message/rfc822",
    ),
    (
        "Outlook.com",
        "Feedback-Type: abuse\nVersion: 0.1\nOriginal-Mail-From: bounce@example.org\nSource-IP: 192.0.2.7",
        "message/rfc822",
    ),
    (
        "headers only",
        "Feedback-Type: abuse\nVersion: 1\nReporting-MTA: dns; mx.isp.example",
        "text/rfc822-headers",
    ),
    ("fraud", "Feedback-Type: fraud\nVersion: 1\nReported-Domain: example.org", "message/rfc822"),
    (
        "redacted",
        "Feedback-Type: abuse\nVersion: 1\nOriginal-Rcpt-To: <redacted>",
        "message/rfc822",
    ),
];

fn complaint_mail(fields: &str, kind: &str, header: &str) -> String {
    format!(
        "From: feedback@isp.example\nTo: bounce@example.org\nMIME-Version: 1.0\n\
         Content-Type: multipart/report; report-type=feedback-report; boundary=b\n\n\
         --b\nContent-Type: text/plain\n\nA complaint.\n\n\
         --b\nContent-Type: message/feedback-report\n\n{fields}\n\n\
         --b\nContent-Type: {kind}\n\nSubject: Sitrep\n{header}\n\nText\n--b--\n"
    )
}

#[test]
fn d_15_a_complaint_names_its_reader_by_the_message_that_it_encloses() {
    assert!(COMPLAINTS.len() >= 5);
    let token = token(Purpose::Unsubscribe);
    let reader = SubscriberId(Uuid::from_u128(9));
    for (provider, fields, kind) in COMPLAINTS {
        for leave in [
            format!("List-Unsubscribe: <mailto:leave+{token}@example.org?subject=unsubscribe>"),
            // Folded on its way.
            format!("List-Unsubscribe:\n <mailto:leave+{token}@example.org?subject=unsubscribe>"),
        ] {
            let mail = complaint_mail(fields, kind, &leave);
            assert_eq!(taken(&mail), Incoming::Complaint(reader), "{provider}");
        }
        let mail = complaint_mail(fields, kind, "X-Other: 1");
        assert!(matches!(taken(&mail), Incoming::Other(_)), "{provider}");
        let forged =
            complaint_mail(fields, kind, "List-Unsubscribe: <mailto:leave+aaaa@example.org>");
        assert!(matches!(taken(&forged), Incoming::Other(_)), "{provider}");
    }
}
