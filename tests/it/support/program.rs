//! The program itself, run as a user runs it.

use std::path::Path;
use std::process::{Command, Output};

/// `sitrep` in `dir`, with nothing of the tester's environment that it would read.
pub(crate) fn sitrep(dir: &Path, args: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_sitrep"));
    command.current_dir(dir).args(args).env_remove("SITREP_CONFIG");
    command
}

/// Runs it to its end.
pub(crate) fn run(dir: &Path, args: &[&str]) -> Output {
    sitrep(dir, args).output().unwrap()
}

/// Runs it to its end and gives what it printed; fails when it failed.
pub(crate) fn ok(dir: &Path, args: &[&str]) -> String {
    let output = run(dir, args);
    assert!(output.status.success(), "{args:?}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

/// Runs it to its end and gives what it said on standard error; fails when it did not fail.
pub(crate) fn fails(dir: &Path, args: &[&str]) -> String {
    let output = run(dir, args);
    assert!(!output.status.success(), "{args:?} succeeded");
    String::from_utf8(output.stderr).unwrap()
}
