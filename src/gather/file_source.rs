//! A source that is a file or a folder.

use std::time::Duration;

use jiff::{SignedDuration, Timestamp};

use super::feed::{Entry, Feed};
use super::files::{self, FileReading, ListedFile};
use super::gatherer::{Gatherer, Known};
use super::reading::Reading;
use super::report::SourceReport;
use crate::model::source::{FetchOutcome, FetchState, Source};

/// How many files are read in one run; the others wait for the next.
const MOST_AT_ONCE: usize = 10_000;

/// By how much the clock of a file system may lag behind ours.
const LAG: SignedDuration = SignedDuration::from_secs(2);

/// Reads the files of a source that are new or were changed since they were last read.
pub(super) async fn gather(
    gatherer: &Gatherer,
    source: &Source,
    state: &FetchState,
    known: Known<'_>,
) -> SourceReport {
    let now = gatherer.clock.now();
    let report = |outcome, what: &str| SourceReport::new(source, state, now, outcome, what);
    let path = files::path_of(&source.url);
    let listed = tokio::task::spawn_blocking(move || files::list(&path)).await;
    let listed = match listed {
        Ok(Ok(listed)) => listed,
        Ok(Err(error)) => return report(FetchOutcome::Gone, &error.to_string()),
        Err(_) => return report(FetchOutcome::Malformed, FAILED),
    };
    let all = listed.len();
    let mut files = changed(listed, state.last_read, known).await;
    let (unchanged, late) = (all - files.len(), files.len().saturating_sub(MOST_AT_ONCE));
    files.truncate(MOST_AT_ONCE);
    let limit = gatherer.page_limit();
    let Ok(mut read) = tokio::task::spawn_blocking(move || read_all(&files, limit)).await else {
        return report(FetchOutcome::Malformed, FAILED);
    };
    if late > 0 {
        read.skipped
            .push(format!("{late} files wait for the next run; {MOST_AT_ONCE} are read at once"));
    }
    let total = unchanged + read.articles.len();
    let fresh = unread(read.articles, known).await;
    let outcome = outcome_of(total, &fresh);
    let mut report =
        report(outcome, &format!("{total} articles in its files, {} new", fresh.len()));
    if late > 0 {
        // Files that wait are older than this run, and must not pass for read.
        report.state.last_read = state.last_read;
    }
    report.known = total - fresh.len();
    report.skipped = read.skipped;
    report.articles = fresh.into_iter().map(Reading::into_found).collect();
    for article in &mut report.articles {
        article.language = article.language.take().or_else(|| source.language.clone());
    }
    report
}

const FAILED: &str = "reading its files failed; please report it";

/// The files but for those that are known by their name and did not change since they were last read. A file that was
/// still being written then has changed, and is read again. Lines are added to lists of articles, so these are always
/// read.
async fn changed(
    files: Vec<ListedFile>,
    last_read: Option<Timestamp>,
    known: Known<'_>,
) -> Vec<ListedFile> {
    let Some(before) = last_read.and_then(|at| at.checked_sub(LAG).ok()) else { return files };
    let (old, mut kept): (Vec<_>, Vec<_>) = files
        .into_iter()
        .partition(|file| !file.is_list() && file.changed.is_some_and(|at| at < before));
    let names: Vec<String> = old.iter().map(|file| file.name.clone()).collect();
    let marks = known.known(&names).await;
    kept.extend(old.into_iter().filter(|file| !marks.contains_key(&file.name)));
    kept
}

/// What the files of a source hold now, as entries.
pub(super) async fn list(gatherer: &Gatherer, source: &Source) -> Result<Feed, String> {
    let (path, limit) = (files::path_of(&source.url), gatherer.page_limit());
    let read = move || files::list(&path).map(|files| read_all(&files, limit));
    let read = tokio::task::spawn_blocking(read).await.map_err(|_| FAILED.to_owned())?;
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
fn read_all(files: &[ListedFile], limit: Duration) -> FileReading {
    let mut all = FileReading::default();
    for file in files {
        match files::read_file(&file.path, &file.name, limit) {
            Ok(read) => {
                all.articles.extend(read.articles);
                all.skipped.extend(read.skipped);
            }
            Err(error) => all.skipped.push(error.to_string()),
        }
    }
    all
}
