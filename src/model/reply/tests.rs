//! Replies as servers word them, each with its class. They are written by us after the manuals and in the manner of
//! the servers that are named.

use super::ReplyClass::{self, *};
use super::{Way, noted};
use crate::model::delivery::SendOutcome;

/// Replies to a message, each at the stage where it comes.
const REPLIES: &[(&str, ReplyClass)] = &[
    // Taken.
    ("250 2.0.0 Ok: queued as 4F1A2", Accepted),
    ("250 ok 1593225000 qp 4711", Accepted),
    ("250 2.6.0 <d1@example.org> queued mail for delivery", Accepted),
    ("250 Requested mail action okay, completed", Accepted),
    ("250 2.0.0 OK 1593225000 a1-20020aa7 - gsmtp", Accepted),
    // Not now.
    ("450 4.2.1 The user you are writing to receives mail too quickly", Deferred),
    ("450 4.7.1 <r@example.net>: greylisted, try again in 300 seconds", Deferred),
    ("451 4.7.1 Greylisting in action, please come back later", Deferred),
    ("450 4.1.1 unverified address: host lookup timed out", Deferred),
    ("451 4.3.0 Temporary lookup failure", Deferred),
    ("451 Local error in processing", Deferred),
    ("451 4.3.2 Please try again later", Deferred),
    ("452 4.2.2 The mailbox is over quota, try later", Deferred),
    ("452 4.3.1 Insufficient system storage", Deferred),
    ("421 4.3.2 Service shutting down", Deferred),
    ("421 4.4.2 idle too long, closing connection", Deferred),
    ("454 4.7.0 Temporary authentication failure", Deferred),
    ("450 Requested mail action not taken: mailbox unavailable", Deferred),
    ("451 4.4.1 No answer from the next host", Deferred),
    ("no answer in time", Deferred),
    ("network error: connection reset by peer", Deferred),
    // Too much at once.
    ("421 4.7.28 Unusual rate of mail from your network", Throttled),
    ("450 4.7.28 Unusual amount of mail with your links", Throttled),
    ("421 4.7.0 Try again later, closing connection", Throttled),
    ("421 Too many concurrent connections from this address", Throttled),
    ("421 4.7.0 [TSS04] messages temporarily deferred", Throttled),
    ("452 4.5.3 Too many recipients", Throttled),
    ("451 4.7.500 Server busy, too many messages from you", Throttled),
    ("450 4.7.1 Error: rate limit of 50 messages exceeded", Throttled),
    ("421 Service not available, closing transmission channel", Throttled),
    // No such address.
    ("550 5.1.1 <r@example.net>: recipient unknown in the table of users", BadAddress),
    ("550-5.1.1 The account that you tried to reach does not exist", BadAddress),
    ("550 5.1.1 User unknown", BadAddress),
    ("550 5.1.2 Host unknown", BadAddress),
    ("553 5.1.3 The address is not valid", BadAddress),
    ("551 5.1.6 The mailbox has moved, no forwarding address", BadAddress),
    ("556 5.1.10 The domain takes no mail (null MX)", BadAddress),
    ("550 5.1.10 RESOLVER.ADR.RecipientNotFound; not found by address", BadAddress),
    ("550 5.2.1 The mailbox is disabled", BadAddress),
    ("554 5.2.1 The account is inactive", BadAddress),
    ("554 5.4.4 Unable to route: no mail hosts for the domain", BadAddress),
    ("550 5.5.0 Requested action not taken: mailbox unavailable", BadAddress),
    ("550 5.4.1 Recipient address rejected: access denied", BadAddress),
    ("550 No such user here", BadAddress),
    ("550 Requested action not taken: mailbox unavailable", BadAddress),
    ("553 sorry, that domain isn't in my list of hosts", BadAddress),
    ("551 User not local", BadAddress),
    ("550 5.1.0 Address rejected", BadAddress),
    // Full or too big.
    ("552 5.2.2 Mailbox full", Soft),
    ("552-5.2.2 The recipient's inbox is out of storage space", Soft),
    ("554 5.2.2 Quota exceeded", Soft),
    ("550 5.2.2 Over quota", Soft),
    ("552 5.2.3 The message exceeds the limit of the mailbox", Soft),
    ("552 5.3.4 Message size exceeds fixed limit", Soft),
    ("552 Requested mail action aborted: exceeded storage allocation", Soft),
    ("554 5.3.4 Message too big for system", Soft),
    // Ours.
    ("550 5.7.1 Message rejected because of its content", Policy),
    ("550-5.7.1 Our system has found that this message is likely unsolicited", Policy),
    ("550 5.7.1 Service unavailable, client host blocked by a list", Policy),
    (
        "550 5.7.26 Unauthenticated mail from the domain is not accepted due to its DMARC policy",
        Policy,
    ),
    ("550 5.7.515 Access denied, sending domain does not meet the required level", Policy),
    ("550 5.7.606 Access denied, banned sending address", Policy),
    ("554 5.7.1 Relay access denied", Policy),
    ("554 5.7.9 Message not accepted for policy reasons", Policy),
    ("554 Transaction failed", Policy),
    ("554 delivery error: dd this user does not take mail from you", Policy),
    ("550 5.1.8 Sender address has no mail host", Policy),
    ("553 5.1.8 Domain of sender address does not exist", Policy),
    ("550 5.1.7 The sender's address is not valid", Policy),
    ("530 5.7.0 Must issue a STARTTLS command first", Policy),
    ("530 Authentication required", Policy),
    ("535 5.7.8 Authentication credentials invalid", Policy),
    ("550 5.6.0 The message breaks RFC 5322", Policy),
    ("521 this host takes no mail from you", Policy),
    // Otherwise refused.
    ("500 Syntax error, command unrecognised", Refused),
    ("501 5.5.4 Invalid arguments", Refused),
    ("503 5.5.1 Bad sequence of commands", Refused),
    ("504 Command parameter not implemented", Refused),
    ("555 5.5.4 Unsupported option", Refused),
    ("the digest is no longer stored", Refused),
];

fn outcome(text: &str) -> SendOutcome {
    let text = text.to_owned();
    match text.chars().next() {
        Some('2') => SendOutcome::Accepted(text),
        Some('5' | 't') => SendOutcome::Failed(text),
        _ => SendOutcome::Deferred(text),
    }
}

#[test]
fn d_10_replies_are_classified_by_enhanced_code_then_basic_code() {
    assert!(REPLIES.len() >= 60, "{} replies", REPLIES.len());
    for (text, class) in REPLIES {
        assert_eq!(ReplyClass::of(&outcome(text)), *class, "{text}");
    }
}

#[test]
fn d_10_words_alone_decide_nothing() {
    for words in ["user unknown", "mailbox full", "blocked for spam", "rate limited"] {
        let failed = SendOutcome::Failed(format!("501 {words}"));
        assert_eq!(ReplyClass::of(&failed), Refused, "{words}");
        assert_eq!(ReplyClass::of(&SendOutcome::Failed(words.to_owned())), Refused);
    }
}

#[test]
fn d_11_a_failure_without_a_reply_is_deferred_or_unknown_and_never_the_readers_fault() {
    let lost = "connection reset".to_owned();
    assert_eq!(ReplyClass::of(&SendOutcome::Deferred(lost.clone())), Deferred);
    assert_eq!(ReplyClass::of(&SendOutcome::Unknown(lost)), Unknown);
}

#[test]
fn d_14_the_status_of_a_bounce_is_read_like_a_reply() {
    for (status, words, class) in [
        ("5.1.1", "550 5.1.1 unknown", BadAddress),
        ("5.0.0", "550 no such user", BadAddress),
        ("5.0.0", "554 rejected", Policy),
        ("5.2.2", "", Soft),
        ("5.7.1", "550 5.7.1 no", Policy),
        ("4.4.1", "", Deferred),
        ("nonsense", "250 2.0.0 Ok", Refused),
    ] {
        assert_eq!(ReplyClass::of_status(status, words), class, "{status} {words}");
    }
}

#[test]
fn d_10_the_name_of_the_server_in_our_note_is_no_word_of_its_reply() {
    let reply = "450 4.2.1 try later";
    for way in Way::ALL {
        let text = noted(reply, "mx.corporate-rate.example", way);
        let class = ReplyClass::of(&SendOutcome::Deferred(text.clone()));
        assert_eq!(class, ReplyClass::Deferred, "{text}");
    }
    let asked = SendOutcome::Deferred("450 4.2.1 slow down (rate limit, not encrypted".to_owned());
    assert_eq!(ReplyClass::of(&asked), ReplyClass::Throttled);
}

#[test]
fn d_20_an_address_that_a_server_cannot_write_says_nothing_about_us() {
    for text in ["550 5.6.7 no letters beyond ASCII", "553 5.6.7 SMTPUTF8 is required"] {
        assert_eq!(ReplyClass::of(&SendOutcome::Failed(text.to_owned())), ReplyClass::Refused);
    }
}
