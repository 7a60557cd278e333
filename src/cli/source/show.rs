//! What a source lists, for people.

use crate::cli::output;
use crate::gather::feed::{Entry, Feed};
use crate::gather::links;
use crate::model::source::{Source, SourceKind};
use crate::pipeline::headline;

/// The kind that a listing was read as.
pub(super) fn kind(feed: &Feed) -> SourceKind {
    match feed.dialect {
        "sitemap" => SourceKind::Sitemap,
        "page" => SourceKind::Page,
        "answer" => SourceKind::Json,
        "files" => SourceKind::Files,
        _ => SourceKind::Feed,
    }
}

/// The word for a kind.
pub(super) fn word(kind: SourceKind) -> String {
    let text = serde_json::to_string(&kind).unwrap_or_default();
    text.trim_matches('"').to_owned()
}

/// What it is, where, and how much there is of what age.
pub(super) fn head(source: &Source, feed: &Feed) -> anyhow::Result<()> {
    let dates = feed.entries.iter().filter_map(|e| e.published.as_ref().or(e.changed.as_ref()));
    let newest = dates.clone().max().map(|at| at.strftime("%F %R %:z").to_string());
    let newest = newest.map_or_else(|| "none with a date".to_owned(), |at| format!("newest {at}"));
    let count = feed.entries.len();
    let undated = count - dates.count();
    let undated = match undated {
        0 => String::new(),
        _ if undated == count => String::new(),
        _ => format!(", {undated} without a date"),
    };
    let title = if feed.title.is_empty() { "(no title)" } else { &feed.title };
    output::line(format!("{title} ({}, {count} entries, {newest}{undated})", feed.dialect))?;
    output::line(format!("  {}", links::shown(&source.url)))
}

/// An entry in two lines.
pub(super) fn entry(entry: &Entry) -> anyhow::Result<()> {
    let date = entry.published.as_ref().or(entry.changed.as_ref());
    let date = date.map_or_else(|| "no date".to_owned(), |at| at.strftime("%F %R %:z").to_string());
    let length = entry.text.chars().count();
    output::line(format!("\n{}\n  {date} · {length} characters · {}", headline(entry), entry.url))
}

/// What was left out, a line each.
pub(super) fn notes(notes: &[String]) -> anyhow::Result<()> {
    notes.iter().try_for_each(|note| output::line(format!("note: {note}")))
}
