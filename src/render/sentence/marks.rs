//! Marks of support and of dispute: two things, never one (1.6 of the briefing).

use super::grammar::is_plural;
use super::speaker::neutral;
use crate::model::event::{Dispute, Event, Support};
use crate::render::desk::Desk;

/// A mark, in words; its tone is a colour beside them and never the only signal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Mark {
    /// What it says.
    pub(crate) text: String,
    /// The class of its colour.
    pub(crate) tone: &'static str,
}

impl Mark {
    pub(crate) fn new(text: impl Into<String>, tone: &'static str) -> Self {
        Self { text: text.into(), tone }
    }
}

/// The marks of an event, support first.
pub(crate) fn marks(desk: &Desk<'_>, event: &Event) -> Vec<Mark> {
    let mut marks = vec![support(event.support)];
    for mark in event.disputes.iter().map(|it| dispute(desk, it)) {
        if !marks.contains(&mark) {
            marks.push(mark);
        }
    }
    marks
}

/// The marks of dispute in words.
pub(crate) fn disputes(desk: &Desk<'_>, event: &Event) -> Vec<String> {
    let marks = marks(desk, event).into_iter().skip(1);
    marks.map(|mark| mark.text).collect()
}

fn support(support: Support) -> Mark {
    match support {
        Support::Independent(owners) => {
            Mark::new(format!("{owners} INDEPENDENT REPORTS"), "m-good")
        }
        Support::One => Mark::new("ONE REPORT", "m-one"),
        Support::OneSide => Mark::new("ONE SIDE ONLY", "m-side"),
    }
}

fn dispute(desk: &Desk<'_>, dispute: &Dispute) -> Mark {
    match dispute {
        Dispute::FiguresDiffer => Mark::new("figures differ", "m-side"),
        Dispute::PartDenied { by } => Mark::new(denies(desk.short_name(by)), "m-deny"),
        Dispute::OccurrenceDenied { .. } => Mark::new("occurrence denied", "m-deny"),
    }
}

fn denies(by: &str) -> String {
    let by = neutral(by);
    let verb = if is_plural(by) { "deny" } else { "denies" };
    format!("{by} {verb}")
}
