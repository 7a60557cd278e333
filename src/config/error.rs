//! What can be wrong with a configuration.

use std::path::PathBuf;

use thiserror::Error;

/// An error that names the file, the line where there is one, and what to do.
#[derive(Debug, Error)]
pub enum ConfigError {
    /// The file cannot be read.
    #[error("cannot read `{path}`; name another with --config, or write one with `sitrep init`")]
    Unreadable {
        /// Which file.
        path: PathBuf,
        /// Why.
        #[source]
        source: std::io::Error,
    },
    /// A key that does not exist.
    #[error("`{path}` line {line}: unknown key `{key}`{hint}")]
    UnknownKey {
        /// Which file.
        path: PathBuf,
        /// Counted from 1.
        line: usize,
        /// The key.
        key: String,
        /// The nearest known key, in words.
        hint: String,
    },
    /// A value that does not fit, or text that is not TOML.
    #[error("`{path}` line {line}: {message}")]
    Invalid {
        /// Which file.
        path: PathBuf,
        /// Counted from 1.
        line: usize,
        /// What is wrong.
        message: String,
    },
    /// An environment variable that does not fit.
    #[error("the environment variable `{variable}` does not fit: {message}")]
    Environment {
        /// Which variable.
        variable: String,
        /// What is wrong.
        message: String,
    },
    /// A secret given twice or not readable.
    #[error("`{key}`: {message}")]
    Secret {
        /// The key.
        key: String,
        /// What is wrong.
        message: String,
    },
    /// Values that are each valid and do not go together.
    #[error("`{key}`: {message}")]
    Inconsistent {
        /// The key.
        key: String,
        /// What is wrong and what to do.
        message: String,
    },
}
