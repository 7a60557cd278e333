//! How events are printed.

use clap::ValueEnum;

use crate::cli::output;
use crate::model::event::Event;
use crate::model::situation::Situation;
use crate::pipeline::Pipeline;
use crate::render::{self, EventRow};

/// How events are printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, ValueEnum)]
pub(super) enum EventFormat {
    /// For people.
    #[default]
    Table,
    /// The events as they are stored.
    Json,
    /// ACLED's column names, and a few of our own after them.
    Csv,
    /// A feature for each event.
    Geojson,
}

impl EventFormat {
    /// The events of a situation in this format; of a table, the rows.
    pub(super) fn text(self, situation: &Situation, pipeline: &Pipeline) -> anyhow::Result<String> {
        let registry = &pipeline.registry();
        Ok(match self {
            Self::Table => table(&render::event_rows(situation, registry)),
            Self::Json => {
                let shown = render::discreet(situation, registry);
                let events: Vec<&Event> = shown.events().collect();
                format!("{}\n", serde_json::to_string_pretty(&events)?)
            }
            Self::Csv => render::csv(situation, registry),
            Self::Geojson => format!("{}\n", render::geojson(situation, registry)?),
        })
    }
}

fn table(rows: &[EventRow]) -> String {
    let head = ["ID", "DATE", "WHERE", "WHAT", "KILLED", "SUPPORT"];
    output::tabled(&head, rows.iter().map(row))
}

fn row(row: &EventRow) -> Vec<String> {
    let [country, admin1, _, location] = &row.place;
    let mut place: Vec<&str> = Vec::new();
    for part in [location, admin1, country] {
        if !part.is_empty() && !place.contains(&part.as_str()) {
            place.push(part);
        }
    }
    let killed = row
        .killed
        .map(|(low, high)| if low == high { low.to_string() } else { format!("{low}–{high}") });
    let marks = std::iter::once(row.support).chain(row.disputes.iter().map(String::as_str));
    vec![
        format!("#{}", row.id.get(..6).unwrap_or(&row.id)),
        row.date.map(|date| date.to_string()).unwrap_or_default(),
        place.join(", "),
        row.notes.clone(),
        killed.unwrap_or_default(),
        marks.collect::<Vec<_>>().join("; "),
    ]
}
