//! A maildir: for a mail reader on this machine, or a mail server that takes mail from one.

use std::path::{Path, PathBuf};

use super::DeliverError;
use super::folder::put;
use super::message::Mail;
use crate::model::delivery::SendOutcome;
use crate::model::id::content_id;

/// Writes each message to `tmp` and moves it to `new`; a repeat replaces itself, because its name is made from its
/// message id.
#[derive(Debug, Clone)]
pub(super) struct Maildir(PathBuf);

impl Maildir {
    /// Makes the folders that are not there.
    pub(super) fn open(path: &Path) -> Result<Self, DeliverError> {
        for part in ["tmp", "new", "cur"] {
            let folder = path.join(part);
            std::fs::create_dir_all(&folder)
                .map_err(|source| DeliverError::Folder { path: folder, source })?;
        }
        Ok(Self(path.to_owned()))
    }

    /// Where it is.
    pub(super) fn path(&self) -> &Path {
        &self.0
    }

    /// Writes one message.
    pub(super) async fn write(&self, mail: &Mail) -> SendOutcome {
        let name = format!("{}.sitrep", content_id(&["maildir", &mail.message_id]));
        let (part, path) = (self.0.join("tmp").join(&name), self.0.join("new").join(&name));
        let unix = String::from_utf8_lossy(&mail.bytes).replace("\r\n", "\n");
        put(&part, &path, unix.as_bytes()).await
    }
}
