//! A source on the web: a feed, a sitemap, a listing page or the answer of an API.

mod failure;
mod selection;

use std::collections::HashMap;

use jiff::Zoned;
use url::Url;

use super::archive;
use super::entries;
use super::feed::Feed;
use super::full_text::FullText;
use super::gatherer::{Gatherer, Known};
use super::http::{Answer, Conditions, Document};
use super::links;
use super::reading::Reading;
use super::report::SourceReport;
use super::shape::Shape;
use failure::failed;
use selection::{candidates, unread};

use crate::model::article::FoundArticle;
use crate::model::source::{FetchOutcome, FetchState, Source};

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
    match gatherer.http.fetch(&url, shape.what(), &conditions(gatherer, state)).await {
        Err(error) => SourceReport::failed(source, state, now, &error),
        Ok(Answer::NotModified { date, fresh_for }) => {
            let mut report = report(FetchOutcome::NotModified, "nothing new since the last time");
            report.server_date = date;
            report.wishes.fresh_for = fresh_for;
            report
        }
        Ok(Answer::Document(document)) => {
            read(gatherer, source, shape, (state, known), *document).await
        }
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
    shape: &Shape,
    (state, known): (&FetchState, Known<'_>),
    document: Document,
) -> SourceReport {
    let now = gatherer.clock.now();
    let (conditions, date, moved_to) =
        (document.conditions.clone(), document.date, document.moved_to.clone());
    let fresh_for = document.fresh_for;
    let (document, parsed) = entries::read(gatherer, document, shape).await;
    let mut report = match parsed {
        Err(error) => failed(source, state, now, &error, &document),
        Ok(mut feed) => {
            let notes = match gatherer.since {
                Some(since) => {
                    archive::complete(gatherer, &mut feed, &document.url, shape, since).await
                }
                None if state.last_read.is_some() => {
                    archive::catch_up(gatherer, &mut feed, &document.url, shape, known).await
                }
                None => Vec::new(),
            };
            let (mut report, unread) = articles(gatherer, source, state, known, &mut feed).await;
            report.skipped.extend(notes);
            report.wishes.fresh_for = fresh_for.max(feed.ttl);
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

/// The report of a feed that was read, and how many entries were left for the next run.
async fn articles(
    gatherer: &Gatherer,
    source: &Source,
    state: &FetchState,
    known: Known<'_>,
    feed: &mut Feed,
) -> (SourceReport, usize) {
    let now = gatherer.clock.now();
    let (entries, mut skipped) = candidates(feed, &source.url, now, gatherer.since);
    let total = entries.len();
    let (fresh, edited) = unread(entries, known, now).await;
    let (known, rereads) = (total - fresh.len(), edited.len());
    let (mut fresh, unread) = if feed.whole {
        (fresh, 0)
    } else {
        let full_text = FullText::new(gatherer, &mut skipped);
        let mut full_text = full_text.at(source.text_selector.as_ref()).edited(edited);
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
    let mut what = summary(feed, total, fresh.len().saturating_sub(rereads), outcome);
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

/// The articles behind the first entries, and notes on what could not be read.
pub(super) async fn first_articles(
    gatherer: &Gatherer,
    source: &Source,
    feed: &Feed,
    most: usize,
) -> (Vec<FoundArticle>, Vec<String>) {
    let (mut readings, mut notes) =
        candidates(&mut feed.clone(), &source.url, gatherer.clock.now(), None);
    readings.truncate(most);
    if !feed.whole {
        let full_text = FullText::new(gatherer, &mut notes);
        readings = full_text.at(source.text_selector.as_ref()).complete(readings).await;
    }
    date_by_change(&mut readings, feed);
    (readings.into_iter().map(Reading::into_found).collect(), notes)
}

/// Articles without a date of their own are dated by when the sitemap says that they changed.
fn date_by_change(articles: &mut [Reading], feed: &Feed) {
    let changes: HashMap<String, &Zoned> = feed
        .entries
        .iter()
        .filter_map(|entry| entry.changed.as_ref().map(|at| (links::canonical(&entry.url), at)))
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
