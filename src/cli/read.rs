//! `sitrep read FILE|URL…`

use std::io::{self, Write};
use std::path::Path;
use std::process::ExitCode;
use std::time::Duration;

use serde::Serialize;

use super::Format;
use crate::gather::files;
use crate::gather::reading::Reading;

/// Arguments of `sitrep read`.
#[derive(Debug, clap::Args)]
pub struct Args {
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
pub fn run(args: &Args) -> anyhow::Result<ExitCode> {
    let mut out = io::stdout().lock();
    let mut code = ExitCode::SUCCESS;
    for input in &args.inputs {
        match files::read_file(Path::new(input), input, Duration::from_secs(10)) {
            Ok(read) => {
                for article in &read.articles {
                    serde_json::to_writer(&mut out, &Line { path: input, article })?;
                    writeln!(out)?;
                }
            }
            Err(error) => { anstream::eprintln!("{error}"); code = ExitCode::FAILURE; }
        }
    }
    Ok(code)
}
