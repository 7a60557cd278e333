//! The command line: one file per command.

mod explain;
mod extract;
mod read;
mod reading;
mod source_try;

use std::process::ExitCode;

use clap::{Parser, Subcommand, ValueEnum};

use crate::config::gather::GatherConfig;

/// Reads the day's news about armed conflicts and mails a briefing.
#[derive(Debug, Parser)]
#[command(name = "sitrep", version)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    Extract(extract::Extract),
    Explain(explain::Explain),
    /// The article as we read it: title, text, published, author, language.
    Read(read::Args),
    /// What a source gives.
    #[command(subcommand)]
    Source(SourceCommand),
}

#[derive(Debug, Subcommand)]
enum SourceCommand {
    /// What a feed holds; nothing is stored.
    Try(source_try::Args),
}

/// How a command prints.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// For people.
    Text,
    /// One JSON value.
    Json,
    /// One JSON value on each line.
    Jsonl,
}

/// Runs the command that the arguments name.
pub fn run() -> ExitCode {
    let config = GatherConfig::default();
    let done = |()| ExitCode::SUCCESS;
    let result = match Cli::parse().command {
        Command::Extract(command) => command.run().map(done),
        Command::Explain(command) => command.run().map(done),
        Command::Read(args) => read::run(&args, &config),
        Command::Source(SourceCommand::Try(args)) => source_try::run(&args, &config),
    };
    result.unwrap_or_else(|error| {
        anstream::eprintln!("{error:#}");
        ExitCode::FAILURE
    })
}

/// The runtime of a command that asks the network.
fn runtime() -> std::io::Result<tokio::runtime::Runtime> {
    tokio::runtime::Builder::new_current_thread().enable_all().build()
}
