//! `sitrep read FILE|URL…`

use std::io::{self, Write};
use std::path::Path;
use std::process::ExitCode;
use std::sync::Arc;
use std::time::Duration;

use serde::Serialize;

use super::Format;
use crate::config::gather::GatherConfig;
use crate::gather::reading::Reading;
use crate::gather::{Gatherer, files};
use crate::model::SystemClock;

/// Arguments of `sitrep read`.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// Files or addresses.
    #[arg(required = true)]
    inputs: Vec<String>,
    /// How to print.
    #[arg(long, value_enum, default_value = "text")]
    format: Format,
}

#[derive(Serialize)]
struct Line<'a> {
    path: &'a str,
    #[serde(flatten)]
    article: &'a Reading,
}

/// Prints each article; what cannot be read is said on standard error, and the rest goes on.
pub(super) fn run(args: &Args, config: &GatherConfig) -> anyhow::Result<ExitCode> {
    let mut out = io::BufWriter::new(io::stdout().lock());
    let mut code = ExitCode::SUCCESS;
    for input in &args.inputs {
        let read = if is_web(input) { fetch(input, config)? } else { load(input, config) };
        for article in read.iter().flatten() {
            print(&mut out, args.format, &Line { path: input, article })?;
        }
        if let Err(message) = read {
            anstream::eprintln!("{message}");
            code = ExitCode::FAILURE;
        }
    }
    out.flush()?;
    Ok(code)
}

/// Whether an argument is an address, not a file.
pub(super) fn is_web(input: &str) -> bool {
    input.starts_with("http://") || input.starts_with("https://")
}

fn load(input: &str, config: &GatherConfig) -> Result<Vec<Reading>, String> {
    let limit = Duration::from_secs(config.page_timeout);
    let read =
        files::read_file(Path::new(input), input, limit).map_err(|error| error.to_string())?;
    if read.articles.is_empty() { Err(read.skipped.join("\n")) } else { Ok(read.articles) }
}

fn fetch(input: &str, config: &GatherConfig) -> anyhow::Result<Result<Vec<Reading>, String>> {
    let gatherer = Gatherer::new(config, Arc::new(SystemClock))?;
    let read = super::runtime()?.block_on(gatherer.read_page(input));
    Ok(read.map(|article| vec![article]))
}

fn print(out: &mut impl Write, format: Format, line: &Line<'_>) -> anyhow::Result<()> {
    match format {
        Format::Json => serde_json::to_writer_pretty(&mut *out, line)?,
        Format::Jsonl => serde_json::to_writer(&mut *out, line)?,
        Format::Text => {
            let article = line.article;
            let published =
                article.published.as_ref().map(|at| at.strftime("%Y-%m-%d %H:%M %:z").to_string());
            let byline = [
                published,
                article.author.clone(),
                article.credit.clone(),
                Some(article.url.clone()),
            ];
            writeln!(
                out,
                "{}\n{}\n",
                article.title,
                byline.into_iter().flatten().collect::<Vec<_>>().join(" · ")
            )?;
            writeln!(out, "{}", article.text)?;
        }
    }
    writeln!(out)?;
    Ok(())
}
