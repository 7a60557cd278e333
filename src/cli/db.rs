//! `sitrep db`: the database itself.

use clap::{Args, Subcommand};

use super::global::Global;
use super::output;
use crate::app;
use crate::model::{Clock as _, SystemClock};
use crate::pipeline::home::{self, Adopted};

/// The database: take over one that was restored or copied
#[derive(Debug, Args)]
pub(crate) struct Database {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    Adopt(Adopt),
}

/// Take over a database that was restored, copied or moved here: what was due is not sent, what was missed is not made
/// up for, and who left stays away. Only where the original sends no more
#[derive(Debug, Args)]
struct Adopt {}

impl Database {
    pub(crate) async fn run(self, global: &Global) -> anyhow::Result<()> {
        match self.command {
            Command::Adopt(command) => command.run(global).await,
        }
    }
}

impl Adopt {
    async fn run(self, global: &Global) -> anyhow::Result<()> {
        let config = global.load()?;
        let db = app::database(&config).await?;
        let (here, leaving) =
            (app::home(&app::database_url(&config)?), app::leaving(&config, &db)?);
        let now = SystemClock.now();
        if here.away(&db, now).await?.is_none() {
            return output::line(format!("`{}` is at home here; nothing is changed", db.place()));
        }
        let Adopted { ended, skipped, left } = home::adopt(&db, &here, &leaving, now).await?;
        output::line(format!(
            "`{}` is at home here now: {} messages that were due are not sent, {} jobs and {skipped} due times are \
             passed over, {left} readers who left are suppressed again",
            db.place(),
            ended.expired,
            ended.jobs
        ))
    }
}
