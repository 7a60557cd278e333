//! Reading a mailbox on a server: what came back since the last time, each mail once (D-14).

use std::time::Duration;

use jiff::SignedDuration;
use tokio::time::Instant;

use super::{Intake, IntakeSummary, Pipeline, PipelineError};
use crate::deliver::intake::Incoming;
use crate::deliver::{Mailbox, MailboxError, OpenMailbox};
use crate::model::id::bytes_hash;
use crate::model::notice::{Notice, NoticeKind};
use crate::store::mailboxes::{self, Place};
use crate::store::{leases, notices};

/// Of several processes one reads a mailbox at a time; a dead one's turn ends after this.
const TURN: SignedDuration = SignedDuration::from_mins(5);
/// A turn ends by itself after this; the rest is read in the next.
const LONGEST: Duration = Duration::from_mins(2);
/// So many mails are read in a turn.
const MOST: usize = 500;
/// A mailbox that cannot be read for so long is told: a server may be away for a moment.
const PATIENCE: SignedDuration = SignedDuration::from_mins(10);

impl Intake<'_> {
    /// Reads what is new in a mailbox, in the order in which it came. What was acted on is marked as seen, or moved
    /// where that is configured; the rest is left as it is for a person. `reader` is the name under which the turn is
    /// taken; none while it is another's.
    ///
    /// A mail is acted on, then noted by its hash, then marked, then passed. Killed in between, the next turn begins
    /// with the same mail: to act on it again changes nothing, and once it is noted it is only marked.
    pub async fn read_mailbox(
        &self,
        mailbox: &Mailbox,
        reader: &str,
    ) -> Result<Option<IntakeSummary>, PipelineError> {
        let (lease, now) = (mailbox.name(), self.clock.now());
        if !leases::take(self.db, &lease, reader, now + TURN, now).await? {
            return Ok(None);
        }
        let mut summary = IntakeSummary::default();
        let read = self.read_turn(mailbox, &mut summary).await;
        leases::release(self.db, &lease, reader).await?;
        self.judge(mailbox, read).await?;
        Ok(Some(summary))
    }

    async fn read_turn(
        &self,
        mailbox: &Mailbox,
        summary: &mut IntakeSummary,
    ) -> Result<(), PipelineError> {
        let began = Instant::now();
        let (name, mut open) = (mailbox.name(), mailbox.open().await?);
        let known = mailboxes::place(self.db, &name).await?;
        let validity = open.validity();
        // Where the server has numbered anew, all is read again; what was acted on is known by its hash.
        let last = if known.validity == validity { known.last } else { 0 };
        let (mut place, mut unmarked) = (Place { validity, last }, None);
        for number in open.after(last).await?.into_iter().take(MOST) {
            if began.elapsed() > LONGEST {
                break;
            }
            let marked = self.read_one(&mut open, number, summary).await?;
            // What cannot be marked holds up nothing; it is come back to as long as it is not marked.
            unmarked = unmarked.or(marked.err());
            if unmarked.is_none() {
                place.last = number;
                mailboxes::advance(self.db, &name, place).await?;
            }
        }
        open.close().await;
        unmarked.map_or(Ok(()), |error| Err(error.into()))
    }

    /// Acts on one mail, unless that was done before, and marks it. The inner error is that of marking.
    async fn read_one(
        &self,
        open: &mut OpenMailbox,
        number: u32,
        summary: &mut IntakeSummary,
    ) -> Result<Result<(), MailboxError>, PipelineError> {
        let Some(bytes) = open.fetch(number).await? else { return Ok(Ok(())) };
        let hash = bytes_hash(&bytes);
        if !mailboxes::is_taken(self.db, &hash).await? {
            if let Incoming::Other(why) = self.take(&bytes, summary).await? {
                tracing::debug!(why, "a mail is left aside");
                return Ok(Ok(()));
            }
            mailboxes::taken(self.db, &hash, self.clock.now()).await?;
        }
        match open.done(number).await {
            Err(error @ MailboxError::Folder { .. }) => Ok(Err(error)),
            done => Ok(Ok(done?)),
        }
    }

    /// Notes since when a mailbox cannot be read, and tells it when that lasts.
    async fn judge(
        &self,
        mailbox: &Mailbox,
        read: Result<(), PipelineError>,
    ) -> Result<(), PipelineError> {
        let (name, now) = (mailbox.name(), self.clock.now());
        let (kind, text) = match &read {
            Ok(()) => {
                mailboxes::works(self.db, &name).await?;
                (NoticeKind::MailboxOpen, format!("`{}` lets us read again", mailbox.place()))
            }
            Err(PipelineError::Mailbox(error)) => {
                let since = mailboxes::failed(self.db, &name, now).await?;
                if now.duration_since(since) < PATIENCE {
                    return read;
                }
                let text = format!("bounces and mail of those who leave are not read: {error}");
                (NoticeKind::MailboxShut, text)
            }
            Err(_) => return read,
        };
        notices::put(self.db, &Notice::new("mailbox".to_owned(), now, kind, text)).await?;
        read
    }
}

impl Pipeline {
    /// Reads the mailbox of the configuration, where there is one. A database that is not at home here leaves it to
    /// the original.
    pub async fn read_mailbox(&self) -> Result<IntakeSummary, PipelineError> {
        let Some(mailbox) = &self.mailbox else { return Ok(IntakeSummary::default()) };
        if self.home.away(&self.db, self.clock.now()).await?.is_some() {
            return Ok(IntakeSummary::default());
        }
        let read = self.intake().read_mailbox(mailbox, &self.worker).await?;
        Ok(read.unwrap_or_default())
    }
}
