//! Which entries are read: each address once, what is new, and what was edited.

use std::collections::HashSet;
use std::mem;

use jiff::{SignedDuration, Timestamp};

use crate::gather::feed::{Entry, Feed, MOST_ENTRIES};
use crate::gather::gatherer::Known;
use crate::gather::reading::Reading;
use crate::gather::{links, page};
use crate::model::id::content_hash;

/// How far ahead of our clock a date may lie: time zones are often wrong, a date of next week is an error.
const AHEAD: SignedDuration = SignedDuration::from_hours(24);

/// How far back an entry that is listed otherwise than before is read again: an edit of an older article is no news.
const EDITED_WITHIN: SignedDuration = SignedDuration::from_hours(7 * 24);

/// How many entries are read again in one run: some feeds change every entry at every look.
const MOST_EDITED: usize = 10;

/// The entries to be read, and the addresses of those among them that are known and listed otherwise than before.
pub(super) async fn unread(
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
            Some(before)
                if edited.len() < MOST_EDITED && is_edited(&entry, before.as_deref(), now) =>
            {
                true
            }
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

/// The entries worth reading, each address once, with notes on what was left out. Their texts are taken out of the feed.
pub(super) fn candidates(
    feed: &mut Feed,
    feed_url: &str,
    now: Timestamp,
    since: Option<Timestamp>,
) -> (Vec<Reading>, Vec<String>) {
    let (mut seen, mut skipped) = (HashSet::new(), Vec::new());
    let mut readings = Vec::new();
    for entry in feed.entries.iter_mut().filter(|entry| !entry.is_blank()) {
        let mut reading = reading(entry, feed.dialect, feed_url);
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
    skipped.extend(feed.notes.iter().cloned());
    (readings, skipped)
}

/// An entry without a web address (none, `javascript:`) is known by its id within the feed, one without that by what it
/// says. Files are known by their names.
fn reading(entry: &mut Entry, dialect: &str, feed_url: &str) -> Reading {
    let is_web = entry.url.starts_with("http://") || entry.url.starts_with("https://");
    let url = if is_web {
        links::canonical(&entry.url)
    } else if dialect == "files" {
        entry.url.clone()
    } else {
        let said = [&entry.id, &entry.title].into_iter().find(|said| !said.is_empty()).cloned();
        let id = said.unwrap_or_else(|| content_hash(&entry.text));
        format!("{}#{id}", links::shown(feed_url))
    };
    let credit = entry.credit.clone();
    Reading {
        url,
        credit: credit.or_else(|| page::credit_line(&entry.text, entry.author.as_deref())),
        title: mem::take(&mut entry.title),
        text: mem::take(&mut entry.text),
        published: entry.published.clone(),
        author: entry.author.clone(),
        ..Reading::default()
    }
    .marked()
}
