//! The four outcomes of a day, told in four ways that cannot be taken for each other (B-58).

use crate::model::digest::DayOutcome;
use crate::render::desk::Desk;
use crate::render::sentence::grammar::{counted, joined};

/// The sentences before the key points; none on a normal day.
pub(super) fn note(desk: &Desk<'_>) -> Vec<String> {
    match desk.situation.outcome {
        DayOutcome::Normal => Vec::new(),
        DayOutcome::Quiet => vec![quiet(desk)],
        DayOutcome::Partial => vec![partial(desk)],
        DayOutcome::NoData => no_data(desk),
    }
}

/// How many events the issue tells of.
pub(crate) fn events(desk: &Desk<'_>) -> u32 {
    desk.situation.glance.events + desk.situation.glance.bracketed
}

/// `4 of 5 sources`.
pub(crate) fn sources(desk: &Desk<'_>) -> String {
    let (read, all) = read_of_all(desk);
    format!("{read} of {}", counted(all, "source"))
}

/// How many sources were read, and how many there are.
pub(crate) fn read_of_all(desk: &Desk<'_>) -> (u32, u32) {
    let coverage = &desk.situation.coverage;
    let read = coverage.sources_read + coverage.sources_empty;
    (read, read + u32::try_from(coverage.failed.len()).unwrap_or(u32::MAX))
}

fn quiet(desk: &Desk<'_>) -> String {
    let coverage = &desk.situation.coverage;
    let read = format!(
        "{} from {}",
        counted(coverage.articles, "article"),
        counted(coverage.sources_read + coverage.sources_empty, "source")
    );
    match events(desk) {
        0 => format!("Quiet: no qualifying events in {read}."),
        n => format!("Quiet: {} in {read}.", counted(n, "event")),
    }
}

fn partial(desk: &Desk<'_>) -> String {
    format!(
        "Partial: only {} could be read. Missing: {}. Counts are not compared with earlier days.",
        sources(desk),
        missing(desk)
    )
}

fn no_data(desk: &Desk<'_>) -> Vec<String> {
    vec![
        format!("No data: only {} could be read.", sources(desk)),
        format!("Missing: {}.", missing(desk)),
        "This says nothing about what happened. The full issue follows when the sources can be read again."
            .to_owned(),
    ]
}

fn missing(desk: &Desk<'_>) -> String {
    let names = desk.situation.coverage.failed.iter().map(|(name, _)| name.clone());
    joined(&names.collect::<Vec<_>>())
}
