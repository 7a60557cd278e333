//! `sitrep explain`: which sentence and rule made each event, and what was dropped.

use std::io::{self, Write};
use std::process::ExitCode;

use clap::Args;

use super::extract;
use super::global::Global;
use super::output::LineFormat;
use super::reading::{Input, write_json};
use crate::model::document::ExplainLine;

/// Show what was recognised in texts, what became an event and what was dropped, with the rule
#[derive(Debug, Args)]
pub(crate) struct Explain {
    #[command(flatten)]
    input: Input,
}

impl Explain {
    pub(crate) fn run(&self, global: &Global) -> anyhow::Result<ExitCode> {
        self.input.run(global, render)
    }
}

fn render(out: &mut dyn Write, format: LineFormat, line: ExplainLine) -> io::Result<()> {
    if format != LineFormat::Text {
        return write_json(out, format, &line);
    }
    writeln!(out, "{}", line.extract.doc_id)?;
    for claim in &line.extract.events {
        extract::text(out, claim)?;
    }
    for dropped in &line.dropped {
        writeln!(out, "  dropped by `{}`: {}", dropped.rule, dropped.text)?;
    }
    for mention in &line.mentions {
        writeln!(out, "  {:?} {}..{} {} = {}", mention.kind, mention.start, mention.end, mention.text, mention.value.as_deref().unwrap_or("-"))?;
    }
    Ok(())
}
