//! Casualties by side, each with who says so where that matters (1.7 of the briefing).

use super::grammar::{is_body, joined, number, plural, range};
use super::names::faction_name;
use super::reported::Reported;
use crate::model::casualty::{CasualtyGroup, Figure};
use crate::model::event::{Event, FigureReport, Measure, SideFigure, Standing};
use crate::model::kind::EventType;
use crate::render::desk::Desk;
use crate::render::wording::takes_no_side;

/// One clause for each side and speaker: `2 Syrian Army personnel killed and 1 injured, Amaq says`.
pub(super) fn clauses(desk: &Desk<'_>, event: &Event) -> Vec<Reported> {
    let mut clauses: Vec<Reported> = Vec::new();
    let mut alike: Vec<Told> = Vec::new();
    for mut side in by_side(desk, event) {
        let joins = side.len() == 1 && alike.first().is_none_or(|first| first.alike(&side[0]));
        if !joins {
            clauses.extend(together(&std::mem::take(&mut alike)));
        }
        if side.len() == 1 { alike.append(&mut side) } else { clauses.push(one_side(&side)) }
    }
    clauses.extend(together(&alike));
    clauses
}

fn by_side(desk: &Desk<'_>, event: &Event) -> Vec<Vec<Told>> {
    let mut sides: Vec<Vec<Told>> = Vec::new();
    for told in event.figures.iter().filter_map(|side| told(desk, side)) {
        match sides.iter_mut().find(|side| side[0].side == told.side && side[0].by == told.by) {
            Some(side) => side.push(told),
            None => sides.push(vec![told]),
        }
    }
    sides
}

/// One figure, ready to be joined with others of the same side and speaker.
struct Told {
    side: (String, CasualtyGroup),
    many: String,
    noun: String,
    measure: Measure,
    by: Option<String>,
}

fn told(desk: &Desk<'_>, side: &SideFigure) -> Option<Told> {
    let (figure, by) = shown(side)?;
    let (many, n) = count(figure).unwrap_or_else(|| (String::new(), 2));
    let name = (side.side.clone(), side.group);
    Some(Told { side: name, many, noun: noun(desk, side, n), measure: side.measure, by })
}

/// The countable figure, else what a party says of its opponent, with the speaker wherever it is one side's.
pub(crate) fn shown(side: &SideFigure) -> Option<(&Figure, Option<String>)> {
    let last = side.reports.last()?;
    let own = side.reports.iter().rev().find(|report| report.standing == Standing::Own);
    let outside = side.reports.iter().any(|report| report.standing == Standing::Outside);
    match &side.counted {
        Some(counted) if outside => Some((counted, None)),
        Some(counted) => Some((counted, own.map(|report| report.speaker.clone()))),
        None => Some((&last.figure, Some(last.speaker.clone()))),
    }
}

impl Told {
    /// Whether two sides' figures can share a participle and a speaker.
    fn alike(&self, other: &Self) -> bool {
        let numbered = !self.many.is_empty() && !other.many.is_empty();
        numbered && self.measure == other.measure && self.by == other.by
    }
}

/// `2 ZEF personnel and 2 Army personnel killed`.
fn together(sides: &[Told]) -> Option<Reported> {
    let first = sides.first()?;
    if sides.len() == 1 {
        return Some(one_side(sides));
    }
    let sides = sides.iter().map(|told| format!("{} {}", told.many, told.noun)).collect::<Vec<_>>();
    let text = format!("{} {}", joined(&sides), participle(first.measure));
    Some(Reported { text, brief: None, by: first.by.clone() })
}

/// `3 Army personnel killed and 1 injured`.
fn one_side(figures: &[Told]) -> Reported {
    let part = |(at, told): (usize, &Told)| {
        let noun = if at == 0 { format!("{} ", told.noun) } else { String::new() };
        match told.many.as_str() {
            "" => format!("{noun}{}, number not given", participle(told.measure)),
            many => format!("{many} {noun}{}", participle(told.measure)),
        }
    };
    let parts = figures.iter().enumerate().map(part).collect::<Vec<_>>();
    let brief = parts.first().filter(|_| parts.len() > 1).cloned();
    let by = figures.first().and_then(|told| told.by.clone());
    Reported { text: joined(&parts), brief, by }
}

/// `casualties not reported`, for an event in which people could have been hurt.
pub(super) fn none_reported(event: &Event) -> Option<Reported> {
    let violent = !matches!(
        event.kind.0.event_type(),
        EventType::StrategicDevelopments | EventType::Protests
    );
    let text = "casualties not reported".to_owned();
    (violent && event.figures.is_empty()).then_some(Reported { text, brief: None, by: None })
}

/// Whose they are: `civilians` only where somebody outside the fighting says so (B-63).
pub(crate) fn noun(desk: &Desk<'_>, side: &SideFigure, n: u32) -> String {
    let from_outside = |report: &FigureReport| report.standing == Standing::Outside;
    let one = n == 1;
    match (&side.faction, side.group) {
        (_, CasualtyGroup::Civilian) if side.reports.iter().any(from_outside) => {
            plural("civilian", n)
        }
        (_, CasualtyGroup::Civilian) => people(one),
        (Some(faction), group) => {
            let name = faction_name(desk, Some(faction), &side.side);
            let long = name.split(' ').count() > 3;
            match group {
                CasualtyGroup::Combatant if long => format!("{} of {name}", plural("member", n)),
                CasualtyGroup::Combatant if one => format!("{name} member"),
                CasualtyGroup::Combatant => format!("{name} personnel"),
                _ => format!("{} from {name}", people(one)),
            }
        }
        (None, _) => word(&side.side, one),
    }
}

/// `2 NF`, `8 people`: a count with the side's short name, as a total lists it.
pub(crate) fn from_side(desk: &Desk<'_>, (low, high): (u32, u32), side: &str) -> String {
    let side = match desk.known_name(side) {
        Some(short) => short.to_owned(),
        None => word(side, high.max(low) == 1),
    };
    format!("{} {side}", range(low, high.max(low)))
}

fn people(one: bool) -> String {
    if one { "person" } else { "people" }.to_owned()
}

/// The text's word for people whose side it does not tell; a name that no pack has may be a private person's.
fn word(name: &str, one: bool) -> String {
    let no_word = ["people", "person", "persons", "a person", "unknown"].contains(&name);
    let several = matches!(name.rsplit(' ').next(), Some("woman" | "man" | "child" | "body"));
    let named = (name.contains(char::is_uppercase) && !is_body(name)) || name.contains("bodies");
    if name.chars().count() < 3 || no_word || named || (several && !one) || !takes_no_side(name) {
        return people(one);
    }
    match name.strip_suffix('s') {
        Some(singular) if one && !name.ends_with("ss") => singular.to_owned(),
        _ => name.to_owned(),
    }
}

fn participle(measure: Measure) -> &'static str {
    match measure {
        Measure::Killed => "killed",
        Measure::Injured => "injured",
        Measure::Captured => "captured",
    }
}

/// A figure in words, and the number by which its noun is inflected; none where no number is given.
pub(crate) fn count(figure: &Figure) -> Option<(String, u32)> {
    let text = match (figure.min, figure.max) {
        (Some(low), Some(high)) if high < low => number(low),
        (Some(low), Some(high)) => range(low, high),
        (Some(low), None) => format!("at least {}", number(low)),
        (None, Some(high)) => format!("at most {}", number(high)),
        (None, None) => return None,
    };
    Some((text, figure.max.or(figure.min).unwrap_or(2)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn b_30_qualifiers_are_told_in_words() {
        let text = |min, max| count(&Figure { min, max, vague: None }).map(|(text, _)| text);
        assert_eq!(text(Some(2), Some(2)).as_deref(), Some("2"));
        assert_eq!(text(Some(8), Some(1200)).as_deref(), Some("8–1,200"));
        assert_eq!(text(Some(12), None).as_deref(), Some("at least 12"));
        assert_eq!(text(None, Some(3)).as_deref(), Some("at most 3"));
        assert_eq!(text(None, None), None);
    }
}
