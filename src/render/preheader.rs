//! The line that a mail client shows after the subject (B-15).

use super::desk::Desk;
use super::sentence::grammar::{counted, range};
use super::sentence::short_name;
use super::view::{correction_word, foreign_preheader};
use crate::model::digest::DayOutcome;
use crate::model::event::Measure;

/// The fewest and the most characters.
const LENGTH: (usize, usize) = (40, 85);

/// Events, denials, sources and the killed, as much as fits.
pub(crate) fn preheader(desk: &Desk<'_>) -> String {
    if let Some(tongue) = desk.tongue {
        return foreign_preheader(desk, tongue);
    }
    let (events, denied, sources) = (events(desk), denied(desk), sources(desk));
    let mut candidates = correction(desk, &events);
    candidates.extend(match desk.situation.outcome {
        DayOutcome::NoData => {
            vec!["Too few sources could be read; this says nothing about events.".to_owned()]
        }
        _ => vec![
            format!("{events}{denied}. {sources}; {}.", killed(desk)),
            format!("{events}{denied}. {}.", capital_killed(desk)),
            format!("{events}. {}.", capital_killed(desk)),
        ],
    });
    let fits = |text: &&String| (LENGTH.0..=LENGTH.1).contains(&text.chars().count());
    let chosen = candidates.iter().find(fits).cloned();
    chosen.unwrap_or_else(|| format!("{events}. Every line says who reports it and who denies it."))
}

/// A correction of a key point is named before anything else (B-59).
fn correction(desk: &Desk<'_>, events: &str) -> Vec<String> {
    let Some(corrected) = desk.situation.corrections.iter().find(|it| it.key_point) else {
        return Vec::new();
    };
    let word = correction_word(corrected.correction.kind);
    vec![
        format!("{word}: {}. {events}.", short_name(desk, &corrected.told)),
        format!("{word}: a key point of an earlier issue. {events}."),
    ]
}

fn events(desk: &Desk<'_>) -> String {
    let glance = &desk.situation.glance;
    match glance.events + glance.bracketed {
        0 => "No qualifying events".to_owned(),
        n => counted(n, "event"),
    }
}

fn denied(desk: &Desk<'_>) -> String {
    let situation = desk.situation;
    let denied = situation.events().filter(|event| event.occurrence_denied());
    match denied.filter(|event| !situation.earlier.contains(&event.id)).count() {
        0 => String::new(),
        n => format!(", {n} denied outright"),
    }
}

fn sources(desk: &Desk<'_>) -> String {
    match desk.situation.coverage.sources_read {
        1 => "One source".to_owned(),
        n => counted(n, "source"),
    }
}

fn killed(desk: &Desk<'_>) -> String {
    let total = desk.situation.glance.totals.get(&Measure::Killed);
    match total.and_then(|total| total.counted) {
        Some((low, high)) => format!("{} killed by outside figures", range(low, high)),
        None => "no figure from outside the fighting".to_owned(),
    }
}

fn capital_killed(desk: &Desk<'_>) -> String {
    super::sentence::grammar::capitalised(&killed(desk))
}
