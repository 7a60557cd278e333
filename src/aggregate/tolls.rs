//! Casualty figures of an event: whose they are, who gives them, and which of them may be counted (B-30 to B-35).

use std::collections::{BTreeMap, BTreeSet};

use super::toll_row::{Row, SideKey};
use crate::model::casualty::Figure;
use crate::model::event::{Measure, SideFigure, Standing};
use crate::model::id::ClaimId;

/// From this many steps on, figures that rise from report to report are one rolling toll.
const STEPS: usize = 3;

/// The figures of one side and measure.
type Sides<'r> = Vec<((Measure, &'r SideKey), Vec<&'r Row<'r>>)>;

/// What is known of one measure on one side of an event.
#[derive(Debug)]
pub(super) struct Toll<'r> {
    /// A figure that names the side.
    naming: &'r Row<'r>,
    /// Low to high over the countable figures.
    counted: Option<Figure>,
    /// Every figure given, in the order of report.
    rows: Vec<&'r Row<'r>>,
}

impl Toll<'_> {
    /// What a reader is told of it.
    pub(super) fn told(&self) -> (&str, Measure, Option<&Figure>) {
        (&self.naming.side, self.naming.measure, self.counted.as_ref())
    }

    /// The form that an event keeps.
    pub(super) fn into_figure(self) -> SideFigure {
        SideFigure {
            faction: self.naming.faction.cloned(),
            side: self.naming.side.clone(),
            group: self.naming.group,
            measure: self.naming.measure,
            counted: self.counted,
            reports: self.rows.into_iter().map(Row::report).collect(),
        }
    }
}

/// The tolls of an event by measure and side, sides in the order in which they were first told.
pub(super) fn tolls<'r>(rows: impl Iterator<Item = &'r Row<'r>>) -> Vec<Toll<'r>> {
    let mut rows: Vec<&Row<'_>> = rows.collect();
    rows.sort_by_key(|row| (row.at, row.claim));
    let mut sides: Sides<'_> = Vec::new();
    for row in rows {
        side(&mut sides, (row.measure, &row.key)).push(row);
    }
    for measure in [Measure::Killed, Measure::Injured, Measure::Captured] {
        fold_unsided(&mut sides, measure);
    }
    let wholes: BTreeMap<Measure, u32> = wholes(&sides);
    let sided = |((measure, _), rows): ((Measure, _), _)| toll(rows, wholes.get(&measure).copied());
    let mut tolls: Vec<Toll<'_>> = sides.into_iter().filter_map(sided).collect();
    tolls.sort_by_key(|toll| toll.naming.measure);
    count_twins_once(&mut tolls);
    tolls
}

/// From so many on, one number that different reports give for different sides is one toll.
const TWINS: u32 = 5;

/// Whether two sides' figures tell the same dead: one number, from outside, in reports of which none tells of both sides.
/// Whose the dead were is then what the reports disagree on.
fn are_twins(a: &Toll<'_>, b: &Toll<'_>) -> bool {
    let numbers = |toll: &Toll<'_>| -> BTreeSet<u32> {
        let outside = toll.rows.iter().filter(|row| row.standing == Standing::Outside);
        outside.filter_map(|row| row.figure.min).collect()
    };
    let apart = || {
        let told: BTreeSet<&ClaimId> = a.rows.iter().map(|row| row.claim).collect();
        !b.rows.iter().any(|row| told.contains(row.claim))
    };
    let one = || {
        let (one, other) = (numbers(a), numbers(b));
        one == other && one.first().is_some_and(|number| *number >= TWINS)
    };
    a.naming.measure == b.naming.measure && apart() && one()
}

/// Of two sides' figures that tell the same dead the one with fewer reports is shown and not counted.
fn count_twins_once(tolls: &mut [Toll<'_>]) {
    for at in 1..tolls.len() {
        let (before, rest) = tolls.split_at_mut(at);
        let Some(toll) = rest.first_mut() else { continue };
        let counted = |other: &&mut Toll<'_>| other.counted.is_some();
        let Some(twin) = before.iter_mut().filter(counted).find(|it| are_twins(it, toll)) else {
            continue;
        };
        let weaker = if toll.rows.len() > twin.rows.len() { twin } else { toll };
        weaker.counted = None;
    }
}

/// Whether two sides are said to have lost the same people.
pub(super) fn any_twins(tolls: &[Toll<'_>]) -> bool {
    let later = |at: usize| tolls.iter().skip(at + 1);
    tolls.iter().enumerate().any(|(at, toll)| later(at).any(|it| are_twins(toll, it)))
}

/// Of each measure the largest number from outside that is no part of another.
fn wholes(sides: &Sides<'_>) -> BTreeMap<Measure, u32> {
    let mut wholes = BTreeMap::new();
    let rows = sides.iter().flat_map(|(_, rows)| rows);
    for row in rows.filter(|row| !row.part && row.standing == Standing::Outside) {
        let known = wholes.entry(row.measure).or_default();
        *known = row.figure.max.max(row.figure.min).unwrap_or(0).max(*known);
    }
    wholes
}

fn side<'s, 'r>(sides: &'s mut Sides<'r>, key: (Measure, &'r SideKey)) -> &'s mut Vec<&'r Row<'r>> {
    let at = sides.iter().position(|(known, _)| *known == key).unwrap_or_else(|| {
        sides.push((key, Vec::new()));
        sides.len() - 1
    });
    &mut sides[at].1
}

/// "People" of one report are the civilians or soldiers of another, where only one side is named, or only one has a
/// number of theirs: the same dead must not be counted twice (B-35).
fn fold_unsided(sides: &mut Sides<'_>, measure: Measure) {
    for vague in [&SideKey::Fighters, &SideKey::People] {
        let Some(target) = whose(sides, measure, vague) else { continue };
        let rows = std::mem::take(side(sides, (measure, vague)));
        let known = side(sides, target);
        let (apart, same): (Vec<_>, Vec<_>) =
            rows.into_iter().partition(|row| known.iter().any(|other| other.claim == row.claim));
        known.extend(same);
        known.sort_by_key(|row| (row.at, row.claim));
        *side(sides, (measure, vague)) = apart;
        sides.retain(|(_, rows)| !rows.is_empty());
    }
}

/// Whose losses those of a vague side are.
fn whose<'r>(
    sides: &Sides<'r>,
    measure: Measure,
    vague: &SideKey,
) -> Option<(Measure, &'r SideKey)> {
    let rows = sides.iter().find(|(key, _)| *key == (measure, vague));
    let whole = |rows: &[&Row<'_>]| rows.iter().any(|row| !row.part);
    let numbers: Vec<u32> =
        rows.iter().flat_map(|(_, rows)| rows).filter_map(|it| it.figure.min).collect();
    let named: Vec<_> = sides
        .iter()
        .filter(|(key, rows)| key.0 == measure && vague.may_be(key.1) && whole(rows))
        .collect();
    let shares = |rows: &[&Row<'_>]| {
        rows.iter().any(|row| row.figure.min.is_some_and(|number| numbers.contains(&number)))
    };
    let alike: Vec<_> = named.iter().copied().filter(|(_, rows)| shares(rows)).collect();
    match (named.as_slice(), alike.as_slice()) {
        ([only], _) | (_, [only]) => Some(only.0),
        _ => None,
    }
}

/// The toll of one side. Where all its numbers are parts of a `whole` that is told of another side, or of all, they are
/// shown and not counted again.
fn toll<'r>(rows: Vec<&'r Row<'r>>, whole: Option<u32>) -> Option<Toll<'r>> {
    let contained = rows.iter().all(|row| row.part && row.figure.min <= whole);
    let naming = rows.iter().find(|row| row.named).or(rows.first())?;
    let counted = counted(&live(&rows)).filter(|_| !contained);
    Some(Toll { naming, counted, rows })
}

/// The rows that stand: a later number of one speaker replaces the earlier, and so does the next step of a rolling
/// toll, whoever reports it.
fn live<'r>(rows: &[&'r Row<'r>]) -> Vec<&'r Row<'r>> {
    let mut last: BTreeMap<(&str, Standing), &Row<'_>> = BTreeMap::new();
    let whole = rows.iter().filter(|row| !row.part && row.figure.min.is_some());
    let whole: Vec<&Row<'_>> = whole.copied().collect();
    // a part says nothing against the whole, whoever tells it, and never takes its place
    let is_in_a_whole = |part: &Row<'_>| {
        part.part && whole.iter().any(|row| row.figure.max.max(row.figure.min) >= part.figure.min)
    };
    for row in rows.iter().copied().filter(|row| !is_in_a_whole(row)) {
        let known = last.entry((&row.speaker_key, row.standing)).or_insert(row);
        // of one article the highest stands: it tells parts of a toll beside the whole
        let part = known.at == row.at && row.figure.min < known.figure.min;
        if row.figure.min.is_some() && !part {
            *known = row;
        }
    }
    let mut live: Vec<&Row<'_>> = last.into_values().collect();
    live.sort_by_key(|row| (row.at, row.claim));
    let outside = |row: &&&Row<'_>| row.standing == Standing::Outside;
    if is_rolling(&live.iter().filter(outside).copied().collect::<Vec<_>>()) {
        let newest = live.iter().filter(outside).map(|row| row.at).max();
        live.retain(|row| row.standing != Standing::Outside || Some(row.at) == newest);
    }
    let all = live.clone();
    live.retain(|row| !all.iter().any(|later| is_fulfilled(row, later)));
    live
}

/// "At least 11" says nothing against the 12 of a later report.
fn is_fulfilled(open: &Row<'_>, later: &Row<'_>) -> bool {
    let same = open.standing == Standing::Outside && later.standing == Standing::Outside;
    let closed = open.figure.max.is_none() && later.figure.max.is_some();
    same && closed && open.at <= later.at && open.figure.min <= later.figure.min
}

/// Three figures or more, each later and higher than the one before.
fn is_rolling(rows: &[&Row<'_>]) -> bool {
    let higher = |pair: &[&Row<'_>]| match pair {
        [a, b] => a.at < b.at && a.figure.min.is_some() && a.figure.min < b.figure.min,
        _ => false,
    };
    rows.len() >= STEPS && rows.windows(2).all(higher)
}

/// Low to high over the countable figures (B-31): those from outside; a side's figure of its own losses may set the
/// low bound, and is shown but not counted where nobody from outside gives one. What a side says of its opponent
/// never counts (B-32). Parts of a toll say only that it is at least so high.
fn counted(live: &[&Row<'_>]) -> Option<Figure> {
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
pub(super) fn differ(toll: &Toll<'_>) -> bool {
    let mut last: BTreeMap<&str, &Row<'_>> = BTreeMap::new();
    for row in &toll.rows {
        last.insert(&row.speaker, row);
    }
    let last: Vec<&Row<'_>> = last.into_values().collect();
    last.iter().enumerate().any(|(at, a)| last.iter().skip(at + 1).any(|b| far_apart(a, b)))
}

fn far_apart(a: &Row<'_>, b: &Row<'_>) -> bool {
    let (Some(x), Some(y)) = (a.figure.min, b.figure.min) else { return false };
    let versions = (a.standing == Standing::Outside) != (b.standing == Standing::Outside);
    let least = if versions { 5 } else { 11 };
    x.max(y) > x.min(y).saturating_mul(2) && x.abs_diff(y) >= least
}
