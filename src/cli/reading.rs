//! What `extract` and `explain` share: documents in, lines out, on all cores and in order.

use std::ffi::OsStr;
use std::fs::File;
use std::io::{self, BufRead, BufReader, BufWriter, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::Context;
use clap::Args;
use rayon::prelude::*;

use super::global::Global;
use super::output::LineFormat;
use super::read::{articles, is_web};
use crate::app;
use crate::config::gather::GatherConfig;
use crate::extract::Extractor;
use crate::gather::reading::Reading;
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
    /// JSON lines, texts, pages, mails, addresses; `-` is JSON lines on standard input
    #[arg(required = true, value_name = "FILE|URL")]
    inputs: Vec<String>,
}

/// A document, or why a line is none.
type Row = Result<Document, (String, String)>;

/// Reads one document: its claims alone, or every mention too.
pub(super) type Read = fn(&Extractor, &Document) -> crate::model::document::Reading;

/// Writes what was read of one document.
pub(super) type Render = fn(&mut dyn Write, LineFormat, &ExplainLine) -> io::Result<()>;

impl Input {
    /// The input, where there is one alone.
    pub(super) fn only(&self) -> Option<&str> {
        match self.inputs.as_slice() {
            [input] => Some(input),
            _ => None,
        }
    }

    /// Reads every document and writes its answer, in order.
    pub(super) fn run(
        &self,
        global: &Global,
        read: Read,
        render: Render,
    ) -> anyhow::Result<ExitCode> {
        let config = global.load_or_default()?;
        let registry = app::registry(&config, &self.packs)?;
        let extractor = Extractor::new(&registry)?;
        let mut out = BufWriter::new(io::stdout().lock());
        let mut write = |line: &ExplainLine| render(&mut out, self.format, line);
        each(&self.inputs, &config.gather, &extractor, read, &mut write)?;
        out.flush()?;
        Ok(ExitCode::SUCCESS)
    }
}

/// Reads every document of the inputs, on all cores, and hands on what was read, in order.
pub(super) fn each(
    inputs: &[String],
    config: &GatherConfig,
    extractor: &Extractor,
    read: Read,
    take: &mut dyn FnMut(&ExplainLine) -> io::Result<()>,
) -> anyhow::Result<()> {
    for input in inputs {
        let mut rows = rows(input, config)?;
        loop {
            let batch: Vec<io::Result<Row>> = rows.by_ref().take(BATCH).collect();
            if batch.is_empty() {
                break;
            }
            let batch = batch.into_iter().collect::<io::Result<Vec<Row>>>()?;
            let lines: Vec<ExplainLine> =
                batch.into_par_iter().map(|row| line(extractor, read, row)).collect();
            lines.iter().try_for_each(&mut *take)?;
        }
    }
    Ok(())
}

fn line(extractor: &Extractor, read: Read, row: Row) -> ExplainLine {
    match row {
        Ok(document) => {
            let reading = read(extractor, &document);
            let (extract, mentions, dropped) = ExtractLine::of(document.doc_id, reading);
            ExplainLine { extract, mentions, dropped }
        }
        Err((id, error)) => ExplainLine {
            extract: ExtractLine::failed(id, error),
            mentions: Vec::new(),
            dropped: Vec::new(),
        },
    }
}

type Rows = Box<dyn Iterator<Item = io::Result<Row>>>;

/// The documents of an input: JSON lines as they come; the articles of a text, page or mail; the page at an address.
fn rows(input: &str, config: &GatherConfig) -> anyhow::Result<Rows> {
    if input == "-" {
        return Ok(Box::new(json_lines(BufReader::new(io::stdin()))));
    }
    let ending = Path::new(input).extension().and_then(OsStr::to_str).unwrap_or_default();
    if !is_web(input) && matches!(ending, "jsonl" | "ndjson" | "json") {
        let file = File::open(input).with_context(|| format!("cannot read `{input}`"))?;
        return Ok(Box::new(json_lines(BufReader::new(file))));
    }
    let articles = articles(input, config)?;
    let rows = articles.into_iter().map(|article| Ok(Ok(as_document(input, article))));
    Ok(Box::new(rows.collect::<Vec<_>>().into_iter()))
}

fn as_document(input: &str, article: Reading) -> Document {
    Document {
        doc_id: input.to_owned(),
        published: article.published.as_ref().map(jiff::Zoned::date),
        title: Some(article.title).filter(|title| !title.is_empty()),
        url: Some(article.url),
        text: article.text,
        lang: article.language,
        ..Document::default()
    }
}

/// A line that is no document is an answer of its own, never the end of the run.
fn json_lines(reader: impl BufRead + 'static) -> impl Iterator<Item = io::Result<Row>> {
    let lines = reader.split(b'\n').enumerate();
    lines
        .filter(|(_, line)| line.as_ref().map_or(true, |line| !line.trim_ascii().is_empty()))
        .map(|(index, line)| line.map(|line| document(index, &line)))
}

fn document(index: usize, line: &[u8]) -> Row {
    serde_json::from_slice(line).map_err(|error| {
        let id = serde_json::from_slice::<serde_json::Value>(line)
            .ok()
            .and_then(|value| value.get("doc_id")?.as_str().map(str::to_owned));
        (id.unwrap_or_default(), format!("line {}: {error}", index + 1))
    })
}

/// Writes a value as one line or indented.
pub(super) fn write_json<T: serde::Serialize>(
    out: &mut dyn Write,
    format: LineFormat,
    value: &T,
) -> io::Result<()> {
    match format {
        LineFormat::Json => serde_json::to_writer_pretty(&mut *out, value)?,
        _ => serde_json::to_writer(&mut *out, value)?,
    }
    writeln!(out)
}
