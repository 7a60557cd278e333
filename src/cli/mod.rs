//! The command line: one file per command.

mod check;
mod deliver;
mod demo;
mod digest;
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
    #[command(flatten)]
    global: Global,
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

impl Command {
    fn run(self, global: &Global) -> anyhow::Result<ExitCode> {
        let done = |()| ExitCode::SUCCESS;
        match self {
            Self::Demo(command) => block_on(command.run(global)).map(done),
            Self::Init(command) => command.run().map(done),
            Self::Check(command) => block_on(command.run(global)),
            Self::Status(command) => block_on(command.run(global)).map(done),
            Self::Serve(command) => block_on(command.run(global)).map(done),
            Self::Run(command) => block_on(command.run(global)).map(done),
            Self::Gather(command) => block_on(command.run(global)),
            Self::Extract(command) => command.run(global),
            Self::Explain(command) => command.run(global),
            Self::Read(command) => block_on(command.run(global)),
            Self::Digest(command) => block_on(command.run(global)).map(done),
            Self::Source(command) => block_on(command.run(global)),
            Self::Subscriber(command) => block_on(command.run(global)).map(done),
            Self::Faction(command) => command.run(global),
            Self::Place(command) => command.run(global),
            Self::Deliver(command) => block_on(command.run(global)).map(done),
        }
    }
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
