//! One message to one address: built, handed to a transport, its outcome told. The sending loop is `pipeline`'s.

mod alarm;
mod connection;
pub mod dkim;
mod error;
mod folder;
mod header;
mod http;
pub mod intake;
mod mailbox;
mod maildir;
mod message;
mod mx;
mod oauth;
mod relay;
mod sendmail;
mod sign_in;
mod smtp;
pub mod token;
mod transport;

pub use alarm::{Alarm, Alert};
pub use error::DeliverError;
pub use mailbox::{Mailbox, MailboxError, OpenMailbox};
pub use message::{Identity, Mail, Mailer, SharedBody};
pub use relay::Port;
pub use transport::{Session, Transport};
