//! `sitrep subscriber`: who gets what, and when.

mod add;
mod erase;
mod export;
mod import;
mod list;
mod remove;
mod suppressed;

use clap::{Args, Subcommand};

use super::global::Global;

/// List, add, import, remove, export and erase subscribers
#[derive(Debug, Args)]
pub(crate) struct Subscriber {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    List(list::List),
    Add(add::Add),
    Import(import::Import),
    Remove(remove::Remove),
    Export(export::Export),
    Erase(erase::Erase),
    Suppressed(suppressed::Suppressed),
}

impl Subscriber {
    pub(crate) async fn run(self, global: &Global) -> anyhow::Result<()> {
        match self.command {
            Command::List(command) => command.run(global).await,
            Command::Add(command) => command.run(global).await,
            Command::Import(command) => command.run(global).await,
            Command::Remove(command) => command.run(global).await,
            Command::Export(command) => command.run(global).await,
            Command::Erase(command) => command.run(global).await,
            Command::Suppressed(command) => command.run(global).await,
        }
    }
}
