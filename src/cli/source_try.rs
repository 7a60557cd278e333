//! `sitrep source try FILE|URL`

use std::path::Path;
use std::process::ExitCode;

use serde::Serialize;

use super::Format;
use crate::gather::{feed, files};

/// Arguments of `sitrep source try`.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// A file or an address.
    input: String,
    /// How to print.
    #[arg(long, value_enum, default_value = "text")]
    format: Format,
}

#[derive(Serialize)]
struct E<'a> { id: &'a str, title: &'a str, url: &'a str, #[serde(serialize_with="crate::gather::reading::rfc_3339")] published: Option<jiff::Zoned>, text: &'a str }

/// Prints.
pub fn run(args: &Args) -> anyhow::Result<ExitCode> {
    let bytes = files::load(Path::new(&args.input))?;
    let feed = feed::read(&bytes, None, None)?;
    let e: Vec<_> = feed.entries.iter().map(|e| E{id:&e.id,title:&e.title,url:&e.url,published:e.published.clone(),text:&e.text}).collect();
    anstream::println!("{}", serde_json::json!({"kind":"feed","title":feed.title,"entries":e}));
    Ok(ExitCode::SUCCESS)
}
