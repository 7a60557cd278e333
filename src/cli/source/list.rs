//! `sitrep source list`.

use std::collections::BTreeMap;

use clap::Args;

use crate::app;
use crate::cli::global::Global;
use crate::cli::output::{self, Format};
use crate::model::id::SourceId;
use crate::model::source::{FetchState, Source, SourceOrigin};
use crate::store::sources;

/// Every source, where it is defined, and how it fared last
#[derive(Debug, Args)]
pub(crate) struct List {
    /// How to print
    #[arg(long, value_enum, default_value_t)]
    format: Format,
}

impl List {
    pub(crate) async fn run(self, global: &Global) -> anyhow::Result<()> {
        let config = global.load()?;
        let db = app::database(&config).await?;
        let states = sources::fetch_states(&db).await?;
        let all = super::all(&config, &db).await?;
        match self.format {
            Format::Json => output::json(&values(&all, &states)),
            Format::Text => output::table(
                &["ID", "NAME", "DEFINED IN", "LAST", "NOTE"],
                all.iter().map(|(source, origin)| row(source, *origin, states.get(&source.id))),
            ),
        }
    }
}

fn values(
    all: &[(Source, SourceOrigin)],
    states: &BTreeMap<SourceId, FetchState>,
) -> Vec<serde_json::Value> {
    let value = |(source, origin): &(Source, SourceOrigin)| serde_json::json!({"source": source, "origin": origin, "state": states.get(&source.id)});
    all.iter().map(value).collect()
}

fn row(source: &Source, origin: SourceOrigin, state: Option<&FetchState>) -> Vec<String> {
    let outcome = state.and_then(|state| state.outcome);
    let last = match outcome {
        _ if source.paused => "paused".to_owned(),
        Some(outcome) => format!("{outcome:?}").to_lowercase(),
        None => "not tried".to_owned(),
    };
    let place = match origin {
        SourceOrigin::File => "file",
        SourceOrigin::Database => "database",
    };
    let note = state.and_then(|state| state.message.clone()).unwrap_or_default();
    vec![source.id.to_string(), source.name.clone(), place.to_owned(), last, note]
}
