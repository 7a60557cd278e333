//! `sitrep event amend`.

use clap::Args;

use super::hand::{self, Reason};
use crate::cli::global::Global;
use crate::cli::output;
use crate::model::decision::Amendment;
use crate::model::event::Event;
use crate::model::kind::SubType;
use crate::pipeline::{self, Pipeline};

/// Say how an event is otherwise than it was read: it stays so when its articles are read again
#[derive(Debug, Args)]
pub(crate) struct Amend {
    /// The event
    id: String,
    #[command(flatten)]
    reason: Reason,
    #[command(flatten)]
    changes: Changes,
}

/// What is otherwise.
#[derive(Debug, Args)]
pub(crate) struct Changes {
    /// What happened, by sub-type: `armed_clash`
    #[arg(long = "type", value_name = "SUB_TYPE")]
    kind: Option<SubType>,
    /// When: 2026-11-21, or 2026-11-20..2026-11-21
    #[arg(long)]
    date: Option<String>,
    /// Where: a name of the gazetteer or of a pack, with its area where there are several: "Al Bab, SY/Aleppo"
    #[arg(long)]
    place: Option<String>,
    /// Who began it, by faction id; more than once for several
    #[arg(long, value_name = "FACTION")]
    initiator: Vec<String>,
    /// Whom it was done to, by faction id; more than once for several
    #[arg(long, value_name = "FACTION")]
    target: Vec<String>,
    /// The dead of a side that the texts give a figure for: civilians=8, syrian-army=2-4
    #[arg(long, value_name = "SIDE=N")]
    killed: Vec<String>,
    /// The injured likewise
    #[arg(long, value_name = "SIDE=N")]
    injured: Vec<String>,
}

impl Amend {
    pub(crate) async fn run(self, global: &Global) -> anyhow::Result<()> {
        let reason = self.reason.checked()?;
        let pipeline = hand::pipeline(global).await?;
        let event = super::find(&pipeline.db, &self.id).await?;
        let amendment = self.changes.amendment(&pipeline, &event)?;
        pipeline.amend(&event, amendment, reason).await?;
        output::line(format!("`#{}` is amended", event.id.short()))
    }
}

impl Changes {
    /// What is to be amended.
    pub(crate) fn amendment(self, pipeline: &Pipeline, event: &Event) -> anyhow::Result<Amendment> {
        let Self { kind, date, place, initiator, target, killed, injured } = self;
        let (initiators, targets) = (initiator, target);
        let changes = pipeline::Changes { kind, date, place, initiators, targets, killed, injured };
        Ok(pipeline.amendment(event, &changes)?)
    }
}
