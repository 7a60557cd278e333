//! `sitrep delivery`: what was mailed, to whom, and what their servers said.

mod list;
mod resume;
mod retry;
mod show;

use clap::{Args, Subcommand};

use super::global::Global;

/// What was mailed: list it, show each message with each reply, send again what failed
#[derive(Debug, Args)]
pub(crate) struct Delivery {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    List(list::List),
    Show(show::Show),
    Retry(retry::Retry),
    Resume(resume::Resume),
}

impl Delivery {
    pub(crate) async fn run(self, global: &Global) -> anyhow::Result<()> {
        match self.command {
            Command::List(command) => command.run(global).await,
            Command::Show(command) => command.run(global).await,
            Command::Retry(command) => command.run(global).await,
            Command::Resume(command) => command.run(global).await,
        }
    }
}

/// A word of the model, as it is written in JSON.
fn word(value: impl serde::Serialize) -> String {
    serde_json::to_string(&value).unwrap_or_default().replace('"', "")
}
