//! `sitrep gather`: fetch sources now.

use std::process::ExitCode;
use std::sync::Arc;

use clap::Args;

use super::output::{self, Format};
use super::span;
use crate::app;
use crate::config::Config;
use crate::model::id::SourceId;
use crate::model::time::CLOCK_ALERT;
use crate::model::{Clock, SystemClock};
use crate::pipeline::{Collector, Gathered, Gathering, clock_warning};

/// Fetch the named sources, or all, read what is new, and print how each fared
#[derive(Debug, Args)]
pub(crate) struct Gather {
    /// Ids of sources
    sources: Vec<SourceId>,
    /// Read their archives too, back to --since; what is older than the current window is never mailed
    #[arg(long, requires = "since")]
    backfill: bool,
    /// How far back: a date, a time, or a span such as 30d
    #[arg(long, requires = "backfill")]
    since: Option<String>,
    /// Only fetch and store; what is new is read by the next run, or by another machine
    #[arg(long)]
    fetch_only: bool,
    /// How to print
    #[arg(long, value_enum, default_value_t)]
    format: Format,
}

impl Gather {
    pub(crate) async fn run(self, config: Config) -> anyhow::Result<ExitCode> {
        if self.fetch_only {
            self.fetch(config).await?;
        } else {
            self.fetch_and_read(config).await?;
        }
        Ok(ExitCode::SUCCESS)
    }

    /// Without packs, which nothing is read by, and without a way out for mail.
    async fn fetch(&self, config: Config) -> anyhow::Result<()> {
        let db = app::database(&config).await?;
        let (file_sources, worker) = (config.file_sources()?, app::worker_name());
        let (config, clock): (_, Arc<dyn Clock>) = (Arc::new(config), Arc::new(SystemClock));
        let collector = Collector {
            db: &db,
            config: &config,
            clock: &clock,
            file_sources: &file_sources,
            worker: &worker,
        };
        let gathered = self.gather(&collector).await?;
        self.tell(&gathered)?;
        // what is left of the log is moved now, and not by whoever opens the database next
        db.close().await;
        Ok(())
    }

    async fn fetch_and_read(&self, config: Config) -> anyhow::Result<()> {
        let pipeline = app::pipeline(config, Arc::new(SystemClock)).await?;
        let gathered = self.gather(&pipeline.collector()).await?;
        let read = pipeline.read_pending().await?;
        pipeline.refresh_events().await?;
        self.tell(&gathered)?;
        if self.format == Format::Text {
            output::line(format!(
                "{} articles read, {} kept unread, {} claims",
                read.read, read.unread, read.claims
            ))?;
        }
        pipeline.db.close().await;
        Ok(())
    }

    async fn gather(&self, collector: &Collector<'_>) -> anyhow::Result<Gathered> {
        let Some(since) = &self.since else { return Ok(collector.gather(&self.sources).await?) };
        let since = span::since(since, collector.clock.now())?;
        Ok(collector.backfill(&self.sources, since).await?)
    }

    fn tell(&self, gathered: &Gathered) -> anyhow::Result<()> {
        print(&gathered.sources, self.format)?;
        warn_of_clock(gathered);
        for id in &gathered.elsewhere {
            output::note(format!("`{id}`: left to another process, which reads its host"));
        }
        if self.format == Format::Text {
            print_waiting(gathered)?;
        }
        Ok(())
    }
}

/// The sources whose outlet asked us to wait, before this run or in it.
fn print_waiting(gathered: &Gathered) -> anyhow::Result<()> {
    gathered.waits.iter().try_for_each(|(id, until)| {
        let until = until.strftime("%F %R");
        output::line(format!(
            "`{id}`: its outlet asks us to wait until {until} UTC; `sitrep gather {id}` asks all the same"
        ))
    })
}

/// Says on standard error when our clock is wrong: dates and closings would be too.
pub(super) fn warn_of_clock(gathered: &Gathered) {
    if let Some(off) = gathered.clock_off.filter(|off| off.abs() > CLOCK_ALERT) {
        output::note(format!("warning: {}", clock_warning(off)));
    }
}

/// One row a source.
pub(super) fn print(gathered: &[Gathering], format: Format) -> anyhow::Result<()> {
    if format == Format::Json {
        return output::json(&gathered.iter().map(value).collect::<Vec<_>>());
    }
    let row = |one: &Gathering| {
        vec![
            one.source.to_string(),
            word(one),
            one.found.to_string(),
            one.new.to_string(),
            one.message.clone().unwrap_or_default(),
        ]
    };
    output::table(&["SOURCE", "OUTCOME", "FOUND", "NEW", "NOTE"], gathered.iter().map(row))?;
    gathered.iter().flat_map(|one| &one.skipped).try_for_each(output::line)
}

fn value(one: &Gathering) -> serde_json::Value {
    serde_json::json!({
        "source": one.source, "name": one.name, "outcome": one.outcome, "message": one.message,
        "skipped": one.skipped, "found": one.found, "new": one.new,
    })
}

/// The outcome as it is written in JSON, with spaces.
fn word(one: &Gathering) -> String {
    let text = serde_json::to_string(&one.outcome).unwrap_or_default();
    text.trim_matches('"').replace('_', " ")
}
