//! Section 3: the figures.

use super::outcome::events;
use crate::model::event::Measure;
use crate::model::situation::{OneSided, Total, Trend};
use crate::render::desk::Desk;
use crate::render::sentence::grammar::{counted, number, range};
use crate::render::sentence::{Detail, place};
use crate::render::view::{Body, SectionView};

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
        0 => "none reported from outside the fighting".to_owned(),
        n => number(n),
    };
    facts.push(fact("Targeting civilians", civilians, String::new()));
    let actors = counted(glance.armed_actors, "armed actor");
    facts.push(fact("Spread", format!("{}, {actors}", counted(glance.places, "place")), String::new()));
    SectionView::new("figures", "At a glance", Body::Facts(facts))
}

fn fact(label: &'static str, value: String, beneath: String) -> Fact {
    Fact { label, value, beneath }
}

fn event_count(desk: &Desk<'_>) -> String {
    let glance = &desk.situation.glance;
    match glance.bracketed {
        0 => number(glance.events),
        bracketed => format!("{}, and {} one-sided or denied", number(glance.events), number(bracketed)),
    }
}

fn trend(desk: &Desk<'_>) -> String {
    let word = match desk.situation.glance.trend {
        Trend::NoBaseline { days } => format!("No baseline yet (day {days} of 28)"),
        Trend::TooFew => "Too few to compare".to_owned(),
        Trend::NotCompared => "Coverage changed; not compared".to_owned(),
        Trend::Near => "Near normal".to_owned(),
        Trend::Above => "▲ above normal".to_owned(),
        Trend::WellAbove => "▲ well above normal".to_owned(),
        Trend::Below => "▼ below normal".to_owned(),
    };
    let compared = desk.situation.glance.trend != Trend::NotCompared;
    match desk.situation.glance.mean7_tenths.filter(|_| compared) {
        Some(tenths) => format!("{word}; 7-day mean {}.{}", tenths / 10, tenths % 10),
        None => word,
    }
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

/// What one side says of its opponent, with its event.
fn one_sided(desk: &Desk<'_>, figures: &[OneSided]) -> String {
    if figures.is_empty() {
        return String::new();
    }
    let mut told = figures.iter().take(MOST_ONE_SIDED).map(|figure| one(desk, figure)).collect::<Vec<_>>();
    if let Some(more) = figures.len().checked_sub(MOST_ONE_SIDED).filter(|more| *more > 0) {
        told.push(format!("{more} more below"));
    }
    format!("Said by one side of its opponent, not added: {}", told.join("; "))
}

fn one(desk: &Desk<'_>, figure: &OneSided) -> String {
    let many = range(figure.low, figure.high.max(figure.low));
    let Some(event) = desk.event(&figure.event) else { return format!("{many} {}", figure.side) };
    let denied = if event.occurrence_denied() { ", occurrence denied" } else { "" };
    let where_ = place(event, Detail::Bare);
    let id = event.id.short();
    format!("{many} {} ({where_}, {} says{denied}, E-{id})", figure.side, figure.speaker)
}
