//! Writing to standard output: one locked handle, and a reader that went away is no error.

use std::io::{self, Write as _};
use std::path::Path;

use anyhow::Context as _;
use clap::ValueEnum;
use serde::Serialize;

/// How a listing is printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, ValueEnum)]
pub(super) enum Format {
    /// For people.
    #[default]
    Text,
    /// One JSON value.
    Json,
}

/// How a stream of documents is printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, ValueEnum)]
pub(super) enum LineFormat {
    /// For people.
    #[default]
    Text,
    /// JSON with line breaks.
    Json,
    /// One JSON value a line.
    Jsonl,
}

/// Writes text and ends the line.
pub(super) fn line(text: impl AsRef<str>) -> anyhow::Result<()> {
    let mut out = anstream::stdout().lock();
    writeln!(out, "{}", text.as_ref().trim_end_matches('\n'))
        .context("cannot write to standard output")
}

/// Writes text as it is.
pub(super) fn raw(text: impl AsRef<str>) -> anyhow::Result<()> {
    let mut out = io::stdout().lock();
    out.write_all(text.as_ref().as_bytes()).context("cannot write to standard output")
}

/// Writes text as it is to a file, or to standard output where none is named.
pub(super) fn to_file(out: Option<&Path>, text: &str) -> anyhow::Result<()> {
    match out {
        Some(path) => {
            std::fs::write(path, text).with_context(|| format!("cannot write `{}`", path.display()))
        }
        None => raw(text),
    }
}

/// Writes a value as indented JSON.
pub(super) fn json(value: &impl Serialize) -> anyhow::Result<()> {
    line(serde_json::to_string_pretty(value)?)
}

/// Writes a note to standard error.
pub(super) fn note(text: impl AsRef<str>) {
    let mut err = anstream::stderr().lock();
    // Where notes cannot be written there is nobody to tell.
    let _ = writeln!(err, "{}", text.as_ref());
}

/// A table with a head, for people.
pub(super) fn table(
    head: &[&str],
    rows: impl IntoIterator<Item = Vec<String>>,
) -> anyhow::Result<()> {
    line(tabled(head, rows))
}

/// The same as text.
pub(super) fn tabled(head: &[&str], rows: impl IntoIterator<Item = Vec<String>>) -> String {
    let mut table = comfy_table::Table::new();
    table.load_style(comfy_table::presets::NOTHING);
    table.set_header(head.to_vec());
    table.add_rows(rows);
    format!("{table}\n")
}

/// Whether the error is only that the reader of our output went away.
pub(super) fn is_broken_pipe(error: &anyhow::Error) -> bool {
    error.chain().any(|cause| {
        cause.downcast_ref::<io::Error>().is_some_and(|io| io.kind() == io::ErrorKind::BrokenPipe)
    })
}
