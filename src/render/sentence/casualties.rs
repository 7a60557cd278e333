//! Casualties by side, each with who says so where that matters (1.7 of the briefing).

use super::grammar::{capitalised, joined, number, plural, range};
use super::names::faction_name;
use super::speaker::says;
use crate::model::casualty::{CasualtyGroup, Figure};
use crate::model::event::{Event, FigureReport, Measure, SideFigure, Standing};
use crate::model::kind::EventType;
use crate::render::desk::Desk;
use crate::render::wording::takes_no_side;

/// One clause for each side and speaker: `2 Syrian Army personnel killed and 1 injured, Amaq says`.
pub(super) fn clauses(desk: &Desk<'_>, event: &Event) -> Vec<String> {
    let told = event.figures.iter().filter_map(|side| told(desk, side)).collect::<Vec<_>>();
    let mut clauses = Vec::new();
    let mut done = vec![false; told.len()];
    for at in 0..told.len() {
        if done[at] {
            continue;
        }
        let same = |other: &usize| told[*other].side == told[at].side && told[*other].by == told[at].by;
        let group = (at..told.len()).filter(same).collect::<Vec<_>>();
        group.iter().for_each(|member| done[*member] = true);
        clauses.push(clause(&group.iter().map(|member| &told[*member]).collect::<Vec<_>>()));
    }
    by_speaker(clauses)
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
fn shown(side: &SideFigure) -> Option<(&Figure, Option<String>)> {
    let last = side.reports.last()?;
    let own = side.reports.iter().rev().find(|report| report.standing == Standing::Own);
    let outside = side.reports.iter().any(|report| report.standing == Standing::Outside);
    match &side.counted {
        Some(counted) if outside => Some((counted, None)),
        Some(counted) => Some((counted, own.map(|report| report.speaker.clone()))),
        None => Some((&last.figure, Some(last.speaker.clone()))),
    }
}

fn clause(group: &[&Told]) -> (String, Option<String>) {
    let parts = group.iter().enumerate().map(|(at, told)| {
        let noun = if at == 0 { format!("{} ", told.noun) } else { String::new() };
        match told.many.as_str() {
            "" => format!("{noun}{}, number not given", participle(told.measure)),
            many => format!("{many} {noun}{}", participle(told.measure)),
        }
    });
    let parts = parts.collect::<Vec<_>>();
    (capitalised(&joined(&parts)), group.first().and_then(|told| told.by.clone()))
}

/// Joins neighbouring clauses of one speaker, so that the speaker is named once.
fn by_speaker(clauses: Vec<(String, Option<String>)>) -> Vec<String> {
    let mut runs: Vec<(Vec<String>, Option<String>)> = Vec::new();
    for (clause, by) in clauses {
        match runs.last_mut() {
            Some((run, known)) if *known == by => run.push(clause),
            _ => runs.push((vec![clause], by)),
        }
    }
    let said = |(run, by): (Vec<String>, Option<String>)| match by {
        Some(by) => format!("{}, {}", joined(&run), says(&by)),
        None => joined(&run),
    };
    runs.into_iter().map(said).collect()
}

/// `casualties not reported`, for an event in which people could have been hurt.
pub(super) fn none_reported(event: &Event) -> Option<&'static str> {
    let violent = !matches!(
        event.kind.0.event_type(),
        EventType::StrategicDevelopments | EventType::Protests
    );
    (violent && event.figures.is_empty()).then_some("Casualties not reported")
}

/// Whose they are: `civilians` only where somebody outside the fighting says so (B-63).
pub(crate) fn noun(desk: &Desk<'_>, side: &SideFigure, n: u32) -> String {
    let from_outside = |report: &FigureReport| report.standing == Standing::Outside;
    let one = n == 1;
    match (&side.faction, side.group) {
        (_, CasualtyGroup::Civilian) if side.reports.iter().any(from_outside) => plural("civilian", n),
        (_, CasualtyGroup::Civilian) => people(one),
        (Some(faction), group) => {
            let name = faction_name(desk, Some(faction), &side.side);
            match group {
                CasualtyGroup::Combatant if one => format!("{name} member"),
                CasualtyGroup::Combatant => format!("{name} personnel"),
                _ => format!("{} from {name}", people(one)),
            }
        }
        (None, _) => word(&side.side, one),
    }
}

fn people(one: bool) -> String {
    if one { "person" } else { "people" }.to_owned()
}

/// The text's word for people whose side it does not tell.
fn word(name: &str, one: bool) -> String {
    if name.is_empty() || !takes_no_side(name) || matches!(name, "people" | "person" | "persons") {
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
