//! `sitrep extract`: text to events.

use std::io::{self, Write};
use std::process::ExitCode;

use clap::Args;

use super::global::Global;
use super::output::LineFormat;
use super::reading::{Input, write_json};
use crate::model::claim::Claim;
use crate::model::document::ExplainLine;

/// Read texts and print the events they report
#[derive(Debug, Args)]
pub(crate) struct Extract {
    #[command(flatten)]
    input: Input,
}

impl Extract {
    pub(crate) fn run(&self, global: &Global) -> anyhow::Result<ExitCode> {
        self.input.run(global, render)
    }
}

fn render(out: &mut dyn Write, format: LineFormat, line: &ExplainLine) -> io::Result<()> {
    if format != LineFormat::Text {
        return write_json(out, format, &line.extract);
    }
    let events = &line.extract;
    writeln!(out, "{}", events.doc_id)?;
    if let Some(reason) = events.error.as_ref().or(events.unread.as_ref()) {
        writeln!(out, "  not read: {reason}")?;
    }
    events.events.iter().try_for_each(|claim| text(out, claim))
}

/// One event for people: what, when, where, who, with what losses, who says so.
pub(super) fn text(out: &mut dyn Write, claim: &Claim) -> io::Result<()> {
    let date = claim.date.map_or_else(
        || "no date".to_owned(),
        |date| {
            if date.from == date.to {
                date.from.to_string()
            } else {
                format!("{} to {}", date.from, date.to)
            }
        },
    );
    let places: Vec<String> = claim
        .places
        .iter()
        .map(|place| place.canonical.clone().unwrap_or_else(|| place.name.clone()))
        .collect();
    writeln!(
        out,
        "  {} · {date} · {}",
        claim.kind.0,
        if places.is_empty() { "no place".to_owned() } else { places.join(", ") }
    )?;
    for actor in &claim.actors {
        writeln!(out, "    {:?}: {}", actor.role, actor.canonical.as_ref().unwrap_or(&actor.name))?;
    }
    for loss in &claim.casualties {
        writeln!(
            out,
            "    losses of {}: killed {:?}, wounded {:?}, captured {:?}",
            loss.canonical.as_ref().unwrap_or(&loss.name),
            loss.killed.as_ref().map(|figure| (figure.min, figure.max)),
            loss.wounded.as_ref().map(|figure| (figure.min, figure.max)),
            loss.captured.as_ref().map(|figure| (figure.min, figure.max))
        )?;
    }
    for evidence in &claim.evidence {
        writeln!(out, "    “{}”", evidence.quote)?;
    }
    Ok(())
}
