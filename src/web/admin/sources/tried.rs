//! What would be read at an address, as it is shown before a source is added or changed.

use super::super::word;
use crate::model::claim::Claim;
use crate::pipeline::{Listing, Looked};

/// Articles that are read to their events.
pub(super) const READ: usize = 5;
/// Entries that are shown.
const SHOWN: usize = 10;
/// Dropped candidates that are shown of an article.
const DROPPED: usize = 10;

/// What was found at an address.
pub(super) struct TriedView {
    pub(super) kind: String,
    pub(super) how: &'static str,
    pub(super) url: String,
    pub(super) count: usize,
    pub(super) notes: Vec<String>,
    pub(super) others: Vec<String>,
    pub(super) entries: Vec<EntryView>,
}

/// One entry, and what was read of it.
pub(super) struct EntryView {
    pub(super) headline: String,
    pub(super) about: String,
    pub(super) events: Vec<ClaimView>,
    pub(super) dropped: Vec<String>,
}

/// One event of an article.
pub(super) struct ClaimView {
    pub(super) what: String,
    pub(super) quote: String,
}

pub(super) fn view(looked: Looked) -> TriedView {
    let others = looked
        .others
        .iter()
        .map(|(url, kind, count)| format!("{url}, a {} of {count} entries", word(kind)));
    TriedView {
        kind: looked.kind.map_or_else(|| "source".to_owned(), word),
        how: looked.how,
        url: looked.source.address(),
        count: looked.entries.len(),
        others: others.collect(),
        notes: looked.notes,
        entries: looked.entries.into_iter().take(SHOWN).map(entry).collect(),
    }
}

fn entry(listing: Listing) -> EntryView {
    let date =
        listing.at.map_or_else(|| "no date".to_owned(), |at| at.strftime("%F %R").to_string());
    let Some(tried) = listing.tried else {
        let about = format!("{date} · {} · not read now", listing.url);
        let (events, dropped) = (Vec::new(), Vec::new());
        return EntryView { headline: listing.headline, about, events, dropped };
    };
    let (article, reading) = (tried.article, tried.reading);
    let length = article.text.chars().count();
    let mut about = format!("{date} · {length} characters · {}", listing.url);
    if let Some(why) = reading.extract.error.or(reading.extract.unread) {
        about = format!("{about} · not read: {why}");
    }
    let dropped = reading.dropped.iter().take(DROPPED);
    EntryView {
        headline: listing.headline,
        about,
        events: reading.extract.events.iter().map(claim).collect(),
        dropped: dropped.map(|one| format!("{} ({})", one.text, one.rule)).collect(),
    }
}

/// `armed clash · 2026-03-02 · Palmyra · Islamic State (initiator), Syrian Army (target)`
fn claim(claim: &Claim) -> ClaimView {
    let mut parts = vec![claim.kind.0.label().to_owned()];
    parts.extend(claim.date.map(|span| {
        if span.from == span.to {
            span.from.to_string()
        } else {
            format!("{} to {}", span.from, span.to)
        }
    }));
    parts.extend(
        claim
            .places
            .first()
            .map(|place| place.canonical.clone().unwrap_or_else(|| place.name.clone())),
    );
    let actors = claim.actors.iter().map(|actor| {
        format!("{} ({})", actor.canonical.as_ref().unwrap_or(&actor.name), word(actor.role))
    });
    let actors: Vec<String> = actors.collect();
    if !actors.is_empty() {
        parts.push(actors.join(", "));
    }
    let quote = claim.evidence.first().map(|evidence| evidence.quote.clone());
    ClaimView { what: parts.join(" · "), quote: quote.unwrap_or_default() }
}
