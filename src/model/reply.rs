//! What a mail server's reply means: by its enhanced code first, its basic code second, its words never alone (D-10).

use serde::{Deserialize, Serialize};

use super::delivery::SendOutcome;

/// What a reply says about the message, the address or us (delivery.md 4.1).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ReplyClass {
    /// Taken.
    Accepted,
    /// Not now; greylisting and lost connections too.
    Deferred,
    /// Too much at once: the domain is to be left alone for a while.
    Throttled,
    /// There is no such address.
    BadAddress,
    /// The mailbox is full or the message too big for it.
    Soft,
    /// We are not trusted, or the message is not: never the reader's fault.
    Policy,
    /// Refused for another reason.
    Refused,
    /// Nobody can tell.
    Unknown,
}

/// Enhanced codes (RFC 3463, RFC 7505) of addresses that do not exist.
const BAD_ADDRESS: [(u16, u16); 8] =
    [(1, 1), (1, 2), (1, 3), (1, 6), (1, 10), (2, 1), (4, 4), (1, 9)];
/// Of mailboxes that take nothing now: full, message too big for them or for the system.
const SOFT: [(u16, u16); 3] = [(2, 2), (2, 3), (3, 4)];
/// Of what is wrong with us: our sender address, or the message's content or form.
const OURS: [(u16, u16); 2] = [(1, 7), (1, 8)];

/// Of addresses with letters beyond ASCII where they are not taken.
const UTF8: (u16, u16) = (6, 7);

impl ReplyClass {
    /// The class of what a try came to. A reply begins with its basic code; other words are a failure without one.
    pub fn of(outcome: &SendOutcome) -> Self {
        match outcome {
            SendOutcome::Accepted(_) => Self::Accepted,
            SendOutcome::Unknown(_) => Self::Unknown,
            SendOutcome::Deferred(text) => {
                Reply::parse(text).map_or(Self::Deferred, Reply::deferred)
            }
            SendOutcome::Failed(text) => Reply::parse(text).map_or(Self::Refused, Reply::failed),
        }
    }

    /// The class of a bounce's `Status` (RFC 3464), with the remote server's words where they are given.
    pub fn of_status(status: &str, words: &str) -> Self {
        let Some(enhanced) = enhanced(status) else { return Self::Refused };
        let basic = words.get(..3).and_then(|code| code.parse().ok()).unwrap_or(550);
        let reply = Reply { basic, enhanced: Some(enhanced), words };
        if status.trim_start().starts_with('4') { reply.deferred() } else { reply.failed() }
    }
}

/// How the way to the server was that answered, as [`noted`] writes it behind its words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Way {
    /// Encrypted.
    Tls,
    /// Not encrypted.
    Clear,
    /// It ended as the server greeted.
    TurnedAway,
}

impl Way {
    const ALL: [Self; 3] = [Self::Tls, Self::Clear, Self::TurnedAway];

    fn words(self) -> &'static str {
        match self {
            Self::Tls => "TLS",
            Self::Clear => "not encrypted",
            Self::TurnedAway => "turned away",
        }
    }
}

/// A reply with a note of ours on the server that it comes from.
pub fn noted(reply: &str, server: &str, way: Way) -> String {
    format!("{reply} ({server}, {})", way.words())
}

/// A reply without our note: the name of a server is no word of its reply.
fn without_note(text: &str) -> &str {
    let is_note = |text: &str| {
        Way::ALL.iter().any(|way| {
            let rest = text.strip_suffix(')').and_then(|rest| rest.strip_suffix(way.words()));
            rest.is_some_and(|rest| rest.ends_with(", "))
        })
    };
    match text.rsplit_once(" (") {
        Some((reply, _)) if is_note(text) => reply,
        _ => text,
    }
}

/// A reply in its parts.
#[derive(Debug, Clone, Copy)]
struct Reply<'a> {
    basic: u16,
    enhanced: Option<(u16, u16)>,
    words: &'a str,
}

impl<'a> Reply<'a> {
    fn parse(text: &'a str) -> Option<Self> {
        let (code, words) = without_note(text).split_at_checked(3)?;
        let basic = code.parse().ok().filter(|code| (200..600).contains(code))?;
        let words = words.trim_start_matches([' ', '-']);
        Some(Self { basic, enhanced: enhanced(words), words })
    }

    fn deferred(self) -> ReplyClass {
        let asked = ["rate", "too many", "throttl"];
        let words = self.words.to_lowercase();
        match self.enhanced {
            Some((7, 28)) => ReplyClass::Throttled,
            // The server goes down or the connection was idle: nothing is said about us.
            Some((3, 2) | (4, _)) => ReplyClass::Deferred,
            _ if self.basic == 421 || asked.iter().any(|word| words.contains(word)) => {
                ReplyClass::Throttled
            }
            _ => ReplyClass::Deferred,
        }
    }

    fn failed(self) -> ReplyClass {
        match self.enhanced {
            Some(code) if BAD_ADDRESS.contains(&code) => ReplyClass::BadAddress,
            Some(code) if SOFT.contains(&code) => ReplyClass::Soft,
            Some(code) if OURS.contains(&code) => ReplyClass::Policy,
            // An address with letters that the server cannot take (RFC 6531): nothing is said about us, nor whether there
            // is such an address.
            Some(UTF8) => ReplyClass::Refused,
            Some((6 | 7, _)) => ReplyClass::Policy,
            _ => match self.basic {
                550 | 551 | 553 | 556 => ReplyClass::BadAddress,
                552 => ReplyClass::Soft,
                521 | 530 | 535 | 538 | 541 | 554 => ReplyClass::Policy,
                _ => ReplyClass::Refused,
            },
        }
    }
}

/// The subject and detail of `class.subject.detail` at the start of a text.
fn enhanced(text: &str) -> Option<(u16, u16)> {
    let word = text.trim_start().split([' ', '-', ';', ':', ',']).next()?.trim_start_matches('#');
    let mut parts = word.split('.');
    let class = parts.next().filter(|class| ["2", "4", "5"].contains(class));
    class?;
    let (subject, detail) = (parts.next()?.parse().ok()?, parts.next()?.parse().ok()?);
    parts.next().is_none().then_some((subject, detail))
}

#[cfg(test)]
mod tests;
