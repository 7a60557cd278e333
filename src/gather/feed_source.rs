//! A source that is a feed.

use std::collections::HashSet;
use std::sync::Arc;
use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use trafilatura::dom::Document as Html;
use url::Url;

use super::archive;
use super::challenge::is_challenge;
use super::decode::decode;
use super::feed::{self, Entry, Feed, FeedError, MOST_ENTRIES};
use super::full_text::FullText;
use super::gatherer::{Gatherer, Known};
use super::http::{Answer, Conditions, Document, What};
use super::limit::within;
use super::links;
use super::reading::Reading;
use super::report::SourceReport;
use crate::model::source::{FetchOutcome, FetchState, Source};

/// How far ahead of our clock a date may lie: time zones are often wrong, a date of next week is an error.
const AHEAD: SignedDuration = SignedDuration::from_hours(24);

/// Reads a feed and the pages behind its new entries.
pub(super) async fn gather(
    gatherer: &Gatherer,
    source: &Source,
    state: &FetchState,
    known: Known<'_>,
) -> SourceReport {
    let now = gatherer.clock.now();
    let report = |outcome, what: &str| SourceReport::new(source, state, now, outcome, what);
    let Ok(url) = Url::parse(&source.url) else {
        return report(
            FetchOutcome::Forbidden,
            &format!("`{}` is no address; write it with https://", source.url),
        );
    };
    match gatherer.http.fetch(&url, What::Feed, &conditions(gatherer, state)).await {
        Err(error) => SourceReport::failed(source, state, now, &error),
        Ok(Answer::NotModified { date, fresh_for }) => {
            let mut report = report(FetchOutcome::NotModified, "nothing new since the last time");
            report.server_date = date;
            report.wishes.fresh_for = fresh_for;
            report
        }
        Ok(Answer::Document(document)) => read(gatherer, source, state, known, *document).await,
    }
}

/// What we have of it. After a failure, and for a backfill, everything is asked for: "not modified" would prove
/// nothing then.
fn conditions(gatherer: &Gatherer, state: &FetchState) -> Conditions {
    if state.failures > 0 || gatherer.since.is_some() {
        return Conditions::default();
    }
    Conditions { etag: state.etag.clone(), last_modified: state.last_modified.clone() }
}

async fn read(
    gatherer: &Gatherer,
    source: &Source,
    state: &FetchState,
    known: Known<'_>,
    document: Document,
) -> SourceReport {
    let now = gatherer.clock.now();
    let (conditions, date, moved_to) =
        (document.conditions.clone(), document.date, document.moved_to.clone());
    let fresh_for = document.fresh_for;
    let (document, parsed) = parse(document, gatherer.page_limit()).await;
    let mut report = match parsed {
        Err(error) => failed(source, state, now, &error, &document),
        Ok(mut feed) => {
            let notes = match gatherer.since {
                Some(since) => archive::complete(gatherer, &mut feed, &document.url, since).await,
                None => Vec::new(),
            };
            let (mut report, unread) = articles(gatherer, source, state, known, &feed).await;
            report.skipped.extend(notes);
            report.wishes.fresh_for = fresh_for.max(feed.ttl);
            // Entries that were left for the next run would else hide behind a 304.
            if unread == 0 {
                report.state.etag = conditions.etag;
                report.state.last_modified = conditions.last_modified;
            }
            report
        }
    };
    report.server_date = date;
    if let Some(moved_to) = moved_to {
        let address = links::shown(moved_to.as_str());
        report.message =
            format!("{}; it has moved for good to `{address}`: change `url`", report.message);
        report.state.message = Some(report.message.clone());
        report.moved_to = Some(moved_to.into());
    }
    report
}

/// Reads a feed on a thread of its own and gives the document back.
pub(super) async fn parse(
    document: Document,
    limit: Duration,
) -> (Arc<Document>, Result<Feed, FeedError>) {
    let document = Arc::new(document);
    let shared = Arc::clone(&document);
    let read = move || feed::read(&shared.body, shared.content_type.as_deref(), Some(&shared.url));
    let parsed = tokio::task::spawn_blocking(move || within(limit, read)).await;
    let parsed = parsed.ok().and_then(Result::ok).unwrap_or(Err(FeedError::Panicked));
    (document, parsed)
}

/// The report of a document that is no feed. The next time everything is asked for: a 304 must not hide it.
fn failed(
    source: &Source,
    state: &FetchState,
    now: Timestamp,
    error: &FeedError,
    document: &Document,
) -> SourceReport {
    let text = decode(&document.body, document.content_type.as_deref());
    let address = links::shown(&source.url);
    let (outcome, what) = if is_challenge(&text) {
        (
            FetchOutcome::Blocked,
            "the outlet asks whether we are human; ask it to admit our User-Agent".to_owned(),
        )
    } else if document.moved_to.is_some() {
        (FetchOutcome::Moved, format!("{error}, at the new address"))
    } else {
        let advice = announced(&text, &document.url).map_or_else(
            || "look for the outlet's feed and change `url`".to_owned(),
            |feed| format!("the page names the feed `{feed}`: change `url`"),
        );
        (FetchOutcome::Malformed, format!("{error}; {advice}"))
    };
    let mut report = SourceReport::new(source, state, now, outcome, &format!("{what} ({address})"));
    report.ask_anew();
    report
}

/// The feed that an HTML page announces.
fn announced(html: &str, base: &Url) -> Option<String> {
    if !html.contains("alternate") {
        return None;
    }
    let doc = Html::parse(html);
    let links = doc.query_selector_all(doc.root(), r#"link[rel="alternate"]"#);
    links.into_iter().find_map(|link| {
        let kind = doc.get_attribute(link, "type")?;
        let feed = kind.contains("rss") || kind.contains("atom") || kind.contains("feed+json");
        feed.then(|| {
            links::resolve(Some(base), &doc.get_attribute(link, "href").unwrap_or_default())
        })
    })
}

/// The report of a feed that was read, and how many entries were left for the next run.
async fn articles(
    gatherer: &Gatherer,
    source: &Source,
    state: &FetchState,
    known: Known<'_>,
    feed: &Feed,
) -> (SourceReport, usize) {
    let now = gatherer.clock.now();
    let (entries, mut skipped) = candidates(feed, &source.url, now, gatherer.since);
    let total = entries.len();
    let (fresh, edited) = unread(entries, known, now).await;
    let (known, rereads) = (total - fresh.len(), edited.len());
    let mut full_text =
        FullText::new(gatherer, &mut skipped).at(source.text_selector.as_ref()).edited(edited);
    let fresh = full_text.complete(fresh).await;
    let unread = full_text.left();
    let dated = known > 0 || fresh.iter().any(|article| article.published.is_some()) || unread > 0;
    let outcome = match total {
        0 => FetchOutcome::Empty,
        _ if !dated => FetchOutcome::AllUndated,
        _ => FetchOutcome::Ok,
    };
    let mut what = summary(total, fresh.len().saturating_sub(rereads), outcome);
    if rereads > 0 {
        what = format!("{what}, {rereads} listed otherwise than before and read again");
    }
    let mut report = SourceReport::new(source, state, now, outcome, &what);
    report.ask_anew();
    report.known = known;
    report.skipped = skipped;
    report.articles = fresh.into_iter().map(Reading::into_found).collect();
    for article in &mut report.articles {
        article.language = article
            .language
            .take()
            .or_else(|| feed.language.clone())
            .or_else(|| source.language.clone());
    }
    (report, unread)
}

/// How far back an entry that is listed otherwise than before is read again: an edit of an older article is no news.
const EDITED_WITHIN: SignedDuration = SignedDuration::from_hours(7 * 24);

/// How many entries are read again in one run: some feeds change every entry at every look.
const MOST_EDITED: usize = 10;

/// The entries to be read, and the addresses of those among them that are known and listed otherwise than before.
async fn unread(
    entries: Vec<Reading>,
    known: Known<'_>,
    now: Timestamp,
) -> (Vec<Reading>, HashSet<String>) {
    let urls: Vec<String> = entries.iter().map(|entry| entry.url.clone()).collect();
    let marks = known.known(&urls).await;
    let (mut fresh, mut edited) = (Vec::new(), HashSet::new());
    for entry in entries {
        let again = match marks.get(&entry.url) {
            None => false,
            Some(before) if edited.len() < MOST_EDITED && is_edited(&entry, before.as_deref(), now) => true,
            Some(_) => continue,
        };
        if again {
            edited.insert(entry.url.clone());
        }
        fresh.push(entry);
    }
    (fresh, edited)
}

fn is_edited(entry: &Reading, before: Option<&str>, now: Timestamp) -> bool {
    let published = entry.published.as_ref().map(jiff::Zoned::timestamp);
    before.is_some()
        && before != entry.mark.as_deref()
        && published.is_some_and(|at| now.duration_since(at) <= EDITED_WITHIN)
}

fn summary(total: usize, fresh: usize, outcome: FetchOutcome) -> String {
    match outcome {
        FetchOutcome::Empty => {
            "the feed holds no entries; look whether the outlet has another".to_owned()
        }
        FetchOutcome::AllUndated => format!(
            "{total} entries, {fresh} new, none with a date: dated by when we first saw them"
        ),
        _ => format!("{total} entries, {fresh} new"),
    }
}

/// The entries worth reading, each address once, with notes on what was left out.
fn candidates(
    feed: &Feed,
    feed_url: &str,
    now: Timestamp,
    since: Option<Timestamp>,
) -> (Vec<Reading>, Vec<String>) {
    let (mut seen, mut skipped) = (HashSet::new(), Vec::new());
    let mut readings = Vec::new();
    for entry in feed.entries.iter().filter(|entry| !entry.is_blank()) {
        let mut reading = reading(entry, feed_url);
        if !seen.insert(reading.url.clone()) {
            continue;
        }
        let published = reading.published.as_ref().map(jiff::Zoned::timestamp);
        if published.zip(since).is_some_and(|(at, since)| at < since) {
            continue;
        }
        if published.is_some_and(|at| at > now.saturating_add(AHEAD).unwrap_or(now)) {
            skipped.push(format!(
                "`{}` has a date in the future, which is not believed",
                links::shown(&reading.url)
            ));
            reading.published = None;
        }
        readings.push(reading);
    }
    if feed.truncated {
        skipped
            .push(format!("the feed has more than {MOST_ENTRIES} entries; the rest was not read"));
    }
    (readings, skipped)
}

/// An entry without a web address (none, `javascript:`) is known by its id within the feed.
fn reading(entry: &Entry, feed_url: &str) -> Reading {
    let url = if entry.url.starts_with("http://") || entry.url.starts_with("https://") {
        links::canonical(&entry.url)
    } else {
        let id = if entry.id.is_empty() { &entry.title } else { &entry.id };
        format!("{feed_url}#{id}")
    };
    Reading {
        url,
        title: entry.title.clone(),
        text: entry.text.clone(),
        published: entry.published.clone(),
        author: entry.author.clone(),
        credit: super::page::credit_line(&entry.text, entry.author.as_deref()),
        ..Reading::default()
    }
    .marked()
}
