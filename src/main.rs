//! The `sitrep` program: see the library.

use std::process::ExitCode;

fn main() -> ExitCode {
    sitrep::cli::run()
}
