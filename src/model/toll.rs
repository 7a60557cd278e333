//! The toll of one event, over its sides (B-34).

use std::collections::BTreeSet;

use super::casualty::CasualtyGroup;
use super::event::{Event, Measure, SideFigure};

impl Event {
    /// The countable toll of one event, low and high; none where no figure is countable. Sides add up; a figure for
    /// "people" that comes from other reports than those which tell the sides apart is a second count of the same dead
    /// and widens the range instead (B-35).
    pub fn toll(&self, measure: Measure) -> Option<(u32, u32)> {
        let of_measure = || self.figures.iter().filter(|figure| figure.measure == measure);
        let (mut sided, mut whole) = (None, None);
        for figure in of_measure() {
            let again = is_whole(figure) && !of_measure().any(|other| shares_claim(figure, other));
            let sum = if again { &mut whole } else { &mut sided };
            *sum = add(*sum, bounds(figure));
        }
        match (sided, whole) {
            (Some(a), Some(b)) => Some((a.0.min(b.0), a.1.max(b.1))),
            (a, b) => a.or(b),
        }
    }
}

/// Whether a figure may be the toll of all sides together.
fn is_whole(figure: &SideFigure) -> bool {
    figure.faction.is_none() && figure.group != CasualtyGroup::Civilian
}

fn shares_claim(figure: &SideFigure, other: &SideFigure) -> bool {
    let claims = |figure: &SideFigure| -> BTreeSet<_> {
        figure.reports.iter().map(|report| report.claim.clone()).collect()
    };
    !std::ptr::eq(figure, other) && !claims(figure).is_disjoint(&claims(other))
}

fn bounds(figure: &SideFigure) -> Option<(u32, u32)> {
    let counted = figure.counted.as_ref()?;
    let low = counted.min?;
    Some((low, counted.max.unwrap_or(low).max(low)))
}

fn add(a: Option<(u32, u32)>, b: Option<(u32, u32)>) -> Option<(u32, u32)> {
    match (a, b) {
        (Some(a), Some(b)) => Some((a.0.saturating_add(b.0), a.1.saturating_add(b.1))),
        (a, b) => a.or(b),
    }
}
