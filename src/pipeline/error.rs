//! What ends a run; a bad article, source or subscriber never does.

use std::path::PathBuf;

use thiserror::Error;

use super::request::LONGEST_DAYS;
use crate::config::ConfigError;
use crate::deliver::MailboxError;
use crate::extract::ExtractError;
use crate::gather::GatherError;
use crate::render::RenderError;
use crate::store::StoreError;

/// An error of the store, of a template, or of the caller.
#[derive(Debug, Error)]
pub enum PipelineError {
    /// State could not be read or written.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The fetcher could not be set up.
    #[error(transparent)]
    Gather(#[from] GatherError),
    /// The reader of articles could not be made.
    #[error(transparent)]
    Extract(#[from] ExtractError),
    /// A pack cannot be read.
    #[error(transparent)]
    Packs(#[from] ConfigError),
    /// A digest could not be rendered.
    #[error(transparent)]
    Render(#[from] RenderError),
    /// An edition that is not configured.
    #[error("there is no edition `{name}`; configured: `{known}`")]
    UnknownEdition {
        /// What was asked for.
        name: String,
        /// What there is.
        known: String,
    },
    /// A source that is not configured.
    #[error("there is no source `{0}`; `sitrep source list` shows them")]
    UnknownSource(String),
    /// A faction or region that no pack knows.
    #[error("no pack knows the {what} `{name}`; try `sitrep {what} lookup {name}`")]
    UnknownName {
        /// `faction` or `region`.
        what: &'static str,
        /// What was asked for.
        name: String,
    },
    /// A span that is too long for one digest.
    #[error(
        "the span is {days} days; at most {LONGEST_DAYS} go into one digest: ask for a shorter one, or for several"
    )]
    SpanTooLong {
        /// How long it is.
        days: i64,
    },
    /// A decision that names claims which the event does not rest on.
    #[error("event `#{event}` cannot be split by `{by}`: {why}")]
    Split {
        /// Which event, as digests print it.
        event: String,
        /// What was asked for.
        by: String,
        /// What is wrong, and what to do.
        why: &'static str,
    },
    /// A closing time that cannot be computed.
    #[error("edition `{edition}`: {message}")]
    Closing {
        /// Which edition.
        edition: String,
        /// What is wrong.
        message: String,
    },
    /// The file that remembers suppressions.
    #[error(
        "cannot use `{path}`, where suppressions are written down; check `deliver.suppressions`"
    )]
    Suppressions {
        /// Which file.
        path: PathBuf,
        /// Why.
        #[source]
        source: std::io::Error,
    },
    /// A database that is not at home here.
    #[error(
        "nothing is sent from `{database}`: {why}. Where the original sends no more, `sitrep db adopt` takes it over"
    )]
    Away {
        /// Which, without a password.
        database: String,
        /// By what it is known.
        why: String,
    },
    /// The file beside the database that counts the runs which sent mail.
    #[error(
        "cannot use `{path}`, which lies beside the database; check that this user may write there"
    )]
    Witness {
        /// Which file.
        path: PathBuf,
        /// Why.
        #[source]
        source: std::io::Error,
    },
    /// The maildir of what comes back.
    #[error("cannot read the maildir `{path}`; check `deliver.inbox`")]
    Maildir {
        /// Which folder.
        path: PathBuf,
        /// Why.
        #[source]
        source: std::io::Error,
    },
    /// The mailbox of what comes back.
    #[error(transparent)]
    Mailbox(#[from] MailboxError),
    /// A task ended before its result was there.
    #[error("a task of the run ended early")]
    Task(#[from] tokio::task::JoinError),
}
