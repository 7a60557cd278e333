//! The command line: one file per command, each with its options and a `run`.

mod about;
mod admin;
mod backup;
mod bounce;
mod check;
mod confirm;
mod correct;
mod db;
mod deliver;
mod delivery;
mod demo;
mod dev;
mod digest;
mod dkim;
mod event;
mod explain;
mod extract;
mod gather;
mod global;
mod init;
mod issue;
mod lookup;
mod output;
mod read;
mod reading;
mod reprocess;
mod restore;
mod run;
mod selection;
mod serve;
mod source;
mod span;
mod status;
mod subscriber;
mod unresolved;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

use global::Global;

/// Reads the day's news about armed conflicts and mails a briefing in which every statement is a claim with its
/// evidence.
#[derive(Debug, Parser)]
#[command(version, about, propagate_version = true, max_term_width = 100)]
struct Cli {
    #[command(flatten)]
    global: Global,
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    Demo(demo::Demo),
    Init(init::Init),
    Check(check::Check),
    Status(status::Status),
    Serve(serve::Serve),
    Run(run::Run),
    Gather(gather::Gather),
    Extract(extract::Extract),
    Explain(explain::Explain),
    Read(read::Read),
    Digest(digest::Digest),
    Event(event::Event),
    Correct(correct::Correct),
    Issue(issue::Issue),
    Reprocess(reprocess::Reprocess),
    Source(source::Source),
    Subscriber(subscriber::Subscriber),
    Faction(lookup::Faction),
    Place(lookup::Place),
    Unresolved(unresolved::UnresolvedNames),
    Delivery(delivery::Delivery),
    Deliver(deliver::Deliver),
    Bounce(bounce::Bounce),
    Dkim(dkim::Dkim),
    Admin(admin::Admin),
    Backup(backup::Backup),
    Restore(restore::Restore),
    Db(db::Database),
    About(about::About),
    #[command(hide = true)]
    Dev(dev::Dev),
}

/// Runs the command of the process's arguments. 0 is success, 1 a failure, 2 wrong usage.
pub fn run() -> ExitCode {
    let cli = Cli::parse();
    match cli.command.run(&cli.global) {
        Ok(code) => code,
        Err(error) if output::is_broken_pipe(&error) => ExitCode::SUCCESS,
        Err(error) => {
            output::note(format!("error: {error:#}"));
            ExitCode::FAILURE
        }
    }
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
            Self::Gather(command) => {
                let config = global.load()?;
                block_on(on_workers(command.run(config)))
            }
            Self::Extract(command) => command.run(global),
            Self::Explain(command) => command.run(global),
            Self::Read(command) => block_on(command.run(global)),
            Self::Digest(command) => block_on(command.run(global)).map(done),
            Self::Correct(command) => block_on(command.run(global)).map(done),
            Self::Event(command) => block_on(command.run(global)).map(done),
            Self::Issue(command) => block_on(command.run(global)).map(done),
            Self::Reprocess(command) => block_on(command.run(global)).map(done),
            Self::Source(command) => block_on(command.run(global)),
            Self::Subscriber(command) => block_on(command.run(global)).map(done),
            Self::Faction(command) => command.run(global),
            Self::Place(command) => command.run(global),
            Self::Unresolved(command) => command.run(global).map(done),
            Self::Delivery(command) => block_on(command.run(global)).map(done),
            Self::Bounce(command) => block_on(command.run(global)).map(done),
            Self::Dkim(command) => command.run(global).map(done),
            Self::Deliver(command) => block_on(command.run(global)).map(done),
            Self::Admin(command) => block_on(command.run(global)).map(done),
            Self::Backup(command) => block_on(command.run(global)).map(done),
            Self::Restore(command) => block_on(command.run(global)).map(done),
            Self::Db(command) => block_on(command.run(global)).map(done),
            Self::About(command) => command.run().map(done),
            Self::Dev(command) => command.run(),
        }
    }
}

/// Runs where the tasks run that it waits for: each of them would else wake a thread more.
async fn on_workers<T: Send + 'static>(
    work: impl Future<Output = anyhow::Result<T>> + Send + 'static,
) -> anyhow::Result<T> {
    tokio::spawn(work).await?
}

fn block_on<T>(work: impl Future<Output = anyhow::Result<T>>) -> anyhow::Result<T> {
    tokio::runtime::Builder::new_multi_thread().enable_all().build()?.block_on(work)
}
