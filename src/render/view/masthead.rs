//! Section 1: what this is, what it covers, what it rests on.

use super::outcome;
use crate::model::event::Support;
use crate::render::desk::Desk;
use crate::render::sentence::day;
use crate::render::sentence::grammar::{counted, number};

/// The masthead.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Masthead {
    /// `Sitrep Syria`.
    pub(crate) name: String,
    /// `Sun 22 Nov 2026`.
    pub(crate) date: String,
    /// What it covers.
    pub(crate) window: String,
    /// What it rests on.
    pub(crate) basis: String,
    /// When the next one comes; empty where there is none.
    pub(crate) next: String,
    /// How its length is said, with `{min}` and `{words}`.
    pub(crate) length_form: String,
    /// Minutes and words; filled in when both are known.
    pub(crate) length: String,
}

impl Masthead {
    /// The masthead of a digest of the product `name`.
    pub(crate) fn new(desk: &Desk<'_>, name: &str) -> Self {
        let situation = desk.situation;
        let next = situation.next_close.map(|at| desk.clock(at, "%-d %b %H:%M"));
        Self {
            name: titled(name, &situation.title),
            date: desk.clock(desk.dated(), "%a %-d %b %Y"),
            window: window(desk),
            basis: format!("{}: {}", read(desk), corroborated(desk)),
            next: next.map(|at| format!("Next issue {at}")).unwrap_or_default(),
            length_form: "{min} min · {words} words".to_owned(),
            length: String::new(),
        }
    }

    /// The date with spaces at which no line is broken.
    pub(crate) fn fixed_date(&self) -> String {
        self.date.replace(' ', "\u{a0}")
    }

    /// Says how long the digest is, at 240 words a minute (B-2).
    pub(crate) fn set_length(&mut self, words: usize) {
        let words = u32::try_from(words).unwrap_or(u32::MAX);
        let minutes = words.div_ceil(240).max(1).to_string();
        self.length =
            self.length_form.replace("{min}", &minutes).replace("{words}", &number(words));
    }
}

pub(super) fn titled(name: &str, title: &str) -> String {
    if title.starts_with(name) || name.is_empty() {
        title.to_owned()
    } else {
        format!("{name} {title}")
    }
}

fn window(desk: &Desk<'_>) -> String {
    let window = desk.situation.window;
    if desk.situation.by_event_date {
        let last = desk.date(window.to - jiff::SignedDuration::from_secs(1));
        let days = crate::render::sentence::days(desk.date(window.from), last, desk.day());
        let since = desk.situation.coverage.read_since.map(|at| day(desk.date(at), desk.day()));
        let since = since.map(|at| format!("; sources read since {at}")).unwrap_or_default();
        return format!("Events dated {days}{since}");
    }
    let from = desk.clock(window.from, "%-d %b %H:%M");
    format!(
        "First reported {from} – {} {}",
        desk.clock(window.to, "%-d %b %H:%M"),
        desk.zone_name()
    )
}

fn read(desk: &Desk<'_>) -> String {
    let coverage = &desk.situation.coverage;
    let (_, all) = outcome::read_of_all(desk);
    let gave = format!("{} of {}", coverage.sources_read, counted(all, "source"));
    format!("{} from {gave}{}", counted(coverage.articles, "article"), not_read(desk))
}

fn not_read(desk: &Desk<'_>) -> String {
    let coverage = &desk.situation.coverage;
    let failed = u32::try_from(coverage.failed.len()).unwrap_or(u32::MAX);
    match (coverage.sources_empty, failed) {
        (0, 0) => String::new(),
        (empty, 0) => format!(" ({empty} empty)"),
        (0, failed) => format!(" ({failed} failed)"),
        (empty, failed) => format!(" ({empty} empty, {failed} failed)"),
    }
}

fn corroborated(desk: &Desk<'_>) -> String {
    let all = outcome::events(desk);
    let earlier = &desk.situation.earlier;
    let supported = desk.situation.events().filter(|event| {
        matches!(event.support, Support::Independent(_)) && !earlier.contains(&event.id)
    });
    match (supported.count(), all) {
        (_, 0) => "nothing to corroborate".to_owned(),
        (0, _) => "nothing could be corroborated".to_owned(),
        (some, all) => format!("{some} of {} corroborated", counted(all, "event")),
    }
}
