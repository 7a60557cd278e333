//! `sitrep bounce`: mail that comes back.

use std::io::Read as _;
use std::path::PathBuf;

use anyhow::{Context as _, bail};
use clap::{Args, Subcommand};

use super::global::Global;
use super::output;
use crate::app;
use crate::deliver::intake::Incoming;
use crate::model::SystemClock;
use crate::pipeline::{Intake, IntakeSummary};

/// Bounces, complaints, and mail of readers who want to leave
#[derive(Debug, Args)]
pub(crate) struct Bounce {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    Read(Read),
}

/// Read what the configuration names, another maildir, or one mail from standard input as a mail server's pipe; nothing is
/// deleted
#[derive(Debug, Args)]
struct Read {
    /// The maildir, or `-` for standard input [default: `deliver.inbox` and the mailbox of `deliver.imap`]
    from: Option<PathBuf>,
}

impl Bounce {
    pub(crate) async fn run(self, global: &Global) -> anyhow::Result<()> {
        match self.command {
            Command::Read(command) => command.run(global).await,
        }
    }
}

impl Read {
    async fn run(self, global: &Global) -> anyhow::Result<()> {
        let config = global.load()?;
        let inbox = config.deliver.inbox.as_ref().map(|inbox| config.resolve(inbox));
        let mailbox = app::mailbox(&config)?.filter(|_| self.from.is_none());
        if self.from.is_none() && inbox.is_none() && mailbox.is_none() {
            bail!("name a maildir or `-`, or set `deliver.inbox` or `deliver.imap.host`");
        }
        let db = app::database(&config).await?;
        let (tokens, leaving) = (app::tokens(&config)?, app::leaving(&config, &db)?);
        let intake = Intake {
            db: &db,
            config: &config.deliver,
            tokens: &tokens,
            leaving: &leaving,
            clock: &SystemClock,
        };
        if self.from.as_ref().is_some_and(|from| from.as_os_str() == "-") {
            return from_pipe(&intake).await;
        }
        let mut summary = IntakeSummary::default();
        if let Some(maildir) = self.from.or(inbox) {
            summary.add(intake.read_maildir(&maildir).await?);
        }
        if let Some(mailbox) = mailbox {
            let reader = format!("bounce read {}", std::process::id());
            match intake.read_mailbox(&mailbox, &reader).await? {
                Some(read) => summary.add(read),
                None => output::note(format!(
                    "another process reads `{}`; one that died loses its turn after five minutes",
                    mailbox.place()
                )),
            }
        }
        output::line(told(summary))
    }
}

async fn from_pipe(intake: &Intake<'_>) -> anyhow::Result<()> {
    let mut bytes = Vec::new();
    std::io::stdin().lock().read_to_end(&mut bytes).context("cannot read the mail")?;
    let mut summary = IntakeSummary::default();
    if let Incoming::Other(why) = intake.take(&bytes, &mut summary).await? {
        output::note(format!("the mail is left aside: {why}"));
    }
    Ok(())
}

fn told(summary: IntakeSummary) -> String {
    let IntakeSummary { left, complained, bounced, other } = summary;
    format!("{left} left, {complained} complained, {bounced} bounces, {other} left as they are")
}
