//! Tolls of many events, added up (B-34).

use std::collections::BTreeMap;

use crate::model::event::{Event, FigureReport, Measure, SideFigure, Standing};
use crate::model::situation::{OneSided, Total};

fn add(a: Option<(u32, u32)>, b: Option<(u32, u32)>) -> Option<(u32, u32)> {
    match (a, b) {
        (Some(a), Some(b)) => Some((a.0.saturating_add(b.0), a.1.saturating_add(b.1))),
        (a, b) => a.or(b),
    }
}

/// The totals of a set of events by measure: lows and highs added separately; nothing of an event whose occurrence
/// is denied. What parties say of their opponents is listed, never added.
pub fn totals<'a>(events: impl IntoIterator<Item = &'a Event>) -> BTreeMap<Measure, Total> {
    let measures = [Measure::Killed, Measure::Injured, Measure::Captured];
    let mut totals: BTreeMap<_, _> =
        measures.into_iter().map(|measure| (measure, Total::default())).collect();
    for event in events {
        for (measure, total) in &mut totals {
            if !event.occurrence_denied() {
                total.counted = add(total.counted, event.toll(*measure));
            }
            total.one_sided.extend(one_sided(event, *measure));
        }
    }
    totals
}

/// The figures of one event that are shown with their speaker and never added: of each speaker the last. Of a denied
/// event these are all.
fn one_sided(event: &Event, measure: Measure) -> Vec<OneSided> {
    let denied = event.occurrence_denied();
    let mut told: Vec<OneSided> = Vec::new();
    for figure in event.figures.iter().filter(|figure| figure.measure == measure) {
        let mut last: Vec<OneSided> = Vec::new();
        for report in figure.reports.iter().filter(|r| denied || r.standing == Standing::Opponent) {
            let Some(one) = one(event, figure, report) else { continue };
            last.retain(|known| known.speaker != one.speaker);
            last.push(one);
        }
        told.extend(last);
    }
    told
}

fn one(event: &Event, figure: &SideFigure, report: &FigureReport) -> Option<OneSided> {
    let low = report.figure.min?;
    Some(OneSided {
        event: event.id.clone(),
        low,
        high: report.figure.max.unwrap_or(low).max(low),
        side: figure.side.clone(),
        speaker: report.speaker.clone(),
    })
}
