//! Full text: the page behind an entry that brings only a summary.

use std::collections::HashSet;

use url::Url;

use super::gatherer::Gatherer;
use super::http::{FetchError, What};
use super::links;
use super::page::{PageError, Told, repeated};
use super::reading::Reading;
use crate::model::source::FetchOutcome;

/// Completes the new entries of one source.
pub(super) struct FullText<'a> {
    gatherer: &'a Gatherer,
    notes: &'a mut Vec<String>,
    budget: usize,
    left: usize,
    selector: Option<String>,
    edited: HashSet<String>,
    /// The places among those done whose text is that of a page.
    read: Vec<usize>,
}

/// What became of an entry's page.
enum Page {
    /// It was read.
    Read(Box<Reading>),
    /// It cannot be had; the entry stands as it is.
    No(String),
    /// It cannot be had today.
    NotToday(String),
    /// The outlet refuses pages: no use to ask for more.
    Refused(String),
}

impl<'a> FullText<'a> {
    /// Notes go to `notes`.
    pub(super) fn new(gatherer: &'a Gatherer, notes: &'a mut Vec<String>) -> Self {
        let budget = gatherer.config.pages_per_source;
        Self {
            gatherer,
            notes,
            budget,
            left: 0,
            selector: None,
            edited: HashSet::new(),
            read: vec![],
        }
    }

    /// The text of pages stands at this CSS selector.
    pub(super) fn at(self, selector: Option<&String>) -> Self {
        Self { selector: selector.cloned(), ..self }
    }

    /// These addresses are known, and were perhaps edited: what is known of them stands until a page says otherwise.
    pub(super) fn edited(self, edited: HashSet<String>) -> Self {
        Self { edited, ..self }
    }

    /// How many entries without any text were left for the next run.
    pub(super) fn left(&self) -> usize {
        self.left
    }

    /// Fetches the pages of entries with little text, up to the configured number. An entry whose page cannot be had
    /// keeps the feed's text; one without text is left for the next run if the page may be had then.
    pub(super) async fn complete(&mut self, entries: Vec<Reading>) -> Vec<Reading> {
        let mut done = Vec::with_capacity(entries.len());
        let mut over = 0;
        for entry in entries {
            let Some(url) = self.page_of(&entry) else {
                done.push(entry);
                continue;
            };
            if self.budget == 0 {
                over += 1;
                self.keep_or_leave(entry, &mut done);
                continue;
            }
            self.budget -= 1;
            self.fetch(&url, entry, &mut done).await;
        }
        if over > 0 {
            self.notes.push(format!(
                "{over} pages were not fetched: `[gather] pages_per_source` is reached"
            ));
        }
        let texts = done.iter_mut().enumerate().filter(|(place, _)| self.read.contains(place));
        repeated::drop_from(texts.map(|(_, entry)| &mut entry.text));
        done
    }

    /// The page to fetch for an entry: none if its own text is long enough or its address is no web address.
    fn page_of(&self, entry: &Reading) -> Option<Url> {
        let from = self.gatherer.config.full_text_from;
        // No character has more than four bytes.
        let long = entry.text.len() >= from.saturating_mul(4);
        if long || entry.text.chars().count() >= from {
            return None;
        }
        Url::parse(&entry.url).ok().filter(|url| matches!(url.scheme(), "http" | "https"))
    }

    async fn fetch(&mut self, url: &Url, entry: Reading, done: &mut Vec<Reading>) {
        let note = |why: &str| format!("page `{}`: {why}", links::shown(url.as_str()));
        match self.page(url, &entry).await {
            Page::Read(page) => {
                self.read.push(done.len());
                done.push(merge(entry, *page));
            }
            Page::No(why) => {
                self.notes.push(note(&why));
                done.push(entry);
            }
            Page::NotToday(why) => {
                self.notes.push(note(&why));
                self.keep_or_leave(entry, done);
            }
            Page::Refused(why) => {
                self.notes
                    .push(note(&format!("{why}; no more of its pages are asked for in this run")));
                self.budget = 0;
                self.keep_or_leave(entry, done);
            }
        }
    }

    async fn page(&self, url: &Url, entry: &Reading) -> Page {
        let document = match self.gatherer.document(url, What::Page).await {
            Ok(document) => document,
            Err(error @ FetchError::Status { status: 429, .. }) => {
                return Page::Refused(error.to_string());
            }
            Err(error) => return later_or_never(&error),
        };
        let begins = Some(entry.text.clone()).filter(|text| !text.is_empty());
        let told = Told { place: self.selector.clone(), begins };
        match self.gatherer.page_at(document, told).await {
            Ok(page) => Page::Read(Box::new(page)),
            Err(error @ PageError::Challenge) => Page::Refused(error.to_string()),
            Err(error) => Page::No(error.to_string()),
        }
    }

    fn keep_or_leave(&mut self, entry: Reading, done: &mut Vec<Reading>) {
        if self.edited.contains(&entry.url) {
            return;
        }
        if entry.text.is_empty() {
            self.left += 1;
        } else {
            done.push(entry);
        }
    }
}

fn later_or_never(error: &FetchError) -> Page {
    match error.outcome() {
        FetchOutcome::TimedOut | FetchOutcome::Unreachable => Page::NotToday(error.to_string()),
        // It is the page that is gone, not the source: its own words would advise to change the source's address.
        FetchOutcome::Gone => Page::No(
            "the outlet has it no longer; the entry stays as the source lists it".to_owned(),
        ),
        _ => Page::No(error.to_string()),
    }
}

/// The entry with what the page knows better: the longer text, and what the feed leaves open.
fn merge(entry: Reading, page: Reading) -> Reading {
    let longer = page.text.chars().count() > entry.text.chars().count();
    Reading {
        url: entry.url,
        title: if entry.title.is_empty() { page.title } else { entry.title },
        text: if longer { page.text } else { entry.text },
        published: entry.published.or(page.published),
        author: entry.author.or(page.author),
        credit: page.credit.or(entry.credit),
        modified: page.modified,
        language: page.language,
        mark: entry.mark,
    }
}
