//! A folder of `.eml` files: where mail goes until SMTP is configured.

use std::io::Write as _;
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
    let (from, to, bytes) = (part.to_owned(), path.to_owned(), bytes.to_vec());
    let written = tokio::task::spawn_blocking(move || write_and_move(&from, &to, &bytes)).await;
    match written.unwrap_or_else(|error| Err(std::io::Error::other(error))) {
        Ok(()) => SendOutcome::Accepted(format!("written to `{}`", path.display())),
        Err(error) => SendOutcome::Deferred(format!("cannot write `{}`: {error}", path.display())),
    }
}

/// On the disk before it counts as accepted; nothing is left of what could not be written.
fn write_and_move(part: &Path, path: &Path, bytes: &[u8]) -> std::io::Result<()> {
    let mut file = std::fs::File::create(part)?;
    let written = file.write_all(bytes).and_then(|()| file.sync_all());
    let moved = written.and_then(|()| std::fs::rename(part, path));
    if moved.is_err() {
        let _ = std::fs::remove_file(part);
    }
    moved
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
