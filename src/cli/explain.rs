//! `sitrep explain`: which sentence, rule and source made each field, and what was dropped.

use std::io::{self, Write};
use std::process::ExitCode;

use clap::Args;

use super::event::find;
use super::extract;
use super::global::Global;
use super::output::{self, LineFormat};
use super::reading::{Input, write_json};
use crate::app;
use crate::extract::Extractor;
use crate::model::document::ExplainLine;
use crate::model::event::{Event, Report, SideFigure};

/// Show what was recognised in texts, what became an event and what was dropped, with the rule; or what an event of
/// the database rests on
#[derive(Debug, Args)]
pub(crate) struct Explain {
    #[command(flatten)]
    input: Input,
}

impl Explain {
    pub(crate) fn run(&self, global: &Global) -> anyhow::Result<ExitCode> {
        match self.input.only().and_then(|input| input.strip_prefix('#')) {
            Some(id) => super::block_on(event(global, id)).map(|()| ExitCode::SUCCESS),
            None => self.input.run(global, Extractor::explain, render),
        }
    }
}

/// `#abc123`: an event by the beginning of its id, as a digest prints it.
async fn event(global: &Global, id: &str) -> anyhow::Result<()> {
    let db = app::database(&global.load()?).await?;
    tell(&find(&db, id).await?)
}

/// What an event rests on, who contradicts it, and what editors decided about it.
pub(super) fn tell(event: &Event) -> anyhow::Result<()> {
    output::line(format!("#{} {} · {:?}", event.id.short(), event.kind.0, event.support))?;
    for made in &event.corrections {
        output::line(format!("  {:?} by an editor at {}: {}", made.kind, made.at, made.reason))?;
    }
    for figure in &event.figures {
        told_figure(figure)?;
    }
    for (speaker, scope) in &event.denials {
        output::line(format!("  {} denies the {scope:?}", speaker.name))?;
    }
    event.reports.iter().try_for_each(report)
}

fn told_figure(figure: &SideFigure) -> anyhow::Result<()> {
    output::line(format!(
        "  {:?} of {}: counted {:?}",
        figure.measure, figure.side, figure.counted
    ))?;
    for given in &figure.reports {
        let (who, standing) = (&given.speaker, given.standing);
        output::line(format!(
            "    {who} ({standing:?}): {:?} to {:?}",
            given.figure.min, given.figure.max
        ))?;
    }
    Ok(())
}

fn report(report: &Report) -> anyhow::Result<()> {
    let party = if report.by_party { ", a party to it" } else { "" };
    let speakers: Vec<_> = report.speakers.iter().map(|speaker| speaker.name.as_str()).collect();
    output::line(format!("  {}{party}: {}", report.source.name, report.article.url))?;
    if !speakers.is_empty() {
        output::line(format!("    citing {}", speakers.join(", ")))?;
    }
    report
        .evidence
        .iter()
        .try_for_each(|evidence| output::line(format!("    “{}”", evidence.quote)))
}

fn render(out: &mut dyn Write, format: LineFormat, line: &ExplainLine) -> io::Result<()> {
    if format != LineFormat::Text {
        return write_json(out, format, line);
    }
    writeln!(out, "{}", line.extract.doc_id)?;
    if let Some(reason) = line.extract.error.as_ref().or(line.extract.unread.as_ref()) {
        writeln!(out, "  not read: {reason}")?;
    }
    for claim in &line.extract.events {
        extract::text(out, claim)?;
    }
    for dropped in &line.dropped {
        writeln!(out, "  dropped by `{}`: {}", dropped.rule, dropped.text)?;
    }
    for mention in &line.mentions {
        let (kind, value) = (mention.kind, mention.value.as_deref().unwrap_or("-"));
        writeln!(out, "  {kind:?} {}..{} {} = {value}", mention.start, mention.end, mention.text)?;
    }
    Ok(())
}
