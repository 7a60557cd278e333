//! Casualty figures of an event: whose they are, who gives them, and which of them may be counted (B-30 to B-35).

use std::collections::BTreeMap;

use super::kin::Kin;
use super::member::Member;
use super::toll_row::{Row, SideKey, rows};
use super::voice::Parties;
use crate::model::casualty::Figure;
use crate::model::event::{FigureReport, Measure, SideFigure, Standing};

/// From this many steps on, figures that rise from report to report are one rolling toll.
const STEPS: usize = 3;

/// The figures of one side and measure.
type Sides = Vec<((Measure, SideKey), Vec<Row>)>;

/// The figures of an event by measure and side, sides in the order in which they were first told.
pub(super) fn figures(
    members: &[&Member<'_>],
    parties: &Parties<'_>,
    kin: &Kin<'_>,
) -> Vec<SideFigure> {
    let mut sides: Sides = Vec::new();
    for row in rows(members, parties, kin) {
        side(&mut sides, &(row.measure, row.key.clone())).push(row);
    }
    for measure in [Measure::Killed, Measure::Injured, Measure::Captured] {
        fold_unsided(&mut sides, measure);
    }
    let mut figures: Vec<SideFigure> =
        sides.into_iter().filter_map(|(_, rows)| side_figure(rows)).collect();
    figures.sort_by_key(|figure| figure.measure);
    figures
}

fn side<'s>(sides: &'s mut Sides, key: &(Measure, SideKey)) -> &'s mut Vec<Row> {
    let at = sides.iter().position(|(known, _)| known == key).unwrap_or_else(|| {
        sides.push((key.clone(), Vec::new()));
        sides.len() - 1
    });
    &mut sides[at].1
}

/// "People" of one report are the civilians or soldiers of another, where only one side is named, or only one has a
/// number of theirs: the same dead must not be counted twice (B-35).
fn fold_unsided(sides: &mut Sides, measure: Measure) {
    for vague in [SideKey::Fighters, SideKey::People] {
        let Some(target) = whose(sides, measure, &vague) else { continue };
        let rows = std::mem::take(side(sides, &(measure, vague.clone())));
        let known = side(sides, &target);
        let told = |row: &Row, of: &[Row]| of.iter().any(|other| other.claim == row.claim);
        let (apart, same): (Vec<Row>, Vec<Row>) =
            rows.into_iter().partition(|row| told(row, known));
        known.extend(same);
        known.sort_by(|a, b| (a.at, &a.claim).cmp(&(b.at, &b.claim)));
        *side(sides, &(measure, vague)) = apart;
        sides.retain(|(_, rows)| !rows.is_empty());
    }
}

/// Whose losses those of a vague side are.
fn whose(sides: &Sides, measure: Measure, vague: &SideKey) -> Option<(Measure, SideKey)> {
    let rows = sides.iter().find(|(key, _)| key.0 == measure && key.1 == *vague);
    let numbers: Vec<u32> =
        rows.iter().flat_map(|(_, rows)| rows).filter_map(|it| it.figure.min).collect();
    let named: Vec<_> =
        sides.iter().filter(|(key, _)| key.0 == measure && vague.may_be(&key.1)).collect();
    let shares = |rows: &[Row]| {
        rows.iter().any(|row| row.figure.min.is_some_and(|number| numbers.contains(&number)))
    };
    let alike: Vec<_> = named.iter().copied().filter(|(_, rows)| shares(rows)).collect();
    match (named.as_slice(), alike.as_slice()) {
        ([only], _) | (_, [only]) => Some(only.0.clone()),
        _ => None,
    }
}

fn side_figure(rows: Vec<Row>) -> Option<SideFigure> {
    let first = rows.iter().find(|row| row.named).or(rows.first())?;
    let (faction, side, group) = (first.faction.clone(), first.side.clone(), first.group);
    let measure = first.measure;
    let counted = counted(&live(&rows));
    let reports = rows.into_iter().map(Row::into_report).collect();
    Some(SideFigure { faction, side, group, measure, counted, reports })
}

/// The rows that stand: a later number of one speaker replaces the earlier, and so does the next step of a rolling
/// toll, whoever reports it.
fn live(rows: &[Row]) -> Vec<&Row> {
    let mut last: BTreeMap<(&str, Standing), &Row> = BTreeMap::new();
    for row in rows {
        let known = last.entry((&row.speaker_key, row.standing)).or_insert(row);
        // of one article the highest stands: it tells parts of a toll beside the whole
        let part = known.at == row.at && row.figure.min < known.figure.min;
        if row.figure.min.is_some() && !part {
            *known = row;
        }
    }
    let mut live: Vec<&Row> = last.into_values().collect();
    live.sort_by(|a, b| (a.at, &a.claim).cmp(&(b.at, &b.claim)));
    let outside = |row: &&&Row| row.standing == Standing::Outside;
    if is_rolling(&live.iter().filter(outside).copied().collect::<Vec<_>>()) {
        let newest = live.iter().filter(outside).map(|row| row.at).max();
        live.retain(|row| row.standing != Standing::Outside || Some(row.at) == newest);
    }
    let all = live.clone();
    live.retain(|row| !all.iter().any(|later| is_fulfilled(row, later)));
    live
}

/// "At least 11" says nothing against the 12 of a later report.
fn is_fulfilled(open: &Row, later: &Row) -> bool {
    let same = open.standing == Standing::Outside && later.standing == Standing::Outside;
    let closed = open.figure.max.is_none() && later.figure.max.is_some();
    same && closed && open.at <= later.at && open.figure.min <= later.figure.min
}

/// Three figures or more, each later and higher than the one before.
fn is_rolling(rows: &[&Row]) -> bool {
    let higher = |pair: &[&Row]| match pair {
        [a, b] => a.at < b.at && a.figure.min.is_some() && a.figure.min < b.figure.min,
        _ => false,
    };
    rows.len() >= STEPS && rows.windows(2).all(higher)
}

/// Low to high over the countable figures (B-31): those from outside; a side's figure of its own losses may set the
/// low bound, and is shown but not counted where nobody from outside gives one. What a side says of its opponent
/// never counts (B-32).
fn counted(live: &[&Row]) -> Option<Figure> {
    let of = |standing| -> Vec<&Figure> {
        let with = live.iter().filter(|row| row.standing == standing && row.figure.min.is_some());
        with.map(|row| &row.figure).collect()
    };
    let bounds = range(&of(Standing::Outside))?;
    let own = of(Standing::Own).iter().filter_map(|figure| figure.min).min();
    Some(Figure { min: bounds.min.map(|min| own.map_or(min, |own| own.min(min))), ..bounds })
}

fn range(figures: &[&Figure]) -> Option<Figure> {
    let low = figures.iter().filter_map(|figure| figure.min).min()?;
    let top = |figure: &&Figure| figure.max.max(figure.min);
    let high = figures.iter().filter_map(top).max();
    let open = figures.iter().all(|figure| figure.max.is_none()) && high == Some(low);
    Some(Figure { min: Some(low), max: high.filter(|_| !open), vague: None })
}

/// Whether the standing figures of a side differ by more than 2 times and more than 10, or a party's version is more
/// than 2 times and 5 or more off what is said from outside.
pub(super) fn differ(figure: &SideFigure) -> bool {
    let mut last: BTreeMap<&str, &FigureReport> = BTreeMap::new();
    for report in &figure.reports {
        last.insert(&report.speaker, report);
    }
    let last: Vec<&FigureReport> = last.into_values().collect();
    last.iter().enumerate().any(|(at, a)| last.iter().skip(at + 1).any(|b| far_apart(a, b)))
}

fn far_apart(a: &FigureReport, b: &FigureReport) -> bool {
    let (Some(x), Some(y)) = (a.figure.min, b.figure.min) else { return false };
    let versions = (a.standing == Standing::Outside) != (b.standing == Standing::Outside);
    let least = if versions { 5 } else { 11 };
    x.max(y) > x.min(y).saturating_mul(2) && x.abs_diff(y) >= least
}
