//! `sitrep gather`: fetch sources now.

use std::process::ExitCode;
use std::sync::Arc;

use clap::Args;

use super::global::Global;
use super::output::{self, Format};
use crate::app;
use crate::model::SystemClock;
use crate::model::id::SourceId;
use crate::pipeline::Gathering;

/// Fetch the named sources, or all, read what is new, and print how each fared
#[derive(Debug, Args)]
pub(crate) struct Gather {
    /// Ids of sources
    sources: Vec<SourceId>,
    /// How to print
    #[arg(long, value_enum, default_value_t)]
    format: Format,
}

impl Gather {
    pub(crate) async fn run(self, global: &Global) -> anyhow::Result<ExitCode> {
        let pipeline = app::pipeline(global.load()?, Arc::new(SystemClock)).await?;
        let gathered = pipeline.gather(&self.sources).await?;
        let read = pipeline.read_pending().await?;
        pipeline.refresh_events().await?;
        print(&gathered, self.format)?;
        if self.format == Format::Text {
            output::line(format!(
                "{} articles read, {} kept unread, {} claims",
                read.read, read.unread, read.claims
            ))?;
        }
        Ok(ExitCode::SUCCESS)
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
