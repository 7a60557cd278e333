//! The `sitrep` program.

use std::process::ExitCode;

fn main() -> ExitCode {
    sitrep::cli::run()
}
