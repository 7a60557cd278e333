//! `sitrep source`: where articles come from.

mod add;
mod export;
mod health;
mod import;
mod list;
mod pause;
mod remove;
mod shape;
mod show;
mod try_out;

use std::process::ExitCode;

use anyhow::bail;
use clap::{Args, Subcommand};

use super::global::Global;
use crate::config::Config;
use crate::model::id::SourceId;
use crate::model::source::{Source as Configured, SourceOrigin};
use crate::pipeline;
use crate::store::Db;

pub(crate) use health::Health;

/// List, add, try, pause, remove, import and export sources
#[derive(Debug, Args)]
pub(crate) struct Source {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    List(list::List),
    Add(add::Add),
    Remove(remove::Remove),
    Try(try_out::Try),
    Pause(pause::Pause),
    Resume(pause::Resume),
    Import(import::Import),
    Export(export::Export),
}

impl Source {
    pub(crate) async fn run(self, global: &Global) -> anyhow::Result<ExitCode> {
        let done = |()| ExitCode::SUCCESS;
        match self.command {
            Command::List(command) => command.run(global).await.map(done),
            Command::Add(command) => command.run(global).await,
            Command::Remove(command) => command.run(global).await.map(done),
            Command::Try(command) => command.run(global).await,
            Command::Pause(command) => command.run(global).await.map(done),
            Command::Resume(command) => command.run(global).await.map(done),
            Command::Import(command) => command.run(global).await.map(done),
            Command::Export(command) => command.run(global).await.map(done),
        }
    }
}

/// Every source of the configuration and the database, with where it is defined.
async fn all(config: &Config, db: &Db) -> anyhow::Result<Vec<(Configured, SourceOrigin)>> {
    Ok(pipeline::sources::all(db, &config.file_sources()?).await?)
}

/// The source with an id.
async fn one(
    config: &Config,
    db: &Db,
    id: &SourceId,
) -> anyhow::Result<(Configured, SourceOrigin)> {
    match all(config, db).await?.into_iter().find(|(source, _)| source.id == *id) {
        Some(found) => Ok(found),
        None => bail!("there is no source `{id}`; `sitrep source list` shows them"),
    }
}

/// The file that defines a source, for a message.
fn file_of(config: &Config, id: &SourceId) -> anyhow::Result<String> {
    let file = config.file_of(id)?;
    Ok(file.map_or_else(|| "its file".to_owned(), |file| format!("`{}`", file.display())))
}
