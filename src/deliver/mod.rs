//! One message to one address: built, handed to a transport, its outcome told. The sending loop is `pipeline`'s.

mod error;
mod folder;
mod header;
mod message;
mod smtp;
mod transport;

pub use error::DeliverError;
pub use message::{Identity, Mail, digest_mail, message_id};
pub use transport::{Session, Transport};
