//! `sitrep correct`: a decision about an event, and word of it to those who were told otherwise.

use clap::Args;

use super::event::{self, Changes, Reason};
use super::global::Global;
use super::{output, run};

/// Amend or retract an event, and tell everyone who was sent the wrong text
#[derive(Debug, Args)]
pub(crate) struct Correct {
    /// The event
    id: String,
    #[command(flatten)]
    reason: Reason,
    #[command(flatten)]
    changes: Changes,
    /// Take the event back
    #[arg(long, conflicts_with_all = ["kind", "date", "place", "initiator", "target", "killed", "injured"])]
    retract: bool,
    /// Mail a notice in three lines at once, threaded to the mail that told it otherwise
    #[arg(long)]
    notify: bool,
}

impl Correct {
    pub(crate) async fn run(self, global: &Global) -> anyhow::Result<()> {
        let reason = self.reason.checked()?;
        let pipeline = event::pipeline(global).await?;
        let event = event::find(&pipeline.db, &self.id).await?;
        let correction = if self.retract {
            pipeline.retract(&event, reason).await?
        } else {
            pipeline.amend(&event, self.changes.amendment(&pipeline, &event)?, reason).await?
        };
        output::line(format!("`#{}` is corrected; the next issue says so", event.id.short()))?;
        if !self.notify {
            return Ok(());
        }
        let queued = pipeline.notify(&event, &correction).await?;
        let sent = pipeline.send_due().await?;
        output::line(format!("{queued} notices queued; {}", run::summary(&sent)))
    }
}
