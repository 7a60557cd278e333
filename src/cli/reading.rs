//! What `extract` and `explain` share: documents in, lines out, on all cores and in order.

use std::io::{self, BufRead, BufReader, BufWriter, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::Context;
use clap::Args;
use rayon::prelude::*;

use super::global::Global;
use super::output::LineFormat;
use crate::app;
use crate::extract::Extractor;
use crate::model::document::{Document, ExplainLine, ExtractLine};

/// How many documents are read at a time: enough to keep every core busy, few enough to hold memory flat.
const BATCH: usize = 512;

/// What both commands take.
#[derive(Debug, Args)]
pub(super) struct Input {
    /// How the answer is written
    #[arg(long, value_enum, default_value_t)]
    format: LineFormat,
    /// A pack of your own, over the built-in ones
    #[arg(long = "pack", value_name = "FILE")]
    packs: Vec<PathBuf>,
    /// JSON lines or text files; `-` is standard input
    #[arg(required = true, value_name = "FILE")]
    files: Vec<PathBuf>,
}

/// A document, or why a line is none.
type Row = Result<Document, (String, String)>;

/// Writes what was read of one document.
pub(super) type Render = fn(&mut dyn Write, LineFormat, ExplainLine) -> io::Result<()>;

impl Input {
    /// Reads every document and writes its answer, in order.
    pub(super) fn run(&self, global: &Global, render: Render) -> anyhow::Result<ExitCode> {
        let registry = app::registry(&global.load_or_default()?, &self.packs)?;
        let extractor = Extractor::new(&registry)?;
        let mut out = BufWriter::new(io::stdout().lock());
        self.stream(&extractor, &mut out, render)?;
        out.flush()?;
        Ok(ExitCode::SUCCESS)
    }

    fn stream(&self, extractor: &Extractor, out: &mut dyn Write, render: Render) -> anyhow::Result<()> {
        for file in &self.files {
            let mut rows = rows(file)?;
            loop {
                let batch: Vec<io::Result<Row>> = rows.by_ref().take(BATCH).collect();
                if batch.is_empty() {
                    break;
                }
                let batch = batch.into_iter().collect::<io::Result<Vec<Row>>>()?;
                let lines: Vec<ExplainLine> = batch.into_par_iter().map(|row| line(extractor, row)).collect();
                for line in lines {
                    render(out, self.format, line)?;
                }
            }
        }
        Ok(())
    }
}

fn line(extractor: &Extractor, row: Row) -> ExplainLine {
    match row {
        Ok(document) => {
            let reading = extractor.read(&document);
            let (extract, mentions, dropped) = ExtractLine::of(document.doc_id, reading);
            ExplainLine { extract, mentions, dropped }
        }
        Err((id, error)) => ExplainLine { extract: ExtractLine::failed(id, error), mentions: Vec::new(), dropped: Vec::new() },
    }
}

type Rows = Box<dyn Iterator<Item = io::Result<Row>>>;

/// The documents of a file: JSON lines, or one text.
fn rows(file: &Path) -> anyhow::Result<Rows> {
    if file == Path::new("-") {
        return Ok(Box::new(json_lines(BufReader::new(io::stdin()))));
    }
    let name = file.display().to_string();
    let opened = std::fs::File::open(file).with_context(|| format!("cannot read `{name}`"))?;
    if file.extension().is_some_and(|ending| ending == "jsonl" || ending == "ndjson" || ending == "json") {
        return Ok(Box::new(json_lines(BufReader::new(opened))));
    }
    let bytes = std::fs::read(file).with_context(|| format!("cannot read `{name}`"))?;
    let text = String::from_utf8_lossy(&bytes).into_owned();
    Ok(Box::new(std::iter::once(Ok(Ok(Document { doc_id: name, text, ..Document::default() })))))
}

/// A line that is no document is an answer of its own, never the end of the run.
fn json_lines(reader: impl BufRead + 'static) -> impl Iterator<Item = io::Result<Row>> {
    let lines = reader.split(b'\n').enumerate();
    lines.filter(|(_, line)| line.as_ref().map_or(true, |line| !line.trim_ascii().is_empty())).map(|(index, line)| line.map(|line| document(index, &line)))
}

fn document(index: usize, line: &[u8]) -> Row {
    serde_json::from_slice(line).map_err(|error| {
        let id = serde_json::from_slice::<serde_json::Value>(line).ok().and_then(|value| value.get("doc_id")?.as_str().map(str::to_owned));
        (id.unwrap_or_default(), format!("line {}: {error}", index + 1))
    })
}

/// Writes a value as one line or indented.
pub(super) fn write_json<T: serde::Serialize>(out: &mut dyn Write, format: LineFormat, value: &T) -> io::Result<()> {
    match format {
        LineFormat::Json => serde_json::to_writer_pretty(&mut *out, value)?,
        _ => serde_json::to_writer(&mut *out, value)?,
    }
    writeln!(out)
}
