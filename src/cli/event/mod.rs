//! `sitrep event`: what happened, as the database has it, and the editor's hand in it.

mod amend;
mod format;
mod hand;
mod list;
mod show;

use anyhow::bail;
use clap::{Args, Subcommand};

pub(super) use amend::Changes;
pub(super) use hand::{Reason, pipeline};

use super::global::Global;
use crate::model::event::Event as Happening;
use crate::store::Db;
use crate::store::events::{self, Lookup};

/// List and show events; take one back, correct it, make one of two or two of one
#[derive(Debug, Args)]
pub(crate) struct Event {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    List(list::List),
    Show(show::Show),
    Retract(hand::Retract),
    Amend(amend::Amend),
    Merge(hand::Merge),
    Split(hand::Split),
}

impl Event {
    pub(crate) async fn run(self, global: &Global) -> anyhow::Result<()> {
        match self.command {
            Command::List(command) => command.run(global).await,
            Command::Show(command) => command.run(global).await,
            Command::Retract(command) => command.run(global).await,
            Command::Amend(command) => command.run(global).await,
            Command::Merge(command) => command.run(global).await,
            Command::Split(command) => command.run(global).await,
        }
    }
}

/// The event whose id begins so, as a digest prints it, with or without `#`.
pub(super) async fn find(db: &Db, id: &str) -> anyhow::Result<Happening> {
    let id = id.trim_start_matches('#');
    match events::find(db, id).await? {
        Lookup::One(event) => Ok(*event),
        Lookup::Missing => {
            bail!("there is no event `#{id}`; digests and `sitrep event list` print the ids")
        }
        Lookup::Ambiguous(ids) => {
            let ids: Vec<_> = ids.iter().map(ToString::to_string).collect();
            bail!("`#{id}` is the beginning of several ids: {}", ids.join(", "))
        }
    }
}
