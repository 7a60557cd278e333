//! A source on the web: a feed, a sitemap, a listing page or the answer of an API.

use std::collections::{HashMap, HashSet};

use jiff::{SignedDuration, Timestamp, Zoned};
use trafilatura::dom::Document as Html;
use url::Url;

use super::challenge::is_challenge;
use super::decode::decode;
use super::entries;
use super::feed::{Entry, Feed, FeedError, MOST_ENTRIES};
use super::full_text::FullText;
use super::gatherer::{Gatherer, Known};
use super::http::{Answer, Conditions, Document};
use super::links;
use super::reading::Reading;
use super::report::SourceReport;
use super::shape::Shape;
use crate::model::article::FoundArticle;
use crate::model::source::{FetchOutcome, FetchState, Source};

/// How far ahead of our clock a date may lie: time zones are often wrong, a date of next week is an error.
const AHEAD: SignedDuration = SignedDuration::from_hours(24);

/// Reads what a source lists and the pages behind its new entries.
pub(super) async fn gather(
    gatherer: &Gatherer,
    source: &Source,
    shape: &Shape,
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
    let conditions =
        Conditions { etag: state.etag.clone(), last_modified: state.last_modified.clone() };
    match gatherer.http.fetch(&url, shape.what(), &conditions).await {
        Err(error) => report(error.outcome(), &format!("{error} ({})", links::shown(&source.url))),
        Ok(Answer::NotModified { date }) => {
            let mut report = report(FetchOutcome::NotModified, "nothing new since the last time");
            report.server_date = date;
            report
        }
        Ok(Answer::Document(document)) => {
            read(gatherer, source, shape, (state, known), *document).await
        }
    }
}

async fn read(
    gatherer: &Gatherer,
    source: &Source,
    shape: &Shape,
    (state, known): (&FetchState, Known<'_>),
    document: Document,
) -> SourceReport {
    let now = gatherer.clock.now();
    let (conditions, date, moved_to) =
        (document.conditions.clone(), document.date, document.moved_to.clone());
    let (document, parsed) = entries::read(gatherer, document, shape).await;
    let mut report = match parsed {
        Err(error) => failed(source, state, now, &error, &document),
        Ok(feed) => {
            let (mut report, unread) = articles(gatherer, source, state, known, &feed).await;
            // Entries that were left for the next run, or stand in other documents, would else hide behind a 304.
            if unread == 0 && !feed.followed {
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
        (outcome_of(error), format!("{error}{}", advice(error, &text, &document.url)))
    };
    let mut report = SourceReport::new(source, state, now, outcome, &format!("{what} ({address})"));
    report.ask_anew();
    report
}

fn outcome_of(error: &FeedError) -> FetchOutcome {
    match error {
        FeedError::Packed(error) => error.outcome(),
        FeedError::TooLarge => FetchOutcome::TooLarge,
        _ => FetchOutcome::Malformed,
    }
}

/// What to do, where the error itself does not say it.
fn advice(error: &FeedError, text: &str, url: &Url) -> String {
    match error {
        FeedError::Part { .. }
        | FeedError::NoParts { .. }
        | FeedError::Packed(_)
        | FeedError::Followed { .. } => return String::new(),
        _ => {}
    }
    announced(text, url).map_or_else(
        || "; look for the outlet's feed and change `url`".to_owned(),
        |feed| format!("; the page names the feed `{feed}`: change `url`"),
    )
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
    let (entries, mut skipped) = candidates(feed, &source.url, now);
    let total = entries.len();
    let fresh: Vec<Reading> = entries.into_iter().filter(|entry| !known(&entry.url)).collect();
    let known = total - fresh.len();
    let (mut fresh, unread) = if feed.whole {
        (fresh, 0)
    } else {
        let mut full_text = FullText::new(gatherer, &mut skipped);
        let fresh = full_text.complete(fresh).await;
        (fresh, full_text.left())
    };
    date_by_change(&mut fresh, feed);
    let dated = known > 0 || fresh.iter().any(|article| article.published.is_some()) || unread > 0;
    let outcome = match total {
        0 => FetchOutcome::Empty,
        _ if !dated => FetchOutcome::AllUndated,
        _ => FetchOutcome::Ok,
    };
    let mut report =
        SourceReport::new(source, state, now, outcome, &summary(feed, total, fresh.len(), outcome));
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

/// The articles behind the first entries, and notes on what could not be read.
pub(super) async fn first_articles(
    gatherer: &Gatherer,
    source: &Source,
    feed: &Feed,
    most: usize,
) -> (Vec<FoundArticle>, Vec<String>) {
    let (mut readings, mut notes) = candidates(feed, &source.url, gatherer.clock.now());
    readings.truncate(most);
    if !feed.whole {
        readings = FullText::new(gatherer, &mut notes).complete(readings).await;
    }
    date_by_change(&mut readings, feed);
    (readings.into_iter().map(Reading::into_found).collect(), notes)
}

/// Articles without a date of their own are dated by when the sitemap says that they changed.
fn date_by_change(articles: &mut [Reading], feed: &Feed) {
    let changes: HashMap<String, &Zoned> = feed
        .entries
        .iter()
        .filter_map(|entry| Some((links::canonical(&entry.url), entry.changed.as_ref()?)))
        .collect();
    for article in articles.iter_mut().filter(|article| article.published.is_none()) {
        article.published = changes.get(&article.url).map(|at| (*at).clone());
    }
}

fn summary(feed: &Feed, total: usize, fresh: usize, outcome: FetchOutcome) -> String {
    match outcome {
        FetchOutcome::Empty => nothing(feed.dialect).to_owned(),
        FetchOutcome::AllUndated => format!(
            "{total} entries, {fresh} new, none with a date: dated by when we first saw them"
        ),
        _ => format!("{total} entries, {fresh} new"),
    }
}

/// What it means that there are no entries.
fn nothing(dialect: &str) -> &'static str {
    match dialect {
        "sitemap" => {
            "the sitemap names no article of the last days; look whether the outlet has one of news"
        }
        "page" => "no article was found on the page; say in `parts` where they stand",
        "answer" => "the answer holds no entries; look whether the query is too narrow",
        _ => "the feed holds no entries; look whether the outlet has another",
    }
}

/// The entries worth reading, each address once, with notes on what was left out.
fn candidates(feed: &Feed, feed_url: &str, now: Timestamp) -> (Vec<Reading>, Vec<String>) {
    let (mut seen, mut skipped) = (HashSet::new(), Vec::new());
    let mut readings = Vec::new();
    for entry in feed.entries.iter().filter(|entry| !entry.is_blank()) {
        let mut reading = reading(entry, feed_url);
        if !seen.insert(reading.url.clone()) {
            continue;
        }
        if reading
            .published
            .as_ref()
            .is_some_and(|at| at.timestamp() > now.saturating_add(AHEAD).unwrap_or(now))
        {
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
    skipped.extend(feed.notes.iter().cloned());
    (readings, skipped)
}

/// An entry without a web address (none, `javascript:`) is known by its id within the feed.
fn reading(entry: &Entry, feed_url: &str) -> Reading {
    let url = if entry.url.starts_with("http://") || entry.url.starts_with("https://") {
        links::canonical(&entry.url)
    } else {
        let id = if entry.id.is_empty() { &entry.title } else { &entry.id };
        format!("{}#{id}", links::shown(feed_url))
    };
    Reading {
        url,
        title: entry.title.clone(),
        text: entry.text.clone(),
        published: entry.published.clone(),
        author: entry.author.clone(),
        credit: entry
            .credit
            .clone()
            .or_else(|| super::page::credit_line(&entry.text, entry.author.as_deref())),
        language: None,
    }
}
