//! Asking before something is done.

use std::io::{self, Write as _};

use anyhow::Context as _;

/// Asks on standard error and reads the answer from standard input. Nothing, or the end of input, is a no.
pub(super) fn confirm(question: &str) -> anyhow::Result<bool> {
    let mut err = anstream::stderr().lock();
    // Where the question cannot be written, the answer is still read.
    let _ = write!(err, "{question} [y/N] ");
    let _ = err.flush();
    let mut answer = String::new();
    io::stdin().read_line(&mut answer).context("cannot read the answer")?;
    Ok(matches!(answer.trim().to_ascii_lowercase().as_str(), "y" | "yes"))
}
