//! Section 13: how to read this.

use crate::render::desk::Desk;
use crate::render::sentence::grammar::{counted, joined};

/// The key of marks, at most 70 words (B-44).
const KEY: &str = "Read by rules from news text; we have not checked the events ourselves. \
    INDEPENDENT REPORTS: so many owners, none a party to the event. ONE REPORT: one owner, copies of one wire, or \
    owners of unknown alignment. ONE SIDE ONLY: said only by a party or its media; never added to totals. Brackets: \
    one-sided or denied. [n]: the article. #: the event.";

/// The sentences of the section.
pub(crate) fn method(desk: &Desk<'_>) -> Vec<String> {
    let mut sentences = vec![KEY.to_owned()];
    sentences.extend(failed(desk));
    sentences.extend(unread(desk));
    sentences
}

fn failed(desk: &Desk<'_>) -> Option<String> {
    let failed = &desk.situation.coverage.failed;
    let named = failed.iter().take(3).map(|(name, why)| format!("{name} ({})", reason(why)));
    let mut named = named.collect::<Vec<_>>();
    named.extend(failed.iter().skip(3).map(|(name, _)| name.clone()));
    (!named.is_empty()).then(|| format!("Sources that failed: {}.", joined(&named)))
}

/// What went wrong, without what an editor should do about it.
fn reason(why: &str) -> &str {
    let why = why.split([';', '(']).next().unwrap_or(why).trim();
    why.split_once("`: ").map_or(why, |(_, reason)| reason)
}

fn unread(desk: &Desk<'_>) -> Option<String> {
    let unread = &desk.situation.coverage.unread;
    let told = unread.iter().map(|(lang, n)| format!("{} in `{lang}`", counted(*n, "article")));
    let told = told.collect::<Vec<_>>();
    (!told.is_empty()).then(|| format!("Kept unread: {}.", joined(&told)))
}
