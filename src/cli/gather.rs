//! `sitrep gather`: fetch sources now.

use std::process::ExitCode;
use std::sync::Arc;

use clap::Args;

use super::global::Global;
use super::output::{self, Format};
use super::span;
use crate::app;
use crate::model::SystemClock;
use crate::model::id::SourceId;
use crate::model::time::CLOCK_ALERT;
use crate::pipeline::{Gathered, Gathering, Pipeline, clock_warning};
use crate::store::sources;

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
    pub(crate) async fn run(self, global: &Global) -> anyhow::Result<ExitCode> {
        let pipeline = app::pipeline(global.load()?, Arc::new(SystemClock)).await?;
        let gathered = match &self.since {
            Some(since) => {
                let since = span::since(since, pipeline.clock.now())?;
                pipeline.backfill(&self.sources, since).await?
            }
            None => pipeline.gather(&self.sources).await?,
        };
        let read = if self.fetch_only { None } else { Some(pipeline.read_pending().await?) };
        if read.is_some() {
            pipeline.refresh_events().await?;
        }
        print(&gathered.sources, self.format)?;
        warn_of_clock(&gathered);
        for id in &gathered.elsewhere {
            output::note(format!("`{id}`: left to another process, which reads its host"));
        }
        if self.format == Format::Text {
            print_waiting(&pipeline).await?;
        }
        if let Some(read) = read.filter(|_| self.format == Format::Text) {
            output::line(format!(
                "{} articles read, {} kept unread, {} claims",
                read.read, read.unread, read.claims
            ))?;
        }
        Ok(ExitCode::SUCCESS)
    }
}

/// The sources that were left alone because their outlet asked us to wait.
async fn print_waiting(pipeline: &Pipeline) -> anyhow::Result<()> {
    let states = sources::fetch_states(&pipeline.db).await?;
    let now = pipeline.clock.now();
    for source in pipeline.sources().await? {
        let until = states.get(&source.id).and_then(|state| state.not_before);
        if let Some(until) = until.filter(|until| *until > now && !source.paused) {
            let (id, until) = (&source.id, until.strftime("%F %R"));
            output::line(format!(
                "`{id}`: its outlet asks us to wait until {until} UTC; `sitrep gather {id}` asks all the same"
            ))?;
        }
    }
    Ok(())
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
