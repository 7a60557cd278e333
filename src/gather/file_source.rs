//! A source that is a file or a folder.

use std::path::Path;

use super::feed::{Entry, Feed};
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
            let fresh: Vec<Reading> =
                read.articles.into_iter().filter(|article| !known(&article.url)).collect();
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

/// What the files of a source hold now, as entries.
pub(super) async fn list(gatherer: &Gatherer, source: &Source) -> Result<Feed, String> {
    let (path, limit) = (files::path_of(&source.url), gatherer.page_limit());
    let read = tokio::task::spawn_blocking(move || read_all(&path, limit)).await;
    let read = read.map_err(|_| "reading its files failed; please report it".to_owned())?;
    let read = read.map_err(|error| error.to_string())?;
    let entries = read.articles.into_iter().map(entry).collect();
    Ok(Feed { dialect: "files", entries, whole: true, notes: read.skipped, ..Feed::default() })
}

fn entry(article: Reading) -> Entry {
    Entry {
        id: article.url.clone(),
        title: article.title,
        url: article.url,
        published: article.published,
        author: article.author,
        credit: article.credit,
        text: article.text,
        ..Entry::default()
    }
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
