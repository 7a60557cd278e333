//! A mailbox whose folder is open: which messages are new, their bytes, and marking one as done.

use async_imap::Session;
use async_imap::imap_proto::ResponseCode;
use async_imap::imap_proto::{AttributeValue, Capability, MailboxDatum, Response, Status};
use data_encoding::BASE64_NOPAD;
use tokio::time::timeout;

use super::error::{LOST, MailboxError, short, words};
use super::wire::Bounded;
use super::{Mailbox, PART};

/// A folder that is open for reading and marking.
pub struct OpenMailbox {
    mailbox: Mailbox,
    session: Session<Bounded>,
    messages: u32,
    validity: u32,
    next: Option<u32>,
    abilities: Abilities,
}

/// Ways to move a message.
#[derive(Debug, Default, Clone, Copy)]
struct Abilities {
    /// RFC 6851.
    moves: bool,
    /// RFC 4315: one message can be taken out without others.
    uid_plus: bool,
}

impl OpenMailbox {
    /// Opens the folder of a mailbox that let us in.
    pub(super) async fn new(
        mailbox: Mailbox,
        session: Session<Bounded>,
    ) -> Result<Self, MailboxError> {
        let abilities = Abilities::default();
        let mut open = Self { mailbox, session, messages: 0, validity: 0, next: None, abilities };
        open.look_up().await?;
        let folder = open.mailbox.folder.clone();
        let (mut messages, mut validity, mut next) = (0, None, None);
        let command = format!("SELECT {}", quoted(&folder));
        let selected = open.ask(&command, |answer| match answer {
            Response::MailboxData(MailboxDatum::Exists(count)) => messages = *count,
            Response::Data { outcome, .. } => match outcome.code {
                Some(ResponseCode::UidValidity(number)) => validity = Some(number),
                Some(ResponseCode::UidNext(number)) => next = Some(number),
                _ => {}
            },
            _ => {}
        });
        selected.await.map_err(|why| open.mailbox.unusable(&folder, why))?;
        let none = || "it gives its messages no lasting numbers".to_owned();
        let validity = validity.ok_or_else(|| open.mailbox.unusable(&folder, none()))?;
        (open.messages, open.validity, open.next) = (messages, validity, next);
        Ok(open)
    }

    /// What the server can do.
    async fn look_up(&mut self) -> Result<(), MailboxError> {
        let mut found = Abilities::default();
        let asked = self.ask("CAPABILITY", |answer| {
            if let Response::Capabilities(list) = answer {
                let has = |name: &str| {
                    list.iter().any(|one| {
                        matches!(one, Capability::Atom(atom) if atom.eq_ignore_ascii_case(name))
                    })
                };
                found = Abilities { moves: has("MOVE"), uid_plus: has("UIDPLUS") };
            }
        });
        asked.await.map_err(|why| self.mailbox.broken(why))?;
        self.abilities = found;
        Ok(())
    }

    /// How many messages are in the folder.
    pub fn messages(&self) -> u32 {
        self.messages
    }

    /// While it stays the same, a number stands for the same message.
    pub fn validity(&self) -> u32 {
        self.validity
    }

    /// The numbers of the messages after `last`, in their order.
    pub async fn after(&mut self, last: u32) -> Result<Vec<u32>, MailboxError> {
        let first = last.saturating_add(1);
        if self.messages == 0 || self.next.is_some_and(|next| next <= first) {
            return Ok(Vec::new());
        }
        let mut found = Vec::new();
        let command = format!("UID SEARCH UID {first}:*");
        let asked = self.ask(&command, |answer| {
            if let Response::MailboxData(MailboxDatum::Search(numbers)) = answer {
                found.extend(numbers);
            }
        });
        asked.await.map_err(|why| self.mailbox.broken(why))?;
        // `*` is the last message even where that is an earlier one.
        found.retain(|number| *number > last);
        found.sort_unstable();
        found.dedup();
        Ok(found)
    }

    /// The first bytes of a message, which stays as unseen as it was; none where it is no longer there.
    pub async fn fetch(&mut self, number: u32) -> Result<Option<Vec<u8>>, MailboxError> {
        let mut found = None;
        let command = format!("UID FETCH {number} (UID BODY.PEEK[]<0.{PART}>)");
        let asked = self.ask(&command, |answer| {
            let Response::Fetch(_, attributes) = answer else { return };
            if !attributes.iter().any(|one| matches!(one, AttributeValue::Uid(n) if *n == number)) {
                return;
            }
            found = found.take().or_else(|| attributes.iter().find_map(text));
        });
        asked.await.map_err(|why| self.mailbox.broken(why))?;
        Ok(found)
    }

    /// Marks a message as seen, and moves it where a folder for that is configured.
    pub async fn done(&mut self, number: u32) -> Result<(), MailboxError> {
        let seen = format!("UID STORE {number} +FLAGS.SILENT (\\Seen)");
        let marked = self.ask(&seen, |_| {}).await;
        let folder = self.mailbox.folder.clone();
        marked.map_err(|why| self.mailbox.unusable(&folder, why))?;
        let Some(to) = self.mailbox.done.clone() else { return Ok(()) };
        if self.put(number, &to).await.is_err() {
            // It may not be there yet; when it is, that does no harm.
            let _ = self.ask(&format!("CREATE {}", quoted(&to)), |_| {}).await;
            self.put(number, &to).await.map_err(|why| self.mailbox.unusable(&to, why))?;
        }
        Ok(())
    }

    /// Moves one message. Where the server cannot take out one alone it stays, marked as deleted, until its owner
    /// clears the folder: to clear it ourselves would delete what others marked.
    async fn put(&mut self, number: u32, to: &str) -> Result<(), String> {
        let to = quoted(to);
        if self.abilities.moves {
            return self.ask(&format!("UID MOVE {number} {to}"), |_| {}).await;
        }
        self.ask(&format!("UID COPY {number} {to}"), |_| {}).await?;
        self.ask(&format!("UID STORE {number} +FLAGS.SILENT (\\Deleted)"), |_| {}).await?;
        if self.abilities.uid_plus {
            self.ask(&format!("UID EXPUNGE {number}"), |_| {}).await?;
        }
        Ok(())
    }

    /// Says goodbye.
    pub async fn close(mut self) {
        let _ = timeout(std::time::Duration::from_secs(2), self.session.logout()).await;
    }

    /// Sends a command and shows each answer to `see`; an error where the server does not carry it out.
    async fn ask(&mut self, command: &str, see: impl FnMut(&Response<'_>)) -> Result<(), String> {
        let patience = self.mailbox.patience;
        let asked = timeout(patience, self.ask_at_leisure(command, see)).await;
        asked.unwrap_or_else(|_| Err("no answer in time".to_owned()))
    }

    async fn ask_at_leisure(
        &mut self,
        command: &str,
        mut see: impl FnMut(&Response<'_>),
    ) -> Result<(), String> {
        self.session.get_mut().refill();
        let tag = self.session.run_command(command).await.map_err(|error| words(&error))?;
        loop {
            let answer =
                self.session.read_response().await.map_err(|error| words(&error.into()))?;
            let answer = answer.ok_or_else(|| LOST.to_owned())?;
            match answer.parsed() {
                Response::Done { tag: of, status, outcome } if *of == tag => {
                    let said = outcome.information.as_deref().unwrap_or("it gives no reason");
                    return if *status == Status::Ok { Ok(()) } else { Err(short(said)) };
                }
                Response::Data { status: Status::Bye, outcome } => {
                    let said = outcome.information.as_deref().unwrap_or("it gives no reason");
                    return Err(format!("it ends the connection: {}", short(said)));
                }
                other => see(other),
            }
        }
    }
}

fn text(attribute: &AttributeValue<'_>) -> Option<Vec<u8>> {
    match attribute {
        AttributeValue::BodySection { section: None, data: Some(data), .. } => Some(data.to_vec()),
        _ => None,
    }
}

/// The name of a folder as a quoted string, in the letters that IMAP has for it (RFC 3501, 5.1.3).
fn quoted(name: &str) -> String {
    let mut wire = String::from('"');
    let mut rest = name;
    while let Some(first) = rest.chars().next() {
        let plain = |c: char| (' '..='~').contains(&c);
        if plain(first) {
            match first {
                '&' => wire.push_str("&-"),
                '"' | '\\' => wire.extend(['\\', first]),
                _ => wire.push(first),
            }
            rest = rest.get(1..).unwrap_or_default();
            continue;
        }
        let (strange, after) = rest.split_at(rest.find(plain).unwrap_or(rest.len()));
        let utf16: Vec<u8> = strange.encode_utf16().flat_map(u16::to_be_bytes).collect();
        wire.extend(["&", &BASE64_NOPAD.encode(&utf16).replace('/', ","), "-"]);
        rest = after;
    }
    wire.push('"');
    wire
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_name_of_a_folder_is_quoted_and_its_letters_are_carried() {
        for (name, wire) in [
            ("INBOX", "\"INBOX\""),
            ("a \"b\" \\c", "\"a \\\"b\\\" \\\\c\""),
            ("Tom & Jerry", "\"Tom &- Jerry\""),
            ("Entwürfe", "\"Entw&APw-rfe\""),
            ("台北/日本語", "\"&U,BTFw-/&ZeVnLIqe-\""),
        ] {
            assert_eq!(quoted(name), wire, "{name}");
        }
    }
}
