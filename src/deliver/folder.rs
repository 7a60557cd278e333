//! A folder of `.eml` files: where mail goes until SMTP is configured.

use std::path::{Path, PathBuf};

use super::DeliverError;
use super::message::Mail;
use crate::model::delivery::SendOutcome;

/// Writes each message as one file, named after its recipient and message id, so that a repeat replaces itself.
#[derive(Debug, Clone)]
pub(super) struct Folder(PathBuf);

impl Folder {
    /// Makes the folder if it is not there.
    pub(super) fn open(path: &Path) -> Result<Self, DeliverError> {
        std::fs::create_dir_all(path)
            .map_err(|source| DeliverError::Folder { path: path.to_owned(), source })?;
        Ok(Self(path.to_owned()))
    }

    /// Where it is.
    pub(super) fn path(&self) -> &Path {
        &self.0
    }

    /// Writes one message: first beside its place, then moved there, so that no half file is ever seen.
    pub(super) async fn write(&self, mail: &Mail) -> SendOutcome {
        let path = self.0.join(file_name(mail));
        let part = path.with_extension("part");
        put(&part, &path, &mail.bytes).await
    }
}

/// Writes a file as `part` and moves it to `path`.
pub(super) async fn put(part: &Path, path: &Path, bytes: &[u8]) -> SendOutcome {
    let written = match tokio::fs::write(part, bytes).await {
        Ok(()) => tokio::fs::rename(part, path).await,
        Err(error) => Err(error),
    };
    match written {
        Ok(()) => SendOutcome::Accepted(format!("written to `{}`", path.display())),
        Err(error) => SendOutcome::Deferred(format!("cannot write `{}`: {error}", path.display())),
    }
}

fn file_name(mail: &Mail) -> String {
    let to = mail.envelope.to().first().map(ToString::to_string).unwrap_or_default();
    let id = mail.message_id.split('@').next().unwrap_or_default();
    let plain = |c: char| if c.is_ascii_alphanumeric() || "@.+-_".contains(c) { c } else { '_' };
    format!(
        "{}.{}.eml",
        to.chars().map(plain).collect::<String>(),
        id.chars().map(plain).collect::<String>()
    )
}
