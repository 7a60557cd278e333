//! `sitrep source list`.

use std::collections::BTreeMap;

use clap::Args;
use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan as _};

use super::health::Health;
use crate::app;
use crate::cli::global::Global;
use crate::cli::output::{self, Format};
use crate::gather::links::shown;
use crate::model::id::SourceId;
use crate::model::source::{FetchState, Source, SourceOrigin};
use crate::model::{Clock as _, SystemClock};
use crate::store::source_days::{self, Volume};
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
        let today = SystemClock.now().to_zoned(TimeZone::UTC).date();
        let usual = source_days::volumes(&db, today.saturating_sub(28.days()), today).await?;
        let all = super::all(&config, &db).await?;
        match self.format {
            Format::Json => output::json(&values(&all, &states)),
            Format::Text => output::table(
                &[
                    "ID",
                    "NAME",
                    "DEFINED IN",
                    "STATE",
                    "LAST",
                    "READ",
                    "CHANGED",
                    "NEXT",
                    "A WEEK",
                    "NOTE",
                ],
                all.iter().map(|(source, origin)| {
                    let usual = usual.get(&source.id).copied().unwrap_or_default();
                    row(source, *origin, states.get(&source.id), usual)
                }),
            ),
        }
    }
}

fn values(
    all: &[(Source, SourceOrigin)],
    states: &BTreeMap<SourceId, FetchState>,
) -> Vec<serde_json::Value> {
    let value = |(source, origin): &(Source, SourceOrigin)| serde_json::json!({"source": source.printable(), "origin": origin, "state": states.get(&source.id)});
    all.iter().map(value).collect()
}

fn row(
    source: &Source,
    origin: SourceOrigin,
    state: Option<&FetchState>,
    usual: Volume,
) -> Vec<String> {
    let place = match origin {
        SourceOrigin::File => "file",
        SourceOrigin::Database => "database",
    };
    let time =
        |at: Option<Timestamp>| at.map_or_else(String::new, |at| at.strftime("%F %R").to_string());
    let next = state.filter(|_| !source.paused).and_then(|state| state.next_poll);
    vec![
        source.id.to_string(),
        source.name.clone(),
        place.to_owned(),
        Health::of(source, state).word().to_owned(),
        last(state),
        time(state.and_then(|state| state.last_read)),
        time(state.and_then(|state| state.last_changed)),
        time(next),
        usual.per_week().map_or_else(String::new, |n| n.to_string()),
        note(state),
    ]
}

/// How the last try ended, as it is written in JSON, with spaces.
fn last(state: Option<&FetchState>) -> String {
    let outcome = state.and_then(|state| state.outcome);
    let word = outcome.map(|outcome| serde_json::to_string(&outcome).unwrap_or_default());
    word.unwrap_or_default().trim_matches('"').replace('_', " ")
}

fn note(state: Option<&FetchState>) -> String {
    let Some(state) = state else { return String::new() };
    let mut note = state.message.clone().unwrap_or_default();
    if state.failures > 1 {
        note = format!("{note}; {} failures in a row", state.failures);
    }
    if let Some(moved) = state.moved_to.as_ref().filter(|_| !note.contains("moved for good")) {
        let moved = shown(moved);
        note = format!("{note}; it has moved for good to `{moved}`: change `url`");
    }
    note
}
