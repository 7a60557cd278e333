//! `sitrep source`: where articles come from.

mod add;
mod health;
mod list;
mod try_out;

use std::process::ExitCode;

use clap::{Args, Subcommand};

use super::global::Global;
pub(crate) use health::Health;

/// List, add and try sources
#[derive(Debug, Args)]
pub(crate) struct Source {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    List(list::List),
    Add(add::Add),
    Try(try_out::Try),
}

impl Source {
    pub(crate) async fn run(self, global: &Global) -> anyhow::Result<ExitCode> {
        match self.command {
            Command::List(command) => command.run(global).await.map(|()| ExitCode::SUCCESS),
            Command::Add(command) => command.run(global).await.map(|()| ExitCode::SUCCESS),
            Command::Try(command) => command.run(global).await,
        }
    }
}
