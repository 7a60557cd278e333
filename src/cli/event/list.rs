//! `sitrep event list`.

use std::path::PathBuf;
use std::sync::Arc;

use clap::Args;

use super::format::EventFormat;
use crate::app;
use crate::cli::global::Global;
use crate::cli::output;
use crate::cli::selection::Selection;
use crate::model::SystemClock;
use crate::model::digest::Variant;
use crate::model::filter::Grouping;
use crate::pipeline::Request;

/// The events of a span, by event date: the last week where none is asked for
#[derive(Debug, Args)]
pub(crate) struct List {
    #[command(flatten)]
    selection: Selection,
    /// How to print
    #[arg(long, value_enum, default_value_t)]
    format: EventFormat,
    /// Where to write it; left out, standard output
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
}

impl List {
    pub(crate) async fn run(self, global: &Global) -> anyhow::Result<()> {
        let pipeline = app::pipeline(global.load()?, Arc::new(SystemClock)).await?;
        let variant = Variant {
            filter: self.selection.filter(),
            grouping: Grouping::Region,
            language: "en".to_owned(),
            zone: self.selection.zone.clone(),
            brief: false,
        };
        let window = self.selection.window(pipeline.clock.now())?;
        let request = Request { title: String::new(), window, variant };
        let situation = pipeline.answer(&request).await?;
        output::to_file(self.out.as_deref(), &self.format.text(&situation, &pipeline)?)
    }
}
