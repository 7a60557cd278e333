//! Section 4: each faction's day.

use std::collections::BTreeMap;

use crate::model::casualty::Figure;
use crate::model::event::{Event, FigureReport, Measure, SideFigure, Standing};
use crate::model::id::{EventId, FactionId};
use crate::model::situation::{Activity, FactionRow, Tally};
use crate::render::desk::Desk;
use crate::render::sentence::grammar::{joined, range};
use crate::render::sentence::{items, says};
use crate::render::view::{Body, SectionView};

/// The row of events that name no one, which is in no registry by its nature.
const UNIDENTIFIED: &str = "Unidentified";

/// The most factions.
const MOST: usize = 8;

/// The most event ids that are printed for one.
const MOST_IDS: usize = 3;

/// One faction.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct FactionView {
    /// The display name, with the short form where there is one.
    pub(crate) name: String,
    /// Attacked, was attacked, clashed.
    pub(crate) activity: String,
    /// Where, losses, materiel.
    pub(crate) details: String,
    /// Its events.
    pub(crate) ids: Vec<String>,
}

/// The factions, most active first as the situation has them.
pub(crate) fn factions(desk: &Desk<'_>) -> Option<SectionView> {
    let rows = desk.situation.factions.iter().take(MOST).map(|row| view(desk, row)).collect();
    let left = desk.situation.factions.len().saturating_sub(MOST);
    let note = if left > 0 {
        format!("{left} more factions are in the events below.")
    } else {
        String::new()
    };
    SectionView::new("factions", "By faction", Body::Factions { rows, note })
}

fn view(desk: &Desk<'_>, row: &FactionRow) -> FactionView {
    let events = desk.events(&row.events).collect::<Vec<_>>();
    let mut details = vec![joined(&row.regions)];
    details.extend(losses(desk, row, &events));
    details.extend(equipment(desk, row, &events));
    details.retain(|detail| !detail.is_empty());
    let details = details.into_iter().map(|detail| format!("{detail}.")).collect::<Vec<_>>();
    FactionView {
        name: full_name(row),
        activity: activity(&row.activity),
        details: details.join(" "),
        ids: ids(&events, "denied", |id| format!("#{}", id.short())),
    }
}

fn full_name(row: &FactionRow) -> String {
    let acronym = !row.short.is_empty() && !row.short.contains(char::is_lowercase);
    if row.faction.is_none() && !row.in_registry && row.name != UNIDENTIFIED {
        return format!("{} (not in registry)", row.name);
    }
    if acronym && row.short != row.name {
        format!("{} ({})", row.name, row.short)
    } else {
        row.name.clone()
    }
}

/// `attacked 1 (1), clashed 2`; what is zero is left out.
fn activity(activity: &Activity) -> String {
    let told = [
        ("attacked", activity.attacked),
        ("was attacked", activity.was_attacked),
        ("clashed", activity.clashed),
    ];
    let told = told.into_iter().filter(|(_, tally)| *tally != Tally::default());
    let told =
        told.map(|(word, tally)| format!("{word} {}", tally_text(tally))).collect::<Vec<_>>();
    if told.is_empty() { "party to agreements only".to_owned() } else { told.join(", ") }
}

/// `1 (2)`: counted, and one-sided or denied in brackets.
pub(super) fn tally_text(tally: Tally) -> String {
    match tally {
        Tally { counted, bracketed: 0 } => counted.to_string(),
        Tally { counted, bracketed } => format!("{counted} ({bracketed})"),
    }
}

/// Its own losses: the sum of what is countable, else what its opponents say, never both added.
fn losses(desk: &Desk<'_>, row: &FactionRow, events: &[&Event]) -> Option<String> {
    let id = row.faction.as_ref()?;
    let mut sums: BTreeMap<Measure, (u32, u32)> = BTreeMap::new();
    for side in
        events.iter().filter(|event| !event.in_brackets()).flat_map(|event| own(desk, event, id))
    {
        let Some(figure) = &side.counted else { continue };
        let sum = sums.entry(side.measure).or_default();
        sum.0 += figure.min.unwrap_or(0);
        sum.1 += figure.max.or(figure.min).unwrap_or(0);
    }
    if sums.is_empty() {
        return said_losses(desk, id, events);
    }
    let told = sums
        .iter()
        .map(|(measure, (low, high))| format!("{} {}", range(*low, *high), word(*measure)));
    Some(format!("Own losses: {}", joined(&told.collect::<Vec<_>>())))
}

/// What one speaker says of its losses: of all its events where it tells them of itself, else of the first.
fn said_losses(desk: &Desk<'_>, id: &FactionId, events: &[&Event]) -> Option<String> {
    let last = |side: &&SideFigure| side.reports.last().cloned();
    let all = || events.iter().flat_map(|event| own(desk, event, id));
    let first = all().find_map(|side| last(&side))?;
    let is_own = first.standing != Standing::Opponent;
    let same = |report: &FigureReport| {
        report.speaker == first.speaker && report.standing == first.standing
    };
    let event = events.iter().find(|event| own(desk, event, id).next().is_some())?;
    let sides: Vec<&SideFigure> =
        if is_own { all().collect() } else { own(desk, event, id).collect() };
    let mut sums: BTreeMap<Measure, Figure> = BTreeMap::new();
    for side in sides {
        let Some(report) = last(&side).filter(|report| same(report)) else { continue };
        if report.figure.min.or(report.figure.max).is_some() {
            add(sums.entry(side.measure).or_insert_with(|| Figure::exact(0)), &report.figure);
        }
    }
    let how = if is_own { " of its own" } else { "" };
    let told = sums.iter().filter_map(|(measure, figure)| {
        let (many, _) = crate::render::sentence::count(figure)?;
        Some(format!("{many}{how} {}", word(*measure)))
    });
    let told = told.collect::<Vec<_>>();
    (!told.is_empty()).then(|| format!("Losses, {}: {}", says(&first.speaker), joined(&told)))
}

fn add(sum: &mut Figure, figure: &Figure) {
    let both = |a: Option<u32>, b: Option<u32>| Some(a?.saturating_add(b?));
    (sum.min, sum.max) = (both(sum.min, figure.min), both(sum.max, figure.max));
}

pub(super) fn own<'e>(
    desk: &'e Desk<'_>,
    event: &'e Event,
    id: &'e FactionId,
) -> impl Iterator<Item = &'e SideFigure> + 'e {
    event.figures.iter().filter(move |side| {
        side.faction.as_ref().is_some_and(|faction| desk.counts_under(faction, id, event))
    })
}

fn equipment(desk: &Desk<'_>, row: &FactionRow, events: &[&Event]) -> Option<String> {
    let id = row.faction.as_ref()?;
    let told = events.iter().flat_map(|event| items(desk, event, id)).take(2).collect::<Vec<_>>();
    (!told.is_empty()).then(|| format!("Materiel: {}", joined(&told)))
}

/// The first ids, and those of all denied events with the word for that.
pub(super) fn ids(
    events: &[&Event],
    word: &str,
    printed: impl Fn(&EventId) -> String,
) -> Vec<String> {
    let told =
        events.iter().enumerate().filter(|(at, event)| *at < MOST_IDS || event.occurrence_denied());
    let told = told.map(|(_, event)| {
        let id = printed(&event.id);
        if event.occurrence_denied() { format!("{id} ({word})") } else { id }
    });
    told.collect()
}

fn word(measure: Measure) -> &'static str {
    match measure {
        Measure::Killed => "killed",
        Measure::Injured => "injured",
        Measure::Captured => "captured",
    }
}
