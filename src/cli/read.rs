//! `sitrep read`: the article as we read it.

use std::io::{self, Write};
use std::path::Path;
use std::process::ExitCode;
use std::sync::Arc;

use clap::Args;
use serde::Serialize;

use super::global::Global;
use super::output::{self, LineFormat};
use crate::config::gather::GatherConfig;
use crate::gather::reading::Reading;
use crate::gather::{Gatherer, files};
use crate::model::SystemClock;

/// Print articles as they are read: title, text, published, author, language
#[derive(Debug, Args)]
pub(crate) struct Read {
    /// Files or addresses
    #[arg(required = true, value_name = "FILE|URL")]
    inputs: Vec<String>,
    /// How to print
    #[arg(long, value_enum, default_value_t)]
    format: LineFormat,
}

#[derive(Serialize)]
struct Line<'a> {
    path: &'a str,
    #[serde(flatten)]
    article: &'a Reading,
}

impl Read {
    /// What cannot be read is said on standard error, and the rest goes on.
    pub(crate) async fn run(self, global: &Global) -> anyhow::Result<ExitCode> {
        let config = global.load_or_default()?.gather;
        let mut code = ExitCode::SUCCESS;
        for input in &self.inputs {
            let read =
                if is_web(input) { fetch(input, &config).await? } else { load(input, &config) };
            match read {
                Ok(articles) => {
                    let mut out = io::BufWriter::new(io::stdout().lock());
                    for article in &articles {
                        print(&mut out, self.format, &Line { path: input, article })?;
                    }
                    out.flush()?;
                }
                Err(message) => {
                    output::note(message);
                    code = ExitCode::FAILURE;
                }
            }
        }
        Ok(code)
    }
}

/// The articles of one file or address, for commands that do not run on the runtime.
pub(super) fn articles(input: &str, config: &GatherConfig) -> anyhow::Result<Vec<Reading>> {
    let read =
        if is_web(input) { super::block_on(fetch(input, config))? } else { load(input, config) };
    read.map_err(anyhow::Error::msg)
}

/// Whether an argument is an address, not a file.
pub(super) fn is_web(input: &str) -> bool {
    input.starts_with("http://") || input.starts_with("https://")
}

fn load(input: &str, config: &GatherConfig) -> Result<Vec<Reading>, String> {
    let limit = config.page_timeout.duration();
    let read =
        files::read_file(Path::new(input), input, limit).map_err(|error| error.to_string())?;
    if read.articles.is_empty() { Err(read.skipped.join("\n")) } else { Ok(read.articles) }
}

async fn fetch(input: &str, config: &GatherConfig) -> anyhow::Result<Result<Vec<Reading>, String>> {
    let gatherer = Gatherer::new(config, Arc::new(SystemClock))?;
    let read = gatherer.read_page(input).await;
    Ok(read.map(|article| vec![article]))
}

fn print(out: &mut impl Write, format: LineFormat, line: &Line<'_>) -> anyhow::Result<()> {
    match format {
        LineFormat::Json => serde_json::to_writer_pretty(&mut *out, line)?,
        LineFormat::Jsonl => serde_json::to_writer(&mut *out, line)?,
        LineFormat::Text => {
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
