//! The command line: one file per command, each with its options and a `run`.

mod explain;
mod extract;
mod reading;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

/// Reads the day's news about armed conflicts and mails a briefing in which every statement is a claim with its
/// evidence.
#[derive(Debug, Parser)]
#[command(version, about, propagate_version = true, max_term_width = 100)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    Extract(extract::Extract),
    Explain(explain::Explain),
}

/// Runs the command of the process's arguments. 0 is success, 1 a failure, 2 wrong usage.
pub fn run() -> ExitCode {
    let result = match Cli::parse().command {
        Command::Extract(command) => command.run(),
        Command::Explain(command) => command.run(),
    };
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            anstream::eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}
