//! What gathering from one source gave.

use jiff::Timestamp;

use super::http::FetchError;
use super::links;
use super::poll::Wishes;
use crate::model::article::FoundArticle;
use crate::model::id::SourceId;
use crate::model::source::{FetchOutcome, FetchState, Source};

/// What gathering from one source gave. A source that fails is such a report too.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SourceReport {
    /// The source.
    pub source: SourceId,
    /// How it ended.
    pub outcome: FetchOutcome,
    /// One line for an editor: names the source, says what went wrong, whose fault it is and what to do.
    pub message: String,
    /// What to remember until the next time.
    pub state: FetchState,
    /// New articles, in the order of the source.
    pub articles: Vec<FoundArticle>,
    /// How many entries were known already.
    pub known: usize,
    /// What was left out or read worse than it should be, one line each.
    pub skipped: Vec<String>,
    /// The server's clock, to compare ours with.
    pub server_date: Option<Timestamp>,
    /// What the outlet asks of us.
    pub wishes: Wishes,
    /// Where the outlet says that it is for good; an editor decides.
    pub moved_to: Option<String>,
}

impl SourceReport {
    /// A report without articles. What `state` knows of the last full answer is kept, since a failure changes nothing
    /// about it.
    pub fn new(
        source: &Source,
        state: &FetchState,
        now: Timestamp,
        outcome: FetchOutcome,
        what: &str,
    ) -> Self {
        let message = format!("`{}`: {what}", source.id);
        let state = state.after(outcome, message.clone(), now);
        Self {
            source: source.id.clone(),
            outcome,
            message,
            state,
            articles: Vec::new(),
            known: 0,
            skipped: Vec::new(),
            server_date: None,
            wishes: Wishes::default(),
            moved_to: None,
        }
    }

    /// The report of a fetch that failed.
    pub fn failed(source: &Source, state: &FetchState, now: Timestamp, error: &FetchError) -> Self {
        let what = format!("{error} ({})", links::shown(&source.url));
        let mut report = Self::new(source, state, now, error.outcome(), &what);
        report.wishes.retry_after = error.retry_after();
        report
    }

    /// Forgets the last full answer, so that the next request asks for everything.
    pub fn ask_anew(&mut self) {
        self.state.etag = None;
        self.state.last_modified = None;
    }
}
