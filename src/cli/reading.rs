//! What `extract` and `explain` share: documents in, lines out, on all cores and in order.

use std::io::{self, BufRead, BufReader, BufWriter, Write};
use std::path::{Path, PathBuf};

use anyhow::Context;
use clap::{Args, ValueEnum};
use rayon::prelude::*;

use crate::config::packs;
use crate::extract::Extractor;
use crate::model::document::{Document, ExplainLine, ExtractLine};
use crate::model::registry::Registry;

/// How many documents are read at a time: enough to keep every core busy, few enough to hold memory flat.
const BATCH: usize = 512;

/// How the answer is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum Format {
    /// One line per document.
    Jsonl,
    /// One indented object per document.
    Json,
    /// For people.
    Text,
}

/// What both commands take.
#[derive(Debug, Args)]
pub(super) struct Input {
    /// How the answer is written
    #[arg(long, value_enum, default_value = "text")]
    pub(super) format: Format,
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
pub(super) type Render = fn(&mut dyn Write, Format, ExplainLine) -> io::Result<()>;

impl Input {
    /// Reads every document and writes its answer, in order; a reader that goes away is no failure.
    pub(super) fn run(&self, render: Render) -> anyhow::Result<()> {
        let extractor = self.extractor()?;
        let mut out = BufWriter::new(io::stdout().lock());
        match self.stream(&extractor, &mut out, render).and_then(|()| Ok(out.flush()?)) {
            Err(error) if is_broken_pipe(&error) => Ok(()),
            result => result,
        }
    }

    fn extractor(&self) -> anyhow::Result<Extractor> {
        let own = self.packs.iter().map(|path| packs::load(path)).collect::<Result<Vec<_>, _>>()?;
        let registry = Registry::merge(packs::builtin().into_iter().chain(own));
        Ok(Extractor::new(&registry)?)
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

fn is_broken_pipe(error: &anyhow::Error) -> bool {
    error.chain().any(|cause| cause.downcast_ref::<io::Error>().is_some_and(|error| error.kind() == io::ErrorKind::BrokenPipe))
}

/// Writes a value as one line or indented.
pub(super) fn write_json<T: serde::Serialize>(out: &mut dyn Write, format: Format, value: &T) -> io::Result<()> {
    match format {
        Format::Json => serde_json::to_writer_pretty(&mut *out, value)?,
        _ => serde_json::to_writer(&mut *out, value)?,
    }
    writeln!(out)
}
