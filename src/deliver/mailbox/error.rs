//! What keeps a mailbox from being read.

use async_imap::error::Error;
use thiserror::Error as ThisError;

/// An error that names the server, and whose fault it is.
#[derive(Debug, ThisError)]
pub enum MailboxError {
    /// There is no connection, or it broke.
    #[error("`{place}`: {why}")]
    Broken {
        /// `host:port`.
        place: String,
        /// What happened.
        why: String,
    },
    /// The server does not let us in.
    #[error("`{place}` does not let `{user}` in: {why}; check `deliver.imap`")]
    Refused {
        /// `host:port`.
        place: String,
        /// As whom we came.
        user: String,
        /// The server's words.
        why: String,
    },
    /// A folder that cannot be used.
    #[error("`{place}` cannot use the folder `{folder}`: {why}; check `deliver.imap`")]
    Folder {
        /// `host:port`.
        place: String,
        /// Which folder.
        folder: String,
        /// The server's words.
        why: String,
    },
}

/// The library's error in few words. What could not be parsed is not repeated: readers' addresses stand in it (S-13).
pub(super) fn words(error: &Error) -> String {
    match error {
        Error::No(said) | Error::Bad(said) => information(said),
        Error::ConnectionLost => LOST.to_owned(),
        Error::Io(error) if error.kind() == std::io::ErrorKind::UnexpectedEof => LOST.to_owned(),
        Error::Io(error) if error.kind() == std::io::ErrorKind::Other => GARBLED.to_owned(),
        Error::Io(error) => error.to_string(),
        Error::Validate(_) => "a line break stands in a name or password".to_owned(),
        _ => GARBLED.to_owned(),
    }
}

/// The server went away.
pub(super) const LOST: &str = "the connection was lost";
/// What it said is not the protocol.
const GARBLED: &str = "its answer cannot be read";

/// The library wraps the server's words: `code: …, info: Some("…")`.
fn information(said: &str) -> String {
    let inside = said.split_once("info: Some(\"").map(|(_, inside)| inside.trim_end_matches("\")"));
    short(inside.unwrap_or("it gives no reason"))
}

/// The server's words, as far as they fit a line.
pub(super) fn short(said: &str) -> String {
    said.chars().filter(|c| !c.is_control()).take(200).collect()
}
