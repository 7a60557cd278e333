//! Casualty figures of an event: whose they are, who gives them, and which of them may be counted (B-30 to B-35).

use std::collections::{BTreeMap, BTreeSet};

use super::kin::Kin;
use super::member::Member;
use super::toll_row::{Row, SideKey, rows};
use super::voice::Parties;
use crate::model::casualty::Figure;
use crate::model::event::{FigureReport, Measure, SideFigure, Standing};
use crate::model::id::ClaimId;

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
    let wholes: BTreeMap<Measure, u32> = wholes(&sides);
    let figure = |((measure, _), rows): ((Measure, SideKey), Vec<Row>)| {
        side_figure(rows, wholes.get(&measure).copied())
    };
    let mut figures: Vec<SideFigure> = sides.into_iter().filter_map(figure).collect();
    figures.sort_by_key(|figure| figure.measure);
    count_twins_once(&mut figures);
    figures
}

/// From so many on, one number that different reports give for different sides is one toll.
const TWINS: u32 = 5;

/// Whether two sides' figures tell the same dead: one number, from outside, in reports of which none tells of both sides.
/// Whose the dead were is then what the reports disagree on.
fn are_twins(a: &SideFigure, b: &SideFigure) -> bool {
    let numbers = |figure: &SideFigure| -> BTreeSet<u32> {
        let outside = figure.reports.iter().filter(|report| report.standing == Standing::Outside);
        outside.filter_map(|report| report.figure.min).collect()
    };
    let apart = || {
        let told: BTreeSet<&ClaimId> = a.reports.iter().map(|report| &report.claim).collect();
        !b.reports.iter().any(|report| told.contains(&report.claim))
    };
    let one = || {
        let (one, other) = (numbers(a), numbers(b));
        one == other && one.first().is_some_and(|number| *number >= TWINS)
    };
    a.measure == b.measure && apart() && one()
}

/// Of two sides' figures that tell the same dead the one with fewer reports is shown and not counted.
fn count_twins_once(figures: &mut [SideFigure]) {
    for at in 1..figures.len() {
        let (before, rest) = figures.split_at_mut(at);
        let Some(figure) = rest.first_mut() else { continue };
        let counted = |other: &&mut SideFigure| other.counted.is_some();
        let Some(twin) = before.iter_mut().filter(counted).find(|it| are_twins(it, figure)) else {
            continue;
        };
        let weaker = if figure.reports.len() > twin.reports.len() { twin } else { figure };
        weaker.counted = None;
    }
}

/// Whether two sides are said to have lost the same people.
pub(super) fn any_twins(figures: &[SideFigure]) -> bool {
    let later = |at: usize| figures.iter().skip(at + 1);
    figures.iter().enumerate().any(|(at, figure)| later(at).any(|it| are_twins(figure, it)))
}

/// Of each measure the largest number from outside that is no part of another.
fn wholes(sides: &Sides) -> BTreeMap<Measure, u32> {
    let mut wholes = BTreeMap::new();
    let rows = sides.iter().flat_map(|(_, rows)| rows);
    for row in rows.filter(|row| !row.part && row.standing == Standing::Outside) {
        let known = wholes.entry(row.measure).or_default();
        *known = row.figure.max.max(row.figure.min).unwrap_or(0).max(*known);
    }
    wholes
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
    let whole = |rows: &[Row]| rows.iter().any(|row| !row.part);
    let numbers: Vec<u32> =
        rows.iter().flat_map(|(_, rows)| rows).filter_map(|it| it.figure.min).collect();
    let named: Vec<_> = sides
        .iter()
        .filter(|(key, rows)| key.0 == measure && vague.may_be(&key.1) && whole(rows))
        .collect();
    let shares = |rows: &[Row]| {
        rows.iter().any(|row| row.figure.min.is_some_and(|number| numbers.contains(&number)))
    };
    let alike: Vec<_> = named.iter().copied().filter(|(_, rows)| shares(rows)).collect();
    match (named.as_slice(), alike.as_slice()) {
        ([only], _) | (_, [only]) => Some(only.0.clone()),
        _ => None,
    }
}

/// The figure of one side. Where all its numbers are parts of a `whole` that is told of another side, or of all, they are
/// shown and not counted again.
fn side_figure(rows: Vec<Row>, whole: Option<u32>) -> Option<SideFigure> {
    let contained = rows.iter().all(|row| row.part && row.figure.min <= whole);
    let first = rows.iter().find(|row| row.named).or(rows.first())?;
    let (faction, side, group) = (first.faction.clone(), first.side.clone(), first.group);
    let measure = first.measure;
    let counted = counted(&live(&rows)).filter(|_| !contained);
    let reports = rows.into_iter().map(Row::into_report).collect();
    Some(SideFigure { faction, side, group, measure, counted, reports })
}

/// The rows that stand: a later number of one speaker replaces the earlier, and so does the next step of a rolling
/// toll, whoever reports it.
fn live(rows: &[Row]) -> Vec<&Row> {
    let mut last: BTreeMap<(&str, Standing), &Row> = BTreeMap::new();
    let whole = rows.iter().filter(|row| !row.part && row.figure.min.is_some());
    let whole: Vec<&Row> = whole.collect();
    // a part says nothing against the whole, whoever tells it, and never takes its place
    let is_in_a_whole = |part: &Row| {
        part.part && whole.iter().any(|row| row.figure.max.max(row.figure.min) >= part.figure.min)
    };
    for row in rows.iter().filter(|row| !is_in_a_whole(row)) {
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
/// never counts (B-32). Parts of a toll say only that it is at least so high.
fn counted(live: &[&Row]) -> Option<Figure> {
    let of = |standing| -> Vec<&Figure> {
        let with = live.iter().filter(|row| row.standing == standing && row.figure.min.is_some());
        with.map(|row| &row.figure).collect()
    };
    let mut bounds = range(&of(Standing::Outside))?;
    let outside = live.iter().filter(|row| row.standing == Standing::Outside);
    if outside.filter(|row| row.figure.min.is_some()).all(|row| row.part) {
        bounds.max = None;
    }
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
