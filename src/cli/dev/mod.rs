//! `sitrep dev`: what makes generated files of the repository. Hidden: it is for those who build sitrep.

mod gazetteer;

use std::process::ExitCode;

use clap::{Args, Subcommand};

/// Make the generated files of the repository
#[derive(Debug, Args)]
pub(crate) struct Dev {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    Gazetteer(gazetteer::Gazetteer),
}

impl Dev {
    pub(crate) fn run(self) -> anyhow::Result<ExitCode> {
        match self.command {
            Command::Gazetteer(command) => command.run(),
        }
    }
}
