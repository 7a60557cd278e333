//! Section 3: the figures.

use rustc_hash::FxHashMap;

use super::outcome::events;
use crate::model::event::Measure;
use crate::model::id::EventId;
use crate::model::situation::{Before, OneSided, Total, Trend};
use crate::render::desk::Desk;
use crate::render::sentence::grammar::{counted, joined, number, range};
use crate::render::sentence::{Detail, day, days, from_side, place, says};
use crate::render::view::{Body, SectionView};

/// What stands before them (B-34).
const NOT_ADDED: &str = "Said by one side of its opponent, not added";

/// The most one-sided figures that are spelled out for a measure.
const MOST_ONE_SIDED: usize = 3;

/// A label with its value, and a smaller line beneath.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Fact {
    /// What is counted.
    pub(crate) label: &'static str,
    /// How many.
    pub(crate) value: String,
    /// What is shown and not added; empty for nothing.
    pub(crate) beneath: String,
}

/// The figures; none where there is no event.
pub(crate) fn figures(desk: &Desk<'_>) -> Option<SectionView> {
    if events(desk) == 0 {
        return None;
    }
    let glance = &desk.situation.glance;
    let mut facts = vec![fact("Events", event_count(desk), trend(desk))];
    facts.push(total(desk, "Killed", Measure::Killed));
    facts.push(total(desk, "Injured", Measure::Injured));
    if glance.totals.contains_key(&Measure::Captured) {
        facts.push(total(desk, "Captured", Measure::Captured));
    }
    let civilians = match glance.targeting_civilians {
        0 => "none reported".to_owned(),
        n => number(n),
    };
    facts.push(fact("Targeting civilians", civilians, String::new()));
    let actors = counted(glance.armed_actors, "armed actor");
    facts.push(fact(
        "Spread",
        format!("{}, {actors}", counted(glance.places, "place")),
        String::new(),
    ));
    facts.extend(desk.situation.before.as_ref().map(|before| span_before(desk, before)));
    SectionView::new("figures", "At a glance", Body::Facts(facts))
}

/// What the span of the same length before held.
fn span_before(desk: &Desk<'_>, before: &Before) -> Fact {
    let last = desk.date(before.window.to - jiff::SignedDuration::from_secs(1));
    let span = days(desk.date(before.window.from), last, desk.day());
    let Some(held) = before.held else {
        let since = desk.situation.coverage.read_since.map(|at| day(desk.date(at), desk.day()));
        let why = since.map_or_else(
            || "no source was read".to_owned(),
            |since| format!("sources read only since {since}"),
        );
        return fact("Span before", "not compared".to_owned(), format!("{span}: {why}"));
    };
    let killed = held.killed.map(|(low, high)| format!("; {} killed", range(low, high)));
    let events = tally(held.events.counted, held.events.bracketed);
    fact(
        "Span before",
        format!("{events}{}", killed.unwrap_or_default()),
        format!("Events of {span}"),
    )
}

fn fact(label: &'static str, value: String, beneath: String) -> Fact {
    Fact { label, value, beneath }
}

fn event_count(desk: &Desk<'_>) -> String {
    let glance = &desk.situation.glance;
    tally(glance.events, glance.bracketed)
}

fn tally(counted: u32, bracketed: u32) -> String {
    match bracketed {
        0 => number(counted),
        bracketed => format!("{}, and {} one-sided or denied", number(counted), number(bracketed)),
    }
}

fn trend(desk: &Desk<'_>) -> String {
    let glance = &desk.situation.glance;
    let mut told = vec![trend_word(glance.trend)];
    if !matches!(glance.trend, Trend::NotCompared | Trend::MethodChanged) {
        told.push(
            glance
                .mean7_tenths
                .map(|n| format!("7-day mean {}.{}", n / 10, n % 10))
                .unwrap_or_default(),
        );
        let since =
            glance.highest_since.map(|date| format!("highest since {}", day(date, desk.day())));
        told.push(since.unwrap_or_default());
    }
    told.retain(|text| !text.is_empty());
    told.join("; ")
}

fn trend_word(trend: Trend) -> String {
    let word = match trend {
        Trend::NoBaseline { days: 0 } => "",
        Trend::NoBaseline { days } => return format!("No baseline yet (day {days} of 28)"),
        Trend::TooFew => "Too few to compare",
        Trend::NotCompared => "Coverage changed; not compared",
        Trend::MethodChanged => "Method changed; not compared",
        Trend::Near => "Near normal",
        Trend::Above => "▲ above normal",
        Trend::WellAbove => "▲ well above normal",
        Trend::Below => "▼ below normal",
    };
    word.to_owned()
}

fn total(desk: &Desk<'_>, label: &'static str, measure: Measure) -> Fact {
    let none = Total::default();
    let total = desk.situation.glance.totals.get(&measure).unwrap_or(&none);
    let value = match total.counted {
        Some((low, high)) => range(low, high),
        None => "no figure from outside the fighting".to_owned(),
    };
    fact(label, value, one_sided(desk, &total.one_sided))
}

/// What one side says of its opponent: the figures of one speaker about one event together.
fn one_sided(desk: &Desk<'_>, figures: &[OneSided]) -> String {
    let mut runs: Vec<Vec<&OneSided>> = Vec::new();
    let mut known: FxHashMap<(&EventId, &str), usize> = FxHashMap::default();
    for figure in figures {
        let at = *known.entry((&figure.event, figure.speaker.as_str())).or_insert(runs.len());
        match runs.get_mut(at) {
            Some(run) => run.push(figure),
            None => runs.push(vec![figure]),
        }
    }
    let mut told = runs.iter().take(MOST_ONE_SIDED).map(|run| one(desk, run)).collect::<Vec<_>>();
    if runs.len() > MOST_ONE_SIDED {
        told.push(format!("{} more below", runs.len() - MOST_ONE_SIDED));
    }
    if told.is_empty() { String::new() } else { format!("{NOT_ADDED}: {}", told.join("; ")) }
}

fn one(desk: &Desk<'_>, run: &[&OneSided]) -> String {
    let many = run.iter().map(|figure| from_side(desk, (figure.low, figure.high), &figure.side));
    let many = joined(&many.collect::<Vec<_>>());
    let Some((first, event)) =
        run.first().and_then(|first| Some((first, desk.event(&first.event)?)))
    else {
        return many;
    };
    let denied = if event.occurrence_denied() { ", occurrence denied" } else { "" };
    let (place, by) = (place(event, Detail::Bare), says(&first.speaker));
    format!("{many} ({place}, {by}{denied}) #{}", event.id.short())
}
