//! Acting on mail that comes back: who left, complained or does not exist is not mailed again.

use std::io;
use std::path::Path;

use super::{Leaving, PipelineError};
use crate::config::deliver::DeliverConfig;
use crate::deliver::intake::{self, Incoming};
use crate::deliver::token::Tokens;
use crate::model::Clock;
use crate::model::id::SubscriberId;
use crate::store::{Db, outbox, subscribers};

/// What reading a mailbox came to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct IntakeSummary {
    /// Readers who left.
    pub left: u32,
    /// Readers who complained.
    pub complained: u32,
    /// Messages that did not arrive.
    pub bounced: u32,
    /// Mail that calls for nothing, or for a person; it is kept.
    pub other: u32,
}

impl IntakeSummary {
    /// Both together.
    pub fn add(&mut self, other: Self) {
        self.left += other.left;
        self.complained += other.complained;
        self.bounced += other.bounced;
        self.other += other.other;
    }
}

/// Reads what comes back.
pub struct Intake<'a> {
    /// State.
    pub db: &'a Db,
    /// Our mailboxes.
    pub config: &'a DeliverConfig,
    /// The installation's key.
    pub tokens: &'a Tokens,
    /// Suppresses.
    pub leaving: &'a Leaving,
    /// The time.
    pub clock: &'a dyn Clock,
}

impl Intake<'_> {
    /// Reads one mail and acts on it.
    pub async fn take(
        &self,
        bytes: &[u8],
        summary: &mut IntakeSummary,
    ) -> Result<Incoming, PipelineError> {
        let now = self.clock.now();
        let incoming = intake::read(bytes, self.config, self.tokens, now);
        match &incoming {
            Incoming::Leave(id) => {
                self.suppress(*id, "asked to leave").await?;
                summary.left += 1;
            }
            Incoming::Complaint(id) => {
                self.suppress(*id, "complained").await?;
                summary.complained += 1;
            }
            Incoming::Bounce { delivery, class, words } => {
                if let Some(reader) =
                    outbox::bounced(self.db, *delivery, *class, words, now).await?
                {
                    self.leaving.strike(reader, *class, now).await?;
                }
                summary.bounced += 1;
            }
            Incoming::Delay(_) | Incoming::Other(_) => summary.other += 1,
        }
        Ok(incoming)
    }

    async fn suppress(&self, id: SubscriberId, why: &str) -> Result<(), PipelineError> {
        match subscribers::get(self.db, id).await? {
            Some(who) => self.leaving.suppress(&who, why, self.clock.now()).await.map(drop),
            None => Ok(()),
        }
    }

    /// Reads what is new in a maildir. What was acted on is marked as seen, the rest is left for a person; nothing is
    /// ever deleted.
    pub async fn read_maildir(&self, path: &Path) -> Result<IntakeSummary, PipelineError> {
        let wrong = |source| PipelineError::Maildir { path: path.to_owned(), source };
        let mut summary = IntakeSummary::default();
        for file in new_mail(path).map_err(wrong)? {
            let bytes = tokio::fs::read(&file).await.map_err(wrong)?;
            let incoming = self.take(&bytes, &mut summary).await?;
            let flags = if matches!(incoming, Incoming::Other(_)) { ":2," } else { ":2,S" };
            let name = file.file_name().unwrap_or_default().to_string_lossy().into_owned();
            let to = path.join("cur").join(format!("{name}{flags}"));
            tokio::fs::rename(&file, to).await.map_err(wrong)?;
        }
        Ok(summary)
    }
}

impl super::Pipeline {
    /// Reads the maildir of the configuration, where there is one.
    pub async fn read_inbox(&self) -> Result<IntakeSummary, PipelineError> {
        let Some(inbox) = &self.config.deliver.inbox else { return Ok(IntakeSummary::default()) };
        self.intake().read_maildir(&self.config.resolve(inbox)).await
    }

    pub(super) fn intake(&self) -> Intake<'_> {
        let (config, tokens, clock) = (&self.config.deliver, self.mailer.tokens(), &*self.clock);
        Intake { db: &self.db, config, tokens, leaving: &self.leaving, clock }
    }
}

/// The files of `new`, in the order of their names.
fn new_mail(path: &Path) -> io::Result<Vec<std::path::PathBuf>> {
    std::fs::create_dir_all(path.join("cur"))?;
    let files = std::fs::read_dir(path.join("new"))?;
    let mut files =
        files.map(|file| file.map(|file| file.path())).collect::<Result<Vec<_>, _>>()?;
    files.sort();
    Ok(files)
}
