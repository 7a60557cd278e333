//! What keeps a message from being built or a transport from being set up.

use std::path::PathBuf;

use thiserror::Error;

/// An error that names what is at fault; failures of a try are outcomes, not errors.
#[derive(Debug, Error)]
pub enum DeliverError {
    /// A text that may not stand in a header.
    #[error("the header `{name}` cannot hold `{text}`: {why}")]
    Header {
        /// Which header.
        name: &'static str,
        /// What was to stand there, escaped.
        text: String,
        /// What is wrong with it.
        why: &'static str,
    },
    /// An address that lettre does not take.
    #[error("`{address}` cannot be mailed to")]
    Address {
        /// Which one, redacted.
        address: String,
        /// Why.
        #[source]
        source: lettre::address::AddressError,
    },
    /// The parts do not make a message.
    #[error("the message cannot be put together")]
    Message(#[from] lettre::error::Error),
    /// The folder for `.eml` files.
    #[error("cannot write mail to `{path}`; check `deliver.folder`")]
    Folder {
        /// Which folder.
        path: PathBuf,
        /// Why.
        #[source]
        source: std::io::Error,
    },
    /// A key file.
    #[error("the key file `{path}` cannot be used: {why}")]
    Key {
        /// Which file.
        path: PathBuf,
        /// What is wrong with it, and what to do.
        why: String,
    },
    /// A key that does not sign.
    #[error("a message could not be signed")]
    Sign,
    /// The HTTP library cannot start, for `[alert]`.
    #[error("alerts cannot be sent: {0}; check the system's certificates")]
    Alarm(String),
    /// TLS cannot be set up for the relay.
    #[error("TLS for `{host}` cannot be set up; check `deliver.smtp`")]
    Tls {
        /// The relay.
        host: String,
        /// Why.
        #[source]
        source: lettre::transport::smtp::Error,
    },
    /// The DNS cannot be asked.
    #[error(
        "the DNS cannot be asked: {0}; check `deliver.mx.nameservers`, or the system's `resolv.conf`"
    )]
    Dns(String),
    /// Access tokens cannot be had.
    #[error("access tokens for `{section}` cannot be had: {why}")]
    Oauth {
        /// The section of the configuration.
        section: &'static str,
        /// What is wrong with it.
        why: String,
    },
    /// TLS cannot be set up for the mailbox.
    #[error("TLS for `{host}` cannot be set up: {why}; check `deliver.imap`")]
    MailboxTls {
        /// The server.
        host: String,
        /// Why.
        why: String,
    },
}
