//! A source that is a file or a folder.

use std::path::Path;

use super::files::{self, FileReading};
use super::gatherer::{Gatherer, Known};
use super::reading::Reading;
use super::report::SourceReport;
use crate::model::source::{FetchOutcome, FetchState, Source};

/// Reads the files of a source that are not known.
pub(super) async fn gather(
    gatherer: &Gatherer,
    source: &Source,
    state: &FetchState,
    known: Known<'_>,
) -> SourceReport {
    let now = gatherer.clock.now();
    let report = |outcome, what: &str| SourceReport::new(source, state, now, outcome, what);
    let (path, limit) = (files::path_of(&source.url), gatherer.page_limit());
    let read = tokio::task::spawn_blocking(move || read_all(&path, limit)).await;
    let Ok(read) = read else {
        return report(FetchOutcome::Malformed, "reading its files failed; please report it");
    };
    match read {
        Err(error) => report(FetchOutcome::Gone, &error.to_string()),
        Ok(read) => {
            let total = read.articles.len();
            let fresh = unread(read.articles, known).await;
            let outcome = outcome_of(total, &fresh);
            let mut report =
                report(outcome, &format!("{total} articles in its files, {} new", fresh.len()));
            report.known = total - fresh.len();
            report.skipped = read.skipped;
            report.articles = fresh.into_iter().map(Reading::into_found).collect();
            for article in &mut report.articles {
                article.language = article.language.take().or_else(|| source.language.clone());
            }
            report
        }
    }
}

/// The articles that are new, or that say something else than before.
async fn unread(articles: Vec<Reading>, known: Known<'_>) -> Vec<Reading> {
    let articles: Vec<Reading> = articles.into_iter().map(Reading::marked).collect();
    let urls: Vec<String> = articles.iter().map(|article| article.url.clone()).collect();
    let marks = known.known(&urls).await;
    let is_new = |article: &Reading| match marks.get(&article.url) {
        None => true,
        Some(before) => before.is_some() && *before != article.mark,
    };
    articles.into_iter().filter(is_new).collect()
}

fn outcome_of(total: usize, fresh: &[Reading]) -> FetchOutcome {
    match total {
        0 => FetchOutcome::Empty,
        _ if !fresh.is_empty() && fresh.iter().all(|article| article.published.is_none()) => {
            FetchOutcome::AllUndated
        }
        _ => FetchOutcome::Ok,
    }
}

/// Reads every file; one that cannot be read is noted and left out.
fn read_all(path: &Path, limit: std::time::Duration) -> Result<FileReading, files::FileError> {
    let mut all = FileReading::default();
    for (file, name) in files::list(path)? {
        match files::read_file(&file, &name, limit) {
            Ok(read) => {
                all.articles.extend(read.articles);
                all.skipped.extend(read.skipped);
            }
            Err(error) => all.skipped.push(error.to_string()),
        }
    }
    Ok(all)
}
