//! Logging: structured lines on standard error.

use tracing_subscriber::EnvFilter;
use tracing_subscriber::filter::{Directive, LevelFilter};
use tracing_subscriber::fmt;

use crate::config::log::{LogConfig, LogFormat};

/// Libraries that write what goes over the wire into the log, passwords and readers' addresses included (S-13).
const SILENT: [&str; 1] = ["async_imap"];

/// Starts logging. A filter that cannot be read falls back to `warn`; a second call changes nothing.
pub fn start(config: &LogConfig, verbosity: i8) {
    let filter =
        EnvFilter::try_new(level(config, verbosity)).unwrap_or_else(|_| EnvFilter::new("warn"));
    let silent =
        SILENT.iter().filter_map(|name| format!("{name}={}", LevelFilter::OFF).parse().ok());
    let filter = silent.fold(filter, |filter, silent: Directive| filter.add_directive(silent));
    let builder = fmt().with_env_filter(filter).with_writer(std::io::stderr).with_target(true);
    // Only the first subscriber of a process counts; tests start several applications.
    let _ = match config.format {
        LogFormat::Text => builder.with_ansi(false).try_init(),
        LogFormat::Json => builder.json().try_init(),
    };
}

/// `-v` and `-q` win over the configuration.
fn level(config: &LogConfig, verbosity: i8) -> String {
    match verbosity {
        i8::MIN..=-1 => "error".to_owned(),
        0 => config.level.clone(),
        1 => "warn,sitrep=info".to_owned(),
        2 => "info,sitrep=debug".to_owned(),
        _ => "debug,sitrep=trace".to_owned(),
    }
}
